#include "gui/linkcontroller.h"

namespace upgradedesk
{

LinkController::LinkController(LinkProcedure &procedure, QObject *parent)
    : QObject(parent)
    , m_procedure(procedure)
{
    connect(&m_undo, &UndoController::changed, this, &LinkController::tellTakenBack);
}

/// The page of the passenger says what counts also when the time for taking back is over.
void LinkController::tellTakenBack()
{
    const auto &offer = m_undo.offer();
    if (offer && state().committed && state().committed->record == offer->passengerRecord &&
        state().revoked != offer->revoked)
        apply(LinkTakenBack{offer->passengerRecord, offer->revoked});
}

const LinkState &LinkController::state() const
{
    return m_procedure.state();
}

void LinkController::setOperator(const QString &operatorId)
{
    m_procedure.setOperator(operatorId);
}

void LinkController::setTakingCards(bool taking)
{
    m_takingCards = taking;
}

void LinkController::apply(const LinkEvent &event)
{
    const auto *presented = std::get_if<CardPresented>(&event);
    if (presented && !m_takingCards)
        return;
    if (presented && presented->card.outcome != CardSighting::Outcome::ReadError)
        ++m_taps;
    const LinkEffect effect = m_procedure.apply(event);
    emit stateChanged();
    carryOut(effect);
}

void LinkController::carryOut(const LinkEffect &effect)
{
    if (const auto *card = std::get_if<LookUpCard>(&effect))
        emit cardLookUpRequested(card->number);
    else if (const auto *person = std::get_if<LookUpPerson>(&effect))
        emit personLookUpRequested(person->cardNumber, person->person);
    else if (const auto *commit = std::get_if<CommitLink>(&effect))
        emit commitRequested(commit->request);
}

} // namespace upgradedesk
