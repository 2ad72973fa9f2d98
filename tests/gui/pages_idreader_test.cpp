#include "support/catch.h"

#include "gui/hub_states.h"
#include "gui/widgets/statuschip.h"
#include "gui/widgets/statusstrip.h"

#include "identity/scanpayload.h"

#include <QLineEdit>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

using Link = IdReaderState::Link;

/// A desk with an ID reader; what the reader does is told.
struct IdDesk : WindowUnderTest {
    explicit IdDesk(bool online = false)
    {
        controller.setAnswerTimes(std::chrono::hours(1), std::chrono::hours(1));
        if (online)
            tasks.setHub(reachable());
        logIn();
        show({Link::Ok, {}, false, false, {}});
    }

    void show(const IdReaderState &state)
    {
        window.showIdReader(state);
        settle();
    }
    void place(const Person &person = adult(), bool compareByEye = false)
    {
        controller.apply(DocumentRead{person, compareByEye});
        settle();
    }
    void enter()
    {
        press(Qt::Key_Return);
        ++keys;
    }
    bool reaches(LinkStep wanted)
    {
        return QTest::qWaitFor([&] { return step() == wanted; }, 5000);
    }
    /// The hub answers whatever it was asked, and the test is one day old.
    void answer()
    {
        const LinkState &state = controller.state();
        if (state.cardQuestion != 0)
            controller.apply(CardStatusAnswered{state.cardQuestion, {}});
        if (state.personQuestion != 0)
            controller.apply(PersonStatusAnswered{state.personQuestion, {}});
        if (state.healthQuestion != 0)
            controller.apply(HealthAnswered{
                state.healthQuestion,
                {HealthLevel::Normal, beijingDate(desk.clock.now()).addDays(-1), {}, {}}});
        settle();
    }
    QString title() const
    {
        const QLabel *label = visible<QLabel>(u"idTitle"_s);
        return label ? label->text() : QString();
    }
    QString sub() const { return visible<QLabel>(u"idSub"_s)->text(); }
    StatusItem chip() const { return window.findChild<StatusStrip *>()->chip(u"id"_s)->item(); }

    int keys = 0;
};

} // namespace

TEST_CASE("The main job with the ID reader takes 3 key presses, 2 when the document came first",
          "[gui]")
{
    IdDesk desk{true};
    desk.window.setHealthTime(50);

    SECTION("the card first, then the button")
    {
        desk.tap(beijingCard());
        desk.answer();
        desk.enter();
        REQUIRE(desk.step() == LinkStep::Document);
        desk.place();
    }
    SECTION("the card first, then the document")
    {
        desk.tap(beijingCard());
        desk.answer();
        desk.place();
    }
    SECTION("the document first")
    {
        desk.place();
        CHECK(desk.visible<QLabel>(u"title"_s)->text() == u"已读到证件，请刷卡");
        desk.tap(beijingCard());
        desk.answer();
    }
    const int before = desk.keys;
    REQUIRE(desk.step() == LinkStep::Document);
    REQUIRE(QTest::qWaitFor([&] { return desk.controller.state().personQuestion != 0; }, 5000));
    desk.answer();
    REQUIRE(desk.step() == LinkStep::Consent);
    desk.enter();
    desk.answer();
    // A good health state leads on by itself.
    REQUIRE(desk.reaches(LinkStep::Confirm));
    desk.enter();

    CHECK(desk.step() == LinkStep::Done);
    CHECK(desk.keys == before + 2);
    CHECK(desk.keys <= 3);
    REQUIRE(desk.committed);
    CHECK(desk.committed->holder == adult());
}

TEST_CASE("A document that was read is shown masked and leads on after its time", "[gui]")
{
    IdDesk desk;
    desk.tap(beijingCard());
    desk.press(Qt::Key_Return);
    REQUIRE(desk.step() == LinkStep::Document);
    CHECK(desk.title() == u"请放证件");
    CHECK(desk.primaries().isEmpty());
    CHECK(desk.primary()->text() == u"等待证件");

    desk.show({Link::Ok, {}, true, false, {}});
    CHECK(desk.title() == u"正在读证件");
    desk.show({Link::Ok, {}, false, false, {}});
    desk.place();

    CHECK(desk.title() == u"测*甲");
    CHECK(desk.sub() == u"居民身份证 110***********004X");
    CHECK(desk.step() == LinkStep::Document);
    for (const QLabel *label : desk.window.findChildren<QLabel *>())
        CHECK_FALSE(label->text().contains(u"11010219020304"));
    CHECK(desk.reaches(LinkStep::Consent));
}

TEST_CASE("Any key stops the leading on; Enter goes on", "[gui]")
{
    IdDesk desk;
    desk.window.setAdvanceTime(400);
    desk.tap(beijingCard());
    desk.place();
    REQUIRE(desk.step() == LinkStep::Document);

    desk.press(Qt::Key_Space);

    QTest::qWait(600);
    CHECK(desk.step() == LinkStep::Document);
    REQUIRE(desk.primaries().size() == 1);
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Consent);
}

TEST_CASE("A document whose sex is not that of its number waits for a look at it", "[gui]")
{
    IdDesk desk;
    desk.tap(beijingCard());
    desk.place(adult(), true);

    QTest::qWait(300);
    CHECK(desk.step() == LinkStep::Document);
    const auto *strip = desk.visible<NoticeStrip>(u"verdict"_s);
    REQUIRE(strip);
    CHECK(strip->title() == u"证件里的性别与号码不一致");
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Consent);
}

TEST_CASE("A document that is not read says why, and the next one is read", "[gui]")
{
    struct Row {
        ErrorCode code;
        QString title;
        QString sub;
    };
    const auto row = GENERATE(values<Row>(
        {{ErrorCode::IdCardUnreadable, u"请再放一次"_s, u"没读到，请换个方向再放一次。"_s},
         {ErrorCode::IdCardExpired, u"请换一个证件"_s, u"证件已过期，请出示其他证件。"_s}}));
    IdDesk desk;
    desk.tap(beijingCard());
    desk.press(Qt::Key_Return);

    desk.show({Link::Ok, {}, false, false, Error{row.code, {}, {}}});

    CHECK(desk.title() == row.title);
    CHECK(desk.sub() == row.sub);
    desk.place();
    CHECK(desk.title() == u"测*甲");
}

TEST_CASE("Typing begins with the first key, and a document that is placed ends it", "[gui]")
{
    IdDesk desk;
    desk.tap(beijingCard());
    desk.press(Qt::Key_Return);

    desk.type(u"1"_s);

    auto *number = desk.visible<QLineEdit>(u"number"_s);
    REQUIRE(number);
    CHECK(number->text() == u"1");
    CHECK(desk.title().isEmpty());
    desk.place();
    CHECK(desk.title() == u"测*甲");
    CHECK(desk.reaches(LinkStep::Consent));
    CHECK(desk.controller.state().holder == adult());
}

TEST_CASE("A zone that is scanned while the ID reader is waited for is seen in the form", "[gui]")
{
    IdDesk desk;
    desk.tap(beijingCard());
    desk.press(Qt::Key_Return);
    REQUIRE(desk.title() == u"请放证件");

    // The specimen of ICAO Doc 9303, part 4.
    desk.window.takeScan(readScanText(u"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                                      "L898902C36UTO7408122F1204159ZE184226B<<<<<10"_s));

    auto *name = desk.visible<QLineEdit>(u"name"_s);
    REQUIRE(name);
    CHECK(name->text() == u"ERIKSSON ANNA MARIA");
    CHECK(desk.visible<QLineEdit>(u"number"_s)->text().remove(u' ') == u"L898902C3");
    CHECK(desk.step() == LinkStep::Document);
}

TEST_CASE("Alt+1 and Alt+3 choose how the document comes in", "[gui]")
{
    IdDesk desk;
    desk.tap(beijingCard());
    desk.press(Qt::Key_Return);

    desk.press(Qt::Key_3, Qt::AltModifier);
    REQUIRE(desk.visible<QLineEdit>(u"name"_s));
    CHECK(desk.visible<QLineEdit>(u"name"_s)->hasFocus());
    desk.press(Qt::Key_1, Qt::AltModifier);
    CHECK(desk.title() == u"请放证件");
    CHECK(desk.step() == LinkStep::Document);
}

TEST_CASE("The chip of the ID reader says at once what the reader says", "[gui]")
{
    IdDesk desk;
    using Mood = StatusItem::Mood;
    struct Row {
        Link link;
        QString value;
        Mood mood;
    };
    for (const Row &row : QList<Row>{{Link::Ok, u"正常"_s, Mood::Calm},
                                     {Link::Lost, u"未连接"_s, Mood::Bad},
                                     {Link::Ok, u"正常"_s, Mood::Calm},
                                     {Link::Absent, u"未配置"_s, Mood::Calm},
                                     {Link::Starting, u"正在启动"_s, Mood::Calm}}) {
        std::optional<Error> trouble;
        if (row.link == Link::Lost)
            trouble = Error{ErrorCode::PortLost, {}, {u"/dev/ttyUSB1"_s}};
        desk.show({row.link, trouble, false, false, {}});
        CHECK(desk.chip().label == u"证件机");
        CHECK(desk.chip().value == row.value);
        CHECK(desk.chip().mood == row.mood);
    }
}

TEST_CASE("A reader that is pulled out loses no field, and typing goes on", "[gui]")
{
    IdDesk desk;
    const IdReaderState gone{
        Link::Lost, Error{ErrorCode::PortLost, {}, {u"/dev/ttyUSB1"_s}}, false, false, {}};
    const IdReaderState back{Link::Ok, {}, false, false, {}};
    desk.tap(beijingCard());
    desk.press(Qt::Key_Return);

    desk.show(gone);
    REQUIRE(desk.visible<QLineEdit>(u"name"_s));
    desk.type(u"测试甲"_s);
    desk.show(back);
    CHECK(desk.visible<QLineEdit>(u"name"_s)->text() == u"测试甲");
    desk.show(gone);
    CHECK(desk.visible<QLineEdit>(u"name"_s)->text() == u"测试甲");
    desk.show(back);
    desk.place();
    CHECK(desk.reaches(LinkStep::Consent));
}

TEST_CASE("While nobody is logged in a document is not taken, and none is kept for the next one",
          "[gui]")
{
    IdDesk desk;
    desk.place();
    REQUIRE(desk.controller.state().read);

    desk.window.lock();
    CHECK_FALSE(desk.controller.state().read);
    desk.place();
    CHECK_FALSE(desk.controller.state().read);
    desk.logIn(otherTester());
    desk.tap(beijingCard());
    CHECK(desk.step() == LinkStep::Card);
}
