#include "support/catch.h"

#include "gui/hub_states.h"
#include "gui/pages_walk.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::test
{
namespace
{

HealthStatus health(WindowUnderTest &desk, int days, HealthLevel level = HealthLevel::Normal)
{
    const QDate today = beijingDate(desk.desk.clock.now());
    return {level, days < 0 ? QDate() : today.addDays(-days), desk.desk.clock.now(), {}};
}

/// Leads to ③; the hub has told this of the holder.
void goToConsent(WindowUnderTest &desk, const PersonStatus &status)
{
    desk.controller.apply(EndPassenger{});
    desk.tap(beijingCard());
    desk.controller.apply(StartLink{});
    desk.controller.apply(DocumentEntered{adult()});
    desk.controller.apply(PersonStatusAnswered{desk.controller.state().personQuestion, status});
    desk.settle();
}

void goToHealth(WindowUnderTest &desk)
{
    goToConsent(desk, {0, 1, 0, {{u"8137"_s, u"phone"_s, QDate(2022, 5, 30)}}});
    desk.controller.apply(ConsentGiven{u"operator"_s, u"zh_CN"_s});
    desk.desk.clock.boot += std::chrono::milliseconds(400);
    desk.settle();
}

void tellHealth(WindowUnderTest &desk, const HealthStatus &status)
{
    goToHealth(desk);
    desk.controller.apply(HealthAnswered{desk.controller.state().healthQuestion, status});
}

void finish(WindowUnderTest &desk, bool accepted, const QString &reason = {})
{
    desk.controller.apply(HealthSeen{});
    desk.controller.apply(ConfirmLink{});
    desk.controller.apply(
        LinkJudged{desk.done().record, accepted, reason, desk.desk.clock.now().addSecs(2)});
}

void walkOnlineCards(WindowUnderTest &desk, const AtState &at)
{
    desk.tap(beijingCard());
    at(u"03-card-asking"_s);
    const auto answer = [&](CityCard::State state) {
        desk.controller.apply(
            CardStatusAnswered{desk.controller.state().cardQuestion, {state, {}}});
    };
    answer(CityCard::State::None);
    at(u"03-card-new"_s);
    desk.tasks.setInbox({refusedEntry(u"document-invalid"_s, u"2349"_s, desk.desk.clock.now())});
    at(u"03-card-returned"_s);
    desk.tasks.setInbox({});
    desk.tap(beijingCard(u"3105170099900056780"_s));
    desk.controller.apply(HubGaveNoAnswer{desk.controller.state().cardQuestion});
    at(u"03-card-silent"_s);
    desk.tap(beijingCard());
    answer(CityCard::State::Linked);
    at(u"04-card-city"_s);
}

} // namespace

void walkOnline(WindowUnderTest &desk, const AtState &at)
{
    desk.controller.setAnswerTimes(std::chrono::hours(1), std::chrono::hours(1));
    HubState starting;
    starting.link = HubState::Link::Starting;
    desk.tasks.setHub(starting);
    desk.window.showReader(ReaderState::Ok, u"PN532"_s, {});
    desk.window.showQueue(0);
    at(u"01-login-practice"_s);
    desk.tasks.setHub(reachable());
    at(u"01-login-online"_s);
    desk.logIn();
    at(u"02-idle-online"_s);
    walkOnlineCards(desk, at);

    desk.tap(beijingCard());
    desk.controller.apply(StartLink{});
    at(u"07b-document-online"_s);
    desk.controller.apply(DocumentEntered{adult()});
    at(u"07b-document-asking"_s);
    desk.controller.apply(
        PersonStatusAnswered{desk.controller.state().personQuestion,
                             {1, 0, 0, {{u"4560"_s, u"physical"_s, QDate(2022, 5, 30)}}}});
    at(u"07b-document-has-card"_s);

    goToHealth(desk);
    at(u"09-health-asking"_s);
    tellHealth(desk, health(desk, 1));
    at(u"09-health"_s);
    desk.controller.apply(HealthSeen{});
    at(u"11-confirm-online"_s);
    tellHealth(desk, health(desk, 1));
    finish(desk, true);
    at(u"12-done-confirmed"_s);
    tellHealth(desk, health(desk, 3));
    at(u"09-health-turned-back"_s);
    desk.controller.apply(HealthSeen{});
    at(u"11-confirm-turned-back"_s);
    tellHealth(desk, health(desk, 3));
    finish(desk, true);
    at(u"12-done-turned-back"_s);
    tellHealth(desk, health(desk, -1, HealthLevel::NoResult));
    at(u"09-health-none"_s);
    finish(desk, false, u"card-linked-to-other"_s);
    at(u"12-done-returned"_s);
    tellHealth(desk, health(desk, 0, HealthLevel::Abnormal));
    at(u"09-health-abnormal"_s);
    goToHealth(desk);
    desk.controller.apply(HubGaveNoAnswer{desk.controller.state().healthQuestion});
    at(u"10-health-silent"_s);
    desk.controller.apply(HealthDeferred{});
    at(u"11-confirm-silent"_s);
    HubState untrusted = reachable();
    untrusted.timeTrusted = false;
    desk.tasks.setHub(untrusted);
    tellHealth(desk, health(desk, 1));
    at(u"10-health-time"_s);
    desk.controller.apply(EndPassenger{});
}

void walkQueue(WindowUnderTest &desk, const AtState &at)
{
    SetClock &clock = desk.desk.clock;
    const QDateTime now = clock.time;
    desk.window.loginSucceeded({tester().id, tester().name, true});
    desk.window.showReader(ReaderState::Ok, u"PN532"_s, {});
    HubState hub = reachable();
    hub.lastSuccess = now.addSecs(-381);
    // The hour of the drawing: some short queues, then the hub is gone.
    QueueFacts facts;
    facts.capacity = 50000;
    const auto tell = [&](int minutesAgo, int waiting) {
        clock.time = now.addSecs(-60 * minutesAgo);
        facts.waiting = waiting;
        desk.tasks.setQueue(facts);
    };
    clock.boot = std::chrono::hours(2);
    clock.time = now.addSecs(-3600);
    desk.tasks.setHub(hub);
    for (const auto &[ago, waiting] : {std::pair{59, 0},
                                       {51, 1},
                                       {49, 0},
                                       {39, 2},
                                       {38, 1},
                                       {37, 0},
                                       {25, 1},
                                       {24, 0},
                                       {13, 1},
                                       {12, 0}})
        tell(ago, waiting);
    at(u"02-idle-quiet"_s);
    clock.time = now.addSecs(-360);
    hub = unreachable(ErrorCode::HubNoAnswer);
    hub.since = clock.boot - std::chrono::minutes(6);
    hub.nextTry = clock.boot + std::chrono::seconds(18);
    hub.lastSuccess = now.addSecs(-381);
    desk.tasks.setHub(hub);
    facts.rows = {queueEntry(u"4560"_s, now.addSecs(-1)),
                  queueEntry(u"5520"_s, now.addSecs(-33), u"queued"_s, 0, u"phone"_s),
                  queueEntry(u"9247"_s, now.addSecs(-69), u"queued"_s, 1, u"wristband"_s),
                  queueEntry(u"3316"_s, now.addSecs(-100), u"queued"_s, 2),
                  queueEntry(u"7012"_s, now.addSecs(-138), u"queued"_s, 2),
                  queueEntry(u"6608"_s, now.addSecs(-381), u"accepted"_s, 1)};
    for (const auto &[ago, waiting] : {std::pair{6, 1}, {5, 3}, {4, 5}, {3, 7}, {2, 9}, {1, 11}})
        tell(ago, waiting);
    clock.time = now;
    facts.oldestSeconds = 360;
    tell(0, 12);
    desk.window.showQueue(12);
    desk.press(Qt::Key_F9);
    at(u"16-queue"_s);
    ReceiptTasks &receipts = desk.tasks.receipts();
    receipts.setPrinter({PrinterState::Kind::Ready, {}});
    at(u"16-queue-printer"_s);
    desk.press(Qt::Key_P, Qt::AltModifier);
    receipts.setFailed(u"record-4560"_s, Error{ErrorCode::PrinterOffline, {}, {}});
    at(u"16-queue-not-printed"_s);
    receipts.setPrinter({});
    desk.press(Qt::Key_F2);
    desk.press(Qt::Key_F9);
    for (const auto &[code, name] : {std::pair{ErrorCode::HubNoNetwork, u"16-queue-no-network"_s},
                                     {ErrorCode::HubNotTrusted, u"16-queue-not-trusted"_s},
                                     {ErrorCode::HubRefusesDesk, u"16-queue-refuses-desk"_s},
                                     {ErrorCode::HubFailed, u"16-queue-failed"_s}}) {
        hub.trouble = Error{code, {}, {}};
        if (code == ErrorCode::HubFailed)
            hub.trouble->args << u"503"_s;
        desk.tasks.setHub(hub);
        at(name);
    }
    desk.press(Qt::Key_E, Qt::AltModifier);
    at(u"16-queue-exporting"_s);
    desk.tasks.usbDone(
        {UsbOutcome::Way::Export, 12, u"upgradedesk-queue-2-20220602-0831.jsonl"_s, {}});
    at(u"16-queue-exported"_s);
    desk.tasks.usbDone({UsbOutcome::Way::Export, 0, {}, Error{ErrorCode::NoUsbStick, {}, {}}});
    at(u"16-queue-no-stick"_s);
    desk.press(Qt::Key_Return);
    at(u"16-queue-retrying"_s);
    hub = reachable();
    hub.uploading = true;
    hub.lastSuccess = now;
    desk.tasks.setHub(hub);
    facts.rows[5].state = u"accepted"_s;
    facts.rows[4].state = u"sending"_s;
    facts.attention = 2;
    desk.tasks.setQueue(facts);
    at(u"16-queue-uploading"_s);
    facts.attention = 0;
    facts.waiting = 41000;
    hub.uploading = false;
    desk.tasks.setHub(hub);
    desk.tasks.setQueue(facts);
    at(u"16-queue-full"_s);
    facts.waiting = 0;
    facts.oldestSeconds.reset();
    for (QueueEntry &row : facts.rows)
        row.state = u"accepted"_s;
    desk.tasks.setQueue(facts);
    hub.clockAhead = std::chrono::hours(-6);
    desk.tasks.setHub(hub);
    at(u"16-queue-clock"_s);
    hub.clockAhead = {};
    desk.tasks.setHub(hub);
    desk.window.showQueue(0);
    at(u"16-queue-empty"_s);
    desk.tasks.setHub({});
    at(u"16-queue-training"_s);
    facts.rows.clear();
    desk.tasks.setQueue(facts);
    at(u"16-queue-nothing"_s);
}

void walkInbox(WindowUnderTest &desk, const AtState &at)
{
    const QDateTime now = desk.desk.clock.now();
    desk.tasks.setHub(reachable());
    desk.window.showQueue(0);
    desk.logIn();
    desk.press(Qt::Key_F8);
    at(u"15-inbox-empty"_s);
    desk.tasks.setInbox(
        {refusedEntry(u"document-invalid"_s, u"8329"_s, now.addSecs(-17 * 60 - 120)),
         refusedEntry(u"person-has-physical-card"_s, u"2260"_s, now.addSecs(-33 * 60 - 120))});
    at(u"15-inbox"_s);
    desk.press(Qt::Key_R, Qt::AltModifier);
    at(u"15-inbox-busy"_s);
    desk.tasks.taskFailed(Error{ErrorCode::StoreFailed, {}, {}});
    at(u"15-inbox-trouble"_s);
    desk.press(Qt::Key_Delete);
    desk.tasks.setInbox({refusedEntry(u"operator-unknown"_s, u"2260"_s, now.addSecs(-33 * 60))});
    at(u"15-inbox-voided"_s);
    desk.tasks.setInbox({refusedEntry(u"agent-limit-reached"_s, u"2260"_s, now.addSecs(-33 * 60))});
    at(u"15-inbox-void"_s);
    desk.tasks.setInbox(
        {refusedEntry(u"superseded"_s, u"2260"_s, now.addSecs(-33 * 60), u"revoke"_s)});
    at(u"15-inbox-known"_s);
    desk.tasks.setInbox({refusedEntry(u"a-word-of-tomorrow"_s, u"2260"_s, now.addSecs(-33 * 60))});
    at(u"15-inbox-other"_s);
    QList<QueueEntry> many;
    const QStringList reasons = stableReasons();
    for (qsizetype i = 0; i < reasons.size(); ++i)
        many << refusedEntry(reasons.at(i), QString::number(1000 + i), now.addSecs(-4000 * i));
    desk.tasks.setInbox(many);
    at(u"15-inbox-many"_s);
}

} // namespace upgradedesk::test
