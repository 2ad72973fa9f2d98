#include "flow/linkprocedure.h"

// What a document on the ID reader does to the procedure.

namespace upgradedesk
{

/// The one that was read, unless it is too old to be of whoever stands there now.
std::optional<ReadDocument> LinkProcedure::freshDocument() const
{
    if (m_state.read && m_clock.sinceBoot() - m_state.read->at < documentKept)
        return m_state.read;
    return std::nullopt;
}

/// A card that nobody links has no use for a document; one that was torn is placed again.
bool LinkProcedure::wantsDocument() const
{
    return m_state.verdict == CardVerdict::Linkable || m_state.verdict == CardVerdict::ReadAgain;
}

LinkEffect LinkProcedure::on(const DocumentRead &event)
{
    const ReadDocument read{event.person, event.compareByEye, m_clock.sinceBoot()};
    switch (m_state.step) {
    case LinkStep::Idle:
        m_state.read = read;
        break;
    case LinkStep::Card:
        if (wantsDocument())
            m_state.read = read;
        startByDocument();
        break;
    case LinkStep::Document:
    case LinkStep::Guardian:
        if (m_state.lookingUpPerson)
            break;
        m_state.problem.reset();
        m_state.read = read;
        break;
    case LinkStep::Done:
        // Who has just been served, or was there for them, may take the document away slowly.
        if (m_state.holder != event.person && m_state.guardian != event.person)
            m_state.read = read;
        break;
    case LinkStep::Consent:
    case LinkStep::Health:
    case LinkStep::Confirm:
    case LinkStep::Committing:
    case LinkStep::Declined:
        break;
    }
    return {};
}

/// 放上证件就自动开始: once it is known that the card can be linked.
void LinkProcedure::startByDocument()
{
    if (m_state.step != LinkStep::Card || m_state.verdict != CardVerdict::Linkable ||
        !m_state.cardLookedUp || m_state.cardQuestion != 0 || m_state.mustCompare())
        return;
    m_state.read = freshDocument();
    if (!m_state.read)
        return;
    m_state.problem.reset();
    m_state.step = LinkStep::Document;
}

LinkEffect LinkProcedure::on(const DocumentLapsed &)
{
    // On ② it is in front of staff, who see whose it is.
    if (m_state.step != LinkStep::Document && m_state.step != LinkStep::Guardian)
        m_state.read = freshDocument();
    return {};
}

void LinkProcedure::forgetDocument()
{
    m_state.read.reset();
}

} // namespace upgradedesk
