#include "flow/linkprocedure.h"
#include "flow/rules.h"

using namespace Qt::StringLiterals;

// The procedure's share in what the hub is asked of one passenger and what it answers.

namespace upgradedesk
{

void LinkProcedure::setHubReachable(bool reachable)
{
    m_hubReachable = reachable;
}

bool LinkProcedure::waitsFor(QuestionId question) const
{
    return question != 0 &&
           (question == m_state.cardQuestion || question == m_state.personQuestion ||
            question == m_state.healthQuestion ||
            (m_state.trial && question == m_state.trial->question));
}

std::optional<HealthVerdict> LinkProcedure::healthVerdict() const
{
    if (!m_state.health)
        return {};
    const QDate today = beijingDate(m_clock.now());
    return upgradedesk::healthVerdict(*m_state.health, m_rules.testDays(u"metro"_s, today), today,
                                      m_timeTrusted);
}

std::optional<Error> LinkProcedure::quotaProblem(int physical, int phone) const
{
    const Limits &limits = m_rules.limits(beijingDate(m_clock.now()));
    const QString slot = m_rules.slot(m_state.medium).value_or(QString());
    if (slot == u"physical" && physical >= limits.physicalPerPerson)
        return Error{ErrorCode::PersonHasPhysicalCard, {}, {}};
    if (slot == u"phone" && phone >= limits.phonePerPerson)
        return Error{ErrorCode::PersonHasPhoneCard, {}, {}};
    return {};
}

/// What the store knows stands against nothing, and the hub has spoken or is silent.
void LinkProcedure::leaveDocument()
{
    m_state.lookingUpPerson = false;
    m_state.personQuestion = 0;
    if (m_state.personStatus) {
        const PersonStatus &status = *m_state.personStatus;
        // The same card once more is no second one: the hub merges the two.
        int physical = status.physical;
        int phone = status.phone;
        for (const CardOfPerson &card : status.cards) {
            if (card.lastFour == m_state.card->number.right(4))
                --(m_rules.slot(card.medium) == u"phone"_s ? phone : physical);
        }
        m_state.problem = quotaProblem(physical, phone);
        if (m_state.problem)
            return;
    }
    const auto guardian = checkGuardian(*m_state.holder, m_state.guardian, context());
    m_state.step = guardian ? LinkStep::Consent : LinkStep::Guardian;
}

PersonQuestion LinkProcedure::newQuestion()
{
    return {++m_questions, m_passengers, *m_state.holder, m_operator};
}

LinkEffect LinkProcedure::askPerson()
{
    const PersonQuestion question = newQuestion();
    m_state.lookingUpPerson = true;
    m_state.personQuestion = question.id;
    return AskPerson{question};
}

LinkEffect LinkProcedure::askHealth()
{
    const PersonQuestion question = newQuestion();
    m_state.health.reset();
    m_state.healthTrouble.reset();
    m_state.healthQuestion = question.id;
    m_askedHealth = m_clock.sinceBoot();
    return AskHealth{question};
}

LinkEffect LinkProcedure::on(const HealthSeen &)
{
    const auto verdict = healthVerdict();
    if (m_state.step != LinkStep::Health || !verdict ||
        verdict->entry == HealthVerdict::Entry::TimeNotTrusted)
        return {};
    m_state.healthDeferred = false;
    m_state.step = LinkStep::Confirm;
    return {};
}

LinkEffect LinkProcedure::on(const AskHealthAgain &)
{
    if (m_state.step != LinkStep::Health || m_state.healthQuestion != 0 || !m_hubReachable)
        return {};
    return askHealth();
}

LinkEffect LinkProcedure::on(const CardStatusAnswered &event)
{
    if (event.question == 0 || event.question != m_state.cardQuestion)
        return {};
    m_state.cardQuestion = 0;
    heedHub(m_state.knowledge, event.card);
    m_state.verdict = cardVerdict(*m_state.card, m_catalogue, m_state.knowledge);
    startByDocument();
    return {};
}

LinkEffect LinkProcedure::on(const PersonStatusAnswered &event)
{
    if (event.question == 0 || event.question != m_state.personQuestion)
        return {};
    m_state.personStatus = event.status;
    leaveDocument();
    return {};
}

LinkEffect LinkProcedure::on(const HealthAnswered &event)
{
    if (event.question == 0 || event.question != m_state.healthQuestion)
        return {};
    m_state.healthQuestion = 0;
    m_state.health = event.health;
    m_state.healthToldAt = m_clock.now();
    m_state.healthTook = m_clock.sinceBoot() - m_askedHealth;
    return {};
}

LinkEffect LinkProcedure::on(const HubGaveNoAnswer &event)
{
    if (!waitsFor(event.question))
        return {};
    if (event.question == m_state.cardQuestion) {
        m_state.cardQuestion = 0;
        startByDocument();
    } else if (event.question == m_state.personQuestion) {
        leaveDocument();
    } else if (m_state.trial && event.question == m_state.trial->question) {
        m_state.trial->question = 0; // what is known here stays
    } else {
        m_state.healthQuestion = 0;
        m_state.healthTrouble = event.error.value_or(Error{ErrorCode::HubNoAnswer, {}, {}});
    }
    return {};
}

LinkEffect LinkProcedure::on(const LinkJudged &event)
{
    if (m_state.step == LinkStep::Done && m_state.committed->record == event.record)
        m_state.judged = event;
    else
        return {};
    // What a gate does with the card has changed under the passenger's eyes.
    return m_state.trial ? tryTap() : LinkEffect();
}

} // namespace upgradedesk
