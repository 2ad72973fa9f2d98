#include "app/desk.h"

#include "app/lookfile.h"
#include "app/printworker.h"
#include "app/sealworker.h"
#include "app/storeworker.h"
#include "core/process.h"
#include "sim/controllines.h"

#include <QBackingStore>
#include <QGuiApplication>
#include <QImage>
#include <QScreen>
#include <QTimer>

#include <chrono>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

OperatorEntry operatorEntry(const storage::Operator &person)
{
    return {person.id, person.name, person.role != u"staff"};
}

/// Without a network thread nobody else tells the page of the queue.
QueueFacts queueFacts(const storage::QueueStatus &queue, const QList<storage::QueueRow> &recent)
{
    QueueFacts facts;
    facts.waiting = queue.queued + queue.sending;
    facts.oldestSeconds = queue.oldestSeconds;
    for (const storage::QueueRow &row : recent) {
        QueueEntry entry;
        entry.record = row.record;
        entry.slip = row.slip;
        entry.kind = row.kind;
        entry.medium = row.medium;
        entry.state = storage::stateKey(row.state);
        entry.at = row.queuedAt;
        entry.maskedNumber = row.maskedNumber;
        facts.rows << entry;
    }
    return facts;
}

/// Has the picture of a window that is not shown yet in memory before it is painted.
void preparePicture(QWidget &window)
{
    window.winId();
    QBackingStore *const store = window.backingStore();
    if (!store)
        return;
    store->resize(window.size());
    if (const auto *const image = dynamic_cast<QImage *>(store->paintDevice()))
        populate(const_cast<uchar *>(image->constBits()), size_t(image->sizeInBytes()));
}

} // namespace

Desk::Desk(const Options &options, const Clock &clock, Appearance &appearance, DeskData data)
    : m_options(options)
    , m_clock(clock)
    , m_appearance(appearance)
    , m_data(std::move(data))
    , m_rules(m_data.rules)
    , m_procedure(m_data.catalogue, m_data.documents, m_rules, m_clock)
    , m_controller(m_procedure)
    , m_devices(options, m_clock, m_tasks.devices(), m_nfc)
    , m_idReader(m_data.documents, m_clock)
    , m_store(new StoreWorker(options.dataFolder, m_data.identity, m_data.catalogue, m_clock))
    , m_seal(new SealWorker(options.dataFolder, m_data.identity, m_data.rules, m_clock))
    , m_print(new PrintWorker(m_data.identity.stationName(), m_data.identity.deskName(),
                              options.profile))
{
    if (options.profile == Profile::Training) {
        m_reader = std::make_unique<VirtualReader>(m_data.virtualCards);
        m_virtualIdReader = std::make_unique<VirtualIdReader>(m_data.virtualPersons);
    }
    m_store->moveToThread(&m_storeThread);
    m_seal->moveToThread(&m_sealThread);
    connect(&m_storeThread, &QThread::finished, m_store, &QObject::deleteLater);
    connect(&m_sealThread, &QThread::finished, m_seal, &QObject::deleteLater);
    connectStore();
    connectFlow();
    connectUndo();
    connectReader();
    connectIdReader();
    connectAppearance();
    connectReceipts();
    connectHub();
}

Desk::~Desk()
{
    m_nfc.stop();
    m_stopWarming = true;
    if (m_warming)
        m_warming->wait();
    for (QThread *thread : {&m_networkThread, &m_printThread, &m_sealThread, &m_storeThread}) {
        thread->quit();
        thread->wait();
    }
    if (!m_networkThread.isFinished())
        delete m_sync;
    if (!m_storeThread.isFinished())
        delete m_store;
    if (!m_sealThread.isFinished())
        delete m_seal;
    if (!m_printThread.isFinished())
        delete m_print;
}

Result<void> Desk::start()
{
    if (!m_options.control.isEmpty()) {
        // Lines for the ID reader begin with `id `.
        m_control = std::make_unique<ControlServer>([this](const QString &line) {
            return line.startsWith("id "_L1) ? obeyIdReader(line.mid(3))
                                             : obeyControlLine(*m_reader, line);
        });
        const auto listening = m_control->listen(m_options.control);
        if (!listening)
            return listening;
    }
    m_storeThread.setObjectName(u"store"_s);
    m_sealThread.setObjectName(u"seal"_s);
    m_storeThread.start();
    m_sealThread.start();
    QMetaObject::invokeMethod(m_store, &StoreWorker::open);
    // Meanwhile, on this thread:
    DeskFacts facts;
    facts.stationName = m_data.identity.stationName();
    facts.deskName = m_data.identity.deskName();
    facts.training = m_options.profile == Profile::Training;
    facts.practice = m_options.profile == Profile::Practice;
    m_window = std::make_unique<MainWindow>(facts, m_controller, m_tasks, m_data.catalogue,
                                            m_data.documents, m_rules, m_clock);
    return {};
}

void Desk::showOperators(const QList<storage::Operator> &operators)
{
    QList<OperatorEntry> entries;
    for (const storage::Operator &person : operators)
        entries.append(operatorEntry(person));
    m_window->setOperators(entries);
}

void Desk::showWindow(const QList<storage::Operator> &operators)
{
    showOperators(operators);
    connectWindow();
    connect(m_window.get(), &MainWindow::pageShown, this, &Desk::finishWindow,
            static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
    // Without a window manager (kiosk, Xvfb) nobody else makes the window fill the screen.
    m_window->setGeometry(QGuiApplication::primaryScreen()->availableGeometry());
    m_appearance.follow(*m_window);
    preparePicture(*m_window);
    m_window->showMaximized();
    m_shown = true;
}

/// What holds the first picture up for nothing: the other pages, and the child, whose start copies
/// the page tables of this process. A PIN may be typed before the first picture.
void Desk::finishWindow()
{
    if (m_finished)
        return;
    m_finished = true;
    m_window->buildPages();
    m_appearance.takeIn(*m_window);
    showShelf();
    m_window->showReader(ReaderState::Starting, {}, {});
    showPassengerScreen();
    if (m_reader)
        startVirtualReader();
    m_devices.start();
    startIdReader();
    startHub();
    m_printThread.setObjectName(u"printer"_s);
    m_printThread.start();
    setPrinter(m_options.printer);
    refresh();
    warmCardStates();
}

void Desk::showPassengerScreen()
{
    m_passengerPlace =
        std::make_unique<PassengerPlace>(m_screens, *m_window, m_window->passenger());
    connect(m_passengerPlace.get(), &PassengerPlace::placed, this,
            [this](const QString &where) { trace(u"passenger screen "_s + where); });
}

/// The first looks at a file that is on the disk only take milliseconds.
void Desk::warmCardStates()
{
    m_warming.reset(QThread::create(
        [this] { storage::CardSnapshot::warm(m_options.dataFolder, m_stopWarming); }));
    m_warming->setObjectName(u"warming"_s);
    m_warming->start(QThread::IdlePriority);
}

void Desk::startVirtualReader()
{
    const auto started = m_reader->start();
    if (started)
        m_nfc.start(m_reader->connstring());
    else
        emit startFailed(started.error());
}

void Desk::connectStore()
{
    m_storeAgain.setSingleShot(true);
    m_storeAgain.setInterval(5s);
    connect(&m_storeAgain, &QTimer::timeout, this, &Desk::refresh);
    connect(m_store, &StoreWorker::opened, this, &Desk::showWindow);
    connect(m_store, &StoreWorker::troubled, this, [this](const Error &error) {
        if (!m_shown) {
            emit startFailed(error);
            return;
        }
        m_window->showStoreTrouble(error);
        // What was told goes away by itself once the store answers again; several questions may
        // have failed together.
        if (!m_storeAgain.isActive())
            m_storeAgain.start();
    });
    connect(m_store, &StoreWorker::loggedIn, this, &Desk::logIn);
    connect(m_store, &StoreWorker::headChanged, m_seal, &SealWorker::setAnchor);
    connect(m_store, &StoreWorker::refreshed, this,
            [this](const storage::QueueStatus &queue, const QList<storage::QueueRow> &recent,
                   const QList<storage::Figure> &figures) {
                QList<RecentRow> rows;
                for (const storage::QueueRow &row : recent)
                    rows.append({row.queuedAt, row.medium, row.maskedNumber.right(4),
                                 row.active ? storage::stateKey(row.state) : u"revoked"_s,
                                 row.record});
                ShiftFigures shift;
                // What was taken back is not done; only links count as done here.
                for (const storage::Figure &figure : figures) {
                    if (figure.kind == u"link" || figure.kind == u"first-topup")
                        shift.linked += int(figure.count - figure.undone);
                }
                shift.waiting = int(queue.queued + queue.sending);
                shift.accepted = int(queue.accepted);
                m_window->clearStoreTrouble();
                m_window->showQueue(shift.waiting);
                m_window->showRecent(rows, shift);
                if (m_options.profile == Profile::Training)
                    m_tasks.setQueue(queueFacts(queue, recent));
            });
}

void Desk::connectWindow()
{
    connect(m_window.get(), &MainWindow::loginRequested, m_store, &StoreWorker::login);
    connect(m_window.get(), &MainWindow::lockRequested, this,
            [this] { m_idReader.setWanted(false); });
    connect(m_window.get(), &MainWindow::nearCardsRequested, m_store, &StoreWorker::lookUpNear);
    connect(m_store, &StoreWorker::nearFound, m_window.get(), &MainWindow::showNearCards);
    connect(m_store, &StoreWorker::loginFailed, m_window.get(), &MainWindow::loginFailed);
    connect(m_window.get(), &MainWindow::pageShown, this,
            [this](const QString &page) { trace(u"page "_s + page); });
    if (VirtualReader *reader = m_reader.get()) {
        connect(m_window.get(), &MainWindow::trainingTapRequested, reader, &VirtualReader::tap);
        connect(m_window.get(), &MainWindow::trainingTearRequested, reader,
                [reader](const QString &name) {
                    // In the middle of what is read of every card; the shelf has only known names.
                    (void)reader->tapTorn(name, 1);
                });
        connect(m_window.get(), &MainWindow::trainingRemoveRequested, reader,
                &VirtualReader::remove);
        connect(m_window.get(), &MainWindow::trainingUnplugRequested, reader,
                &VirtualReader::unplug);
        connect(m_window.get(), &MainWindow::trainingPlugRequested, reader, &VirtualReader::plug);
        connect(m_window.get(), &MainWindow::trainingDocumentRequested, this,
                &Desk::placeNextDocument);
    }
}

void Desk::connectFlow()
{
    connect(&m_controller, &LinkController::cardLookUpRequested, m_store, &StoreWorker::lookUpCard);
    connect(&m_controller, &LinkController::personLookUpRequested, m_store,
            &StoreWorker::lookUpPerson);
    connect(&m_controller, &LinkController::commitRequested, this, &Desk::seal);
    connect(m_seal, &SealWorker::sealed, m_store, &StoreWorker::commit);

    connect(m_store, &StoreWorker::cardLookedUp, this,
            [this](const QString &number, const DeskKnowledge &knowledge) {
                m_controller.apply(CardLookedUp{number, knowledge});
            });
    connect(
        m_store, &StoreWorker::personLookedUp, this,
        [this](const QString &cardNumber, const Person &person, const DeskKnowledge &knowledge) {
            m_controller.apply(PersonLookedUp{cardNumber, person, knowledge});
        });
    connect(m_store, &StoreWorker::committed, this, [this](const storage::Committed &committed) {
        trace(u"committed record=%1 slip=%2"_s.arg(committed.record).arg(committed.slip));
        m_controller.apply(LinkCommitted{committed.record, committed.slip, committed.at});
        refresh();
    });
    const auto notCommitted = [this](const Error &error) {
        m_controller.apply(LinkNotCommitted{error});
        // The only trouble that stops the work; the others are told on the page of the passenger.
        if (error.code == ErrorCode::StoreFull)
            m_window->showStoreTrouble(error);
    };
    connect(m_store, &StoreWorker::notCommitted, this, notCommitted);
    connect(m_seal, &SealWorker::failed, this, notCommitted);
}

void Desk::connectUndo()
{
    UndoController &undo = m_controller.undo();
    connect(&undo, &UndoController::revokeRequested, this, [this](const QString &record) {
        QMetaObject::invokeMethod(m_seal, [seal = m_seal, record, operatorId = m_operator] {
            seal->sealRevoke(record, operatorId);
        });
    });
    connect(m_store, &StoreWorker::undoableFound, this,
            [&undo](const std::optional<storage::Undoable> &found) {
                if (!found) {
                    undo.setOffer(std::nullopt, {});
                    return;
                }
                undo.setOffer(UndoOffer{found->record, found->passengerRecord, found->revoked,
                                        found->maskedNumber.right(4)},
                              found->left);
            });
    connect(m_store, &StoreWorker::revoked, this, [this](const storage::Committed &done) {
        trace(u"%1 record=%2 slip=%3"_s.arg(done.restores ? u"restored"_s : u"revoked"_s,
                                            done.record, QString::number(done.slip)));
        // Pages learn of it when the store says what counts now.
        refresh();
    });
    const auto notRevoked = [this, &undo](const Error &error) {
        undo.failed(error);
        // A full disk can still be read: a refresh would take the red page away again.
        if (error.code == ErrorCode::StoreFull)
            m_window->showStoreTrouble(error);
        else
            refresh();
    };
    connect(m_store, &StoreWorker::notRevoked, this, notRevoked);
    connect(m_seal, &SealWorker::revokeFailed, this, notRevoked);
}

void Desk::connectReader()
{
    connect(&m_tasks, &DeskTasks::hubChanged, this, [this] { m_devices.showHub(m_tasks.hub()); });
    m_devices.showHub(m_tasks.hub());
    connect(&m_devices, &DeskDevices::scanned, this,
            [this](const ScanPayload &scan) { m_window->takeScan(scan); });
    // The reader is started by finishWindow(), so there are pages whenever it speaks.
    connect(&m_nfc, &NfcClient::readerReady, this, [this](const QString &name) {
        trace(u"reader ready"_s);
        m_devices.readerReady(name);
        m_window->showReader(ReaderState::Ok, name, {});
    });
    connect(&m_nfc, &NfcClient::readerLost, this, [this](const Error &error) {
        trace(u"reader lost "_s + errorKey(error.code));
        m_devices.readerLost(error);
        m_window->showReader(ReaderState::Lost, {}, m_clock.now());
    });
    connect(&m_nfc, &NfcClient::cardArrived, this, [this](const CardSighting &card) {
        trace(u"card %1 %2"_s.arg(outcomeKey(card.outcome), card.product));
        m_controller.apply(CardPresented{card});
        remember(card);
        m_devices.cardRead(card.outcome != CardSighting::Outcome::ReadError);
    });
}

/// After the page and its questions to the store: what was read is noted when nobody waits for it.
void Desk::remember(const CardSighting &card)
{
    if (!m_controller.isTakingCards() ||
        cardVerdict(card, m_data.catalogue, {}) != CardVerdict::Linkable)
        return;
    QMetaObject::invokeMethod(
        m_store, [store = m_store, number = card.number] { store->rememberReading(number); });
}

void Desk::connectAppearance()
{
    connect(&m_appearance, &Appearance::changed, this, [this](const Look &look) {
        showShelf();
        // The store's thread is the one that may wait for the disk.
        QMetaObject::invokeMethod(m_store, [this, look] {
            if (!saveLook(m_options.dataFolder, look))
                trace(u"look not saved"_s);
        });
    });
}

void Desk::showShelf()
{
    const bool english = m_appearance.look().language == Language::English;
    if (m_window)
        m_window->showTrainingCards(english ? m_data.shelfInEnglish : m_data.shelf);
}

void Desk::logIn(const storage::Operator &person)
{
    finishWindow();
    // Whoever only unlocks the desk begins no shift.
    const bool begins = m_operator != person.id;
    m_idReader.setWanted(true);
    m_operator = person.id;
    m_controller.undo().setOffer(std::nullopt, {}); // it was another's
    m_controller.undo().forgetProblem();
    m_window->loginSucceeded(operatorEntry(person));
    if (begins)
        m_devices.checkShift();
    refresh();
}

void Desk::refresh()
{
    const std::chrono::minutes window(m_rules.limits(beijingDate(m_clock.now())).undoMinutes);
    QMetaObject::invokeMethod(m_store, [store = m_store, operatorId = m_operator, window] {
        store->findUndoable(operatorId, window);
        store->refresh(operatorId);
    });
}

void Desk::trace(const QString &line) const
{
    if (!m_options.trace)
        return;
    std::puts(line.toUtf8().constData());
    std::fflush(stdout);
}

} // namespace upgradedesk
