#include "sync/snapshotdownload.h"

#include "crypto/privatefile.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk::sync
{
namespace
{

constexpr auto between = 5min;
constexpr auto soon = 30s;           ///< after a failure
constexpr int mostSpreadMs = 30'000; ///< so that a city's desks do not ask all at once
constexpr int goneStatus = 404;
/// 20 million cards take some 120 MB; the deadline is that of each piece.
constexpr HubLimits forSnapshot{30s, qsizetype(1) << 30};

QString signerFile(const QString &folder)
{
    return QDir(folder).filePath(u"snapshot.signer"_s);
}

} // namespace

SnapshotWorker::SnapshotWorker(QString folder, Hub hub, const std::atomic_bool &stop)
    : m_folder(std::move(folder))
    , m_hub(std::move(hub))
    , m_stop(stop)
    , m_signer(std::make_shared<std::optional<Certificate>>())
{
}

SnapshotWorker::~SnapshotWorker() = default;

void SnapshotWorker::open(const QString &tokenKeyId)
{
    // Who signed what an earlier run has left is kept beside it, and believed as little as the
    // rest.
    QFile file(signerFile(m_folder));
    if (file.open(QIODevice::ReadOnly)) {
        const auto signer = Certificate::fromPem(file.read(16 * 1024));
        if (signer && signer->commonName() == m_hub.id &&
            signer->hasRole(m_hub.profile, CertificateRole::Hub) &&
            signer->isSignedBy(m_hub.authority))
            *m_signer = *signer;
    }
    auto intake = SnapshotIntake::open(
        m_folder, tokenKeyId,
        [signer = m_signer](QByteArrayView message, QByteArrayView signature) {
            return signer->has_value() && (*signer)->verifies(message, signature);
        });
    if (!intake) {
        emit failed(intake.error());
        return;
    }
    m_intake = std::make_unique<SnapshotIntake>(std::move(*intake));
    emit opened(m_intake->request(), m_intake->isComplete());
}

void SnapshotWorker::believe(const Certificate &signer)
{
    const QByteArray pem = signer.pem();
    if (*m_signer && (*m_signer)->pem() == pem)
        return;
    *m_signer = signer;
    QFile::remove(signerFile(m_folder));
    // Without it a download that broke off begins anew, no more.
    (void)writePrivateFile(signerFile(m_folder), pem);
}

void SnapshotWorker::take(const QByteArray &piece, const Certificate &signer, bool first)
{
    if (!m_intake)
        return;
    believe(signer);
    Result<void> done;
    if (first)
        done = m_intake->begin();
    if (done)
        done = m_intake->feed(piece);
    if (done)
        emit taken(m_intake->isComplete());
    else
        emit failed(done.error());
}

void SnapshotWorker::apply()
{
    const auto done = m_intake->apply(m_stop);
    if (done)
        emit applied(*done);
    else
        emit failed(done.error());
}

void SnapshotWorker::close()
{
    m_intake.reset();
}

SnapshotDownload::SnapshotDownload(HubClient &client, const QString &folder)
    : m_client(client)
    , m_worker(new SnapshotWorker(
          folder,
          {client.identity().hub(), client.identity().profile(), client.identity().authority()},
          m_stop))
{
    m_worker->moveToThread(&m_thread);
    m_thread.setObjectName(u"snapshot"_s);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &SnapshotWorker::opened, this,
            [this](const SnapshotRequest &request, bool complete) {
                m_complete = complete;
                if (complete)
                    QMetaObject::invokeMethod(m_worker, &SnapshotWorker::apply);
                else
                    ask(request);
            });
    connect(m_worker, &SnapshotWorker::taken, this, [this](bool complete) {
        m_complete = complete;
        const auto goOn = std::exchange(m_goOn, {});
        if (goOn)
            goOn(true);
    });
    connect(m_worker, &SnapshotWorker::applied, this,
            [this](const std::optional<storage::SnapshotStand> &stand) {
                if (stand)
                    emit changed();
                finish({});
            });
    connect(m_worker, &SnapshotWorker::failed, this, [this](const Error &error) {
        const auto goOn = std::exchange(m_goOn, {});
        finish(error);
        if (goOn)
            goOn(false);
    });
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &SnapshotDownload::runNow);
    m_thread.start(QThread::LowPriority);
}

SnapshotDownload::~SnapshotDownload()
{
    m_stop = true;
    m_thread.quit();
    m_thread.wait();
}

void SnapshotDownload::runNow()
{
    if (m_running)
        return;
    m_running = true;
    ++m_round;
    m_next.stop();
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, id = m_client.identity().tokenKeyId()] { worker->open(id); });
}

void SnapshotDownload::ask(const SnapshotRequest &request)
{
    m_first = true;
    m_client.fetchInPieces(
        u"/v1/snapshot?"_s + request.query(), forSnapshot,
        [this, round = m_round](const HubPiece &piece) {
            if (round == m_round && m_running)
                take(piece);
            else
                piece.next(false);
        },
        [this, round = m_round](const HubResult<HubAnswer> &answer) {
            if (round == m_round && m_running)
                answered(answer);
        });
}

void SnapshotDownload::take(const HubPiece &piece)
{
    m_goOn = piece.next;
    const bool first = std::exchange(m_first, false);
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, bytes = piece.bytes, hub = piece.hub,
                                         first] { worker->take(bytes, hub, first); });
}

void SnapshotDownload::answered(const HubResult<HubAnswer> &answer)
{
    if (!answer) {
        // A hub without states to give is no trouble; its other answers still are worth having.
        if (answer.error().status == goneStatus)
            finish({});
        else if (answer.error().code == errorKey(ErrorCode::SnapshotBusy))
            finish(Error{ErrorCode::HubStatesBusy, u"the hub is making them"_s, {}});
        else
            finish(answer.error().error);
        return;
    }
    if (m_complete)
        QMetaObject::invokeMethod(m_worker, &SnapshotWorker::apply);
    else
        finish(Error{ErrorCode::SnapshotInvalid, u"the snapshot ends too early"_s, {}});
}

void SnapshotDownload::finish(const std::optional<Error> &error)
{
    m_running = false;
    m_complete = false;
    // The next run, or another program of this desk, opens it again.
    QMetaObject::invokeMethod(m_worker, &SnapshotWorker::close);
    m_next.start((error ? soon : between) +
                 std::chrono::milliseconds(QRandomGenerator::global()->bounded(mostSpreadMs)));
    emit finished(error);
}

} // namespace upgradedesk::sync
