#include "support/catch.h"

#include "gui/pages_walk.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::test
{
namespace
{

using State = DeviceFacts::State;
using Event = DeviceFacts::Event;

/// A device that works, with the last thing it did.
DeviceFacts working(CounterDevice device, const QString &place, Event event, const QDateTime &at,
                    int done, int failed)
{
    DeviceFacts facts;
    facts.device = device;
    facts.state = State::Ok;
    facts.place = place;
    facts.lastEvent = event;
    facts.lastAt = at;
    facts.done = done;
    facts.failed = failed;
    return facts;
}

DeviceFacts broken(CounterDevice device, State state, ErrorCode code, const QStringList &args)
{
    DeviceFacts facts;
    facts.device = device;
    facts.state = state;
    facts.trouble = Error{code, {}, args};
    return facts;
}

TestLine line(TestLine::Outcome outcome, const LocalText &text, const LocalText &fix = {})
{
    return {u"line"_s, outcome, text, fix};
}

void plugInAll(CounterDevices &devices, const QDateTime &now)
{
    devices.setFacts(
        working(CounterDevice::CardReader, u"ttyUSB0 · CH340"_s, Event::CardRead, now, 214, 3));
    devices.setFacts(working(CounterDevice::IdReader, u"ttyUSB1 · CP2102"_s, Event::DocumentRead,
                             now.addSecs(-11), 61, 1));
    devices.setFacts(working(CounterDevice::Scanner, u"ttyACM0 · Barcode Scanner"_s, Event::Scanned,
                             now.addSecs(-2812), 6, 0));
    devices.setFacts(working(CounterDevice::Printer, u"ttyUSB2 · FT232R"_s, Event::Printed,
                             now.addSecs(-82), 58, 0));
    devices.setFacts(
        working(CounterDevice::PassengerScreen, u"1366 x 768"_s, Event::None, {}, 0, 0));
    devices.setFacts(working(CounterDevice::Hub, {}, Event::None, {}, 0, 0));
    devices.setPorts({{u"/dev/ttyACM0"_s, u"ttyACM0 · Scanner"_s, CounterDevice::Scanner},
                      {u"/dev/ttyUSB0"_s, u"ttyUSB0 · CH340"_s, CounterDevice::CardReader},
                      {u"/dev/ttyUSB1"_s, u"ttyUSB1 · CP2102"_s, CounterDevice::IdReader},
                      {u"/dev/ttyUSB9"_s, u"ttyUSB9 · USB Serial"_s, std::nullopt}});
}

void breakAll(CounterDevices &devices)
{
    devices.setFacts(broken(CounterDevice::CardReader, State::Busy, ErrorCode::ReaderBusy, {}));
    devices.setFacts(
        broken(CounterDevice::IdReader, State::Absent, ErrorCode::PortLost, {u"/dev/ttyUSB1"_s}));
    devices.setFacts(broken(CounterDevice::Scanner, State::Attention, ErrorCode::PortNotPermitted,
                            {u"/dev/ttyACM0"_s, u"dialout"_s}));
    DeviceFacts none;
    none.device = CounterDevice::Printer;
    none.state = State::NotChosen;
    devices.setFacts(none);
    none.device = CounterDevice::PassengerScreen;
    devices.setFacts(none);
    devices.setFacts(broken(CounterDevice::Hub, State::Absent, ErrorCode::HubNoAnswer, {}));
}

TestResult shiftResult()
{
    using Outcome = TestLine::Outcome;
    return {
        std::nullopt,
        false,
        20000,
        {line(Outcome::Skipped, {u"测试卡：没有放，跳过"_s, u"test card: none, left out"_s}),
         line(Outcome::Good, {u"时间 2022-06-02T08:31:00+08:00"_s, u"2022-06-02T08:31:00+08:00"_s}),
         line(Outcome::Good, {u"只有本用户能读；密钥未受硬件保护"_s,
                              u"readable for this user only; not protected by hardware"_s}),
         line(Outcome::Bad, {u"可用 150 MiB，共 900 MiB"_s, u"150 MiB free of 900 MiB"_s},
              {u"腾出空间；写满以后要停止办理"_s,
               u"free space; once it is full the work stops"_s})}};
}

} // namespace

void walkDevices(WindowUnderTest &desk, const AtState &at)
{
    using Outcome = TestLine::Outcome;
    CounterDevices &devices = desk.tasks.devices();
    const QDateTime now = desk.desk.clock.now();
    desk.logIn();
    desk.press(Qt::Key_F11);
    at(u"18-devices-starting"_s);
    plugInAll(devices, now);
    devices.setTest({CounterDevice::CardReader,
                     false,
                     31,
                     {line(Outcome::Good, {u"本程序正在用它，工作正常"_s,
                                           u"in use by this program, and it works"_s}),
                      line(Outcome::Good, {u"pcscd：没有运行"_s, u"pcscd: not running"_s}),
                      line(Outcome::Good,
                           {u"没有占用读卡器的内核模块"_s, u"no kernel module takes the reader"_s}),
                      line(Outcome::Good, {u"没有别的程序占用串口"_s,
                                           u"no other program holds a serial line"_s})}});
    at(u"18-devices"_s);
    breakAll(devices);
    devices.setTest(
        {CounterDevice::CardReader,
         false,
         31,
         {line(Outcome::Bad, {u"正在运行，会占用读卡器"_s, u"running; it takes the reader"_s},
               {u"sudo systemctl disable --now pcscd.socket pcscd"_s,
                u"sudo systemctl disable --now pcscd.socket pcscd"_s})}});
    at(u"18-devices-troubles"_s);
    desk.press(Qt::Key_Down);
    devices.setPorts({});
    at(u"18-devices-no-ports"_s);
    desk.press(Qt::Key_S, Qt::AltModifier);
    devices.setTest(shiftResult());
    at(u"18-devices-shift"_s);
    devices.setBundle(
        u"UpgradeDesk diagnostics\nversion   0.1.0\n\nok     disk: 900 MiB free of 1000 "
        u"MiB\n"_s);
    at(u"18-devices-bundle"_s);
}

} // namespace upgradedesk::test
