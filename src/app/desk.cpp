#include "app/desk.h"

#include "app/sealworker.h"
#include "app/storeworker.h"
#include "app/trainingshelf.h"
#include "core/resourcepath.h"
#include "sim/controllines.h"
#include "sync/trainingprovision.h"

#include <QGuiApplication>
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

Result<void> provisionForTraining(const QString &folder, const Clock &clock)
{
    const auto made = sync::provisionTraining(folder, clock);
    if (!made && made.error().code != ErrorCode::AlreadyProvisioned)
        return made;
    return {};
}

Result<std::unique_ptr<VirtualReader>> makeVirtualReader()
{
    auto cards = loadVirtualCards(resourcePath(u"training/cards.json"));
    if (!cards)
        return tl::unexpected<Error>(cards.error());
    auto reader = std::make_unique<VirtualReader>(*std::move(cards));
    const auto started = reader->start();
    if (!started)
        return tl::unexpected<Error>(started.error());
    return reader;
}

} // namespace

Result<std::unique_ptr<Desk>> Desk::create(const Options &options, const Clock &clock)
{
    const bool training = options.profile == Profile::Training;
    auto catalogue = Catalogue::load();
    if (!catalogue)
        return tl::unexpected<Error>(catalogue.error());
    auto documents = DocumentKinds::load();
    if (!documents)
        return tl::unexpected<Error>(documents.error());
    auto rules = Rules::load();
    if (!rules)
        return tl::unexpected<Error>(rules.error());
    if (training) {
        const auto provisioned = provisionForTraining(options.dataFolder, clock);
        if (!provisioned)
            return tl::unexpected<Error>(provisioned.error());
    }
    auto identity = sync::DeskIdentity::load(options.dataFolder, clock);
    if (!identity)
        return tl::unexpected<Error>(identity.error());
    if (identity->profile() != options.profile)
        return fail(ErrorCode::ProvisioningInvalid, u"the folder is of another profile"_s);

    Data data{*std::move(catalogue),
              *std::move(documents),
              *std::move(rules),
              *std::move(identity),
              {},
              nullptr};
    if (training) {
        auto shelf = loadTrainingShelf(options.language);
        if (!shelf)
            return tl::unexpected<Error>(shelf.error());
        data.shelf = *std::move(shelf);
        auto reader = makeVirtualReader();
        if (!reader)
            return tl::unexpected<Error>(reader.error());
        data.reader = *std::move(reader);
    }
    auto desk = std::unique_ptr<Desk>(new Desk(options, clock, std::move(data)));
    if (!options.control.isEmpty()) {
        desk->m_control = std::make_unique<ControlServer>(
            [reader = desk->m_data.reader.get()](const QString &line) {
                return obeyControlLine(*reader, line);
            });
        const auto listening = desk->m_control->listen(options.control);
        if (!listening)
            return tl::unexpected<Error>(listening.error());
    }
    return desk;
}

Desk::Desk(const Options &options, const Clock &clock, Data data)
    : m_options(options)
    , m_clock(clock)
    , m_data(std::move(data))
    , m_procedure(m_data.catalogue, m_data.documents, m_data.rules, clock)
    , m_controller(m_procedure)
    , m_store(new StoreWorker(options.dataFolder, m_data.identity, clock))
    , m_seal(new SealWorker(m_data.identity, m_data.rules, clock))
{
    m_store->moveToThread(&m_storeThread);
    m_seal->moveToThread(&m_sealThread);
    connect(&m_storeThread, &QThread::finished, m_store, &QObject::deleteLater);
    connect(&m_sealThread, &QThread::finished, m_seal, &QObject::deleteLater);
    connectStore();
    connectFlow();
    connectReader();
}

Desk::~Desk()
{
    m_nfc.stop();
    for (QThread *thread : {&m_sealThread, &m_storeThread}) {
        thread->quit();
        thread->wait();
    }
    if (!m_storeThread.isFinished())
        delete m_store;
    if (!m_sealThread.isFinished())
        delete m_seal;
}

void Desk::start()
{
    m_storeThread.setObjectName(u"store"_s);
    m_sealThread.setObjectName(u"seal"_s);
    m_storeThread.start();
    m_sealThread.start();
    QMetaObject::invokeMethod(m_store, &StoreWorker::open);
}

void Desk::showWindow(const QList<storage::Operator> &operators)
{
    DeskFacts facts;
    facts.stationName = m_data.identity.stationName();
    facts.deskName = m_data.identity.deskName();
    facts.training = m_options.profile == Profile::Training;
    QList<OperatorEntry> entries;
    for (const storage::Operator &person : operators)
        entries.append({person.id, person.name});
    m_window = std::make_unique<MainWindow>(facts, entries, m_controller, m_data.catalogue,
                                            m_data.documents, m_data.rules, m_clock);
    m_window->showTrainingCards(m_data.shelf);
    m_window->showReader(ReaderState::Starting, {}, {});
    connectWindow();

    // Without a window manager (kiosk, Xvfb) nobody else makes the window fill the screen.
    m_window->setGeometry(QGuiApplication::primaryScreen()->availableGeometry());
    m_window->showMaximized();
    // Starting the child copies the page tables of this process, which holds the first picture up.
    connect(
        m_window.get(), &MainWindow::pageShown, this,
        [this] { m_nfc.start(m_data.reader ? m_data.reader->connstring() : m_options.reader); },
        static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
    refresh();
}

void Desk::connectStore()
{
    connect(m_store, &StoreWorker::opened, this, &Desk::showWindow);
    connect(m_store, &StoreWorker::troubled, this, [this](const Error &error) {
        if (!m_window) {
            emit startFailed(error);
            return;
        }
        m_window->showStoreTrouble(error);
        // What was told goes away by itself once the store answers again.
        QTimer::singleShot(5s, this, &Desk::refresh);
    });
    connect(m_store, &StoreWorker::loggedIn, this, &Desk::logIn);
    connect(m_store, &StoreWorker::headChanged, m_seal, &SealWorker::setAnchor);
    connect(m_store, &StoreWorker::refreshed, this,
            [this](const storage::QueueStatus &queue, const QList<storage::QueueRow> &recent,
                   const QList<storage::Figure> &figures) {
                QList<RecentRow> rows;
                for (const storage::QueueRow &row : recent)
                    rows.append({row.queuedAt, row.medium, row.maskedNumber.right(4),
                                 storage::stateKey(row.state)});
                ShiftFigures shift;
                for (const storage::Figure &figure : figures)
                    shift.linked += int(figure.count);
                shift.waiting = int(queue.queued + queue.sending);
                shift.accepted = int(queue.accepted);
                m_window->clearStoreTrouble();
                m_window->showQueue(shift.waiting);
                m_window->showRecent(rows, shift);
            });
}

void Desk::connectWindow()
{
    connect(m_window.get(), &MainWindow::loginRequested, m_store, &StoreWorker::login);
    connect(m_store, &StoreWorker::loginFailed, m_window.get(), &MainWindow::loginFailed);
    connect(m_window.get(), &MainWindow::pageShown, this,
            [this](const QString &page) { trace(u"page "_s + page); });
    if (VirtualReader *reader = m_data.reader.get()) {
        connect(m_window.get(), &MainWindow::trainingTapRequested, reader, &VirtualReader::tap);
        connect(m_window.get(), &MainWindow::trainingRemoveRequested, reader,
                &VirtualReader::remove);
    }
}

void Desk::connectFlow()
{
    connect(&m_controller, &LinkController::cardLookUpRequested, m_store, &StoreWorker::lookUpCard);
    connect(&m_controller, &LinkController::personLookUpRequested, m_store,
            &StoreWorker::lookUpPerson);
    connect(&m_controller, &LinkController::commitRequested, m_seal, &SealWorker::seal);
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

void Desk::connectReader()
{
    // The reader is started by showWindow(), so there is a window whenever it speaks.
    connect(&m_nfc, &NfcClient::readerReady, this, [this](const QString &name) {
        trace(u"reader ready"_s);
        m_window->showReader(ReaderState::Ok, name, {});
    });
    connect(&m_nfc, &NfcClient::readerLost, this, [this](const Error &error) {
        trace(u"reader lost "_s + errorKey(error.code));
        m_window->showReader(ReaderState::Lost, {}, m_clock.now());
    });
    connect(&m_nfc, &NfcClient::cardArrived, this, [this](const CardSighting &card) {
        trace(u"card %1 %2"_s.arg(outcomeKey(card.outcome), card.product));
        m_controller.apply(CardPresented{card});
    });
}

void Desk::logIn(const storage::Operator &person)
{
    m_operator = person.id;
    m_window->loginSucceeded({person.id, person.name});
    refresh();
}

void Desk::refresh()
{
    QMetaObject::invokeMethod(
        m_store, [store = m_store, operatorId = m_operator] { store->refresh(operatorId); });
}

void Desk::trace(const QString &line) const
{
    if (!m_options.trace)
        return;
    std::puts(line.toUtf8().constData());
    std::fflush(stdout);
}

} // namespace upgradedesk
