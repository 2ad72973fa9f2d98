#include "gui/mainwindow.h"

#include "card/resolver.h"
#include "core/clock.h"
#include "gui/deskstatus.h"
#include "gui/desktasks.h"
#include "gui/inputguards.h"
#include "gui/pages/devicespage.h"
#include "gui/pages/flowpage.h"
#include "gui/pages/idlepage.h"
#include "gui/pages/inboxpage.h"
#include "gui/pages/loginpage.h"
#include "gui/pages/lookuppage.h"
#include "gui/pages/queuepage.h"
#include "gui/pages/shelfpanel.h"
#include "gui/pages/sidepanels.h"
#include "gui/pages/storefullpage.h"
#include "gui/pages/words.h"
#include "gui/passengercontroller.h"
#include "gui/railtasks.h"
#include "gui/taskswitch.h"
#include "gui/widgets/focusring.h"
#include "gui/widgets/railbutton.h"
#include "ui_mainwindow.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLayout>
#include <QShortcut>

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

constexpr auto keepUnderLock = 10min;
constexpr auto tornTime = 8s;

} // namespace

MainWindow::MainWindow(const DeskFacts &facts, LinkController &controller, DeskTasks &tasks,
                       const Catalogue &catalogue, const DocumentKinds &documents,
                       const Rules &rules, const Clock &clock)
    : m_facts(facts)
    , m_controller(controller)
    , m_tasks(tasks)
    , m_catalogue(catalogue)
    , m_documents(documents)
    , m_rules(rules)
    , m_clock(clock)
    , m_ui(std::make_unique<Ui::MainWindow>())
    , m_passenger(new PassengerController(controller, catalogue, rules, clock, this))
{
    m_ui->setupUi(this);
    m_passenger->setPlace(placeText({facts.stationName, facts.gateName, facts.deskName}));
    m_login = new LoginPage(facts, m_ui->pages);
    addPage(m_login);
    m_panels = new SidePanels(*m_ui->pages);
    m_status = new DeskStatus(*m_ui->status, clock, facts, this);
    m_task = new TaskSwitch(*m_ui->rail, controller, tasks, this);
    m_input = new InputGuards(*m_ui->status, this);
    new FocusRing(this);
    m_helpKey = new QShortcut(Qt::Key_F1, this);
    m_helpKey->setAutoRepeat(false);
    for (QTimer *once : {&m_keep, &m_torn})
        once->setSingleShot(true);
    m_keep.setInterval(keepUnderLock);
    m_torn.setInterval(tornTime);

    connect(m_login, &LoginPage::loginRequested, this, &MainWindow::loginRequested);
    connect(m_helpKey, &QShortcut::activated, m_panels, &SidePanels::toggleHelp);
    connect(m_ui->rail, &TaskRail::chosen, this, &MainWindow::chooseTask);
    connect(m_input, &InputGuards::scanned, this, &MainWindow::takeScan);
    connect(m_input, &InputGuards::unused, this, &MainWindow::lockUnused);
    connect(&m_keep, &QTimer::timeout, this, &MainWindow::endPassenger);
    connect(&m_torn, &QTimer::timeout, this, &MainWindow::endPassenger);
    connect(&m_tasks, &DeskTasks::hubChanged, this, [this] {
        const HubState &hub = m_tasks.hub();
        m_status->showHub(hub);
        m_login->showHub(hub);
        if (m_idle)
            m_idle->showHub(hub);
        m_controller.setHub(hub.link == HubState::Link::Reachable, hub.timeTrusted);
    });
    connect(m_ui->status, &StatusStrip::chosen, this, &MainWindow::openChip);
    CounterDevices &devices = m_tasks.devices();
    connect(&devices, &CounterDevices::factsChanged, this, [this](CounterDevice device) {
        m_status->showDevice(m_tasks.devices().facts(device));
    });
    connect(&devices, &CounterDevices::testChanged, this, [this] {
        if (const auto &shift = m_tasks.devices().shiftCheck())
            m_status->showShiftCheck(*shift);
    });
    m_controller.setTakingCards(false);
    setUpRail();
    showPage(m_login);
    m_login->focusFirst();
    announcePage();
}

bool MainWindow::isOnDevices() const
{
    return m_devices && m_ui->pages->currentWidget() == m_devices;
}

void MainWindow::addPage(DeskPage *page)
{
    connect(page, &DeskPage::painted, this, [this, page] {
        if (page == &this->page())
            emit pageShown(page->pageName());
    });
    // The first page is shown at once, and would be laid out for a window that has no size yet.
    page->layout()->setEnabled(isVisible());
    m_ui->pages->addWidget(page);
    page->layout()->setEnabled(true);
}

void MainWindow::setOperators(const QList<OperatorEntry> &operators)
{
    m_login->setOperators(operators);
}

void MainWindow::buildPages()
{
    m_idle = new IdlePage(m_facts, m_ui->pages);
    m_flow = new FlowPage(m_controller, *m_passenger, m_tasks.receipts(), m_catalogue, m_documents,
                          m_rules, m_clock, m_ui->pages);
    m_full = new StoreFullPage(m_ui->pages);
    m_lookup = new LookupPage(m_catalogue, m_ui->pages);
    addPage(m_idle);
    addPage(m_flow);
    addPage(m_full);
    m_inbox = new InboxPage(m_tasks, m_clock, m_ui->pages);
    m_queue = new QueuePage(m_tasks, m_clock, m_ui->pages);
    m_devices = new DevicesPage(m_tasks.devices(), m_ui->pages);
    for (DeskPage *page : std::initializer_list<DeskPage *>{m_lookup, m_inbox, m_queue, m_devices})
        addPage(page);
    m_task->setPages(m_lookup, m_inbox, m_queue, m_devices);
    m_idle->showHub(m_tasks.hub());
    m_flow->setReturned(m_tasks.inbox());
    connectPages();
    if (m_facts.training)
        setUpShelf();
}

void MainWindow::connectPages()
{
    UndoController &undo = m_controller.undo();
    connect(m_idle, &IdlePage::tornDismissed, this, &MainWindow::endPassenger);
    connect(m_idle, &IdlePage::undoRequested, &undo, &UndoController::undo);
    connect(m_idle, &IdlePage::redoRequested, &undo, &UndoController::redo);
    connect(&undo, &UndoController::changed, this,
            [this] { m_idle->showUndo(m_controller.undo()); });
    connect(m_idle, &IdlePage::keysChanged, m_panels, &SidePanels::followHelp);
    connect(m_flow, &FlowPage::pageChanged, this, &MainWindow::announcePage);
    connect(m_flow, &FlowPage::keysChanged, m_panels, &SidePanels::followHelp);
    connect(m_idle, &IdlePage::lookupRequested, m_task, [this] { m_task->openLookup({}); });
    connect(m_flow, &FlowPage::numberDoubted, this, [this] { chooseTask(u"lookup"_s); });
    connect(m_lookup, &LookupPage::nearRequested, this, &MainWindow::nearCardsRequested);
    connect(m_lookup, &LookupPage::numberTaken, this, &MainWindow::takeTyped);
    connect(m_task, &TaskSwitch::changed, this, &MainWindow::showState);
    connect(&m_tasks, &DeskTasks::inboxChanged, this,
            [this] { m_flow->setReturned(m_tasks.inbox()); });
    connect(m_full, &StoreFullPage::againRequested, this, &MainWindow::clearStoreTrouble);
    connect(&m_controller, &LinkController::stateChanged, this, [this] {
        m_input->idle().touch();
        showState();
    });
}

MainWindow::~MainWindow() = default;

void MainWindow::setIdleAfter(int milliseconds)
{
    m_flow->setIdleAfter(milliseconds);
}

void MainWindow::setAdvanceTime(int milliseconds)
{
    m_flow->setAdvanceTime(milliseconds);
}

void MainWindow::setHealthTime(int milliseconds)
{
    m_flow->setHealthTime(milliseconds);
}

void MainWindow::setArmingTime(int milliseconds)
{
    m_flow->setArmingTime(milliseconds);
    m_full->setArmingTime(milliseconds);
    m_lookup->setArmingTime(milliseconds);
    m_inbox->setArmingTime(milliseconds);
    m_queue->setArmingTime(milliseconds);
    m_devices->setArmingTime(milliseconds);
}

void MainWindow::showReader(ReaderState state, const QString &name, const QDateTime &since)
{
    const QString before = m_idle->pageName();
    const bool lost = state == ReaderState::Lost && m_reader != ReaderState::Lost;
    const bool back = state == ReaderState::Ok && m_reader == ReaderState::Lost;
    m_reader = state;
    tellPassenger();
    m_login->showReader(state, name);
    m_idle->showReader(state, since);
    if (m_panels->shelf())
        m_panels->shelf()->showReader(state);
    m_status->showReader(state);
    if (m_ui->pages->currentWidget() == m_idle && m_idle->pageName() != before)
        announcePage();
    if (!lost && !back)
        return;
    QWidget *teller = m_ui->pages->currentWidget() == m_idle ? static_cast<QWidget *>(m_idle)
                                                             : m_ui->status->chip(u"reader"_s);
    //: err.reader / err.reader.back
    announce(teller, lost ? tr("读卡器断开了") : tr("读卡器恢复了"));
}

namespace
{

DeviceFacts::State stateOf(const IdReaderState &reader)
{
    using State = DeviceFacts::State;
    switch (reader.link) {
    case IdReaderState::Link::Absent:
        return State::NotChosen;
    case IdReaderState::Link::Starting:
        return State::Starting;
    case IdReaderState::Link::Lost:
        return State::Absent;
    case IdReaderState::Link::Ok:
        break;
    }
    return reader.simulated ? State::Simulated : State::Ok;
}

} // namespace

void MainWindow::showIdReader(const IdReaderState &reader)
{
    using Link = IdReaderState::Link;
    const Link before = std::exchange(m_idReader, reader.link);
    m_flow->showIdReader(reader);
    m_idle->showIdReader(reader);
    DeviceFacts facts = m_tasks.devices().facts(CounterDevice::IdReader);
    facts.state = stateOf(reader);
    facts.trouble = reader.trouble;
    m_tasks.devices().setFacts(facts);
    if (reader.link == before || (reader.link != Link::Lost && before != Link::Lost))
        return;
    //: err.id.reader / err.id.reader.back
    announce(m_ui->status->chip(u"id"_s),
             reader.link == Link::Lost ? tr("证件机断开了") : tr("证件机恢复了"));
}

void MainWindow::showQueue(int waiting)
{
    m_login->showQueue(waiting);
    m_flow->setWaiting(waiting);
    m_status->showQueue(waiting);
}

void MainWindow::showRecent(const QList<RecentRow> &rows, const ShiftFigures &figures)
{
    m_idle->showRecent(rows, figures);
    m_idle->showUndo(m_controller.undo());
}

void MainWindow::showStoreTrouble(const Error &error)
{
    m_storeFull = error.code == ErrorCode::StoreFull;
    tellTrouble(m_storeFull ? std::nullopt : std::optional(error));
}

void MainWindow::clearStoreTrouble()
{
    m_storeFull = false;
    tellTrouble(std::nullopt);
}

void MainWindow::tellTrouble(const std::optional<Error> &trouble)
{
    m_flow->setTrouble(trouble);
    m_idle->showTrouble(trouble);
    m_lookup->showTrouble(trouble);
    showState();
}

void MainWindow::loginSucceeded(const OperatorEntry &operatorEntry)
{
    m_keep.stop();
    // What another operator left half done is not this one's to finish.
    if (!m_operator.id.isEmpty() && operatorEntry.id != m_operator.id) {
        m_endAfterCommit = m_controller.state().step == LinkStep::Committing;
        endPassenger();
    }
    m_operator = operatorEntry;
    m_controller.setOperator(operatorEntry.id);
    m_controller.setTakingCards(true);
    m_locked = false;
    m_queue->setSupervisor(operatorEntry.supervisor);
    m_login->reset();
    m_input->idle().start();
    m_status->showOperator(m_operator.name);
    showState();
}

void MainWindow::loginFailed(const Error &error)
{
    m_login->showFailure(error);
}

void MainWindow::showTrainingCards(const QList<TrainingCard> &cards)
{
    if (m_panels->shelf())
        m_panels->shelf()->setCards(cards);
    m_panels->follow();
    orderFocus();
}

void MainWindow::lock()
{
    if (m_locked)
        return;
    m_locked = true;
    m_task->forget();
    m_input->idle().stop();
    m_controller.setTakingCards(false);
    if (m_controller.state().isHalfDone())
        m_keep.start();
    else
        endPassenger();
    m_login->reset();
    m_login->chooseOperator(m_operator.id);
    m_status->showOperator({});
    showState();
    emit lockRequested();
}

/// Chips of hub and queue open the queue, those of devices their card on the page of devices.
void MainWindow::openChip(const QString &id)
{
    if (m_locked)
        return;
    if (id == u"hub" || id == u"queue") {
        chooseTask(u"queue"_s);
        return;
    }
    if (const auto device = DeskStatus::deviceOf(id))
        m_devices->choose(*device);
    else
        m_devices->showShiftCheck();
    chooseTask(u"devices"_s);
}

void MainWindow::takeScan(const ScanPayload &scan)
{
    if (m_locked || m_storeFull || !useScan(scan))
        m_input->refuseScan(scan.reason);
    else
        m_input->idle().touch();
}

/// False where nothing on this page is waiting for it.
bool MainWindow::useScan(const ScanPayload &scan)
{
    const QWidget *page = m_ui->pages->currentWidget();
    switch (scan.kind) {
    case ScanPayload::Kind::CardNumber:
        if (page == m_lookup)
            m_lookup->open(scan.text);
        else if (page == m_idle)
            m_task->openLookup(scan.text);
        else
            return false;
        return true;
    case ScanPayload::Kind::Mrz:
        return page == m_flow && m_flow->takeZone(scan.text);
    case ScanPayload::Kind::HealthCode:
        if (page != m_flow || m_controller.state().step != LinkStep::Health)
            return false;
        m_controller.apply(HealthCodeScanned{scan.text});
        return true;
    case ScanPayload::Kind::Unknown:
        break;
    }
    return false;
}

void MainWindow::endPassenger()
{
    m_controller.apply(EndPassenger{});
}

void MainWindow::chooseTask(const QString &task)
{
    if (task == u"lock")
        lock();
    else if (task == u"help")
        m_panels->toggleHelp();
    else
        m_task->choose(task);
    m_ui->rail->setCurrent(m_task->task());
}

void MainWindow::takeTyped(const QString &number)
{
    m_task->leave();
    m_controller.apply(CardTyped{number});
}

void MainWindow::showNearCards(const QString &number, const QList<NearCard> &cards)
{
    m_lookup->showNear(number, cards);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    const bool plain = !(event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier));
    const auto digit = foldCardNumber(event->text());
    // Where a card would be tapped, its number may be typed; nothing of it is lost.
    if (plain && digit && m_ui->pages->currentWidget() == m_idle) {
        m_task->openLookup(*digit);
        return;
    }
    if (plain && digit && m_ui->pages->currentWidget() == m_lookup) {
        m_lookup->type(*digit);
        return;
    }
    QMainWindow::keyPressEvent(event);
}

void MainWindow::showState()
{
    if (m_endAfterCommit && m_controller.state().step != LinkStep::Committing) {
        // Another operator logged in while the commit was under way: the passenger was not theirs.
        m_endAfterCommit = false;
        endPassenger();
        return;
    }
    const LinkState &state = m_controller.state();
    tellPassenger();
    if (state.step == LinkStep::Idle)
        m_flow->forget();
    if (state.step == LinkStep::Card)
        m_controller.undo().forgetProblem();
    if (m_locked) {
        showPage(m_login);
        return;
    }
    if (m_storeFull) {
        showPage(m_full);
        return;
    }

    m_task->noticeTaps();
    // A torn reading is no page of its own: the card has to be placed again.
    const bool torn = state.step == LinkStep::Card && state.verdict == CardVerdict::ReadAgain;
    if (torn)
        m_torn.start();
    else
        m_torn.stop();
    if (DeskPage *front = m_task->page()) {
        showPage(front);
        return;
    }
    if (torn || state.step == LinkStep::Idle) {
        m_flow->forget();
        m_idle->showTorn(torn ? state.card->reason : QString());
        m_idle->showDocument(state.read.has_value());
        if (torn)
            announce(m_idle, m_idle->headline());
        showPage(m_idle);
        return;
    }
    showPage(m_flow);
    m_flow->present();
}

/// Nobody is asked to tap where nothing would read the card.
void MainWindow::tellPassenger()
{
    const bool noReader =
        m_reader == ReaderState::Lost && m_controller.state().step == LinkStep::Idle;
    m_passenger->setWaiting(m_locked || m_storeFull || noReader);
}

void MainWindow::showPage(DeskPage *page)
{
    m_ui->rail->setVisible(page != m_login);
    m_ui->rail->setCurrent(m_task->task());
    if (m_ui->pages->currentWidget() == page)
        return;
    m_ui->pages->setCurrentWidget(page);
    page->focusFirst();
    announcePage();
}

DeskPage &MainWindow::page() const
{
    // addPage() takes no others.
    return *static_cast<DeskPage *>(m_ui->pages->currentWidget());
}

/// pageShown() follows the next paint of the page.
void MainWindow::announcePage()
{
    page().announcePaint();
    m_panels->follow();
    m_helpKey->setEnabled(!m_ui->rail->isVisibleTo(this));
    orderFocus();
}

void MainWindow::setUpShelf()
{
    const ShelfPanel *shelf = m_panels->addShelf();
    connect(shelf, &ShelfPanel::tapRequested, this, &MainWindow::trainingTapRequested);
    connect(shelf, &ShelfPanel::tearRequested, this, &MainWindow::trainingTearRequested);
    connect(shelf, &ShelfPanel::removeRequested, this, &MainWindow::trainingRemoveRequested);
    connect(shelf, &ShelfPanel::unplugRequested, this, &MainWindow::trainingUnplugRequested);
    connect(shelf, &ShelfPanel::plugRequested, this, &MainWindow::trainingPlugRequested);
    connect(shelf, &ShelfPanel::documentRequested, this, &MainWindow::trainingDocumentRequested);
}

/// Work column, action bar, side column, rail, status strip: the order of ui-spec 7.
void MainWindow::orderFocus()
{
    QList<QWidget *> order = page().tabOrder();
    if (m_panels->shelf())
        order += m_panels->shelf()->tabOrder();
    for (RailButton *button : m_ui->rail->findChildren<RailButton *>())
        order += button;
    order += m_ui->status->chips();
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order.at(i - 1), order.at(i));
}

void MainWindow::lockUnused()
{
    const bool kept = m_controller.state().isHalfDone();
    lock();
    m_login->showLocked(m_operator.name, int(m_input->idle().limit() / 1min), kept);
}

void MainWindow::setUpRail()
{
    m_ui->rail->setTasks(railTasks());
    m_ui->rail->setCurrent(m_task->task());
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        setUpRail();
        m_status->showAll();
        m_input->showAgain();
        // After the children have their new words.
        QMetaObject::invokeMethod(m_panels, &SidePanels::follow, Qt::QueuedConnection);
        orderFocus();
    }
    QMainWindow::changeEvent(event);
}

} // namespace upgradedesk
