#pragma once

#include "card/nearnumbers.h"
#include "gui/idreaderstate.h"
#include "gui/linkcontroller.h"
#include "gui/pages/deskfacts.h"
#include "identity/scanpayload.h"

#include <QMainWindow>
#include <QTimer>

#include <memory>
#include <optional>

class QShortcut;

namespace upgradedesk
{

class Catalogue;
class Clock;
class DeskPage;
class DeskStatus;
class DeskTasks;
class DevicesPage;
class DocumentKinds;
class FlowPage;
class IdlePage;
class InboxPage;
class InputGuards;
class LoginPage;
class LookupPage;
class PassengerController;
class QueuePage;
class Rules;
class SidePanels;
class StoreFullPage;
class TaskSwitch;

namespace Ui
{
class MainWindow;
}

/// The one window: rail, pages, status strip. It shows what it is told and says what staff want;
/// who is logged in, readers and storage are the composition root's. Nothing of a passenger is ever
/// in the window title or on the clipboard.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MainWindow)

public:
    /// The references must outlive the window. It starts with the login page and has no other yet.
    MainWindow(const DeskFacts &facts, LinkController &controller, DeskTasks &tasks,
               const Catalogue &catalogue, const DocumentKinds &documents, const Rules &rules,
               const Clock &clock);
    ~MainWindow() override;

    /// Who may log in.
    void setOperators(const QList<OperatorEntry> &operators);

    /// Builds the pages behind the login: once, before anything below is called. Apart from the
    /// constructor, so that the login is on the screen earlier.
    void buildPages();

    /// The passenger's side: what their screen shows, and what they answer there.
    [[nodiscard]] PassengerController &passenger() { return *m_passenger; }

    /// How long a finished passenger stays on the screen; 8 s by default.
    void setIdleAfter(int milliseconds);
    /// How long a good document number is shown before the next step; 600 ms by default.
    void setAdvanceTime(int milliseconds);
    /// How long a good health state is shown before the next step; 1.5 s by default, 0: for ever.
    void setHealthTime(int milliseconds);
    /// How long a primary button is deaf after a page change; 300 ms by default.
    void setArmingTime(int milliseconds);

    /// Whether 设备 is on the screen, where devices are tried.
    [[nodiscard]] bool isOnDevices() const;

public slots:
    /// `name` is of the reader that works; `since` is when a lost one was last heard.
    void showReader(upgradedesk::ReaderState state, const QString &name, const QDateTime &since);
    /// The reader of identity cards, whose chip has to be right within a second.
    void showIdReader(const upgradedesk::IdReaderState &reader);
    void showQueue(int waiting);
    /// What a scanner sent: it goes where it belongs, or is refused. It presses no button.
    void takeScan(const upgradedesk::ScanPayload &scan);
    void showRecent(const QList<upgradedesk::RecentRow> &rows,
                    const upgradedesk::ShiftFigures &figures);
    /// StoreFull stops the work with a red page, anything else is a notice on every page.
    void showStoreTrouble(const upgradedesk::Error &error);
    /// The store works again.
    void clearStoreTrouble();
    void loginSucceeded(const upgradedesk::OperatorEntry &operatorEntry);
    void loginFailed(const upgradedesk::Error &error);
    void showTrainingCards(const QList<upgradedesk::TrainingCard> &cards);
    /// Hides everything and asks for a PIN. A passenger in the middle is kept ten minutes for the
    /// same operator.
    void lock();
    /// The answer to nearCardsRequested().
    void showNearCards(const QString &number, const QList<upgradedesk::NearCard> &cards);

signals:
    void loginRequested(const QString &operatorId, const QString &pin);
    void lockRequested();
    void trainingTapRequested(const QString &name);
    void trainingTearRequested(const QString &name);
    void trainingRemoveRequested();
    void trainingUnplugRequested();
    void trainingPlugRequested();
    /// The next of the virtual documents on the virtual ID reader.
    void trainingDocumentRequested();
    /// Which cards read here today are one digit away from this number?
    void nearCardsRequested(const QString &number);
    /// After the page has been painted: login, idle, reader-lost, lookup, card, document, guardian,
    /// consent, health, confirm, done, confirmed, returned, undone, declined, inbox, queue,
    /// devices, store-full.
    void pageShown(const QString &page);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addPage(DeskPage *page);
    void connectPages();
    void showState();
    void tellTrouble(const std::optional<Error> &trouble);
    void showPage(DeskPage *page);
    void announcePage();
    [[nodiscard]] DeskPage &page() const;
    void setUpRail();
    void setUpShelf();
    void orderFocus();
    void lockUnused();
    void endPassenger();
    void chooseTask(const QString &task);
    void openChip(const QString &id);
    [[nodiscard]] bool useScan(const ScanPayload &scan);
    void takeTyped(const QString &number);
    void tellPassenger();

    const DeskFacts m_facts;
    LinkController &m_controller;
    DeskTasks &m_tasks;
    const Catalogue &m_catalogue;
    const DocumentKinds &m_documents;
    const Rules &m_rules;
    const Clock &m_clock;
    std::unique_ptr<Ui::MainWindow> m_ui;
    PassengerController *m_passenger;
    LoginPage *m_login;
    // Null before buildPages().
    IdlePage *m_idle = nullptr;
    FlowPage *m_flow = nullptr;
    StoreFullPage *m_full = nullptr;
    LookupPage *m_lookup = nullptr;
    InboxPage *m_inbox = nullptr;
    QueuePage *m_queue = nullptr;
    DevicesPage *m_devices = nullptr;
    TaskSwitch *m_task;
    SidePanels *m_panels;
    InputGuards *m_input;
    DeskStatus *m_status;
    QShortcut *m_helpKey;     ///< where there is no rail
    OperatorEntry m_operator; ///< the last one who logged in
    ReaderState m_reader = ReaderState::Starting;
    IdReaderState::Link m_idReader = IdReaderState::Link::Absent;
    bool m_locked = true;
    bool m_storeFull = false;
    bool m_endAfterCommit = false;
    QTimer m_keep; ///< how long a half-done passenger stays under the lock
    QTimer m_torn; ///< how long a torn reading is spoken of
};

} // namespace upgradedesk
