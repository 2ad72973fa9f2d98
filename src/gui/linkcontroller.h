#pragma once

#include "flow/linkprocedure.h"
#include "gui/undocontroller.h"

#include <QObject>

namespace upgradedesk
{

/// Carries events to the procedure, hands its effects to whoever can do them, and tells the pages.
/// Lives in the GUI thread and never waits: answers of the store come back as events.
class LinkController final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LinkController)

public:
    /// The procedure must outlive the controller.
    explicit LinkController(LinkProcedure &procedure, QObject *parent = nullptr);

    [[nodiscard]] const LinkState &state() const;

    /// Who is logged in; the records that follow name this operator.
    void setOperator(const QString &operatorId);

    /// With nobody logged in a tap is not taken.
    void setTakingCards(bool taking);
    [[nodiscard]] bool isTakingCards() const { return m_takingCards; }

    /// How many cards have been tapped and read, or refused; torn readings do not count.
    [[nodiscard]] quint64 taps() const { return m_taps; }

    /// Pages, devices and the store call this. stateChanged() comes before the signal of the
    /// effect, so that an answer given at once is shown after the question.
    void apply(const LinkEvent &event);

    /// Taking back what was committed.
    [[nodiscard]] UndoController &undo() { return m_undo; }

signals:
    void stateChanged();
    void cardLookUpRequested(const QString &number);
    void personLookUpRequested(const QString &cardNumber, const upgradedesk::Person &person);
    void commitRequested(const upgradedesk::LinkRequest &request);

private:
    void carryOut(const LinkEffect &effect);
    void tellTakenBack();

    LinkProcedure &m_procedure;
    UndoController m_undo;
    bool m_takingCards = true;
    quint64 m_taps = 0;
};

} // namespace upgradedesk
