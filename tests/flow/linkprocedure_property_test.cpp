#include "support/catch.h"

#include "flow/flowfixture.h"

#include <random>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// Draws any event at all, and half the time the one that leads on, with a few cards and persons so
/// that they meet again.
class EventSource
{
public:
    explicit EventSource(unsigned seed)
        : m_random(seed)
    {
    }

    LinkEvent next(const LinkState &state)
    {
        if (below(2) == 0)
            return any();
        switch (state.step) {
        case LinkStep::Idle:
        case LinkStep::Declined:
        case LinkStep::Done:
            if (below(3) == 0)
                return CardTyped{card().number};
            return CardPresented{card()};
        case LinkStep::Card:
            if (state.mustCompare())
                return GroupCompared{state.groupsCompared};
            return StartLink{};
        case LinkStep::Document:
            if (state.personQuestion != 0)
                return answer(state.personQuestion);
            if (state.lookingUpPerson)
                return PersonLookedUp{state.card->number, *state.holder, knowledge()};
            return DocumentEntered{person()};
        case LinkStep::Guardian:
            return DocumentEntered{person()};
        case LinkStep::Consent:
            return ConsentGiven{u"operator"_s, u"zh_CN"_s};
        case LinkStep::Health:
            if (state.healthQuestion != 0)
                return answer(state.healthQuestion);
            return state.health ? LinkEvent(HealthSeen{}) : LinkEvent(HealthDeferred{});
        case LinkStep::Confirm:
            return ConfirmLink{};
        case LinkStep::Committing:
            return LinkCommitted{u"id"_s, 1, QDateTime()};
        }
        return any();
    }

    LinkEvent any()
    {
        const LinkStep anyStep = LinkStep(below(10));
        switch (below(22)) {
        case 0:
            return CardPresented{card()};
        case 1:
            return CardLookedUp{card().number, knowledge()};
        case 2:
            return AdoptOtherCard{};
        case 3:
            return StartLink{};
        case 4:
            return MediumChosen{QStringList{u"physical"_s, u"phone"_s, u"paper"_s}[below(3)]};
        case 5:
            return DocumentEntered{person()};
        case 6:
            return PersonLookedUp{card().number, person(), knowledge()};
        case 7:
            return ConsentGiven{u"operator"_s, u"zh_CN"_s};
        case 8:
            return ConsentDeclined{};
        case 9:
            return HealthDeferred{};
        case 10:
            return ConfirmLink{};
        case 11:
            return LinkCommitted{u"id"_s, 1, QDateTime()};
        case 12:
            return LinkNotCommitted{Error{ErrorCode::StoreFailed, {}, {}}};
        case 13:
            return StepBack{};
        case 14:
            return GoToStep{anyStep};
        case 15:
            return CardTyped{below(4) == 0 ? u"310517009990001234"_s : card().number};
        case 16:
            return GroupCompared{below(5)};
        case 17:
            return AskHealthAgain{};
        case 18:
            return HealthSeen{};
        case 19:
            // Of a question nobody may wait for.
            return answer(QuestionId(below(2000)));
        case 20:
            return LinkJudged{u"id"_s, below(2) == 0, {}, {}};
        default:
            return EndPassenger{};
        }
    }

    int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(m_random); }

private:
    /// One of the four an answer can be, whether it fits the question or not.
    LinkEvent answer(QuestionId question)
    {
        switch (below(4)) {
        case 0:
            return CardStatusAnswered{question, {CityCard::State(below(5)), {}}};
        case 1:
            return PersonStatusAnswered{question, {below(4) == 0 ? 1 : 0, 0, 0, {}}};
        case 2:
            return HealthAnswered{question, {HealthLevel(below(3)), QDate(2022, 6, 1), {}, {}}};
        default:
            return HubGaveNoAnswer{question};
        }
    }

    CardSighting card()
    {
        CardSighting card =
            beijingCard(QStringList{u"3105170099900012349"_s, u"3105170012345678901"_s}[below(2)]);
        if (below(5) == 0)
            card.product = u"tunion-other"_s;
        if (below(8) == 0)
            card.outcome = CardSighting::Outcome::ReadError;
        return card;
    }

    Person person()
    {
        Person person = below(2) == 0 ? adult() : otherAdult();
        if (below(5) == 0)
            person.documentNumber.chop(1);
        if (below(5) == 0)
            person = {u"resident"_s, u"110103201506010005"_s, u"测试丙"_s};
        return person;
    }

    DeskKnowledge knowledge()
    {
        DeskKnowledge knowledge;
        knowledge.cardLinkedHere = below(6) == 0;
        knowledge.cardLinkedToOther = below(6) == 0;
        knowledge.physicalOfPerson = below(6) == 0 ? 1 : 0;
        return knowledge;
    }

    std::mt19937 m_random;
};

} // namespace

TEST_CASE("No sequence of events makes an illegal move", "[flow]")
{
    const Desk desk;
    LinkProcedure procedure(desk.catalogue, desk.documents, desk.rules, desk.clock);
    procedure.setOperator(u"9001"_s);
    EventSource source(20220602);
    int commits = 0;
    int done = 0;
    int declined = 0;
    int typedCommits = 0;
    int asked = 0;
    int seen = 0;
    int compared = 0; ///< groups of the present card, counted by the test itself

    for (int i = 0; i < 60000; ++i) {
        const LinkState before = procedure.state();
        if (source.below(20) == 0) {
            procedure.setHubReachable(source.below(2) == 0);
            procedure.setTimeTrusted(source.below(2) == 0);
        }
        const LinkEvent event = source.next(before);
        const LinkEffect effect = procedure.apply(event);
        const LinkState &after = procedure.state();
        const bool confirmed = std::holds_alternative<ConfirmLink>(event);
        bool legal = true;

        if (const auto *commit = std::get_if<CommitLink>(&effect)) {
            ++commits;
            // A record is asked for once per confirmation, of exactly what the pages showed.
            legal = legal && confirmed && before.step == LinkStep::Confirm &&
                    after.step == LinkStep::Committing && before.consent && before.holder &&
                    commit->request.cardNumber == before.card->number &&
                    commit->request.holder == *before.holder &&
                    commit->request.guardian == before.guardian &&
                    commit->request.consents[0].at == before.consent->at &&
                    before.verdict == CardVerdict::Linkable;
        }
        // The hub is asked of the passenger at the desk, and of health only after the consent.
        if (const auto *person = std::get_if<AskPerson>(&effect)) {
            ++asked;
            legal = legal && procedure.isHubReachable() && after.step == LinkStep::Document &&
                    after.lookingUpPerson && person->question.person == after.holder &&
                    person->question.id == after.personQuestion;
        }
        if (const auto *health = std::get_if<AskHealth>(&effect)) {
            ++asked;
            legal = legal && procedure.isHubReachable() && after.step == LinkStep::Health &&
                    after.consent && health->question.person == after.holder &&
                    health->question.id == after.healthQuestion;
        }
        if (after.personQuestion != 0)
            legal = legal && after.step == LinkStep::Document;
        if (after.healthQuestion != 0)
            legal = legal && after.step == LinkStep::Health;
        if ((after.health && before.health != after.health) ||
            (after.personStatus && before.personStatus != after.personStatus))
            ++seen;
        // What was told of one person is never shown of another.
        if (after.health && before.health == after.health)
            legal = legal && after.holder == before.holder;
        if (after.personStatus && before.personStatus == after.personStatus)
            legal = legal && after.holder == before.holder;
        if (after.groupsCompared == 0)
            compared = 0;
        if (after.groupsCompared > before.groupsCompared)
            ++compared;
        // A typed number goes on only when each of its groups was compared with the card.
        if (after.step > LinkStep::Card && after.step <= LinkStep::Committing && after.card->typed)
            legal = legal && compared == 5 && !after.mustCompare();
        if (const auto *commit = std::get_if<CommitLink>(&effect)) {
            CHECK(commit->request.cardBy == (before.card->typed ? u"typed" : u"tap"));
            typedCommits += before.card->typed ? 1 : 0;
        }
        if (before.step == LinkStep::Committing) {
            // Only the store's answer ends a commit; whatever else happens changes no fact of it.
            const bool answered = std::holds_alternative<LinkCommitted>(event) ||
                                  std::holds_alternative<LinkNotCommitted>(event);
            legal = legal && (answered || after.step == LinkStep::Committing) &&
                    after.card == before.card && after.holder == before.holder;
        }
        if (after.step == LinkStep::Done && before.step != LinkStep::Done) {
            ++done;
            legal = legal && before.step == LinkStep::Committing && after.committed;
        }
        if (after.step >= LinkStep::Consent && after.step <= LinkStep::Committing)
            legal = legal && after.holder && after.card && after.verdict == CardVerdict::Linkable;
        if (after.step > LinkStep::Consent && after.step <= LinkStep::Committing)
            legal = legal && after.consent;
        if (after.consent && before.consent == after.consent)
            // A consent is never carried over to another card or other persons.
            legal = legal && after.card->number == before.card->number &&
                    after.holder == before.holder && after.guardian == before.guardian;
        if (after.step == LinkStep::Idle || after.step == LinkStep::Declined)
            legal = legal && !after.holder && !after.guardian && !after.consent && !after.health &&
                    !after.personStatus;
        declined += after.step == LinkStep::Declined && before.step != LinkStep::Declined ? 1 : 0;

        if (!legal) {
            INFO("event " << i << " of kind " << event.index() << " from step " << int(before.step)
                          << " to " << int(after.step));
            REQUIRE(legal);
        }
    }

    // The walk has really been everywhere.
    CHECK(commits > 100);
    CHECK(done > 50);
    CHECK(declined > 50);
    CHECK(typedCommits > 10);
    CHECK(asked > 100);
    CHECK(seen > 50);
}
