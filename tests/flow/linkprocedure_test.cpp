#include "support/catch.h"

#include "flow/flowfixture.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// A procedure with the shipped data, driven by hand.
struct Counter : Desk {
    LinkProcedure procedure{catalogue, documents, rules, clock};

    Counter() { procedure.setOperator(u"9001"_s); }

    [[nodiscard]] LinkStep step() const { return procedure.state().step; }

    /// Leads a passenger with a good card and document to the step.
    void reach(LinkStep step)
    {
        const auto at = [&](LinkStep wanted) { return step >= wanted; };
        if (at(LinkStep::Card)) {
            procedure.apply(CardPresented{beijingCard()});
            procedure.apply(CardLookedUp{beijingCard().number, {}});
        }
        if (at(LinkStep::Document))
            procedure.apply(StartLink{});
        if (at(LinkStep::Consent)) {
            procedure.apply(DocumentEntered{adult()});
            procedure.apply(PersonLookedUp{beijingCard().number, adult(), {}});
        }
        if (at(LinkStep::Health))
            procedure.apply(ConsentGiven{u"operator"_s, u"zh_CN"_s});
        if (at(LinkStep::Confirm))
            procedure.apply(HealthDeferred{});
        if (at(LinkStep::Committing))
            procedure.apply(ConfirmLink{});
        if (at(LinkStep::Done))
            procedure.apply(LinkCommitted{u"id"_s, 1, clock.now()});
        REQUIRE(this->step() == step);
    }
};

} // namespace

TEST_CASE("The main job leads from the tap to the committed record", "[flow]")
{
    Counter counter;
    LinkProcedure &procedure = counter.procedure;

    const LinkEffect lookUp = procedure.apply(CardPresented{beijingCard()});
    REQUIRE(std::holds_alternative<LookUpCard>(lookUp));
    CHECK(std::get<LookUpCard>(lookUp).number == beijingCard().number);
    procedure.apply(CardLookedUp{beijingCard().number, {}});
    procedure.apply(MediumChosen{u"wristband"_s});
    procedure.apply(StartLink{});
    const LinkEffect person = procedure.apply(DocumentEntered{adult()});
    REQUIRE(std::holds_alternative<LookUpPerson>(person));
    CHECK(counter.step() == LinkStep::Document);
    procedure.apply(PersonLookedUp{beijingCard().number, adult(), {}});
    CHECK(counter.step() == LinkStep::Consent);
    procedure.apply(ConsentGiven{u"operator"_s, u"zh_CN"_s});
    CHECK(counter.step() == LinkStep::Health);
    procedure.apply(HealthDeferred{});
    CHECK(counter.step() == LinkStep::Confirm);

    const LinkEffect commit = procedure.apply(ConfirmLink{});

    REQUIRE(std::holds_alternative<CommitLink>(commit));
    const LinkRequest &request = std::get<CommitLink>(commit).request;
    CHECK(request.cardNumber == beijingCard().number);
    CHECK(request.medium == u"wristband"_s);
    CHECK(request.holder == adult());
    CHECK(request.operatorId == u"9001"_s);
    CHECK(request.consents.size() == 2);
    CHECK(request.consents[0].at == counter.clock.now());
    CHECK(counter.step() == LinkStep::Committing);

    procedure.apply(LinkCommitted{u"id"_s, 7, counter.clock.now()});

    CHECK(counter.step() == LinkStep::Done);
    CHECK(procedure.state().committed->slip == 7);
    procedure.apply(EndPassenger{});
    CHECK(counter.step() == LinkStep::Idle);
    CHECK_FALSE(procedure.state().holder);
}

TEST_CASE("A record that could not be saved leads back to the confirmation", "[flow]")
{
    Counter counter;
    counter.reach(LinkStep::Committing);

    counter.procedure.apply(LinkNotCommitted{Error{ErrorCode::StoreFull, {}, {}}});

    CHECK(counter.step() == LinkStep::Confirm);
    CHECK(counter.procedure.state().problem->code == ErrorCode::StoreFull);
    CHECK(std::holds_alternative<CommitLink>(counter.procedure.apply(ConfirmLink{})));
}

TEST_CASE("A card that cannot be linked cannot be started", "[flow]")
{
    Counter counter;
    CardSighting card = beijingCard();
    card.product = u"tunion-other"_s;
    counter.procedure.apply(CardPresented{card});

    counter.procedure.apply(StartLink{});

    CHECK(counter.step() == LinkStep::Card);
    CHECK(counter.procedure.state().verdict == CardVerdict::Foreign);
}

TEST_CASE("A card linked at this desk is not started again", "[flow]")
{
    Counter counter;
    counter.procedure.apply(CardPresented{beijingCard()});
    DeskKnowledge knowledge;
    knowledge.cardLinkedHere = true;

    counter.procedure.apply(CardLookedUp{beijingCard().number, knowledge});
    counter.procedure.apply(StartLink{});

    CHECK(counter.step() == LinkStep::Card);
    CHECK(counter.procedure.state().verdict == CardVerdict::LinkedHere);
}

TEST_CASE("What the desk knows of the person is said at the document", "[flow]")
{
    Counter counter;
    counter.reach(LinkStep::Document);
    counter.procedure.apply(DocumentEntered{adult()});
    DeskKnowledge knowledge;
    ErrorCode code = ErrorCode::PersonHasPhysicalCard;
    SECTION("a physical card")
    {
        knowledge.physicalOfPerson = 1;
    }
    SECTION("the card is somebody else's")
    {
        knowledge.cardLinkedToOther = true;
        code = ErrorCode::CardLinkedToOther;
    }

    counter.procedure.apply(PersonLookedUp{beijingCard().number, adult(), knowledge});

    CHECK(counter.step() == LinkStep::Document);
    REQUIRE(counter.procedure.state().problem);
    CHECK(counter.procedure.state().problem->code == code);
}

TEST_CASE("A phone card does not stand against a physical one", "[flow]")
{
    Counter counter;
    counter.reach(LinkStep::Document);
    counter.procedure.apply(DocumentEntered{adult()});
    DeskKnowledge knowledge;
    knowledge.phoneOfPerson = 1;

    counter.procedure.apply(PersonLookedUp{beijingCard().number, adult(), knowledge});

    CHECK(counter.step() == LinkStep::Consent);
}

TEST_CASE("A child's guardian is asked for before the consent", "[flow]")
{
    Counter counter;
    counter.reach(LinkStep::Document);
    const Person child{u"resident"_s, u"110103201506010005"_s, u"测试丙"_s};
    counter.procedure.apply(DocumentEntered{child});
    counter.procedure.apply(PersonLookedUp{beijingCard().number, child, {}});
    REQUIRE(counter.step() == LinkStep::Guardian);

    counter.procedure.apply(DocumentEntered{child});
    CHECK(counter.step() == LinkStep::Guardian);
    CHECK(counter.procedure.state().problem->code == ErrorCode::GuardianInvalid);

    counter.procedure.apply(DocumentEntered{adult()});
    CHECK(counter.step() == LinkStep::Consent);
    CHECK(counter.procedure.state().guardian == adult());
}

TEST_CASE("Another card in the middle of a passenger waits to be adopted", "[flow]")
{
    Counter counter;
    counter.reach(LinkStep::Confirm);
    const CardSighting other = beijingCard(u"3105170012345678901"_s);

    counter.procedure.apply(CardPresented{beijingCard()});
    CHECK_FALSE(counter.procedure.state().otherCard);
    counter.procedure.apply(CardPresented{other});
    CHECK(counter.step() == LinkStep::Confirm);
    CHECK(counter.procedure.state().otherCard == other);

    const LinkEffect effect = counter.procedure.apply(AdoptOtherCard{});

    CHECK(std::holds_alternative<LookUpCard>(effect));
    CHECK(counter.step() == LinkStep::Card);
    CHECK(counter.procedure.state().card == other);
    CHECK(counter.procedure.state().holder == adult());
    CHECK_FALSE(counter.procedure.state().consent);

    // The passenger is known: only the new card and its medium are checked before the consent.
    CHECK(std::holds_alternative<LookUpPerson>(counter.procedure.apply(StartLink{})));
    counter.procedure.apply(PersonLookedUp{beijingCard().number, adult(), {}});
    CHECK(counter.step() == LinkStep::Document);
    counter.procedure.apply(PersonLookedUp{other.number, adult(), {}});
    CHECK(counter.step() == LinkStep::Consent);
}

TEST_CASE("A card tapped after going back to page 1 replaces the card and keeps the passenger",
          "[flow]")
{
    Counter counter;
    counter.reach(LinkStep::Confirm);
    counter.procedure.apply(GoToStep{LinkStep::Card});
    CardSighting torn;
    torn.outcome = CardSighting::Outcome::ReadError;

    counter.procedure.apply(CardPresented{torn});
    counter.procedure.apply(CardPresented{beijingCard()});
    CHECK(counter.procedure.state().card == beijingCard());
    const CardSighting other = beijingCard(u"3105170012345678901"_s);
    counter.procedure.apply(CardPresented{other});

    CHECK(counter.step() == LinkStep::Card);
    CHECK(counter.procedure.state().card == other);
    CHECK(counter.procedure.state().holder == adult());
}

TEST_CASE("A consent to a notice that is no longer in use is not taken", "[flow]")
{
    Counter counter;
    counter.reach(LinkStep::Consent);

    counter.procedure.apply(ConsentGiven{u"operator"_s, u"zh_CN"_s, u"2"_s});

    CHECK(counter.step() == LinkStep::Consent);
    REQUIRE(counter.procedure.state().problem);
    CHECK(counter.procedure.state().problem->code == ErrorCode::ConsentVersionUnknown);
    counter.procedure.apply(ConsentGiven{u"operator"_s, u"zh_CN"_s, u"3"_s});
    CHECK(counter.step() == LinkStep::Health);
}

TEST_CASE("A torn reading does not disturb the passenger at the desk", "[flow]")
{
    Counter counter;
    counter.reach(LinkStep::Consent);
    CardSighting torn;
    torn.outcome = CardSighting::Outcome::ReadError;

    counter.procedure.apply(CardPresented{torn});

    CHECK(counter.step() == LinkStep::Consent);
    CHECK_FALSE(counter.procedure.state().otherCard);
}

TEST_CASE("A new person needs a new consent", "[flow]")
{
    Counter counter;
    counter.reach(LinkStep::Confirm);

    counter.procedure.apply(GoToStep{LinkStep::Document});
    counter.procedure.apply(DocumentEntered{otherAdult()});
    counter.procedure.apply(PersonLookedUp{beijingCard().number, otherAdult(), {}});

    CHECK(counter.step() == LinkStep::Consent);
    CHECK_FALSE(counter.procedure.state().consent);
}

TEST_CASE("Who declines leaves nothing behind", "[flow]")
{
    Counter counter;
    counter.reach(LinkStep::Consent);

    counter.procedure.apply(ConsentDeclined{});

    CHECK(counter.step() == LinkStep::Declined);
    CHECK_FALSE(counter.procedure.state().holder);
    counter.procedure.apply(EndPassenger{});
    CHECK(counter.step() == LinkStep::Idle);
}

TEST_CASE("The next card starts the next passenger from the last page", "[flow]")
{
    Counter counter;
    counter.reach(LinkStep::Done);

    counter.procedure.apply(CardPresented{beijingCard(u"3105170012345678901"_s)});

    CHECK(counter.step() == LinkStep::Card);
    CHECK_FALSE(counter.procedure.state().committed);
    CHECK_FALSE(counter.procedure.state().holder);
}

TEST_CASE("Back leads one step at a time to the end of the passenger", "[flow]")
{
    Counter counter;
    counter.reach(LinkStep::Confirm);

    QList<LinkStep> way;
    while (counter.step() != LinkStep::Idle) {
        counter.procedure.apply(StepBack{});
        way << counter.step();
    }

    CHECK(way == QList<LinkStep>{LinkStep::Health, LinkStep::Consent, LinkStep::Document,
                                 LinkStep::Card, LinkStep::Idle});
}
