#include "gui/pages/devicewords.h"

#include "gui/pages/words.h"

#include <QCoreApplication>

namespace upgradedesk
{
namespace
{

/// Translation context of the words below.
struct DeviceWords {
    Q_DECLARE_TR_FUNCTIONS(upgradedesk::DevicesPage)
};

} // namespace

QString deviceName(CounterDevice device)
{
    switch (device) {
    case CounterDevice::CardReader:
        //: dv.names
        return DeviceWords::tr("读卡器");
    case CounterDevice::IdReader:
        //: dv.names
        return DeviceWords::tr("证件机");
    case CounterDevice::Scanner:
        //: dv.names
        return DeviceWords::tr("扫描器");
    case CounterDevice::Printer:
        //: dv.names
        return DeviceWords::tr("打印机");
    case CounterDevice::PassengerScreen:
        //: dv.names
        return DeviceWords::tr("乘客屏");
    case CounterDevice::Hub:
        break;
    }
    //: dv.names
    return DeviceWords::tr("中心");
}

Icon deviceIcon(CounterDevice device)
{
    switch (device) {
    case CounterDevice::CardReader:
        return Icon::Nfc;
    case CounterDevice::IdReader:
        return Icon::Id;
    case CounterDevice::Scanner:
        return Icon::Scan;
    case CounterDevice::Printer:
        return Icon::Printer;
    case CounterDevice::PassengerScreen:
        return Icon::Screen;
    case CounterDevice::Hub:
        break;
    }
    return Icon::Hub;
}

QString deviceState(const DeviceFacts &facts)
{
    using State = DeviceFacts::State;
    const bool hub = facts.device == CounterDevice::Hub;
    switch (facts.state) {
    case State::Starting:
        //: st.reader.starting
        return DeviceWords::tr("正在启动");
    case State::Ok:
        return hub
                   //: st.hub.on
                   ? DeviceWords::tr("在线")
                   //: dv.states
                   : DeviceWords::tr("正常");
    case State::Absent:
        return hub
                   //: st.hub.off
                   ? DeviceWords::tr("离线")
                   //: dv.states
                   : DeviceWords::tr("未连接");
    case State::NotChosen:
        //: dv.state.none: no device has this role at this desk
        return DeviceWords::tr("未配置");
    case State::Busy:
        //: dv.states
        return DeviceWords::tr("被占用");
    case State::Attention:
        //: dv.states
        return DeviceWords::tr("需要注意");
    case State::Simulated:
        break;
    }
    //: dv.states
    return DeviceWords::tr("模拟");
}

QString lastEventWords(const DeviceFacts &facts)
{
    using Event = DeviceFacts::Event;
    QString what;
    switch (facts.lastEvent) {
    case Event::None:
        return {};
    case Event::CardRead:
        //: dv.event.card
        what = DeviceWords::tr("读到卡");
        break;
    case Event::DocumentRead:
        //: dv.event.document
        what = DeviceWords::tr("读到证件");
        break;
    case Event::Scanned:
        //: dv.event.scan
        what = DeviceWords::tr("扫描");
        break;
    case Event::Printed:
        //: dv.event.receipt
        what = DeviceWords::tr("回执");
        break;
    }
    return clockTime(facts.lastAt, true) + u' ' + what;
}

QString countWords(const DeviceFacts &facts)
{
    if (facts.lastEvent == DeviceFacts::Event::None)
        return {};
    //: dv.count: how often since the program started
    const QString done = DeviceWords::tr("成功 %n 次", nullptr, facts.done);
    //: dv.count.failed
    const QString failed = DeviceWords::tr("失败 %n 次", nullptr, facts.failed);
    //: between two counts
    return done + DeviceWords::tr("，") + failed;
}

bool takesPort(CounterDevice device)
{
    return device <= CounterDevice::Printer;
}

} // namespace upgradedesk
