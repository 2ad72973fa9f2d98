#include "support/catch.h"

#include "flow/flowfixture.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// A procedure whose store knows nothing and answers at once.
struct Counter {
    Counter() { procedure.setOperator(u"9001"_s); }

    void tell(const LinkEvent &event)
    {
        const LinkEffect effect = procedure.apply(event);
        if (const auto *card = std::get_if<LookUpCard>(&effect))
            tell(CardLookedUp{card->number, knowledge});
        else if (const auto *person = std::get_if<LookUpPerson>(&effect))
            tell(PersonLookedUp{person->cardNumber, person->person, {}});
    }
    void tap(const CardSighting &card = beijingCard()) { tell(CardPresented{card}); }
    void place(const Person &person = adult()) { tell(DocumentRead{person}); }
    /// What the page does after it has shown the document.
    void leadOn()
    {
        REQUIRE(state.read);
        tell(DocumentEntered{state.read->person});
    }
    void finish()
    {
        tell(ConsentGiven{u"operator"_s, u"zh_CN"_s});
        tell(HealthDeferred{});
        tell(ConfirmLink{});
        tell(LinkCommitted{u"record"_s, 1, desk.clock.now()});
        REQUIRE(state.step == LinkStep::Done);
    }

    Desk desk;
    LinkProcedure procedure{desk.catalogue, desk.documents, desk.rules, desk.clock};
    const LinkState &state = procedure.state();
    DeskKnowledge knowledge;
};

} // namespace

TEST_CASE("A document placed before its card waits for it and starts the link", "[flow]")
{
    Counter counter;
    counter.place();
    CHECK(counter.state.step == LinkStep::Idle);
    CHECK(counter.state.read);

    counter.tap();

    REQUIRE(counter.state.step == LinkStep::Document);
    REQUIRE(counter.state.read);
    CHECK(counter.state.read->person == adult());
    counter.leadOn();
    CHECK(counter.state.step == LinkStep::Consent);
    CHECK(counter.state.holder == adult());
    CHECK_FALSE(counter.state.read);
}

TEST_CASE("A document is kept for 60 seconds and no longer", "[flow]")
{
    struct Row {
        std::chrono::milliseconds waited;
        LinkStep step;
    };
    const auto row = GENERATE(values<Row>(
        {{59'999ms, LinkStep::Document}, {60'000ms, LinkStep::Card}, {3h, LinkStep::Card}}));
    Counter counter;
    counter.place();
    counter.desk.clock.boot += row.waited;
    const bool told = GENERATE(false, true);
    if (told)
        counter.tell(DocumentLapsed{});

    counter.tap();

    CHECK(counter.state.step == row.step);
}

TEST_CASE("On the card page a document starts the link, once the card can be linked", "[flow]")
{
    Counter counter;

    SECTION("at once")
    {
        counter.tap();
        counter.place();
        CHECK(counter.state.step == LinkStep::Document);
    }
    SECTION("when the store has answered")
    {
        counter.procedure.apply(CardPresented{beijingCard()});
        counter.place();
        CHECK(counter.state.step == LinkStep::Card);
        counter.tell(CardLookedUp{beijingCard().number, {}});
        CHECK(counter.state.step == LinkStep::Document);
    }
    SECTION("when the hub has answered, or has not")
    {
        counter.procedure.setHubReachable(true);
        counter.tap();
        counter.place();
        REQUIRE(counter.state.step == LinkStep::Card);
        const QuestionId question = counter.state.cardQuestion;
        const bool answered = GENERATE(true, false);
        if (answered)
            counter.tell(CardStatusAnswered{question, {}});
        else
            counter.tell(HubGaveNoAnswer{question});
        CHECK(counter.state.step == LinkStep::Document);
    }
    SECTION("not for a card that is upgraded, and not for the next one either")
    {
        counter.knowledge.cardLinkedHere = true;
        counter.tap();
        counter.place();
        CHECK(counter.state.step == LinkStep::Card);
        counter.knowledge = {};
        counter.tap(beijingCard(u"3105170099900056780"_s));
        CHECK(counter.state.step == LinkStep::Card);
        CHECK_FALSE(counter.state.read);
    }
    SECTION("a typed number is compared first")
    {
        counter.tell(CardTyped{beijingCard().number});
        counter.place();
        REQUIRE(counter.state.step == LinkStep::Card);
        while (counter.state.mustCompare())
            counter.tell(GroupCompared{counter.state.groupsCompared});
        counter.tell(StartLink{});
        CHECK(counter.state.step == LinkStep::Document);
        CHECK(counter.state.read);
    }
    SECTION("after a torn reading of the card the document is still there")
    {
        CardSighting torn;
        torn.outcome = CardSighting::Outcome::ReadError;
        counter.tell(CardPresented{torn});
        counter.place();
        CHECK(counter.state.step == LinkStep::Card);
        counter.tap();
        CHECK(counter.state.step == LinkStep::Document);
    }
}

TEST_CASE("A document on the reader belongs to whoever stands there, nobody else", "[flow]")
{
    Counter counter;

    SECTION("the next passenger's, placed while the last one is still shown")
    {
        counter.tap();
        counter.place();
        counter.leadOn();
        counter.finish();
        counter.place(otherAdult());
        counter.tell(EndPassenger{});
        REQUIRE(counter.state.read);
        counter.tap(beijingCard(u"3105170099900056780"_s));
        CHECK(counter.state.step == LinkStep::Document);
        CHECK(counter.state.read->person == otherAdult());
    }
    SECTION("who has been served and takes the document away slowly is not the next")
    {
        counter.tap();
        counter.place();
        counter.leadOn();
        counter.finish();
        counter.place(adult());
        counter.tap(beijingCard(u"3105170099900056780"_s));
        CHECK(counter.state.step == LinkStep::Card);
    }
    SECTION("nor is a guardian who has been there for the one who was served")
    {
        counter.tap();
        counter.place(child());
        counter.leadOn();
        REQUIRE(counter.state.step == LinkStep::Guardian);
        counter.place(otherAdult());
        counter.leadOn();
        counter.finish();
        counter.place(otherAdult());
        CHECK_FALSE(counter.state.read);
    }
    SECTION("in the middle of a passenger another document changes nothing")
    {
        counter.tap();
        counter.place();
        counter.leadOn();
        for (const LinkStep step : {LinkStep::Consent, LinkStep::Health, LinkStep::Confirm}) {
            REQUIRE(counter.state.step == step);
            counter.place(otherAdult());
            CHECK_FALSE(counter.state.read);
            CHECK(counter.state.holder == adult());
            if (step == LinkStep::Consent)
                counter.tell(ConsentGiven{u"operator"_s, u"zh_CN"_s});
            else if (step == LinkStep::Health)
                counter.tell(HealthDeferred{});
        }
    }
    SECTION("ending the passenger, going back and locking forget it")
    {
        counter.tap();
        counter.place();
        REQUIRE(counter.state.step == LinkStep::Document);
        counter.tell(StepBack{});
        CHECK(counter.state.step == LinkStep::Card);
        CHECK_FALSE(counter.state.read);
        counter.tell(EndPassenger{});
        counter.place();
        counter.procedure.forgetDocument();
        counter.tap();
        CHECK(counter.state.step == LinkStep::Card);
    }
    SECTION("another document before the first led on takes its place")
    {
        counter.tap();
        counter.place();
        counter.place(otherAdult());
        counter.leadOn();
        CHECK(counter.state.holder == otherAdult());
    }
}
