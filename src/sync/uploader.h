#pragma once

#include "core/clock.h"
#include "core/programlock.h"
#include "storage/hubstore.h"
#include "storage/store.h"
#include "sync/backoff.h"
#include "sync/hubclient.h"
#include "sync/hubprobe.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace upgradedesk::sync
{

/// How uploading stands. Values, for whoever shows it.
struct UploaderState {
    enum class Link { Starting, Reachable, Unreachable };

    Link link = Link::Starting;
    bool uploading = false;                           ///< records are on their way
    std::optional<Error> trouble;                     ///< why Unreachable
    std::optional<std::chrono::milliseconds> nextTry; ///< Clock::sinceBoot() of it
    QDateTime lastSuccess;                            ///< invalid: none since the start
    qint64 sent = 0;                                  ///< since the start, each time it was sent
    qint64 accepted = 0;
    qint64 rejected = 0; ///< by the hub, or put aside
};

/// Brings the records of the outbox to the hub: in the order of their slips, in batches that grow
/// while all goes well and shrink when it does not, each record settled by its own verified
/// receipt. While the hub cannot be reached it is looked for every two seconds or so. A record that
/// the hub cannot take is put aside, so that the others go on. One program of a desk uploads at a
/// time. Lives in one thread and never waits for the network; the store is asked in this thread.
class Uploader final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Uploader)

public:
    /// What is given must outlive the uploader.
    Uploader(HubClient &client, storage::Store &store, TrustedClock &clock, const QString &folder);

    /// Begins, and goes on until stop().
    void start();
    void stop();
    /// A record was stored, or somebody wants a try at once: no waiting.
    void tryNow();

    [[nodiscard]] const UploaderState &state() const { return m_state; }

signals:
    void changed(const upgradedesk::sync::UploaderState &state);
    /// What became of these, on the disk already.
    void judged(const QList<upgradedesk::storage::Settlement> &settlements);
    /// Rows of the outbox have changed.
    void settled();
    /// Nothing is left that may be sent now. `waiting` rows have to wait for their own next try.
    void drained();
    /// Another program of this desk is uploading.
    void busyElsewhere();
    void storeTroubled(const upgradedesk::Error &error);

private:
    void step();
    void look();
    void looked(const std::optional<HubTrouble> &trouble);
    void send(const QList<storage::Waiting> &batch);
    void answered(const HubResult<HubClient::Judged> &result);
    void judge(const HubClient::Judged &answer);
    void failed(const HubTrouble &trouble);
    void cannotTake(const HubTrouble &trouble);
    [[nodiscard]] bool setAside(const QString &record, const QString &reason);
    [[nodiscard]] bool blameSuspects(const QList<storage::Settlement> &settled);
    [[nodiscard]] bool letWait(const QString &record, std::chrono::seconds wait, bool failed);
    void hear(const QDateTime &hubTime, const QString &epoch);
    void reached();
    void unreachable(const HubTrouble &trouble);
    void again(std::chrono::milliseconds delay);
    void tell();
    void release();
    [[nodiscard]] bool good(const Result<void> &result);

    HubClient &m_client;
    storage::Store &m_store;
    TrustedClock &m_clock;
    HubProbe m_probe;
    ProgramLock m_lock;
    QTimer m_next;
    Backoff m_backoff;
    UploaderState m_state;
    QList<storage::Waiting> m_batch; ///< on its way
    qsizetype m_batchSize;
    std::optional<std::chrono::milliseconds> m_ownTry; ///< when a record that waits alone may go
    QStringList m_suspects; ///< failed alone, one after the other, since the hub last took anything
    bool m_running = false;
    bool m_busy = false; ///< a probe or a batch is on its way
    bool m_mustLook = true;
    bool m_lookedWell = false; ///< before the batch that is on its way
    QString m_epoch;
    std::optional<std::chrono::milliseconds> m_heardAt;
};

} // namespace upgradedesk::sync
