#pragma once

#include "core/error.h"
#include "storage/cardsnapshot.h"
#include "sync/hubclient.h"
#include "sync/snapshotintake.h"

#include <QObject>
#include <QString>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <memory>
#include <optional>

namespace upgradedesk::sync
{

/// The part of a download that waits for the disk, on a thread of its own: the spool, and the
/// states. Each call is answered by one signal.
class SnapshotWorker final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SnapshotWorker)

public:
    /// Whose certificates are believed.
    struct Hub {
        QString id;
        Profile profile = Profile::Training;
        Certificate authority;
    };

    SnapshotWorker(QString folder, Hub hub, const std::atomic_bool &stop);
    ~SnapshotWorker() override;

    void open(const QString &tokenKeyId);
    /// A piece of the hub's answer; the first of an answer says so.
    void take(const QByteArray &piece, const Certificate &signer, bool first);
    void apply();
    void close();

signals:
    void opened(const upgradedesk::sync::SnapshotRequest &request, bool complete);
    void taken(bool complete);
    /// Nothing: it was told to stop.
    void applied(const std::optional<upgradedesk::storage::SnapshotStand> &stand);
    void failed(const upgradedesk::Error &error);

private:
    void believe(const Certificate &signer);

    QString m_folder;
    Hub m_hub;
    const std::atomic_bool &m_stop;
    std::shared_ptr<std::optional<Certificate>> m_signer; ///< of what is in the spool
    std::unique_ptr<SnapshotIntake> m_intake;
};

/// Keeps the city's card states of this desk up to date: everything once, then the changes, every
/// five minutes or at once by runNow(). Lives in the client's thread and never waits; what was
/// loaded when the desk is switched off is not asked for again.
class SnapshotDownload final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SnapshotDownload)

public:
    /// The client must outlive it.
    SnapshotDownload(HubClient &client, const QString &folder);
    /// Waits until the disk has what is being written.
    ~SnapshotDownload() override;

    void start() { runNow(); }
    void runNow();

signals:
    /// The states are newer.
    void changed();
    /// Once through; why the states are not newer, if that was not for the hub's having no news.
    /// SnapshotBusy: another program of this desk is at it; HubStatesBusy: the hub is.
    void finished(const std::optional<upgradedesk::Error> &error);

private:
    void ask(const SnapshotRequest &request);
    void take(const HubPiece &piece);
    void answered(const HubResult<HubAnswer> &answer);
    void finish(const std::optional<Error> &error);

    HubClient &m_client;
    std::atomic_bool m_stop = false;
    SnapshotWorker *m_worker; ///< lives on m_thread, which deletes it when it ends
    QThread m_thread;
    QTimer m_next;
    std::function<void(bool)> m_goOn; ///< the connection waits for the worker
    quint64 m_round = 0;              ///< answers to an earlier one are of no use
    bool m_running = false;
    bool m_first = true; ///< the next piece is the first of an answer
    bool m_complete = false;
};

} // namespace upgradedesk::sync
