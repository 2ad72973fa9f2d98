#include "support/catch.h"

#include "flow/flowfixture.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

using enum GateAnswer::Decision;

/// A passenger who has just been linked.
struct Linked {
    Desk desk;
    LinkProcedure procedure{desk.catalogue, desk.documents, desk.rules, desk.clock};

    explicit Linked(bool timeTrusted = true)
    {
        procedure.setOperator(u"9001"_s);
        procedure.setTimeTrusted(timeTrusted);
        (void)procedure.apply(CardPresented{beijingCard()});
        (void)procedure.apply(CardLookedUp{beijingCard().number, {}});
        (void)procedure.apply(StartLink{});
        (void)procedure.apply(DocumentEntered{adult()});
        (void)procedure.apply(PersonLookedUp{beijingCard().number, adult(), {}});
        (void)procedure.apply(ConsentGiven{u"operator"_s, u"zh_CN"_s});
    }

    /// With the health the hub told, or deferred.
    void finish(const std::optional<HealthStatus> &health = {})
    {
        if (health) {
            procedure.setHubReachable(true);
            const LinkEffect effect = procedure.apply(AskHealthAgain{});
            (void)procedure.apply(HealthAnswered{std::get<AskHealth>(effect).question.id, *health});
            procedure.setHubReachable(false);
            (void)procedure.apply(HealthSeen{});
        } else {
            (void)procedure.apply(HealthDeferred{});
        }
        (void)procedure.apply(ConfirmLink{});
        (void)procedure.apply(LinkCommitted{u"r1"_s, 1, desk.clock.now()});
        REQUIRE(procedure.state().step == LinkStep::Done);
    }

    void judge(bool accepted)
    {
        (void)procedure.apply(LinkJudged{u"r1"_s, accepted, {}, desk.clock.now()});
    }

    LinkEffect tapAgain() { return procedure.apply(CardPresented{beijingCard()}); }
    [[nodiscard]] GateAnswer shown() const { return procedure.state().trial.value().answer; }
};

HealthStatus tested(int daysAgo)
{
    HealthStatus health;
    health.level = HealthLevel::Normal;
    health.testDay = QDate(2022, 6, 2).addDays(-daysAgo);
    return health;
}

} // namespace

TEST_CASE("A trial tap before the upload shows the closed gate", "[flow]")
{
    Linked linked;
    linked.finish();

    CHECK(std::holds_alternative<std::monostate>(linked.tapAgain()));

    CHECK(linked.procedure.state().step == LinkStep::Done);
    CHECK(linked.shown() == GateAnswer{Manual, u"not-linked"_s});
}

TEST_CASE("A trial tap after the hub's word shows what health and rule say", "[flow]")
{
    const auto [days, answer] = GENERATE(table<int, GateAnswer>({
        {0, {Pass, u"ok"_s}},
        {2, {Pass, u"ok"_s}},
        {3, {Refuse, u"days-exceeded"_s}},
    }));
    Linked linked;
    linked.finish(tested(days));
    linked.judge(true);

    (void)linked.tapAgain();

    CHECK(linked.shown() == answer);
}

TEST_CASE("A trial tap decides nothing that is not known", "[flow]")
{
    Linked deferred;
    deferred.finish();
    deferred.judge(true);
    (void)deferred.tapAgain();
    CHECK(deferred.shown() == GateAnswer{Unknown, u"unknown"_s});

    Linked refused;
    refused.finish();
    refused.judge(false);
    (void)refused.tapAgain();
    CHECK(refused.shown() == GateAnswer{Unknown, u"unknown"_s});
}

TEST_CASE("The hub is asked where it can be, and its word takes the place of the desk's", "[flow]")
{
    Linked linked;
    linked.finish();
    linked.procedure.setHubReachable(true);

    const LinkEffect effect = linked.tapAgain();

    const auto *ask = std::get_if<AskGate>(&effect);
    REQUIRE(ask);
    CHECK(ask->question.number == beijingCard().number);
    CHECK(linked.shown() == GateAnswer{Manual, u"not-linked"_s});
    CHECK(linked.procedure.waitsFor(ask->question.id));

    SECTION("in time")
    {
        (void)linked.procedure.apply(GateAnswered{ask->question.id, {Pass, u"ok"_s}});
        CHECK(linked.shown() == GateAnswer{Pass, u"ok"_s});
        CHECK(linked.procedure.state().trial->fromHub);
    }
    SECTION("never")
    {
        (void)linked.procedure.apply(HubGaveNoAnswer{ask->question.id});
        CHECK(linked.shown() == GateAnswer{Manual, u"not-linked"_s});
        CHECK_FALSE(linked.procedure.state().trial->fromHub);
        CHECK_FALSE(linked.procedure.waitsFor(ask->question.id));
    }
    SECTION("for another tap")
    {
        (void)linked.tapAgain();
        (void)linked.procedure.apply(GateAnswered{ask->question.id, {Pass, u"ok"_s}});
        CHECK(linked.shown() == GateAnswer{Manual, u"not-linked"_s});
    }
    SECTION("for a passenger who has gone")
    {
        (void)linked.procedure.apply(EndPassenger{});
        (void)linked.procedure.apply(GateAnswered{ask->question.id, {Pass, u"ok"_s}});
        CHECK_FALSE(linked.procedure.state().trial);
    }
}

TEST_CASE("What the hub says of the record changes the trial that is shown", "[flow]")
{
    Linked linked;
    linked.finish(tested(1));
    (void)linked.tapAgain();
    REQUIRE(linked.shown() == GateAnswer{Manual, u"not-linked"_s});

    linked.judge(true);

    CHECK(linked.shown() == GateAnswer{Pass, u"ok"_s});
}

TEST_CASE("Another card, a torn one, or one whose link was taken back begins the next passenger",
          "[flow]")
{
    Linked linked;
    linked.finish();

    SECTION("another card")
    {
        (void)linked.procedure.apply(CardPresented{beijingCard(u"3105170099900012341"_s)});
        CHECK(linked.procedure.state().step == LinkStep::Card);
    }
    SECTION("taken back")
    {
        (void)linked.procedure.apply(LinkTakenBack{u"r1"_s, true});
        (void)linked.tapAgain();
        CHECK(linked.procedure.state().step == LinkStep::Card);
    }
    SECTION("typed")
    {
        (void)linked.procedure.apply(CardTyped{beijingCard().number});
        CHECK(linked.procedure.state().step == LinkStep::Card);
    }
    CHECK_FALSE(linked.procedure.state().trial);
}
