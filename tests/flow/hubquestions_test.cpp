#include "support/catch.h"

#include "flow/flowfixture.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// A desk whose hub can be asked, and which knows the time.
struct OnlineCounter : Desk {
    LinkProcedure procedure{catalogue, documents, rules, clock};

    OnlineCounter()
    {
        procedure.setOperator(u"9001"_s);
        procedure.setHubReachable(true);
        procedure.setTimeTrusted(true);
    }

    [[nodiscard]] const LinkState &state() const { return procedure.state(); }

    LinkEffect tap()
    {
        procedure.apply(CardPresented{beijingCard()});
        return procedure.apply(CardLookedUp{beijingCard().number, {}});
    }

    LinkEffect enter(const Person &person)
    {
        procedure.apply(DocumentEntered{person});
        return procedure.apply(PersonLookedUp{beijingCard().number, person, {}});
    }

    /// To ④, with the hub's answers on the way.
    LinkEffect agree(const PersonStatus &status = {})
    {
        tap();
        procedure.apply(StartLink{});
        enter(adult());
        procedure.apply(PersonStatusAnswered{state().personQuestion, status});
        REQUIRE(state().step == LinkStep::Consent);
        return procedure.apply(ConsentGiven{u"operator"_s, u"zh_CN"_s});
    }

    void tellHealth(const HealthStatus &health)
    {
        procedure.apply(HealthAnswered{state().healthQuestion, health});
    }
};

HealthStatus tested(QDate day, HealthLevel level = HealthLevel::Normal)
{
    return {level, day, {}, u"test"_s};
}

} // namespace

TEST_CASE("What a health state means at the gate, day by day", "[flow]")
{
    using Entry = HealthVerdict::Entry;
    const QDate today(2022, 6, 2);
    struct Row {
        HealthStatus health;
        bool trusted;
        Entry entry;
        std::optional<int> days;
    };
    const Row rows[] = {
        {tested(today), true, Entry::MayEnter, 0},
        {tested(today.addDays(-1)), true, Entry::MayEnter, 1},
        {tested(today.addDays(-2)), true, Entry::MayEnter, 2},
        {tested(today.addDays(-3)), true, Entry::TurnedBack, 3},
        {tested(today.addDays(-40)), true, Entry::TurnedBack, 40},
        {tested(today.addDays(1)), true, Entry::TurnedBack, {}},
        {tested(QDate()), true, Entry::TurnedBack, {}},
        {tested(QDate(), HealthLevel::NoResult), true, Entry::TurnedBack, {}},
        {tested(today, HealthLevel::NoResult), true, Entry::TurnedBack, {}},
        {tested(today, HealthLevel::Abnormal), true, Entry::TurnedBack, 0},
        {tested(today), false, Entry::TimeNotTrusted, {}},
        {tested(today.addDays(-9)), false, Entry::TimeNotTrusted, {}},
    };
    for (const Row &row : rows) {
        const HealthVerdict verdict = healthVerdict(row.health, 2, today, row.trusted);
        INFO(row.health.testDay.toString(Qt::ISODate).toStdString()
             << " level " << int(row.health.level) << " trusted " << row.trusted);
        CHECK(verdict.entry == row.entry);
        CHECK(verdict.days == row.days);
        CHECK(verdict.abnormal == (row.health.level == HealthLevel::Abnormal));
    }
}

TEST_CASE("A desk without a hub asks nothing and goes on", "[flow]")
{
    OnlineCounter counter;
    counter.procedure.setHubReachable(false);
    CHECK(std::holds_alternative<std::monostate>(counter.tap()));
    counter.procedure.apply(StartLink{});
    CHECK(std::holds_alternative<std::monostate>(counter.enter(adult())));
    CHECK(counter.state().step == LinkStep::Consent);
    CHECK(std::holds_alternative<std::monostate>(
        counter.procedure.apply(ConsentGiven{u"operator"_s, u"zh_CN"_s})));
    CHECK(counter.state().step == LinkStep::Health);
    counter.procedure.apply(AskHealthAgain{});
    CHECK(counter.state().healthQuestion == 0);
}

TEST_CASE("The city's word decides what a card is", "[flow]")
{
    using State = CityCard::State;
    const std::pair<State, CardVerdict> rows[] = {{State::None, CardVerdict::Linkable},
                                                  {State::New, CardVerdict::Linkable},
                                                  {State::Linked, CardVerdict::Upgraded},
                                                  {State::Registered, CardVerdict::Upgraded},
                                                  {State::Exempt, CardVerdict::Exempt}};
    for (const auto &[state, verdict] : rows) {
        OnlineCounter counter;
        const LinkEffect effect = counter.tap();
        REQUIRE(std::holds_alternative<AskCard>(effect));
        const CardQuestion question = std::get<AskCard>(effect).question;
        CHECK(question.number == beijingCard().number);
        CHECK(question.passenger != 0);
        counter.procedure.apply(CardStatusAnswered{question.id, {state, {}}});
        INFO(int(state));
        CHECK(counter.state().verdict == verdict);
        CHECK(counter.state().knowledge.city);
        CHECK_FALSE(counter.procedure.waitsFor(question.id));
    }
}

TEST_CASE("An answer that is late, or of another passenger, changes nothing", "[flow]")
{
    OnlineCounter counter;
    const auto first = std::get<AskCard>(counter.tap()).question;
    counter.procedure.apply(EndPassenger{});
    counter.procedure.apply(CardStatusAnswered{first.id, {CityCard::State::Linked, {}}});
    CHECK(counter.state().step == LinkStep::Idle);
    const auto second = std::get<AskCard>(counter.tap()).question;
    CHECK(second.passenger != first.passenger);
    counter.procedure.apply(CardStatusAnswered{first.id, {CityCard::State::Linked, {}}});
    CHECK(counter.state().verdict == CardVerdict::Linkable);
    counter.procedure.apply(StartLink{});
    counter.procedure.apply(CardStatusAnswered{second.id, {CityCard::State::Linked, {}}});
    CHECK(counter.state().step == LinkStep::Document);
    CHECK(counter.state().verdict == CardVerdict::Linkable);
}

TEST_CASE("What a person has already is said at the document", "[flow]")
{
    const CardOfPerson other{u"5520"_s, u"physical"_s, QDate(2022, 5, 30)};
    const CardOfPerson same{u"2349"_s, u"physical"_s, QDate(2022, 5, 30)};
    const CardOfPerson phone{u"8137"_s, u"phone"_s, QDate(2022, 5, 30)};
    struct Row {
        const char *what;
        PersonStatus status;
        QString medium;
        std::optional<ErrorCode> problem;
    };
    const Row rows[] = {
        {"nothing", {}, u"physical"_s, {}},
        {"a phone", {0, 1, 0, {phone}}, u"physical"_s, {}},
        {"a card", {1, 0, 0, {other}}, u"physical"_s, ErrorCode::PersonHasPhysicalCard},
        {"a card, now a phone", {1, 0, 0, {other}}, u"phone"_s, {}},
        {"a phone, now a phone", {0, 1, 0, {phone}}, u"phone"_s, ErrorCode::PersonHasPhoneCard},
        {"a wristband counts as a card",
         {1, 0, 0, {other}},
         u"wristband"_s,
         ErrorCode::PersonHasPhysicalCard},
        {"this very card", {1, 0, 0, {same}}, u"physical"_s, {}},
        {"five for others", {0, 0, 5, {}}, u"physical"_s, {}},
    };
    for (const Row &row : rows) {
        INFO(row.what);
        OnlineCounter counter;
        counter.tap();
        counter.procedure.apply(MediumChosen{row.medium});
        counter.procedure.apply(StartLink{});
        const LinkEffect effect = counter.enter(adult());
        REQUIRE(std::holds_alternative<AskPerson>(effect));
        CHECK(std::get<AskPerson>(effect).question.person == adult());
        CHECK(std::get<AskPerson>(effect).question.operatorId == u"9001"_s);
        CHECK(counter.state().lookingUpPerson);
        counter.procedure.apply(
            PersonStatusAnswered{std::get<AskPerson>(effect).question.id, row.status});
        CHECK_FALSE(counter.state().lookingUpPerson);
        CHECK(counter.state().personStatus == row.status);
        CHECK(counter.state().step == (row.problem ? LinkStep::Document : LinkStep::Consent));
        CHECK(counter.state().problem.has_value() == row.problem.has_value());
        if (row.problem && counter.state().problem)
            CHECK(counter.state().problem->code == *row.problem);
    }
}

TEST_CASE("A silent hub holds nobody up", "[flow]")
{
    OnlineCounter counter;
    counter.tap();
    counter.procedure.apply(HubGaveNoAnswer{counter.state().cardQuestion});
    CHECK(counter.state().cardQuestion == 0);
    counter.procedure.apply(StartLink{});
    counter.enter(adult());
    counter.procedure.apply(HubGaveNoAnswer{counter.state().personQuestion});
    CHECK(counter.state().step == LinkStep::Consent);
    CHECK_FALSE(counter.state().personStatus);
    counter.procedure.apply(ConsentGiven{u"operator"_s, u"zh_CN"_s});
    counter.procedure.apply(HubGaveNoAnswer{counter.state().healthQuestion});
    REQUIRE(counter.state().healthTrouble);
    CHECK(counter.state().healthTrouble->code == ErrorCode::HubNoAnswer);
    CHECK_FALSE(counter.procedure.healthVerdict());
    counter.procedure.apply(HealthSeen{});
    CHECK(counter.state().step == LinkStep::Health);
    counter.procedure.apply(HealthDeferred{});
    CHECK(counter.state().healthDeferred);
    CHECK(counter.state().step == LinkStep::Confirm);
}

TEST_CASE("Health is asked after the consent and may be asked again", "[flow]")
{
    OnlineCounter counter;
    const LinkEffect effect = counter.agree();
    REQUIRE(std::holds_alternative<AskHealth>(effect));
    counter.clock.boot += std::chrono::milliseconds(400);
    counter.tellHealth(tested(QDate(2022, 6, 1)));
    CHECK(counter.state().healthTook == std::chrono::milliseconds(400));
    REQUIRE(counter.procedure.healthVerdict());
    CHECK(counter.procedure.healthVerdict()->days == 1);

    const LinkEffect again = counter.procedure.apply(AskHealthAgain{});
    REQUIRE(std::holds_alternative<AskHealth>(again));
    CHECK_FALSE(counter.state().health);
    // The first answer once more, now late.
    counter.procedure.apply(
        HealthAnswered{std::get<AskHealth>(effect).question.id, tested(QDate(2022, 6, 2))});
    CHECK_FALSE(counter.state().health);
    counter.tellHealth(tested(QDate(2022, 5, 20)));
    CHECK(counter.procedure.healthVerdict()->entry == HealthVerdict::Entry::TurnedBack);
    // Linking and entry are two things.
    counter.procedure.apply(HealthSeen{});
    CHECK(counter.state().step == LinkStep::Confirm);
    CHECK_FALSE(counter.state().healthDeferred);
}

TEST_CASE("No day is counted by a clock nobody has confirmed", "[flow]")
{
    OnlineCounter counter;
    counter.procedure.setTimeTrusted(false);
    counter.agree();
    counter.tellHealth(tested(QDate(2022, 6, 1)));
    REQUIRE(counter.procedure.healthVerdict());
    CHECK(counter.procedure.healthVerdict()->entry == HealthVerdict::Entry::TimeNotTrusted);
    counter.procedure.apply(HealthSeen{});
    CHECK(counter.state().step == LinkStep::Health);
    counter.procedure.setTimeTrusted(true);
    CHECK(counter.procedure.healthVerdict()->entry == HealthVerdict::Entry::MayEnter);
    counter.procedure.apply(HealthSeen{});
    CHECK(counter.state().step == LinkStep::Confirm);
}

TEST_CASE("Another holder is asked about anew, another card of the same is not", "[flow]")
{
    OnlineCounter counter;
    counter.agree();
    counter.tellHealth(tested(QDate(2022, 6, 1)));
    counter.procedure.apply(GoToStep{LinkStep::Document});
    counter.procedure.apply(DocumentEntered{adult()});
    CHECK(counter.state().health);
    const LinkEffect same =
        counter.procedure.apply(PersonLookedUp{beijingCard().number, adult(), {}});
    CHECK(std::holds_alternative<std::monostate>(same));
    CHECK(counter.state().step == LinkStep::Consent);
    counter.procedure.apply(GoToStep{LinkStep::Document});
    CHECK(std::holds_alternative<AskPerson>(counter.enter(otherAdult())));
    CHECK_FALSE(counter.state().health);
    CHECK_FALSE(counter.state().personStatus);
}

TEST_CASE("The hub's judgement of the record is taken after the end only, and only of this one",
          "[flow]")
{
    OnlineCounter counter;
    counter.agree();
    counter.procedure.apply(HealthDeferred{});
    counter.procedure.apply(ConfirmLink{});
    counter.procedure.apply(LinkJudged{u"id"_s, true, {}, {}});
    CHECK_FALSE(counter.state().judged);
    counter.procedure.apply(LinkCommitted{u"id"_s, 1, counter.clock.now()});
    counter.procedure.apply(LinkJudged{u"other"_s, true, {}, {}});
    CHECK_FALSE(counter.state().judged);
    counter.procedure.apply(LinkJudged{u"id"_s, true, {}, counter.clock.now()});
    REQUIRE(counter.state().judged);
    CHECK(counter.state().judged->accepted);
}
