#include "gui/linkcontroller.h"

namespace upgradedesk
{

LinkController::LinkController(LinkProcedure &procedure, QObject *parent)
    : QObject(parent)
    , m_procedure(procedure)
{
    connect(&m_undo, &UndoController::changed, this, &LinkController::tellTakenBack);
    m_lapse.setSingleShot(true);
    m_lapse.setTimerType(Qt::PreciseTimer);
    m_lapse.setInterval(documentKept);
    connect(&m_lapse, &QTimer::timeout, this, [this] { apply(DocumentLapsed{}); });
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

void LinkController::setHub(bool reachable, bool timeTrusted)
{
    if (m_procedure.isHubReachable() == reachable && m_procedure.isTimeTrusted() == timeTrusted)
        return;
    m_procedure.setHubReachable(reachable);
    m_procedure.setTimeTrusted(timeTrusted);
    emit stateChanged();
}

void LinkController::setAnswerTimes(std::chrono::milliseconds card,
                                    std::chrono::milliseconds person)
{
    m_cardTime = card;
    m_personTime = person;
}

void LinkController::setTakingCards(bool taking)
{
    m_takingCards = taking;
    if (!taking)
        m_procedure.forgetDocument();
}

void LinkController::apply(const LinkEvent &event)
{
    const auto *presented = std::get_if<CardPresented>(&event);
    const bool document = std::holds_alternative<DocumentRead>(event);
    if ((presented || document) && !m_takingCards)
        return;
    if (document)
        m_lapse.start();
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
    else
        ask(effect);
}

void LinkController::ask(const LinkEffect &effect)
{
    if (const auto *card = std::get_if<AskCard>(&effect)) {
        waitFor(card->question.id, m_cardTime);
        emit cardStatusRequested(card->question);
    } else if (const auto *person = std::get_if<AskPerson>(&effect)) {
        waitFor(person->question.id, m_personTime);
        emit personStatusRequested(person->question);
    } else if (const auto *health = std::get_if<AskHealth>(&effect)) {
        waitFor(health->question.id, m_personTime);
        emit healthRequested(health->question);
    } else if (const auto *gate = std::get_if<AskGate>(&effect)) {
        waitFor(gate->question.id, m_cardTime);
        emit gateRequested(gate->question);
    }
}

/// Nobody stands at the counter because a network is slow.
void LinkController::waitFor(QuestionId question, std::chrono::milliseconds time)
{
    QTimer::singleShot(time, this, [this, question] {
        if (m_procedure.waitsFor(question))
            apply(HubGaveNoAnswer{question});
    });
}

} // namespace upgradedesk
