#pragma once

#include "gui/linkcontroller.h"
#include "gui/pages/deskpage.h"
#include "gui/pages/flowcountdown.h"
#include "gui/pages/steppage.h"

#include <array>
#include <memory>
#include <optional>

class QShortcut;

namespace upgradedesk
{

class CardPage;
class Catalogue;
class Clock;
class DocumentKinds;
class DocumentPage;
class FlowNotice;
class HealthPage;
class KeyButton;
class PassengerController;
class ReceiptTasks;
class Rules;
struct IdReaderState;
struct QueueEntry;

namespace Ui
{
class FlowPage;
}

/// What the five steps share: stepper, side column, action bar with the primary button always in
/// the same place, the one notice strip, and the way back to idle.
class FlowPage final : public DeskPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FlowPage)

public:
    FlowPage(LinkController &controller, PassengerController &passenger, ReceiptTasks &receipts,
             const Catalogue &catalogue, const DocumentKinds &kinds, const Rules &rules,
             const Clock &clock, QWidget *parent);
    ~FlowPage() override;

    /// Shows the step the procedure is at. The step must not be Idle.
    void present();

    /// Clears every widget of the passenger; call it when the passenger has ended.
    void forget();

    /// The word of pageShown() for the step that is shown; empty when none is.
    [[nodiscard]] QString pageName() const override;

    /// Puts the focus where this step wants it first.
    void focusFirst() override;

    /// Controls of the step that is shown, from top to bottom, for the Tab key.
    [[nodiscard]] QList<QWidget *> tabOrder() const override;

    /// How many records wait for their upload.
    void setWaiting(int records);

    /// The reader of identity cards.
    void showIdReader(const IdReaderState &reader);

    /// Records the hub refused, for the card that comes back.
    void setReturned(const QList<QueueEntry> &entries);

    /// A notice about the local store; nothing takes it away.
    void setTrouble(const std::optional<Error> &trouble);

    /// How long a finished passenger stays on the screen; 8 s by default.
    void setIdleAfter(int milliseconds);
    /// How long a good health state is shown before the next step; 1.5 s by default, 0: for ever.
    void setHealthTime(int milliseconds);
    /// A machine-readable zone was scanned; false where no document is asked for.
    [[nodiscard]] bool takeZone(const QString &zone);

    /// How long a good document number is shown before the next step; 600 ms by default.
    void setAdvanceTime(int milliseconds);
    /// How long the primary button is deaf after a page change; 300 ms by default, and three times
    /// as long when a page led on by itself.
    void setArmingTime(int milliseconds);

signals:
    /// Another step, or another card on ①, has been put on the screen.
    void pageChanged();
    /// The typed number does not agree with the card.
    void numberDoubted();
    /// The buttons say, or the keys do, something else now.
    void keysChanged();

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] StepPage *pageOf(LinkStep step) const;
    void changePage(StepPage *page);
    void showSteps();
    void showFace();
    void showNotice();
    void showUndo();
    void showPassenger();
    void connectPassenger();
    void showCountdown();
    void goOn(FlowCountdown::Goal goal);
    [[nodiscard]] QString healthNote() const;
    void setUpKeys(const QList<PageAction> &secondary);
    void setAction(std::size_t index, KeyButton *button, const PageAction *action);
    void runAction(std::size_t index);
    void goToStep(int step);

    LinkController &m_controller;
    PassengerController &m_passenger;
    const Catalogue &m_catalogue;
    const DocumentKinds &m_kinds;
    const Rules &m_rules;
    const Clock &m_clock;
    std::unique_ptr<Ui::FlowPage> m_ui;
    QList<StepPage *> m_steps; ///< in the order of LinkStep from Card to Declined
    CardPage *m_card = nullptr;
    DocumentPage *m_document = nullptr;
    DocumentPage *m_guardian = nullptr;
    HealthPage *m_health = nullptr;
    FlowNotice *m_notice = nullptr;
    StepPage *m_page = nullptr;
    QString m_shown;                     ///< step and card that are on the screen
    std::array<PageAction, 4> m_actions; ///< the primary one is the last
    std::array<QShortcut *, 5> m_jumps{};
    QShortcut *m_stepBack;          ///< Ctrl+Z inside a passenger: one step back
    QShortcut *m_passengerLanguage; ///< of a passenger's screen; ③ has its own
    int m_leftToCompare = 0;
    CardVerdict m_verdict = CardVerdict::ReadAgain;
    FlowCountdown *m_countdown = nullptr;
    int m_armingTime = 300;
    bool m_hasIdReader = false;
    bool m_advancing = false; ///< a page leads on by itself
};

} // namespace upgradedesk
