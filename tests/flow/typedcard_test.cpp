#include "support/catch.h"

#include "flow/flowfixture.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

const QString number = u"3105170099900012349"_s;

struct Typed {
    Typed() { procedure.setOperator(u"9001"_s); }

    void compareAll()
    {
        while (procedure.state().mustCompare())
            procedure.apply(GroupCompared{procedure.state().groupsCompared});
    }
    void goToConsent()
    {
        procedure.apply(StartLink{});
        procedure.apply(DocumentEntered{adult()});
        procedure.apply(PersonLookedUp{number, *procedure.state().holder, {}});
    }

    Desk desk;
    LinkProcedure procedure{desk.catalogue, desk.documents, desk.rules, desk.clock};
    const LinkState &state = procedure.state();
};

} // namespace

TEST_CASE("A typed number starts a passenger as its card would, and is looked up", "[flow]")
{
    Typed typed;

    const LinkEffect effect = typed.procedure.apply(CardTyped{u"3105 1700 9990 0012 349"_s});

    const auto *look = std::get_if<LookUpCard>(&effect);
    REQUIRE(look != nullptr);
    CHECK(look->number == number);
    CHECK(typed.state.step == LinkStep::Card);
    CHECK(typed.state.card->typed);
    CHECK(typed.state.card->product == u"beijing-tunion");
    CHECK(typed.state.verdict == CardVerdict::Linkable);
    CHECK(typed.state.groupsToCompare == 5);
}

TEST_CASE("A typed number cannot be linked before each group was compared in turn", "[flow]")
{
    Typed typed;
    typed.procedure.apply(CardTyped{number});

    for (int group = 0; group < 5; ++group) {
        typed.procedure.apply(StartLink{});
        REQUIRE(typed.state.step == LinkStep::Card);
        typed.procedure.apply(GroupCompared{group + 1});
        CHECK(typed.state.groupsCompared == group);
        typed.procedure.apply(GroupCompared{group});
        CHECK(typed.state.groupsCompared == group + 1);
    }
    typed.procedure.apply(GroupCompared{5});
    CHECK(typed.state.groupsCompared == 5);

    typed.procedure.apply(StartLink{});
    CHECK(typed.state.step == LinkStep::Document);
}

TEST_CASE("What is no whole canonical number starts nothing", "[flow]")
{
    const QString wrong = GENERATE(
        values<QString>({u"310517009990001234"_s, u"31051700999000123490"_s, u"9999"_s,
                         u"10007511000012345"_s, u"10007511000012345678"_s, u"abc"_s, u""_s}));
    Typed typed;

    typed.procedure.apply(CardTyped{wrong});

    CHECK(typed.state.step == LinkStep::Idle);
}

TEST_CASE("A typed card of another kind is shown as its tap would be", "[flow]")
{
    Typed typed;

    const LinkEffect effect = typed.procedure.apply(CardTyped{u"3104830099900012345"_s});

    CHECK(std::holds_alternative<std::monostate>(effect));
    CHECK(typed.state.step == LinkStep::Card);
    CHECK(typed.state.verdict == CardVerdict::Foreign);
    CHECK_FALSE(typed.state.mustCompare());
    typed.procedure.apply(StartLink{});
    CHECK(typed.state.step == LinkStep::Card);
}

TEST_CASE("A typed number that is linked here already says so and cannot go on", "[flow]")
{
    Typed typed;
    typed.procedure.apply(CardTyped{number});
    DeskKnowledge known;
    known.cardLinkedHere = true;

    typed.procedure.apply(CardLookedUp{number, known});

    CHECK(typed.state.verdict == CardVerdict::LinkedHere);
    typed.compareAll();
    typed.procedure.apply(StartLink{});
    CHECK(typed.state.step == LinkStep::Card);
}

TEST_CASE("A tap of the same card takes the place of the comparison", "[flow]")
{
    Typed typed;
    typed.procedure.apply(CardTyped{number});
    typed.procedure.apply(GroupCompared{0});

    typed.procedure.apply(CardPresented{beijingCard(number)});

    CHECK_FALSE(typed.state.card->typed);
    CHECK_FALSE(typed.state.mustCompare());
    typed.procedure.apply(StartLink{});
    CHECK(typed.state.step == LinkStep::Document);
}

TEST_CASE("A tap of the typed card later on proves it and disturbs nobody", "[flow]")
{
    Typed typed;
    typed.procedure.apply(CardTyped{number});
    typed.compareAll();
    typed.goToConsent();
    REQUIRE(typed.state.step == LinkStep::Consent);

    typed.procedure.apply(CardPresented{beijingCard(number)});

    CHECK(typed.state.step == LinkStep::Consent);
    CHECK_FALSE(typed.state.card->typed);
    CHECK_FALSE(typed.state.otherCard);
    CHECK(typed.state.holder);
}

TEST_CASE("Another number typed in the middle waits like another card", "[flow]")
{
    Typed typed;
    typed.procedure.apply(CardPresented{beijingCard(number)});
    typed.goToConsent();

    typed.procedure.apply(CardTyped{u"3105170012345678901"_s});

    CHECK(typed.state.step == LinkStep::Consent);
    CHECK(typed.state.card->number == number);
    REQUIRE(typed.state.otherCard);
    typed.procedure.apply(AdoptOtherCard{});
    CHECK(typed.state.step == LinkStep::Card);
    CHECK(typed.state.holder);
    CHECK(typed.state.mustCompare());
    typed.procedure.apply(StartLink{});
    CHECK(typed.state.step == LinkStep::Card);
}

TEST_CASE("The number of the card on the page changes nothing when it is typed", "[flow]")
{
    Typed typed;
    typed.procedure.apply(CardPresented{beijingCard(number)});
    typed.goToConsent();

    typed.procedure.apply(CardTyped{number});

    CHECK(typed.state.step == LinkStep::Consent);
    CHECK_FALSE(typed.state.card->typed);
    CHECK_FALSE(typed.state.otherCard);
}

TEST_CASE("Another typed number starts its comparison from the first group", "[flow]")
{
    Typed typed;
    typed.procedure.apply(CardTyped{number});
    typed.compareAll();

    typed.procedure.apply(CardTyped{u"1000751100001234"_s});

    CHECK(typed.state.groupsCompared == 0);
    CHECK(typed.state.groupsToCompare == 4);
}
