#include "support/catch.h"

#include "gui/hub_states.h"
#include "gui/pages/queuehistory.h"
#include "gui/pages/queuetable.h"
#include "gui/widgets/rowline.h"

#include <QSet>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

struct QueueDesk : WindowUnderTest {
    explicit QueueDesk(bool supervisor = true)
    {
        desk.clock.boot = std::chrono::hours(2);
        window.loginSucceeded({tester().id, tester().name, supervisor});
        settle();
    }

    void open(const HubState &hub, qint64 waiting)
    {
        QueueFacts facts;
        facts.waiting = waiting;
        facts.capacity = 50000;
        tasks.setQueue(facts);
        tasks.setHub(hub);
        press(Qt::Key_F9);
    }

    QString text(const QString &name) const
    {
        const auto *label = visible<QLabel>(name);
        return label ? label->text() : QString();
    }

    QString fact(const QString &name) const
    {
        const auto *row = visible<RowLine>(name);
        return row ? row->accessibleDescription() : QString();
    }
};

} // namespace

TEST_CASE("Each of the five causes is told in a sentence of its own, in both languages", "[gui]")
{
    for (const Language language : {Language::Chinese, Language::English}) {
        QueueDesk desk;
        desk.appearance.setLook({false, language, 100});
        desk.open(unreachable(ErrorCode::HubNoAnswer), 3);
        QSet<QString> sentences;
        QSet<QString> headlines;
        for (const ErrorCode cause :
             {ErrorCode::HubNoNetwork, ErrorCode::HubNoAnswer, ErrorCode::HubNotTrusted,
              ErrorCode::HubRefusesDesk, ErrorCode::HubFailed}) {
            desk.tasks.setHub(unreachable(
                cause, cause == ErrorCode::HubFailed ? QStringList{u"503"_s} : QStringList()));
            desk.settle();
            const QString said = desk.text(u"text"_s);
            INFO(said.toStdString());
            CHECK(said.size() > 15);
            CHECK_FALSE(said.contains(u'%'));
            CHECK_FALSE(sentences.contains(said));
            sentences << said;
            headlines << desk.text(u"title"_s);
            CHECK(desk.primaries().size() == 1);
        }
        // Three go away by themselves, for two the administrator is needed.
        CHECK(headlines.size() == 2);
    }
}

TEST_CASE("The next try is counted down on the page", "[gui]")
{
    QueueDesk desk;
    HubState hub = unreachable(ErrorCode::HubNoAnswer);
    hub.since = desk.desk.clock.boot - std::chrono::minutes(6);
    hub.nextTry = desk.desk.clock.boot + std::chrono::seconds(18);
    desk.open(hub, 12);
    CHECK(desk.fact(u"next"_s) == u"18 秒后");
    CHECK(desk.visible<StateBadge>(u"badge"_s)->word() == u"中心离线 6 分钟");
    desk.desk.clock.boot += std::chrono::seconds(5);
    CHECK(QTest::qWaitFor([&] { return desk.fact(u"next"_s) == u"13 秒后"; }, 5000));
    desk.desk.clock.boot += std::chrono::seconds(50);
    CHECK(QTest::qWaitFor([&] { return desk.fact(u"next"_s) == u"现在"; }, 5000));
}

TEST_CASE("Enter tries again at once, and says so until there is an answer", "[gui]")
{
    QueueDesk desk;
    desk.open(unreachable(ErrorCode::HubNoAnswer), 12);
    QSignalSpy asked(&desk.tasks, &DeskTasks::syncRequested);
    CHECK(desk.primary()->text() == u"现在重试");
    desk.press(Qt::Key_Return);
    CHECK(asked.size() == 1);
    CHECK(desk.primary()->text() == u"正在重试");
    desk.press(Qt::Key_Return);
    CHECK(asked.size() == 1);
    desk.tasks.setHub(unreachable(ErrorCode::HubFailed, {u"503"_s}));
    desk.settle();
    CHECK(desk.primary()->isEnabled());
    // With everything uploaded there is nothing to try.
    desk.open(reachable(), 0);
    CHECK(desk.primaries().isEmpty());
    CHECK(desk.text(u"title"_s) == u"全部已上传");
}

TEST_CASE("Only a supervisor takes the queue away on a stick", "[gui]")
{
    const bool supervisor = GENERATE(false, true);
    QueueDesk desk(supervisor);
    desk.open(unreachable(ErrorCode::HubNoAnswer), 12);
    QSignalSpy exported(&desk.tasks, &DeskTasks::exportRequested);
    QSignalSpy received(&desk.tasks, &DeskTasks::receiptsRequested);
    desk.press(Qt::Key_E, Qt::AltModifier);
    CHECK(exported.size() == (supervisor ? 1 : 0));
    if (!supervisor)
        return;
    // One at a time.
    desk.press(Qt::Key_I, Qt::AltModifier);
    CHECK(received.isEmpty());
    desk.tasks.usbDone({UsbOutcome::Way::Export, 12, u"queue.jsonl"_s, {}});
    CHECK(desk.visible<NoticeStrip>(u"notice"_s)->text().contains(u"queue.jsonl"_s));
    desk.press(Qt::Key_I, Qt::AltModifier);
    CHECK(received.size() == 1);
    desk.tasks.usbDone({UsbOutcome::Way::Receipts, 0, {}, Error{ErrorCode::NoUsbStick, {}, {}}});
    CHECK(desk.visible<NoticeStrip>(u"notice"_s)->kind() == NoticeStrip::Kind::warn);
}

TEST_CASE("A refused record, a wrong clock and a full queue are told one at a time", "[gui]")
{
    QueueDesk desk;
    HubState hub = reachable();
    hub.clockAhead = std::chrono::hours(6);
    desk.open(hub, 45000);
    const auto said = [&] {
        const auto *strip = desk.visible<NoticeStrip>(u"notice"_s);
        return strip ? strip->text() : QString();
    };
    CHECK(said().contains(u"差 6 小时"_s));
    hub.clockAhead = std::chrono::seconds(59);
    desk.tasks.setHub(hub);
    CHECK(said().contains(u"快存满"_s));
    QueueFacts facts = desk.tasks.queue();
    facts.attention = 2;
    desk.tasks.setQueue(facts);
    CHECK(said().contains(u"有 2 条被中心退回"_s));
    desk.press(Qt::Key_Y, Qt::AltModifier);
    CHECK(desk.pageNow() == u"inbox");
    facts.attention = 0;
    facts.waiting = 3;
    desk.tasks.setQueue(facts);
    desk.press(Qt::Key_F9);
    CHECK(said().isEmpty());
}

TEST_CASE("A card that is tapped leaves the queue, a torn one does not", "[gui]")
{
    QueueDesk desk;
    desk.open(reachable(), 0);
    CardSighting torn;
    torn.outcome = CardSighting::Outcome::ReadError;
    torn.reason = u"card-lost"_s;
    desk.tap(torn);
    CHECK(desk.pageNow() == u"queue");
    desk.tap(beijingCard());
    CHECK(desk.pageNow() == u"card");
    desk.press(Qt::Key_F9);
    CHECK(desk.pageNow() == u"queue");
    desk.press(Qt::Key_F2);
    CHECK(desk.pageNow() == u"card");
}

TEST_CASE("The history of the queue keeps one hour and what it began with", "[gui]")
{
    QueueHistory history;
    const QDateTime start(QDate(2022, 6, 2), QTime(7, 0), Qt::UTC);
    history.note(start, 0, false);
    history.note(start.addSecs(10), 0, false);
    CHECK(history.points().size() == 1);
    history.note(start.addSecs(60), 1, false);
    history.note(start.addSecs(120), 1, true);
    CHECK(history.points().size() == 3);
    history.note(start.addSecs(4000), 2, true);
    REQUIRE(history.points().size() == 2);
    CHECK(history.points().first().waiting == 1);
    // A clock set back begins anew.
    history.note(start.addSecs(-3600), 5, false);
    CHECK(history.points().size() == 1);
    for (int i = 0; i < 5000; ++i)
        history.note(start, i, false);
    CHECK(history.points().size() <= 2000);
}

TEST_CASE("The scale of the chart has whole records and few marks", "[gui]")
{
    for (const int most : {0, 1, 2, 3, 4, 5, 7, 12, 15, 99, 1000, 41000}) {
        const auto [top, step] = QueueSteps::scaleFor(most);
        INFO(most << " gives " << top << " by " << step);
        CHECK(top >= most);
        CHECK(step >= 1);
        CHECK(top % step == 0);
        CHECK(top / step >= 3);
        CHECK(top / step <= 5);
    }
}
