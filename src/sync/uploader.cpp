#include "sync/uploader.h"

#include "sync/receipts.h"

#include <QCryptographicHash>
#include <QHash>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk::sync
{
namespace
{

constexpr qsizetype firstBatch = 100;
/// Sealed bytes of one batch: as Base64, with ids and marks, they fit into the largest request.
constexpr qsizetype largestBatch = 2'800'000;
constexpr int mostFailuresAlone = 5;
constexpr auto firstWait = 2s; ///< of a record that failed alone; twice as long each time
/// So many in a row, and it is the hub that fails and not the records.
constexpr int failuresThatMeanTheHub = 3;
constexpr auto idle = 15s; ///< between looks at a hub there is nothing to send to
constexpr auto lockedElsewhere = 1s;
constexpr auto hearAgain = 60s; ///< time and epoch are written down that often

/// Answers that are about what was sent, not about the hub: sent again as it is, the same would
/// happen again.
bool isAboutTheBatch(const HubTrouble &trouble)
{
    return trouble.status == 400 || trouble.status == 413 || trouble.status == 422 ||
           trouble.status == 500;
}

QStringList idsOf(const QList<storage::Waiting> &batch)
{
    QStringList ids;
    for (const storage::Waiting &row : batch)
        ids << row.record;
    return ids;
}

} // namespace

Uploader::Uploader(HubClient &client, storage::Store &store, TrustedClock &clock,
                   const QString &folder)
    : m_client(client)
    , m_store(store)
    , m_clock(clock)
    , m_lock(folder + u"/uploader.lock"_s)
    , m_batchSize(firstBatch)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &Uploader::step);
    connect(&m_probe, &HubProbe::done, this, &Uploader::looked);
    connect(&m_client, &HubClient::heard, this, &Uploader::hear);
}

void Uploader::start()
{
    m_running = true;
    again(0ms);
}

void Uploader::stop()
{
    m_running = false;
    m_next.stop();
    m_probe.stop();
    if (!m_batch.isEmpty())
        (void)m_store.hub().release(idsOf(m_batch));
    release();
}

void Uploader::tryNow()
{
    if (!m_running || m_busy)
        return;
    if (m_state.link == UploaderState::Link::Reachable)
        m_mustLook = false;
    again(0ms);
}

void Uploader::again(std::chrono::milliseconds delay)
{
    if (m_running)
        m_next.start(delay);
}

void Uploader::tell()
{
    emit changed(m_state);
}

void Uploader::release()
{
    if (m_lock.isLocked())
        m_lock.unlock();
}

bool Uploader::good(const Result<void> &result)
{
    if (!result)
        emit storeTroubled(result.error());
    return result.has_value();
}

void Uploader::step()
{
    if (!m_running || m_busy)
        return;
    m_state.nextTry.reset();
    if (m_mustLook) {
        look();
        return;
    }
    if (!m_lock.isLocked()) {
        if (!m_lock.tryLock(0)) {
            emit busyElsewhere();
            again(lockedElsewhere);
            return;
        }
        if (!good(m_store.hub().releaseAll()))
            return again(idle);
    }
    const auto batch = m_store.hub().take(m_batchSize, largestBatch, m_clock.now());
    if (!batch) {
        emit storeTroubled(batch.error());
        release();
        again(idle);
        return;
    }
    if (!batch->isEmpty()) {
        send(*batch);
        return;
    }
    release();
    m_mustLook = true; // next time: whether it is still there
    if (m_state.uploading) {
        m_state.uploading = false;
        tell();
    }
    const auto now = m_clock.sinceBoot();
    again(m_ownTry ? std::clamp<std::chrono::milliseconds>(*m_ownTry - now, 0ms, idle) : idle);
    m_ownTry.reset();
    emit drained();
}

void Uploader::look()
{
    m_busy = true;
    m_probe.start(m_client.hub(), m_client.trust());
}

void Uploader::looked(const std::optional<HubTrouble> &trouble)
{
    m_busy = false;
    if (trouble) {
        unreachable(*trouble);
        return;
    }
    m_mustLook = false;
    m_lookedWell = true;
    // Whether it has got over its own trouble, or takes this desk, only an answer can tell.
    const bool onlyAnswerTells =
        m_state.trouble && (m_state.trouble->code == ErrorCode::HubFailed ||
                            m_state.trouble->code == ErrorCode::HubRefusesDesk);
    if (!onlyAnswerTells)
        reached();
    again(0ms);
}

void Uploader::reached()
{
    if (m_state.link == UploaderState::Link::Reachable)
        return;
    m_state.link = UploaderState::Link::Reachable;
    m_state.trouble.reset();
    tell();
}

void Uploader::unreachable(const HubTrouble &trouble)
{
    release();
    const auto delay = m_backoff.after(trouble);
    m_state.link = UploaderState::Link::Unreachable;
    m_state.uploading = false;
    m_state.trouble = trouble.error;
    m_state.nextTry = m_clock.sinceBoot() + delay;
    // A hub that answers is there; a look would only say so.
    m_mustLook = trouble.error.code != ErrorCode::HubFailed;
    (void)good(m_store.hub().planTry(m_clock.now().addMSecs(delay.count())));
    tell();
    again(delay);
}

void Uploader::send(const QList<storage::Waiting> &batch)
{
    m_busy = true;
    m_batch = batch;
    m_state.sent += batch.size();
    if (!m_state.uploading) {
        m_state.uploading = true;
        tell();
    }
    QList<wire::SealedRecord> records;
    for (const storage::Waiting &row : batch)
        records << wire::SealedRecord{row.record, row.sealed};
    m_client.sendRecords(records,
                         [this](const HubResult<HubClient::Judged> &result) { answered(result); });
}

void Uploader::answered(const HubResult<HubClient::Judged> &result)
{
    m_busy = false;
    if (!m_running)
        return;
    if (result) {
        judge(*result);
        return;
    }
    if (isAboutTheBatch(result.error()))
        cannotTake(result.error());
    else
        failed(result.error());
}

void Uploader::judge(const HubClient::Judged &answer)
{
    hear(answer.answer.stamp.hubTime, answer.answer.stamp.epoch);
    QHash<QString, wire::RecordResult> results;
    for (const wire::RecordResult &result : answer.answer.results)
        results.insert(result.id, result);

    QList<storage::Settlement> settlements;
    QStringList unproved;
    for (const storage::Waiting &row : std::as_const(m_batch)) {
        const auto result = results.constFind(row.record);
        const QByteArray hash = QCryptographicHash::hash(row.sealed, QCryptographicHash::Sha256);
        if (result == results.constEnd() ||
            !receiptIsGood(*result, hash, m_client.identity().hub(), answer.hub)) {
            unproved << row.record;
            continue;
        }
        settlements << settlementOf(*result);
        ++(result->outcome == wire::Outcome::Accepted ? m_state.accepted : m_state.rejected);
    }
    m_batch.clear();
    if (!good(m_store.hub().settle(settlements, answer.answer.stamp.epoch, m_clock.now()))) {
        // They stay `sending` and are sent once more; the hub answers as the first time.
        release();
        again(idle);
        return;
    }
    for (const QString &record : std::as_const(unproved)) {
        if (!setAside(record, u"receipt-invalid"_s))
            return again(idle);
    }
    if (!settlements.isEmpty() && !blameSuspects(settlements))
        return again(idle);
    m_backoff.reset();
    m_batchSize = std::min(wire::mostRecords, m_batchSize * 2);
    m_state.lastSuccess = m_clock.now();
    (void)good(m_store.hub().noteSuccess(m_state.lastSuccess));
    reached();
    tell();
    emit judged(settlements);
    emit settled();
    again(0ms);
}

/// The hub was not reached, or failed whatever was sent.
void Uploader::failed(const HubTrouble &trouble)
{
    (void)good(m_store.hub().release(idsOf(m_batch)));
    m_batch.clear();
    // A line that cuts long transfers lets short ones through.
    m_batchSize = std::max<qsizetype>(1, m_batchSize / 2);
    emit settled();
    // Before the next batch a look tells the cause more exactly: an alert of TLS may be lost when
    // the connection is reset.
    unreachable(trouble);
    // Behind a balancer looks and batches may go to different hubs, one of them dead: then a batch
    // is tried without a look, so that they change places.
    if (m_lookedWell)
        m_mustLook = false;
    m_lookedWell = false;
}

/// What was sent, and not the hub, seems to be the trouble: half of it may do; a record that fails
/// alone waits, and in the end is put aside.
void Uploader::cannotTake(const HubTrouble &trouble)
{
    if (m_batch.size() > 1) {
        (void)good(m_store.hub().release(idsOf(m_batch)));
        m_batchSize = std::max<qsizetype>(1, m_batch.size() / 2);
        m_batch.clear();
        again(0ms);
        return;
    }
    const QString record = m_batch.first().record;
    m_batch.clear();
    m_batchSize = firstBatch;
    if (trouble.status != 500) {
        // What the hub cannot even read it will not read tomorrow.
        if (!setAside(record, trouble.code))
            return again(idle);
    } else {
        // It lets the others by, and counts against it only once the hub has taken one of them.
        m_suspects << record;
        const bool isTheHub = m_suspects.size() >= failuresThatMeanTheHub;
        if (!letWait(record, isTheHub ? 0s : firstWait, false))
            return again(idle);
        if (isTheHub) {
            m_suspects.clear();
            unreachable(trouble);
            return;
        }
    }
    emit settled();
    again(0ms);
}

/// The hub has taken others, so it was these.
bool Uploader::blameSuspects(const QList<storage::Settlement> &settled)
{
    QStringList suspects = std::exchange(m_suspects, {});
    suspects.removeDuplicates();
    for (const storage::Settlement &one : settled)
        suspects.removeAll(one.record);
    for (const QString &record : std::as_const(suspects)) {
        if (!setAside(record, u"hub-cannot-take"_s))
            return false;
    }
    return true;
}

bool Uploader::letWait(const QString &record, std::chrono::seconds wait, bool failed)
{
    if (wait == 0s)
        return good(m_store.hub().release({record}));
    const std::chrono::milliseconds at = m_clock.sinceBoot() + wait;
    m_ownTry = std::min(m_ownTry.value_or(at), at);
    return good(m_store.hub().release(
        {record}, m_clock.now().addMSecs(std::chrono::milliseconds(wait).count()), failed));
}

bool Uploader::setAside(const QString &record, const QString &reason)
{
    const auto failures = m_store.hub().failures(record);
    const bool forGood =
        failures && (*failures + 1 >= mostFailuresAlone ||
                     (reason != u"hub-cannot-take" && reason != u"receipt-invalid"));
    if (!forGood)
        return letWait(record, firstWait * (1 << std::min(failures.value_or(0), 5)), true);
    ++m_state.rejected;
    return good(m_store.hub().settle(
        {{record, storage::Settlement::Kind::Quarantined, reason, m_clock.now(), {}}}, m_epoch,
        m_clock.now()));
}

void Uploader::hear(const QDateTime &hubTime, const QString &epoch)
{
    m_clock.tell(hubTime);
    reached();
    if (epoch.isEmpty())
        return;
    const bool sameEpoch = epoch == m_epoch;
    if (sameEpoch && m_heardAt && m_clock.sinceBoot() < *m_heardAt + hearAgain)
        return;
    const auto requeued = m_store.hub().hear(epoch, hubTime, m_clock);
    if (!requeued) {
        emit storeTroubled(requeued.error());
        return;
    }
    m_epoch = epoch;
    m_heardAt = m_clock.sinceBoot();
    if (*requeued > 0)
        emit settled();
    // The clock may be trusted from now on, which is to be shown.
    tell();
}

} // namespace upgradedesk::sync
