#include "support/catch.h"

#include "gui/pages/devicecards.h"
#include "gui/pages/devicepanel.h"
#include "gui/input_keys.h"
#include "gui/pages_window.h"
#include "gui/widgets/cardnumberedit.h"
#include "gui/widgets/noticestrip.h"
#include "gui/widgets/statusstrip.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

using State = DeviceFacts::State;

/// A desk with the page of devices in front.
class DevicesDesk : public WindowUnderTest
{
public:
    DevicesDesk()
    {
        logIn();
        press(Qt::Key_F11);
        CHECK(pageNow() == u"devices");
    }

    void tell(CounterDevice device, State state, std::optional<Error> trouble = {})
    {
        DeviceFacts facts;
        facts.device = device;
        facts.state = state;
        facts.trouble = std::move(trouble);
        devices.setFacts(facts);
        settle();
    }

    [[nodiscard]] StatusChip *chip(const QString &id) const
    {
        return visible<StatusStrip>()->chip(id);
    }

    CounterDevices &devices = tasks.devices();
};

} // namespace

TEST_CASE("Arrows choose a device and Enter tests it", "[gui]")
{
    DevicesDesk desk;
    QSignalSpy asked(&desk.devices, &CounterDevices::testRequested);
    desk.press(Qt::Key_Return);
    desk.press(Qt::Key_Right);
    desk.press(Qt::Key_Return);
    desk.press(Qt::Key_Down);
    desk.press(Qt::Key_Down);
    desk.press(Qt::Key_Down);
    desk.press(Qt::Key_Return);

    REQUIRE(asked.size() == 3);
    CHECK(asked.at(0).first().value<CounterDevice>() == CounterDevice::CardReader);
    CHECK(asked.at(1).first().value<CounterDevice>() == CounterDevice::IdReader);
    CHECK(asked.at(2).first().value<CounterDevice>() == CounterDevice::Hub);
    desk.devices.setTest({CounterDevice::Hub, true, 0, {}});
    CHECK_FALSE(desk.visible<KeyButton>(u"primary"_s)->isEnabled());
}

TEST_CASE("A port is given to the chosen device by one key and taken back by the same", "[gui]")
{
    DevicesDesk desk;
    QSignalSpy asked(&desk.devices, &CounterDevices::roleRequested);
    desk.devices.setPorts({{u"/dev/ttyUSB0"_s, u"ttyUSB0"_s, CounterDevice::CardReader},
                           {u"/dev/ttyUSB1"_s, u"ttyUSB1"_s, std::nullopt}});
    desk.press(Qt::Key_Right);
    desk.press(Qt::Key_2, Qt::AltModifier);
    REQUIRE(asked.size() == 1);
    CHECK(asked.last().first().value<CounterDevice>() == CounterDevice::IdReader);
    CHECK(asked.last().at(1) == u"/dev/ttyUSB1"_s);
    desk.devices.setPorts({{u"/dev/ttyUSB0"_s, u"ttyUSB0"_s, CounterDevice::CardReader},
                           {u"/dev/ttyUSB1"_s, u"ttyUSB1"_s, CounterDevice::IdReader}});
    desk.press(Qt::Key_2, Qt::AltModifier);
    REQUIRE(asked.size() == 2);
    CHECK(asked.last().at(1) == QString());
}

TEST_CASE("The hub and the screen have no port to be given", "[gui]")
{
    DevicesDesk desk;
    desk.devices.setPorts({{u"/dev/ttyUSB0"_s, u"ttyUSB0"_s, std::nullopt}});
    const auto offered = [&desk] {
        int count = 0;
        for (const KeyButton *button : desk.window.findChildren<KeyButton *>())
            count += button->isVisible() && button->text() == u"ttyUSB0" ? 1 : 0;
        return count;
    };
    CHECK(offered() == 1);
    desk.press(Qt::Key_Down);
    desk.press(Qt::Key_Down);
    CHECK(offered() == 0);
}

TEST_CASE("The bundle is shown before it is written", "[gui]")
{
    DevicesDesk desk;
    QSignalSpy asked(&desk.devices, &CounterDevices::bundleRequested);
    QSignalSpy save(&desk.devices, &CounterDevices::bundleSaveRequested);
    desk.press(Qt::Key_E, Qt::AltModifier);
    REQUIRE(asked.size() == 1);
    CHECK(save.isEmpty());
    desk.devices.setBundle(u"all of it"_s);
    desk.settle();
    REQUIRE(desk.visible<QPlainTextEdit>());
    CHECK(desk.visible<QPlainTextEdit>()->toPlainText() == u"all of it");
    desk.press(Qt::Key_E, Qt::AltModifier);
    REQUIRE(save.size() == 1);
    CHECK(save.last().first() == u"all of it"_s);
    desk.devices.bundleSaved(u"/data/diagnostics.txt"_s);
    desk.settle();
    CHECK_FALSE(desk.visible<QPlainTextEdit>());
}

TEST_CASE("Esc closes the bundle first and then leads back", "[gui]")
{
    DevicesDesk desk;
    desk.devices.setBundle(u"all of it"_s);
    desk.press(Qt::Key_Escape);
    CHECK_FALSE(desk.visible<QPlainTextEdit>());
    CHECK(desk.pageNow() == u"devices");
    desk.press(Qt::Key_Escape);
    CHECK(desk.pageNow() == u"idle");
}

TEST_CASE("A device in trouble is told in the status strip, whose chip leads to it", "[gui]")
{
    DevicesDesk desk;
    desk.tell(CounterDevice::IdReader, State::Ok);
    CHECK(desk.chip(u"id"_s)->item().mood == StatusItem::Mood::Calm);
    CHECK_FALSE(desk.chip(u"printer"_s));
    desk.press(Qt::Key_F2);

    desk.tell(CounterDevice::IdReader, State::Absent,
              Error{ErrorCode::PortLost, {}, {u"ttyUSB1"_s}});
    desk.tell(CounterDevice::Printer, State::Attention, Error{ErrorCode::PortFailed, {}, {u"x"_s}});
    CHECK(desk.chip(u"id"_s)->item().mood == StatusItem::Mood::Bad);
    CHECK(desk.chip(u"id"_s)->item().value == u"未连接");
    REQUIRE(desk.chip(u"printer"_s));
    desk.chip(u"printer"_s)->click();
    CHECK(desk.pageNow() == u"devices");
    CHECK(desk.visible<DeviceCards>()->chosen() == CounterDevice::Printer);

    desk.tell(CounterDevice::Printer, State::Ok);
    desk.tell(CounterDevice::IdReader, State::Ok);
    CHECK_FALSE(desk.chip(u"printer"_s));
    CHECK(desk.chip(u"id"_s)->item().value == u"正常");
}

TEST_CASE("The check of the shift is a chip that stops nothing", "[gui]")
{
    DevicesDesk desk;
    desk.press(Qt::Key_F2);
    TestResult result{std::nullopt, true, 0, {}};
    desk.devices.setTest(result);
    desk.settle();
    REQUIRE(desk.chip(u"shift"_s));
    CHECK(desk.chip(u"shift"_s)->item().value == u"正在检查");
    desk.tap(beijingCard());
    CHECK(desk.step() == LinkStep::Card);
    result.running = false;
    result.lines = {
        {u"disk"_s, TestLine::Outcome::Bad, {u"满了"_s, u"full"_s}, {u"腾空"_s, u"free"_s}}};
    desk.devices.setTest(result);
    CHECK(desk.chip(u"shift"_s)->item().value == u"1 项要处理");
    desk.chip(u"shift"_s)->click();
    CHECK(desk.pageNow() == u"devices");
    CHECK(desk.visible<NoticeStrip>()->text() == u"1 项要处理，见下面。");
    result.lines.first().outcome = TestLine::Outcome::Good;
    desk.devices.setTest(result);
    CHECK(desk.chip(u"shift"_s)->item().value == u"全部正常");
}

namespace
{

const QString zoneFirst = u"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"_s;
const QString zoneSecond = u"L898902C36UTO7408122F3304156ZE184226B<<<<<16"_s;

/// A desk with a scanner that types.
class ScanDesk : public WindowUnderTest
{
public:
    ScanDesk() { logIn(); }

    void scan(const QString &text, int gap = 20)
    {
        keys.burst(text, gap);
        keys.wait(gap);
        keys.down(Qt::Key_Return, u"\r"_s);
        keys.up(Qt::Key_Return, u"\r"_s);
        keys.settle();
        settle();
    }

    [[nodiscard]] StatusChip *chip() const { return visible<StatusStrip>()->chip(u"scan"_s); }

    KeyBurstFilter &filter = *window.findChild<KeyBurstFilter *>();
    Keyboard keys{handleOf(window), filter};
};

} // namespace

TEST_CASE("A scanned card number opens the look-up, or replaces what is typed there", "[gui]")
{
    ScanDesk desk;
    const int gap = GENERATE(5, 50);
    desk.scan(u"3105170099900012349"_s, gap);
    CHECK(desk.pageNow() == u"lookup");
    CHECK(desk.visible<CardNumberEdit>()->number() == u"3105170099900012349");
    desk.scan(u"3105170099900056780"_s, gap);
    CHECK(desk.visible<CardNumberEdit>()->number() == u"3105170099900056780");
    CHECK_FALSE(desk.chip());
    CHECK(desk.step() == LinkStep::Idle);
}

TEST_CASE("A scanned zone fills in the document page and leads nowhere by itself", "[gui]")
{
    ScanDesk desk;
    desk.tap(beijingCard());
    desk.controller.apply(StartLink{});
    desk.settle();
    const bool lower = GENERATE(false, true);
    desk.scan(lower ? zoneFirst.toLower() : zoneFirst);
    desk.scan(lower ? zoneSecond.toLower() : zoneSecond);

    CHECK(desk.visible<QLineEdit>(u"name"_s)->text() == u"ERIKSSON ANNA MARIA");
    CHECK(desk.visible<QLineEdit>(u"number"_s)->text() == u"L898902C3");
    CHECK(desk.step() == LinkStep::Document);
    CHECK_FALSE(desk.chip());
}

TEST_CASE("A zone that is not right says so and fills in nothing", "[gui]")
{
    ScanDesk desk;
    desk.tap(beijingCard());
    desk.controller.apply(StartLink{});
    desk.settle();
    QString wrong = zoneSecond;
    wrong[0] = u'M';
    desk.scan(zoneFirst);
    desk.scan(wrong);
    CHECK(desk.visible<QLineEdit>(u"name"_s)->text().isEmpty());
    CHECK(desk.visible<NoticeStrip>(u"verdict"_s)->title() == u"看不清，请再扫一次。");
    CHECK(desk.step() == LinkStep::Document);
}

TEST_CASE("A health code is taken at the health step only and goes into the record", "[gui]")
{
    ScanDesk desk;
    const QString token = u"7b1f3c9e2a5d48c6b0aa41d2"_s;
    desk.scan(token);
    REQUIRE(desk.chip());
    desk.tap(beijingCard());
    desk.controller.apply(StartLink{});
    desk.controller.apply(DocumentEntered{adult()});
    desk.controller.apply(ConsentGiven{u"operator"_s, u"zh_CN"_s});
    desk.settle();
    REQUIRE(desk.step() == LinkStep::Health);
    desk.scan(token);
    CHECK(desk.controller.state().healthCode == token);
    desk.controller.apply(HealthDeferred{});
    desk.controller.apply(ConfirmLink{});
    REQUIRE(desk.committed);
    CHECK(desk.committed->healthCode == token);
}

TEST_CASE("What is of no use is refused with its reason and never shown", "[gui]")
{
    ScanDesk desk;
    desk.scan(u"HC1:6BFOXN*TS0BI$ZD4N9"_s);
    CHECK(desk.chip()->item().value == u"不支持的码");
    desk.scan(u"11010219020304004X"_s);
    CHECK(desk.chip()->item().value == u"证件号要出示证件，没有输入");
    CHECK(desk.pageNow() == u"idle");
}

TEST_CASE("A scanner on a line is heard like one that types, and not under the lock", "[gui]")
{
    ScanDesk desk;
    const ScanPayload card{ScanPayload::Kind::CardNumber, ScanPayload::Reason::None,
                           u"3105170099900012349"_s};
    desk.window.lock();
    desk.window.takeScan(card);
    CHECK(desk.pageNow() == u"login");
    desk.logIn();
    desk.window.takeScan(card);
    CHECK(desk.pageNow() == u"lookup");
}
