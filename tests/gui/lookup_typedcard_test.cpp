#include "support/catch.h"

#include "gui/lookup_window.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

const QString whole = u"3105170099900012349"_s;

void takeWhole(LookupUnderTest &desk)
{
    desk.type(whole);
    desk.press(Qt::Key_Return);
}

} // namespace

TEST_CASE("A typed number is compared group by group before the upgrade can start", "[gui]")
{
    LookupUnderTest desk;
    takeWhole(desk);
    CHECK(desk.page() == u"card");
    CHECK(desk.visible<QLabel>(u"numberLabel"_s)->text() == u"卡号是输入的，请与卡面逐组核对");

    for (const QString &group : {u"3105"_s, u"1700"_s, u"9990"_s, u"0012"_s, u"349"_s}) {
        REQUIRE(desk.step() == LinkStep::Card);
        CHECK(desk.primary()->text() == group + u" 一样"_s);
        desk.press(Qt::Key_Return);
    }

    CHECK(desk.primary()->text() == u"开始升级");
    CHECK(desk.visible<QLabel>(u"numberLabel"_s)->text() == u"卡号，请与卡面核对");
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Document);
}

TEST_CASE("A held Enter compares one group and no more", "[gui]")
{
    LookupUnderTest desk;
    takeWhole(desk);

    desk.holdEnter(20);

    CHECK(desk.controller.state().groupsCompared == 1);
}

TEST_CASE("Two quick presses do not compare two groups", "[gui]")
{
    LookupUnderTest desk;
    takeWhole(desk);
    desk.window.setArmingTime(60000);
    desk.controller.apply(GroupCompared{0});

    desk.press(Qt::Key_Return);

    CHECK(desk.controller.state().groupsCompared == 1);
}

TEST_CASE("A tap of the same card ends the comparison", "[gui]")
{
    LookupUnderTest desk;
    takeWhole(desk);

    desk.tap(beijingCard(whole));

    CHECK(desk.primary()->text() == u"开始升级");
}

TEST_CASE("A number that does not agree goes back into the field to be mended", "[gui]")
{
    LookupUnderTest desk;
    takeWhole(desk);
    desk.press(Qt::Key_Return);

    desk.press(Qt::Key_F5);
    CHECK(desk.page() == u"lookup");
    CHECK(desk.field()->number() == whole);

    desk.press(Qt::Key_Backspace);
    desk.type(u"8"_s);
    desk.press(Qt::Key_Return);
    CHECK(desk.controller.state().card->number == u"3105170099900012348");
    CHECK(desk.controller.state().groupsCompared == 0);
}

TEST_CASE("The button that names the key of the rail does the same", "[gui]")
{
    LookupUnderTest desk;
    takeWhole(desk);

    QTest::mouseClick(desk.visible<KeyButton>(u"second"_s), Qt::LeftButton);
    desk.settle();

    CHECK(desk.page() == u"lookup");
    CHECK(desk.field()->number() == whole);
}

TEST_CASE("A typed card issued elsewhere gets the page of its tap", "[gui]")
{
    LookupUnderTest desk;
    desk.type(u"3104830099900012345"_s);
    CHECK(desk.primary()->text() == u"查这个卡号");

    desk.press(Qt::Key_Return);

    CHECK(desk.page() == u"card");
    CHECK(desk.visible<StateBadge>()->word() == u"非本系统");
    CHECK(desk.primary()->text() == u"下一位");
}

TEST_CASE("A number typed beside a passenger is offered, not taken", "[gui]")
{
    LookupUnderTest desk;
    desk.tap(beijingCard(u"3105170012345678901"_s));
    desk.controller.apply(StartLink{});
    desk.settle();
    desk.press(Qt::Key_F5);

    takeWhole(desk);

    CHECK(desk.page() == u"document");
    CHECK(desk.controller.state().card->number == u"3105170012345678901");
    CHECK(desk.visible<NoticeStrip>(u"notice"_s)->text() == u"输入了另一张卡的卡号，尾号 2349");
}

TEST_CASE("The main job goes through with a typed number", "[gui]")
{
    LookupUnderTest desk;
    takeWhole(desk);
    while (desk.controller.state().mustCompare())
        desk.press(Qt::Key_Return);
    desk.press(Qt::Key_Return);
    desk.controller.apply(DocumentEntered{adult()});
    desk.settle();
    desk.press(Qt::Key_Return);
    desk.press(Qt::Key_Return);
    desk.press(Qt::Key_Return);

    CHECK(desk.step() == LinkStep::Done);
    REQUIRE(desk.committed);
    CHECK(desk.committed->cardNumber == whole);
}

TEST_CASE("The number of a card that is linked already is not compared: hint and button agree",
          "[gui]")
{
    const bool uploaded = GENERATE(false, true);
    LookupUnderTest desk;
    desk.cardKnowledge.cardLinkedHere = true;
    desk.cardKnowledge.cardLinkUploaded = uploaded;

    takeWhole(desk);

    CHECK(desk.primary()->text() == u"下一位");
    const auto *hint = desk.visible<NoticeStrip>(u"hint"_s);
    CHECK((hint == nullptr || !hint->text().contains(u"Enter")));
    CHECK(desk.visible<QLabel>(u"numberLabel"_s)->text() == u"卡号，请与卡面核对");
}
