#include "support/catch.h"

#include "gui/pages_window.h"

#include <QLineEdit>
#include <QPixmap>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// Writes a page beside the build's programs, for people who compare it with the mocks.
void picture(WindowUnderTest &desk, const QString &name)
{
    const QDir build(QStringLiteral(UPGRADEDESK_BIN_DIR) + u"/.."_s);
    REQUIRE(build.mkpath(u"pages"_s));
    desk.settle();
    const QPixmap page = desk.window.grab();
    CHECK(page.size() == QSize(1366, 768));
    CHECK(page.save(build.filePath(u"pages/"_s + name + u".png"_s)));
}

QList<RecentRow> someRows(const QDateTime &now)
{
    return {{now.addSecs(-120), u"physical"_s, u"8813"_s, u"queued"_s},
            {now.addSecs(-180), u"phone"_s, u"8137"_s, u"queued"_s},
            {now.addSecs(-300), u"physical"_s, u"2204"_s, u"accepted"_s},
            {now.addSecs(-420), u"wristband"_s, u"9247"_s, u"attention"_s}};
}

QList<TrainingCard> shelf()
{
    return {{u"1"_s, u"互通卡"_s, u"physical"_s},           {u"2"_s, u"手机卡"_s, u"phone"_s},
            {u"3"_s, u"市政一卡通（旧）"_s, u"physical"_s}, {u"4"_s, u"外地卡"_s, u"physical"_s},
            {u"5"_s, u"银行卡"_s, u"physical"_s},           {u"6"_s, u"读到一半"_s, u"physical"_s}};
}

} // namespace

TEST_CASE("Every page can be drawn at 1366 x 768", "[gui]")
{
    WindowUnderTest desk;
    const QDateTime now = desk.desk.clock.now();
    desk.window.showQueue(12);
    desk.window.showRecent(someRows(now), {now.addSecs(-5400), 83, 12, 4, 79});
    picture(desk, u"01-login"_s);
    desk.type(u"135"_s);
    picture(desk, u"01-login-typing"_s);
    desk.window.loginFailed(Error{ErrorCode::PinWrong, {}, {u"4"_s}});
    picture(desk, u"01-login-wrong"_s);
    desk.logIn();
    picture(desk, u"02-idle"_s);
    desk.window.showReader(ReaderState::Lost, {}, now);
    picture(desk, u"20-reader-lost"_s);
    desk.window.showReader(ReaderState::Ok, u"PN532"_s, {});

    desk.tap(beijingCard());
    picture(desk, u"03-card"_s);
    desk.press(Qt::Key_Return);
    picture(desk, u"07-document-empty"_s);
    desk.type(u"测试甲1101021902"_s);
    picture(desk, u"07-document-typing"_s);
    desk.type(u"03040041"_s);
    picture(desk, u"07b-document-wrong"_s);
    desk.press(Qt::Key_Backspace);
    desk.window.setAdvanceTime(60000);
    desk.type(u"X"_s);
    picture(desk, u"07-document-good"_s);
    desk.press(Qt::Key_Return);
    picture(desk, u"08-consent"_s);
    desk.press(Qt::Key_L, Qt::AltModifier);
    picture(desk, u"08-consent-english"_s);
    desk.press(Qt::Key_L, Qt::AltModifier);
    desk.press(Qt::Key_Return);
    picture(desk, u"10-health"_s);
    desk.press(Qt::Key_Return);
    picture(desk, u"11-confirm"_s);
    desk.tap(beijingCard(u"3105170099900056780"_s));
    picture(desk, u"11-confirm-other-card"_s);
    desk.press(Qt::Key_Return);
    picture(desk, u"12-done"_s);
    CHECK(desk.step() == LinkStep::Done);
}

TEST_CASE("The other faces can be drawn at 1366 x 768", "[gui]")
{
    WindowUnderTest desk(true);
    desk.window.showTrainingCards(shelf());
    desk.logIn();
    picture(desk, u"02-idle-training"_s);
    CardSighting torn;
    torn.outcome = CardSighting::Outcome::ReadError;
    torn.reason = u"card-lost"_s;
    desk.tap(torn);
    picture(desk, u"02-idle-torn"_s);

    CardSighting foreign = beijingCard(u"3104830099900012345"_s);
    foreign.product = u"tunion-other"_s;
    foreign.issuer = u"南京市民卡"_s;
    desk.tap(foreign);
    picture(desk, u"23-card-foreign"_s);
    CardSighting bank;
    bank.outcome = CardSighting::Outcome::Refused;
    bank.product = u"bank-card"_s;
    desk.tap(bank);
    picture(desk, u"23-card-refused"_s);
    CardSighting ticket;
    ticket.outcome = CardSighting::Outcome::RecognisedNoNumber;
    ticket.product = u"mifare-ultralight"_s;
    desk.tap(ticket);
    picture(desk, u"23-card-app"_s);
    ticket.product = u"mifare-classic"_s;
    desk.tap(ticket);
    picture(desk, u"23-card-no-number"_s);
    CardSighting older = beijingCard(u"1000751100001234"_s);
    older.product = u"beijing-bmac"_s;
    desk.tap(older);
    picture(desk, u"03-card-older"_s);
    desk.cardKnowledge.cardLinkedHere = true;
    desk.tap(beijingCard());
    picture(desk, u"04-card-queued"_s);
    desk.cardKnowledge.cardLinkUploaded = true;
    desk.tap(beijingCard());
    picture(desk, u"04-card-upgraded"_s);

    desk.cardKnowledge = {};
    desk.tap(beijingCard());
    desk.controller.apply(StartLink{});
    Person child = adult();
    child.documentNumber = u"110102201501010018"_s;
    desk.controller.apply(DocumentEntered{child});
    REQUIRE(desk.step() == LinkStep::Guardian);
    picture(desk, u"07-guardian"_s);
    desk.controller.apply(DocumentEntered{adult()});
    desk.controller.apply(ConsentDeclined{});
    picture(desk, u"08-declined"_s);
    desk.window.showStoreTrouble(Error{ErrorCode::StoreFull, {}, {}});
    picture(desk, u"90-store-full"_s);
    CHECK(desk.step() != LinkStep::Idle);
}

TEST_CASE("Pages can be drawn dark and with large text", "[gui]")
{
    WindowUnderTest desk;
    desk.window.showQueue(12);
    desk.logIn();
    const auto walk = [&](const QString &suffix) {
        desk.controller.apply(EndPassenger{});
        picture(desk, u"idle-"_s + suffix);
        desk.tap(beijingCard());
        picture(desk, u"card-"_s + suffix);
        desk.controller.apply(StartLink{});
        picture(desk, u"document-"_s + suffix);
        desk.controller.apply(DocumentEntered{adult()});
        picture(desk, u"consent-"_s + suffix);
        desk.controller.apply(ConsentGiven{u"operator"_s, u"zh_CN"_s});
        picture(desk, u"health-"_s + suffix);
        desk.controller.apply(HealthDeferred{});
        picture(desk, u"confirm-"_s + suffix);
        desk.controller.apply(ConfirmLink{});
        picture(desk, u"done-"_s + suffix);
        CHECK(desk.step() == LinkStep::Done);
    };

    applyTheme(*qApp, Theme::dark());
    walk(u"dark"_s);
    applyTheme(*qApp, Theme::light(1.25));
    walk(u"large"_s);
    applyTheme(*qApp, Theme::light());
}
