#include "gui/undocontroller.h"

namespace upgradedesk
{

UndoController::UndoController(QObject *parent)
    : QObject(parent)
{
    m_over.setSingleShot(true);
    connect(&m_over, &QTimer::timeout, this, [this] { setOffer(std::nullopt, {}); });
}

void UndoController::setOffer(const std::optional<UndoOffer> &offer, std::chrono::milliseconds left)
{
    if (offer)
        m_over.start(left);
    else
        m_over.stop();
    if (m_offer == offer && !m_asked)
        return;
    m_offer = offer;
    m_asked = false;
    emit changed();
}

void UndoController::undo()
{
    if (mayUndo())
        ask();
}

void UndoController::redo()
{
    if (mayRedo())
        ask();
}

void UndoController::ask()
{
    m_asked = true;
    m_problem.reset();
    const QString record = m_offer->record;
    emit changed();
    emit revokeRequested(record);
}

void UndoController::failed(const Error &error)
{
    m_asked = false;
    m_problem = error;
    emit changed();
}

void UndoController::forgetProblem()
{
    if (!m_problem)
        return;
    m_problem.reset();
    emit changed();
}

} // namespace upgradedesk
