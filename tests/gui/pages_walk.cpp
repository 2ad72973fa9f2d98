#include "support/catch.h"

#include "gui/pages_walk.h"

#include "card/nearnumbers.h"
#include "gui/pages/undopanel.h"
#include "gui/widgets/choicebox.h"
#include "gui/widgets/nearrow.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::test
{
namespace
{

QList<RecentRow> someRows(const QDateTime &now)
{
    return {{now.addSecs(-120), u"physical"_s, u"8813"_s, u"queued"_s},
            {now.addSecs(-180), u"phone"_s, u"8137"_s, u"queued"_s},
            {now.addSecs(-300), u"physical"_s, u"2204"_s, u"accepted"_s},
            {now.addSecs(-420), u"wristband"_s, u"9247"_s, u"attention"_s}};
}

QList<TrainingCard> shelf(Language language)
{
    if (language == Language::English)
        return {
            {u"1"_s, u"T-Union card"_s, u"physical"_s}, {u"2"_s, u"Phone"_s, u"phone"_s},
            {u"3"_s, u"Older card"_s, u"physical"_s},   {u"4"_s, u"Other city"_s, u"physical"_s},
            {u"5"_s, u"Bank card"_s, u"physical"_s},    {u"6"_s, u"Torn"_s, u"physical"_s}};
    return {{u"1"_s, u"互通卡"_s, u"physical"_s},     {u"2"_s, u"手机卡"_s, u"phone"_s},
            {u"3"_s, u"旧版一卡通"_s, u"physical"_s}, {u"4"_s, u"外地卡"_s, u"physical"_s},
            {u"5"_s, u"银行卡"_s, u"physical"_s},     {u"6"_s, u"读到一半"_s, u"physical"_s}};
}

CardSighting cardOf(const QString &product, CardSighting::Outcome outcome)
{
    CardSighting card;
    card.product = product;
    card.outcome = outcome;
    return card;
}

void walkCards(WindowUnderTest &desk, const AtState &at)
{
    using Outcome = CardSighting::Outcome;
    CardSighting foreign = beijingCard(u"3104830099900012345"_s);
    foreign.product = u"tunion-other"_s;
    foreign.issuer = u"南京市民卡"_s;
    desk.tap(foreign);
    at(u"23-card-foreign"_s);
    desk.tap(cardOf(u"bank-card"_s, Outcome::Refused));
    at(u"23-card-refused"_s);
    desk.tap(cardOf(u"mifare-ultralight"_s, Outcome::RecognisedNoNumber));
    at(u"23-card-app"_s);
    desk.tap(cardOf(u"mifare-classic"_s, Outcome::RecognisedNoNumber));
    at(u"23-card-no-number"_s);
    CardSighting older = beijingCard(u"1000751100001234"_s);
    older.product = u"beijing-bmac"_s;
    desk.tap(older);
    at(u"03-card-older"_s);
    desk.tap(beijingCard());
    desk.controller.apply(MediumChosen{u"wristband"_s});
    at(u"03-card-wristband"_s);
    CardSighting blocked = beijingCard(u"3105170099900056780"_s);
    blocked.warning = u"application-blocked"_s;
    desk.tap(blocked);
    at(u"03-card-blocked"_s);
    desk.cardKnowledge.cardLinkedHere = true;
    desk.tap(beijingCard());
    at(u"04-card-queued"_s);
    desk.cardKnowledge.cardLinkUploaded = true;
    desk.tap(beijingCard());
    at(u"04-card-upgraded"_s);
    desk.cardKnowledge = {};
}

/// Cards that differ from the number in one digit.
QList<NearCard> nearCards(const WindowUnderTest &desk, const QString &number)
{
    QList<NearCard> cards;
    for (const NearMatch &match : neighbours(desk.catalogue, number).first(3))
        cards.append({match, desk.desk.clock.now().addSecs(-1140), cards.isEmpty()});
    return cards;
}

void walkLookup(WindowUnderTest &desk, const AtState &at)
{
    desk.press(Qt::Key_F5);
    at(u"06-lookup-empty"_s);
    const QString shortNumber = u"310517009990001234"_s;
    QSignalSpy asked(&desk.window, &MainWindow::nearCardsRequested);
    desk.type(shortNumber);
    at(u"06-lookup-missing"_s);
    if (asked.isEmpty())
        (void)asked.wait();
    desk.window.showNearCards(shortNumber, nearCards(desk, shortNumber));
    REQUIRE(desk.visible<NearRow>());
    at(u"06-lookup-near"_s);
    desk.window.showStoreTrouble(Error{ErrorCode::StoreFailed, {}, {}});
    at(u"06-lookup-store-trouble"_s);
    desk.window.clearStoreTrouble();
    desk.press(Qt::Key_Escape);
    desk.type(u"3105170099900012349"_s);
    at(u"06-lookup-whole"_s);
    desk.type(u"1"_s);
    at(u"06-lookup-too-long"_s);
    desk.press(Qt::Key_Escape);
    desk.type(u"3104830099900012345"_s);
    at(u"06-lookup-foreign"_s);
    desk.press(Qt::Key_Escape);
    desk.type(u"99"_s);
    at(u"06-lookup-unknown"_s);
    desk.press(Qt::Key_Escape);
    desk.type(u"3105170099900012349"_s);
    desk.press(Qt::Key_Return);
    at(u"03-card-typed"_s);
    desk.controller.apply(EndPassenger{});
}

void walkDocuments(WindowUnderTest &desk, const AtState &at)
{
    const auto enter = [&](const QString &kind, const QString &number) {
        desk.tap(beijingCard());
        desk.controller.apply(StartLink{});
        desk.settle();
        auto *kinds = desk.visible<ChoiceBox>(u"kind"_s);
        kinds->setCurrentIndex(kinds->findData(kind));
        desk.type(u"测试甲"_s);
        desk.press(Qt::Key_Return);
        desk.type(number);
    };
    enter(u"resident"_s, u"371001198010082394"_s);
    REQUIRE(desk.visible<NoticeStrip>(u"verdict"_s)->kind() == NoticeStrip::Kind::warn);
    at(u"07b-document-warning"_s);
    desk.controller.apply(EndPassenger{});
    enter(u"military"_s, u"00000000"_s);
    REQUIRE(desk.visible<NoticeStrip>(u"verdict"_s)->kind() == NoticeStrip::Kind::warn);
    at(u"07b-document-unusual"_s);
    desk.controller.apply(EndPassenger{});
    enter(u"passport"_s, u"E12345678"_s);
    REQUIRE(desk.visible<NoticeStrip>(u"verdict"_s)->kind() == NoticeStrip::Kind::info);
    at(u"07b-document-elsewhere"_s);
    desk.controller.apply(EndPassenger{});
}

void walkUndo(WindowUnderTest &desk, const AtState &at)
{
    desk.goToConfirm();
    desk.controller.apply(ConfirmLink{});
    desk.say(desk.done().record, false);
    REQUIRE(desk.visible<UndoPanel>());
    at(u"12-done-undo"_s);
    desk.say(u"revoke-1"_s, true);
    at(u"12-done-undone"_s);
    desk.controller.apply(EndPassenger{});
    at(u"02-idle-undone"_s);
    desk.say(u"revoke-2"_s, false);
    at(u"02-idle-undo"_s);
}

} // namespace

void walkMainJob(WindowUnderTest &desk, const AtState &at)
{
    const QDateTime now = desk.desk.clock.now();
    at(u"01-login-checking"_s);
    desk.window.showReader(ReaderState::Lost, {}, now);
    desk.window.showQueue(12);
    at(u"01-login-reader-lost"_s);
    desk.window.showReader(ReaderState::Ok, u"PN532"_s, {});
    desk.window.showRecent(someRows(now), {now.addSecs(-5400), 83, 12, 4, 79});
    at(u"01-login"_s);
    desk.type(u"135"_s);
    at(u"01-login-typing"_s);
    desk.window.loginFailed(Error{ErrorCode::PinWrong, {}, {u"4"_s}});
    at(u"01-login-wrong"_s);
    desk.window.loginFailed(Error{ErrorCode::PinLocked, {}, {u"5"_s}});
    at(u"01-login-locked-out"_s);
    desk.logIn();
    at(u"02-idle"_s);
    desk.window.showReader(ReaderState::Lost, {}, now);
    at(u"20-reader-lost"_s);
    desk.window.showReader(ReaderState::Ok, u"PN532"_s, {});

    desk.tap(beijingCard());
    at(u"03-card"_s);
    desk.press(Qt::Key_Return);
    at(u"07b-document-empty"_s);
    desk.type(u"测试甲1101021902"_s);
    at(u"07b-document-typing"_s);
    desk.type(u"03040041"_s);
    at(u"07b-document-wrong"_s);
    desk.press(Qt::Key_Backspace);
    desk.window.setAdvanceTime(600000);
    desk.type(u"X"_s);
    at(u"07b-document-good"_s);
    desk.press(Qt::Key_Return);
    at(u"08-consent"_s);
    desk.press(Qt::Key_L, Qt::AltModifier);
    at(u"08-consent-english"_s);
    desk.press(Qt::Key_R, Qt::AltModifier);
    at(u"08-consent-aloud-english"_s);
    desk.press(Qt::Key_L, Qt::AltModifier);
    at(u"08-consent-aloud"_s);
    desk.press(Qt::Key_Return);
    at(u"10-health"_s);
    desk.press(Qt::Key_Return);
    at(u"11-confirm"_s);
    desk.tap(beijingCard(u"3105170099900056780"_s));
    at(u"11-confirm-other-card"_s);
    desk.press(Qt::Key_Return);
    at(u"12-done"_s);
    Q_ASSERT(desk.step() == LinkStep::Done);
    ReceiptTasks &receipts = desk.tasks.receipts();
    receipts.setPrinter({PrinterState::Kind::Ready, {}});
    at(u"12-done-printer"_s);
    desk.press(Qt::Key_P, Qt::AltModifier);
    Q_ASSERT(receipts.isPrinting());
    at(u"12-done-printing"_s);
    receipts.setFailed(desk.done().record, Error{ErrorCode::PrinterNoPaper, {}, {}});
    at(u"12-done-not-printed"_s);
    receipts.setPrinter({});
}

void walkOtherStates(WindowUnderTest &desk, const AtState &at)
{
    desk.window.showTrainingCards(shelf(desk.appearance.look().language));
    QObject::connect(
        &desk.appearance, &Appearance::changed, &desk.window,
        [&desk](const Look &look) { desk.window.showTrainingCards(shelf(look.language)); });
    desk.logIn();
    at(u"02-idle-training"_s);
    CardSighting torn = cardOf({}, CardSighting::Outcome::ReadError);
    torn.reason = u"card-lost"_s;
    desk.tap(torn);
    at(u"02-idle-torn"_s);
    torn.reason = u"several-cards"_s;
    desk.tap(torn);
    at(u"02-idle-several"_s);
    walkCards(desk, at);

    desk.tap(beijingCard());
    desk.window.showStoreTrouble(Error{ErrorCode::StoreFailed, {}, {}});
    at(u"03-card-store-trouble"_s);
    desk.window.clearStoreTrouble();
    desk.controller.apply(StartLink{});
    Person child = adult();
    child.documentNumber = u"110102201501010018"_s;
    desk.controller.apply(DocumentEntered{child});
    at(u"07b-guardian"_s);
    desk.controller.apply(DocumentEntered{adult()});
    desk.controller.apply(ConsentDeclined{});
    at(u"08-declined"_s);
    desk.window.showStoreTrouble(Error{ErrorCode::StoreFull, {}, {}});
    at(u"90-store-full"_s);
    desk.window.clearStoreTrouble();

    desk.commitError = Error{ErrorCode::StoreFailed, {}, {}};
    desk.controller.apply(EndPassenger{});
    desk.goToConfirm();
    desk.controller.apply(ConfirmLink{});
    at(u"11-confirm-not-saved"_s);
    desk.commitError.reset();
    desk.answersCommits = false;
    desk.controller.apply(ConfirmLink{});
    at(u"11-confirm-saving"_s);
}

void walkSideWays(WindowUnderTest &desk, const AtState &at)
{
    desk.window.showReader(ReaderState::Ok, u"PN532"_s, {});
    desk.logIn();
    walkLookup(desk, at);
    walkDocuments(desk, at);
    walkUndo(desk, at);
    desk.press(Qt::Key_F1);
    at(u"02-idle-help"_s);
    desk.press(Qt::Key_F1);
    desk.window.lock();
    at(u"01-login-locked"_s);
}

void walkIdReader(WindowUnderTest &desk, const AtState &at)
{
    using Link = IdReaderState::Link;
    const IdReaderState ok{Link::Ok, {}, false, true, {}};
    desk.logIn();
    desk.window.setAdvanceTime(600000);
    desk.window.showTrainingCards(shelf(desk.appearance.look().language));
    desk.window.showIdReader(ok);
    desk.tap(beijingCard());
    desk.controller.apply(StartLink{});
    desk.settle();
    at(u"07-id-waiting"_s);
    desk.window.showIdReader({Link::Ok, {}, true, true, {}});
    at(u"07-id-reading"_s);
    desk.window.showIdReader(
        {Link::Ok, {}, false, true, Error{ErrorCode::IdCardUnreadable, {}, {}}});
    at(u"07-id-unread"_s);
    desk.window.showIdReader({Link::Ok, {}, false, true, Error{ErrorCode::IdCardExpired, {}, {}}});
    at(u"07-id-expired"_s);
    desk.window.showIdReader(ok);
    desk.controller.apply(DocumentRead{adult(), false});
    at(u"07-id-read"_s);
    desk.controller.apply(DocumentRead{adult(), true});
    at(u"07-id-doubtful"_s);
    desk.press(Qt::Key_Escape);
    desk.controller.apply(StartLink{});
    desk.press(Qt::Key_3, Qt::AltModifier);
    desk.type(u"测试甲11010219020304"_s);
    at(u"07b-id-typed"_s);
    desk.controller.apply(EndPassenger{});
    desk.controller.apply(DocumentRead{adult(), false});
    desk.settle();
    at(u"02-idle-document"_s);
    desk.window.showIdReader(
        {Link::Lost, Error{ErrorCode::PortLost, {}, {u"/dev/ttyUSB1"_s}}, false, true, {}});
    at(u"02-idle-id-lost"_s);
}

void walkAllStates(const Look &look, QSize size,
                   const std::function<void(WindowUnderTest &desk, const QString &state)> &at)
{
    struct Way {
        void (*walk)(WindowUnderTest &, const AtState &);
        bool training = false;
        bool practice = false;
    };
    for (const Way &way : {Way{&walkMainJob}, Way{&walkOtherStates, true}, Way{&walkSideWays},
                           Way{&walkOnline, false, true}, Way{&walkQueue}, Way{&walkInbox},
                           Way{&walkDevices}, Way{&walkIdReader, true}}) {
        WindowUnderTest desk(way.training, {}, size, way.practice);
        desk.appearance.setLook(look);
        const auto here = [&](const QString &state) {
            // A layout that changed another one needs a turn of its own.
            for (int i = 0; i < 3; ++i)
                desk.settle();
            at(desk, state);
        };
        way.walk(desk, here);
    }
}

} // namespace upgradedesk::test
