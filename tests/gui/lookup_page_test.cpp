#include "support/catch.h"

#include "gui/lookup_window.h"
#include "gui/pages/words.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

const QString whole = u"3105170099900012349"_s;

} // namespace

TEST_CASE("Each key is explained at once, without a button", "[gui]")
{
    LookupUnderTest desk;
    desk.press(Qt::Key_F5);
    CHECK(desk.page() == u"lookup");
    CHECK(desk.primary()->text() == u"请输入卡号");
    CHECK_FALSE(desk.primary()->isEnabled());
    CHECK(desk.badge().isEmpty());

    desk.type(u"3105"_s);
    CHECK(desk.checkText(u"prefix"_s) == u"可能是外地交通联合卡或北京互通卡，再输几位就能确定");
    CHECK(desk.field()->missing() == 15);

    desk.type(u"17009990001234"_s);
    CHECK(desk.checkText(u"prefix"_s) == u"31051700 开头，是北京互通卡");
    CHECK(desk.checkText(u"length"_s) == u"已输 18 位，这种卡是 19 位，少 1 位");
    CHECK(desk.checkText(u"ruledOut"_s) == u"16 位市政一卡通（旧）要以 1000 开头");
    CHECK(desk.checkText(u"checkDigit"_s).isEmpty());
    CHECK(desk.badge() == u"少一位");
    CHECK(desk.field()->missing() == 1);
    CHECK(desk.primary()->text() == u"还差 1 位");
    CHECK_FALSE(desk.primary()->isEnabled());
    CHECK(desk.visible<SayPanel>()->text() ==
          u"卡的种类不同，位数也不同。您这种卡是 19 位，刚才少输了一位。");

    desk.type(u"9"_s);
    CHECK(desk.checkText(u"length"_s) == u"19 位，齐了");
    CHECK(desk.checkText(u"checkDigit"_s) == u"这种卡没有校验位，请与卡面再核对一遍");
    CHECK(desk.primary()->text() == u"查这个卡号");
    CHECK(desk.primary()->isEnabled());
    CHECK(desk.primaries().size() == 1);
}

TEST_CASE("The primary button says why it cannot go on", "[gui]")
{
    const auto [typed, text, badge] = GENERATE(table<QString, QString, QString>({
        {u"3105"_s, u"还差 15 位"_s, u"少 15 位"_s},
        {u"31051700999000123490"_s, u"多了 1 位"_s, u"多 1 位"_s},
        {u"99"_s, u"请刷卡读取"_s, u"查不到"_s},
        {u"10007511000012345"_s, u"请刷卡读取"_s, u"要刷卡"_s},
    }));
    LookupUnderTest desk;

    desk.look(typed);

    CHECK(desk.primary()->text() == text);
    CHECK_FALSE(desk.primary()->isEnabled());
    CHECK(desk.badge() == badge);
}

TEST_CASE("A card read today is offered with the difference marked, and adopted by Enter", "[gui]")
{
    LookupUnderTest desk({whole});

    desk.look(u"310517009990012349"_s);

    REQUIRE(desk.nearRows().size() == 1);
    CHECK(desk.nearRows().first()->number() == whole);
    CHECK(desk.nearRows().first()->isChosen());
    CHECK(desk.primary()->text() == u"采用第 1 个");
    CHECK(desk.primaries().size() == 1);
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Card);
    CHECK(desk.controller.state().card->number == whole);
    CHECK(desk.controller.state().mustCompare());
    CHECK(desk.page() == u"card");
}

TEST_CASE("Only the number of the last key is asked about, and old answers are dropped", "[gui]")
{
    LookupUnderTest desk({whole});
    desk.press(Qt::Key_F5);
    desk.type(u"310517009990012349"_s);
    CHECK(desk.asked.isEmpty());
    desk.waitForNear();
    CHECK(desk.asked == QStringList{u"310517009990012349"_s});
    REQUIRE(desk.nearRows().size() == 1);

    desk.press(Qt::Key_Backspace);
    CHECK(desk.nearRows().isEmpty());
    desk.window.showNearCards(u"310517009990012349"_s, {NearCard{}});
    CHECK(desk.nearRows().isEmpty());
}

TEST_CASE("Alt with an arrow chooses among three at most; a whole number stands for itself",
          "[gui]")
{
    LookupUnderTest desk({u"3105170099900012341"_s, u"3105170099900012342"_s,
                          u"3105170099900012343"_s, u"3105170099900012344"_s});

    desk.look(whole);

    REQUIRE(desk.nearRows().size() == 3);
    CHECK(desk.primary()->text() == u"查这个卡号");
    desk.press(Qt::Key_Down, Qt::AltModifier);
    CHECK(desk.primary()->text() == u"采用第 1 个");
    desk.press(Qt::Key_Down, Qt::AltModifier);
    desk.press(Qt::Key_Down, Qt::AltModifier);
    desk.press(Qt::Key_Down, Qt::AltModifier);
    CHECK(desk.primary()->text() == u"采用第 3 个");
    desk.press(Qt::Key_Up, Qt::AltModifier);
    desk.press(Qt::Key_Up, Qt::AltModifier);
    desk.press(Qt::Key_Up, Qt::AltModifier);
    CHECK(desk.primary()->text() == u"查这个卡号");
    QTest::mouseClick(desk.nearRows().at(1), Qt::LeftButton);
    CHECK(desk.primary()->text() == u"采用第 2 个");
}

TEST_CASE("Digits typed where cards are tapped open the look-up and none is lost", "[gui]")
{
    const bool lost = GENERATE(false, true);
    LookupUnderTest desk;
    if (lost)
        desk.window.showReader(ReaderState::Lost, {}, desk.desk.clock.now());
    desk.settle();

    desk.type(u"3105170099900012349"_s);

    CHECK(desk.page() == u"lookup");
    CHECK(desk.field()->number() == whole);
    CHECK(desk.primary()->isEnabled());
}

TEST_CASE("Digits go into the field whatever has the focus", "[gui]")
{
    LookupUnderTest desk;
    desk.look(u"31051700"_s);
    desk.visible<KeyButton>(u"tap"_s)->setFocus();

    desk.type(u"99"_s);

    CHECK(desk.field()->number() == u"3105170099");
    CHECK(desk.field()->hasFocus());
}

TEST_CASE("Esc clears the number first and goes back then", "[gui]")
{
    LookupUnderTest desk;
    desk.look(u"3105"_s);

    desk.press(Qt::Key_Escape);
    CHECK(desk.page() == u"lookup");
    CHECK(desk.field()->number().isEmpty());
    CHECK(desk.visible<KeyButton>(u"back"_s)->text() == u"上一步");

    desk.press(Qt::Key_Escape);
    CHECK(desk.page() == u"idle");
}

TEST_CASE("What is no part of a number is refused and said", "[gui]")
{
    LookupUnderTest desk;
    desk.look(u"3105"_s);

    desk.type(u"x"_s);
    CHECK(desk.field()->number() == u"3105");
    CHECK(desk.checkText(u"prefix"_s) == u"卡号里只能有数字，空格和横线不要紧");

    desk.type(u"1"_s);
    CHECK(desk.field()->number() == u"31051");
    CHECK(desk.checkText(u"prefix"_s).startsWith(u"可能是"_s));
}

TEST_CASE("F2 leads back to the passenger who waits, and nothing of the number stays", "[gui]")
{
    LookupUnderTest desk;
    desk.tap(beijingCard());
    desk.controller.apply(StartLink{});
    desk.settle();
    desk.look(u"1000751100001234"_s);
    CHECK(desk.step() == LinkStep::Document);

    desk.press(Qt::Key_F2);

    CHECK(desk.page() == u"document");
    desk.press(Qt::Key_F5);
    CHECK(desk.field()->number().isEmpty());
}

TEST_CASE("A tap leaves the look-up, a torn reading does not", "[gui]")
{
    LookupUnderTest desk;
    desk.look(u"3105170"_s);
    CardSighting torn;
    torn.outcome = CardSighting::Outcome::ReadError;
    torn.reason = u"card-lost"_s;

    desk.tap(torn);
    CHECK(desk.page() == u"lookup");
    CHECK(desk.field()->number() == u"3105170");

    desk.tap(beijingCard());
    CHECK(desk.page() == u"card");
}

TEST_CASE("A lock hides the number for good", "[gui]")
{
    LookupUnderTest desk;
    desk.look(u"3105170"_s);

    desk.press(Qt::Key_F12);
    desk.logIn();
    desk.press(Qt::Key_F5);

    CHECK(desk.field()->number().isEmpty());
}

TEST_CASE("A tap of the card that waits leaves the look-up as any other tap does", "[gui]")
{
    LookupUnderTest desk;
    desk.tap(beijingCard());
    desk.press(Qt::Key_F5);
    CHECK(desk.page() == u"lookup");

    desk.tap(beijingCard());

    CHECK(desk.page() == u"card");
}

TEST_CASE("A store in trouble is told on the look-up too", "[gui]")
{
    LookupUnderTest desk;
    desk.press(Qt::Key_F5);
    CHECK_FALSE(desk.visible<NoticeStrip>(u"notice"_s));

    desk.window.showStoreTrouble(Error{ErrorCode::StoreFailed, {}, {}});
    CHECK(desk.visible<NoticeStrip>(u"notice"_s)->text() ==
          errorText(Error{ErrorCode::StoreFailed, {}, {}}));

    desk.window.clearStoreTrouble();
    CHECK_FALSE(desk.visible<NoticeStrip>(u"notice"_s));
}
