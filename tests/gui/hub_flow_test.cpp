#include "support/catch.h"

#include "gui/hub_states.h"
#include "gui/widgets/dayscale.h"
#include "gui/widgets/rowline.h"
#include "gui/widgets/statusstrip.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// A desk whose hub is there and answers only when the test says so.
struct OnlineDesk : WindowUnderTest {
    OnlineDesk()
    {
        controller.setAnswerTimes(std::chrono::hours(1), std::chrono::hours(1));
        tasks.setHub(reachable());
        logIn();
    }

    void agree()
    {
        tap(beijingCard());
        controller.apply(StartLink{});
        controller.apply(DocumentEntered{adult()});
        controller.apply(PersonStatusAnswered{controller.state().personQuestion, {}});
        controller.apply(ConsentGiven{u"operator"_s, u"zh_CN"_s});
        settle();
        REQUIRE(controller.state().healthQuestion != 0);
    }

    void tell(int days, HealthLevel level = HealthLevel::Normal)
    {
        const QDate today = beijingDate(desk.clock.now());
        controller.apply(
            HealthAnswered{controller.state().healthQuestion,
                           {level, days < 0 ? QDate() : today.addDays(-days), {}, {}}});
        settle();
    }

    QString heading() const { return visible<QLabel>(u"heading"_s)->text(); }
    StateBadge::State badge() const { return visible<StateBadge>(u"badge"_s)->state(); }
};

} // namespace

TEST_CASE("The health page says what the gate will do, for every state", "[gui]")
{
    using State = StateBadge::State;
    struct Row {
        int days;
        HealthLevel level;
        QString heading;
        State badge;
        GatePreview::Gate gate;
        std::optional<DayScale::Cell> cell;
    };
    const Row rows[] = {
        {0, HealthLevel::Normal, u"0 天"_s, State::MayEnter, GatePreview::Gate::Open,
         DayScale::Cell::Day0},
        {1, HealthLevel::Normal, u"1 天"_s, State::MayEnter, GatePreview::Gate::Open,
         DayScale::Cell::Day1},
        {2, HealthLevel::Normal, u"2 天"_s, State::MayEnter, GatePreview::Gate::Open,
         DayScale::Cell::Day2},
        {3, HealthLevel::Normal, u"3 天"_s, State::MayNotEnter, GatePreview::Gate::Closed,
         DayScale::Cell::Day3OrMore},
        {30, HealthLevel::Normal, u"30 天"_s, State::MayNotEnter, GatePreview::Gate::Closed,
         DayScale::Cell::Day3OrMore},
        {-1, HealthLevel::NoResult, u"没有结果"_s, State::MayNotEnter, GatePreview::Gate::Closed,
         DayScale::Cell::NoResult},
        {0,
         HealthLevel::Abnormal,
         u"健康码异常"_s,
         State::MayNotEnter,
         GatePreview::Gate::Closed,
         {}},
    };
    for (const Row &row : rows) {
        OnlineDesk desk;
        desk.agree();
        CHECK(desk.heading() == u"正在查询");
        CHECK_FALSE(desk.primary()->isEnabled());
        desk.tell(row.days, row.level);
        INFO(row.days << " days, level " << int(row.level));
        CHECK(desk.heading() == row.heading);
        CHECK(desk.badge() == row.badge);
        CHECK(desk.visible<GatePreview>(u"gate"_s)->gate() == row.gate);
        CHECK(desk.visible<DayScale>()->current() == row.cell);
        CHECK(desk.primaries().size() == 1);
        desk.press(Qt::Key_Return);
        CHECK(desk.step() == LinkStep::Confirm);
        CHECK_FALSE(desk.controller.state().healthDeferred);
    }
}

TEST_CASE("A good health state leads on by itself, until a key is pressed", "[gui]")
{
    OnlineDesk desk;
    desk.window.setHealthTime(200);
    SECTION("nobody touches anything")
    {
        desk.agree();
        desk.tell(1);
        CHECK(QTest::qWaitFor([&] { return desk.step() == LinkStep::Confirm; }, 5000));
    }
    SECTION("Enter skips the waiting")
    {
        desk.window.setHealthTime(600000);
        desk.agree();
        desk.tell(1);
        desk.press(Qt::Key_Return);
        CHECK(desk.step() == LinkStep::Confirm);
    }
    SECTION("another key keeps the page")
    {
        desk.window.setHealthTime(1000);
        desk.agree();
        desk.tell(1);
        desk.press(Qt::Key_Shift);
        CHECK_FALSE(QTest::qWaitFor([&] { return desk.step() == LinkStep::Confirm; }, 1500));
        CHECK(desk.step() == LinkStep::Health);
    }
    SECTION("who may not enter is never led on")
    {
        desk.agree();
        desk.tell(3);
        CHECK_FALSE(QTest::qWaitFor([&] { return desk.step() != LinkStep::Health; }, 600));
    }
}

TEST_CASE("A hub that does not answer in time is not waited for", "[gui]")
{
    OnlineDesk desk;
    desk.controller.setAnswerTimes(std::chrono::milliseconds(50), std::chrono::milliseconds(50));
    desk.tap(beijingCard());
    CHECK(desk.visible<StateBadge>(u"badge"_s)->word() == u"正在查");
    CHECK(QTest::qWaitFor([&] { return desk.controller.state().cardQuestion == 0; }, 5000));
    CHECK(desk.visible<StateBadge>(u"badge"_s)->word() == u"待补查");
    desk.controller.apply(StartLink{});
    desk.controller.apply(DocumentEntered{adult()});
    CHECK(QTest::qWaitFor([&] { return desk.step() == LinkStep::Consent; }, 5000));
    desk.controller.apply(ConsentGiven{u"operator"_s, u"zh_CN"_s});
    CHECK(QTest::qWaitFor([&] { return desk.controller.state().healthQuestion == 0; }, 5000));
    desk.settle();
    CHECK(desk.heading() == u"先办升级，稍后补查");
    CHECK(desk.primary()->isEnabled());
    // Asked again by its key.
    QSignalSpy asked(&desk.controller, &LinkController::healthRequested);
    desk.press(Qt::Key_R, Qt::AltModifier);
    CHECK(asked.size() == 1);
}

TEST_CASE("Without trusted time no day is shown and the record is checked later", "[gui]")
{
    OnlineDesk desk;
    HubState hub = reachable();
    hub.timeTrusted = false;
    desk.tasks.setHub(hub);
    desk.agree();
    desk.tell(1);
    CHECK(desk.heading() == u"现在判断不了天数");
    CHECK(desk.visible<DayScale>() == nullptr);
    desk.press(Qt::Key_Return);
    CHECK(desk.step() == LinkStep::Confirm);
    CHECK(desk.controller.state().healthDeferred);
}

TEST_CASE("Limits and cards of the holder stand on the confirm page", "[gui]")
{
    OnlineDesk desk;
    desk.tap(beijingCard());
    desk.controller.apply(StartLink{});
    desk.controller.apply(DocumentEntered{adult()});
    desk.controller.apply(
        PersonStatusAnswered{desk.controller.state().personQuestion,
                             {0, 1, 3, {{u"8137"_s, u"phone"_s, QDate(2022, 5, 30)}}}});
    desk.controller.apply(ConsentGiven{u"operator"_s, u"zh_CN"_s});
    desk.tell(1);
    desk.press(Qt::Key_Return);
    const auto *cards = desk.visible<RowLine>(u"cards"_s);
    REQUIRE(cards);
    CHECK(cards->accessibleDescription() == u"实体卡 0 / 1，手机卡 1 / 1，代办 3 / 5, 已有 8137");
    CHECK(desk.visible<RowLine>(u"health"_s)->accessibleDescription() == u"阴性，1 天, 可以进站");
}

TEST_CASE("A holder with a card already is told so at the document, with its last digits", "[gui]")
{
    OnlineDesk desk;
    desk.tap(beijingCard());
    desk.controller.apply(StartLink{});
    desk.controller.apply(DocumentEntered{adult()});
    desk.controller.apply(
        PersonStatusAnswered{desk.controller.state().personQuestion,
                             {1, 0, 0, {{u"4560"_s, u"physical"_s, QDate(2022, 5, 30)}}}});
    desk.settle();
    CHECK(desk.step() == LinkStep::Document);
    const auto *strip = desk.visible<NoticeStrip>(u"verdict"_s);
    REQUIRE(strip);
    CHECK(strip->text().contains(u"4560"_s));
    CHECK(strip->text().contains(u"2022-05-30"_s));
}

TEST_CASE("The end of a passenger follows what the hub says of the record", "[gui]")
{
    OnlineDesk desk;
    desk.agree();
    desk.tell(1);
    desk.press(Qt::Key_Return);
    desk.press(Qt::Key_Return);
    REQUIRE(desk.step() == LinkStep::Done);
    CHECK(desk.badge() == StateBadge::State::Queued);
    CHECK(desk.visible<GatePreview>(u"gate"_s)->led() == GatePreview::notLinkedSentence());
    SECTION("accepted: the gate opens")
    {
        desk.controller.apply(LinkJudged{desk.done().record, true, {}, desk.desk.clock.now()});
        desk.settle();
        CHECK(desk.badge() == StateBadge::State::Upgraded);
        CHECK(desk.visible<GatePreview>(u"gate"_s)->gate() == GatePreview::Gate::Open);
        CHECK(desk.visible<GatePreview>(u"gate"_s)->led().isEmpty());
        CHECK(desk.visible<QLabel>(u"sub"_s)->text() == u"测*甲，08:31:00 中心已确认");
    }
    SECTION("refused: it stays on the screen and says why")
    {
        desk.window.setIdleAfter(100);
        desk.controller.apply(LinkJudged{desk.done().record, false, u"card-linked-to-other"_s, {}});
        desk.settle();
        CHECK(desk.badge() == StateBadge::State::Attention);
        CHECK(desk.visible<QLabel>(u"sub"_s)->text() == u"这张卡关联在别人名下");
        CHECK_FALSE(QTest::qWaitFor([&] { return desk.step() == LinkStep::Idle; }, 400));
    }
}

TEST_CASE("What the city says of a card is shown, and a slow answer does not stop the work",
          "[gui]")
{
    OnlineDesk desk;
    desk.tap(beijingCard());
    CHECK(desk.primary()->isEnabled());
    const QuestionId question = desk.controller.state().cardQuestion;
    desk.controller.apply(CardStatusAnswered{question, {CityCard::State::None, {}}});
    desk.settle();
    CHECK(desk.badge() == StateBadge::State::NotUpgraded);
    desk.tap(beijingCard(u"3105170099900056780"_s));
    desk.controller.apply(
        CardStatusAnswered{desk.controller.state().cardQuestion, {CityCard::State::Linked, {}}});
    desk.settle();
    CHECK(desk.badge() == StateBadge::State::Upgraded);
    CHECK(desk.visible<GatePreview>(u"gate"_s)->gate() == GatePreview::Gate::Open);
}

TEST_CASE("The chip of the hub says how it stands and opens the queue", "[gui]")
{
    WindowUnderTest desk(false, {}, {1366, 768}, true);
    const auto value = [&](const QString &id) {
        const StatusChip *chip = desk.visible<StatusStrip>()->chip(id);
        return chip ? chip->item().value : QString();
    };
    CHECK(value(u"practice"_s) == u"练习用的中心，不作数");
    CHECK(desk.visible<StatusStrip>()->chip(u"practice"_s)->item().label == u"演练");
    desk.desk.clock.boot = std::chrono::hours(1);
    HubState hub;
    hub.link = HubState::Link::Starting;
    desk.tasks.setHub(hub);
    CHECK(value(u"hub"_s) == u"正在连接");
    desk.tasks.setHub(reachable());
    CHECK(value(u"hub"_s) == u"在线");
    hub = reachable();
    hub.uploading = true;
    desk.tasks.setHub(hub);
    CHECK(value(u"hub"_s) == u"正在上传");
    hub = unreachable(ErrorCode::HubNoNetwork);
    hub.since = desk.desk.clock.boot - std::chrono::minutes(6);
    desk.tasks.setHub(hub);
    CHECK(value(u"hub"_s) == u"离线，08:25 起");
    // Not before somebody has logged in.
    desk.visible<StatusStrip>()->chip(u"hub"_s)->click();
    desk.logIn();
    CHECK(desk.pageNow() == u"idle");
    desk.visible<StatusStrip>()->chip(u"hub"_s)->click();
    desk.settle();
    CHECK(desk.pageNow() == u"queue");
}
