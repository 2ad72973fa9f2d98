#include "flow/linkprocedure.h"

// 试刷: after linking, the passenger taps again and sees what a gate will do.

namespace upgradedesk
{

/// Only the card that was just linked, whole, and as long as its link counts: any other tap begins
/// the next passenger.
bool LinkProcedure::isTrialTap(const CardSighting &card) const
{
    return m_state.step == LinkStep::Done && !m_state.revoked && m_state.card && !card.typed &&
           card.outcome == CardSighting::Outcome::Number && card.number == m_state.card->number;
}

/// The page answers at once with what is known here; the hub's word follows where it can be asked.
LinkEffect LinkProcedure::tryTap()
{
    m_state.trial = TrialTap{gateHere()};
    if (!m_hubReachable)
        return {};
    m_state.trial->question = ++m_questions;
    return AskGate{{m_questions, m_passengers, m_state.card->number}};
}

GateAnswer LinkProcedure::gateHere() const
{
    DeskKnowledge knowledge = m_state.knowledge;
    knowledge.cardLinkedHere = !m_state.judged || m_state.judged->accepted;
    knowledge.cardLinkUploaded = m_state.judged && m_state.judged->accepted;

    GateTap tap;
    tap.card = cardStatusHere(CardService::Linkable, knowledge);
    if (m_timeTrusted)
        tap.at = m_clock.now();
    if (m_state.health) {
        tap.health = HolderHealth{m_state.health->level, {}};
        if (m_state.health->testDay.isValid())
            tap.health->testDay = m_state.health->testDay;
    }
    return decideGate(tap, m_rules);
}

LinkEffect LinkProcedure::on(const GateAnswered &event)
{
    if (event.question == 0 || !m_state.trial || event.question != m_state.trial->question)
        return {};
    m_state.trial = TrialTap{event.answer, 0, true};
    return {};
}

} // namespace upgradedesk
