#include "support/catch.h"

#include "gui/pages_window.h"

#include <QLineEdit>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

TEST_CASE("The main job with a typed document takes 4 Enters, the name and 18 characters", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.tap(beijingCard());
    int keys = 0;
    const auto enter = [&] {
        desk.press(Qt::Key_Return);
        ++keys;
    };

    enter();
    REQUIRE(desk.step() == LinkStep::Document);
    desk.type(u"测试甲"_s);
    for (const QChar c : adult().documentNumber) {
        desk.type(QString(c));
        ++keys;
    }
    REQUIRE(QTest::qWaitFor([&] { return desk.step() == LinkStep::Consent; }, 5000));
    enter();
    REQUIRE(desk.step() == LinkStep::Health);
    enter();
    REQUIRE(desk.step() == LinkStep::Confirm);
    enter();

    CHECK(desk.step() == LinkStep::Done);
    CHECK(keys == 4 + 18);
    REQUIRE(desk.committed);
    CHECK(desk.committed->holder == adult());
    CHECK(desk.committed->cardNumber == beijingCard().number);
    CHECK(desk.committed->operatorId == tester().id);
    CHECK(desk.committed->consents.size() == 2);
}

TEST_CASE("One key chooses the phone as medium and the record says so", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.tap(beijingCard());

    desk.press(Qt::Key_Right);

    CHECK(desk.controller.state().medium == u"phone");
    desk.press(Qt::Key_Left);
    CHECK(desk.controller.state().medium == u"physical");
    desk.press(Qt::Key_Left);
    CHECK(desk.controller.state().medium == u"physical");
}

TEST_CASE("Enter held down on the card page does not pass the document page", "[gui]")
{
    // 5 s at 30 repeats a second.
    const int arming = GENERATE(0, 300);
    WindowUnderTest desk;
    desk.window.setArmingTime(arming);
    desk.logIn();
    desk.tap(beijingCard());
    if (arming > 0)
        QTest::qWait(arming + 50);

    desk.holdEnter(150);

    CHECK(desk.step() == LinkStep::Document);
}

TEST_CASE("Enter held down on consent does not run on to the commit", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.goToConfirm();
    desk.controller.apply(GoToStep{LinkStep::Consent});
    desk.settle();

    desk.holdEnter(150);

    CHECK(desk.step() == LinkStep::Health);
    CHECK_FALSE(desk.committed);
}

TEST_CASE("A primary button is deaf for a moment after its page appears", "[gui]")
{
    WindowUnderTest desk;
    desk.window.setArmingTime(60000);
    desk.logIn();
    desk.tap(beijingCard());

    desk.press(Qt::Key_Return);

    CHECK(desk.step() == LinkStep::Card);
}

TEST_CASE("Nothing is done on screen before the store has answered", "[gui]")
{
    WindowUnderTest desk;
    desk.answersCommits = false;
    desk.logIn();
    desk.goToConfirm();

    desk.press(Qt::Key_Return);

    REQUIRE(desk.step() == LinkStep::Committing);
    CHECK(desk.primaries().isEmpty());
    CHECK(desk.primary()->text() == u"正在保存");
    desk.press(Qt::Key_Escape);
    CHECK(desk.step() == LinkStep::Committing);
    desk.controller.apply(desk.done());
    desk.settle();
    CHECK(desk.step() == LinkStep::Done);
}

TEST_CASE("A commit that failed says why and Enter tries again", "[gui]")
{
    WindowUnderTest desk;
    desk.commitError = Error{ErrorCode::StoreLocked, {}, {}};
    desk.logIn();
    desk.goToConfirm();

    desk.press(Qt::Key_Return);

    REQUIRE(desk.step() == LinkStep::Confirm);
    const auto *notice = desk.visible<NoticeStrip>(u"notice"_s);
    REQUIRE(notice);
    CHECK(notice->text() == u"本机数据库正被占用，请稍等几秒再试。");
    desk.commitError.reset();
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Done);
}

TEST_CASE("Esc goes back one step and on the card page ends the passenger", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.goToConfirm();

    const QList<LinkStep> way{LinkStep::Health, LinkStep::Consent, LinkStep::Document,
                              LinkStep::Card, LinkStep::Idle};
    for (const LinkStep step : way) {
        desk.press(Qt::Key_Escape);
        CHECK(desk.step() == step);
    }
}

TEST_CASE("Alt and a number jump to a done step and never forward", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.goToConfirm();

    desk.press(Qt::Key_3, Qt::AltModifier);
    CHECK(desk.step() == LinkStep::Consent);
    desk.press(Qt::Key_5, Qt::AltModifier);
    CHECK(desk.step() == LinkStep::Consent);
    desk.press(Qt::Key_2, Qt::AltModifier);
    CHECK(desk.step() == LinkStep::Document);
    desk.press(Qt::Key_1, Qt::AltModifier);
    CHECK(desk.step() == LinkStep::Card);
}

TEST_CASE("The buttons of the confirm page own Alt+1 and Alt+2", "[gui]")
{
    const auto [key, step] = GENERATE(
        table<Qt::Key, LinkStep>({{Qt::Key_1, LinkStep::Card}, {Qt::Key_2, LinkStep::Document}}));
    WindowUnderTest desk;
    desk.logIn();
    desk.goToConfirm();

    desk.press(key, Qt::AltModifier);

    CHECK(desk.step() == step);
}

TEST_CASE("Who declines leaves no name and no document behind", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.goToConfirm();
    desk.controller.apply(GoToStep{LinkStep::Consent});
    desk.settle();

    desk.press(Qt::Key_N, Qt::AltModifier);

    CHECK(desk.step() == LinkStep::Declined);
    CHECK_FALSE(desk.controller.state().holder);
    CHECK_FALSE(desk.committed);
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Idle);
}

TEST_CASE("Another card in the middle of a passenger is offered, not taken", "[gui]")
{
    WindowUnderTest desk;
    desk.logIn();
    desk.tap(beijingCard());
    desk.press(Qt::Key_Return);

    desk.tap(beijingCard(u"3105170099900056780"_s));

    REQUIRE(desk.step() == LinkStep::Document);
    const auto *notice = desk.visible<NoticeStrip>(u"notice"_s);
    REQUIRE(notice);
    CHECK(notice->text() == u"读到另一张卡，尾号 6780");
    CHECK(desk.controller.state().card->number == beijingCard().number);
    desk.press(Qt::Key_Y, Qt::AltModifier);
    CHECK(desk.controller.state().card->number == u"3105170099900056780");
    CHECK_FALSE(desk.visible<NoticeStrip>(u"notice"_s));
}

TEST_CASE("The finished passenger leaves by himself and a tap starts the next at once", "[gui]")
{
    WindowUnderTest desk;
    desk.window.setIdleAfter(300);
    desk.logIn();
    desk.goToConfirm();
    desk.press(Qt::Key_Return);
    REQUIRE(desk.step() == LinkStep::Done);

    SECTION("by the clock")
    {
        REQUIRE(QTest::qWaitFor([&] { return desk.step() == LinkStep::Idle; }, 5000));
        CHECK(desk.visible<QWidget>(u"ready"_s));
    }
    SECTION("by the next card")
    {
        desk.tap(beijingCard(u"3105170099900056780"_s));
        CHECK(desk.step() == LinkStep::Card);
        CHECK_FALSE(desk.controller.state().holder);
    }
}
