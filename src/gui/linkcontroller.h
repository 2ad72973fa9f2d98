#pragma once

#include "flow/linkprocedure.h"
#include "gui/undocontroller.h"

#include <QObject>
#include <QTimer>

#include <chrono>

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

    /// Whether the hub can be asked now, and whether it has told the time since boot.
    void setHub(bool reachable, bool timeTrusted);
    [[nodiscard]] bool isHubReachable() const { return m_procedure.isHubReachable(); }

    /// What the health of this passenger means today; nothing while it is not known.
    [[nodiscard]] std::optional<HealthVerdict> healthVerdict() const
    {
        return m_procedure.healthVerdict();
    }

    /// How long the hub is waited for: 1.5 s for a card, 5 s for person and health (ui-spec 10).
    void setAnswerTimes(std::chrono::milliseconds card, std::chrono::milliseconds person);

    /// With nobody logged in neither a tap nor a document is taken, and one that was kept for its
    /// card is forgotten.
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
    // For the network layer; answered by apply() with CardStatusAnswered, PersonStatusAnswered,
    // HealthAnswered or GateAnswered, or with HubGaveNoAnswer. What is not answered in time is not
    // waited for.
    void cardStatusRequested(const upgradedesk::CardQuestion &question);
    void personStatusRequested(const upgradedesk::PersonQuestion &question);
    void healthRequested(const upgradedesk::PersonQuestion &question);
    void gateRequested(const upgradedesk::CardQuestion &question);

private:
    void carryOut(const LinkEffect &effect);
    void ask(const LinkEffect &effect);
    void waitFor(QuestionId question, std::chrono::milliseconds time);
    void tellTakenBack();

    LinkProcedure &m_procedure;
    UndoController m_undo;
    std::chrono::milliseconds m_cardTime{1500};
    std::chrono::milliseconds m_personTime{5000};
    bool m_takingCards = true;
    quint64 m_taps = 0;
    QTimer m_lapse; ///< of a document that waits for its card
};

} // namespace upgradedesk
