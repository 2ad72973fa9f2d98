#include "storage/hubstore.h"

#include "storage/database.h"
#include "storage/heldback.h"
#include "storage/journal.h"
#include "storage/roster.h"
#include "storage/settlements.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace upgradedesk::storage
{
namespace
{

/// No row waits longer than this for a try of its own: a later time was set by a clock that has
/// been put back since.
constexpr qint64 longestWait = 2 * 60 * 1000; // ms
constexpr auto queued =
    "SELECT record, slip, coalesce(revokes, ''), card_key, ends_card, person_key, agent_key,"
    " next_try IS NULL OR next_try <= ?1 OR next_try > ?2, sealed FROM outbox"
    " WHERE state IN ('queued', 'sending') ORDER BY slip";
/// The hub has not said no to these, and staff have not settled them. The undo of a record that was
/// refused has nothing left to give back.
constexpr auto undecided =
    "SELECT record, slip, coalesce(revokes, ''), card_key, ends_card, person_key, agent_key"
    " FROM outbox WHERE state = 'attention' AND coalesce(length(receipt), 0) = 0 AND void = 0"
    " AND NOT EXISTS (SELECT 1 FROM outbox AS undone WHERE undone.record = outbox.revokes"
    " AND undone.state = 'attention' AND length(undone.receipt) > 0) ORDER BY slip";

/// Of the columns that both begin with.
RowInLine rowInLine(const Query &rows)
{
    return {rows.text(0), rows.integer(1), rows.text(2), rows.blob(3),
            rows.blob(4), rows.blob(5),    rows.blob(6)};
}

QString entryKind(Settlement::Kind kind)
{
    switch (kind) {
    case Settlement::Kind::Accepted:
        return u"accepted"_s;
    case Settlement::Kind::Rejected:
        return u"rejected"_s;
    case Settlement::Kind::Quarantined:
        return u"quarantined"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

HubStore::HubStore(Database &database, Journal &journal, Roster &roster)
    : m_database(database)
    , m_journal(journal)
    , m_roster(roster)
{
}

Result<QList<Waiting>> HubStore::take(qsizetype count, qsizetype bytes, const QDateTime &now)
{
    return m_database.write([&]() -> Result<QList<Waiting>> {
        QList<Waiting> taken;
        qsizetype size = 0;
        HeldBack held = undecidedRows();
        {
            Query rows = m_database.query(queued);
            rows.bind(stored(now)).bind(stored(now) + longestWait);
            while (taken.size() < count && rows.step()) {
                const RowInLine row = rowInLine(rows);
                const bool waitsAlone = rows.integer(7) == 0;
                if (waitsAlone || held.holder(row)) {
                    held.add(row);
                    continue;
                }
                const QByteArray sealed = rows.blob(8);
                size += sealed.size();
                if (size > bytes && !taken.isEmpty())
                    break;
                taken << Waiting{row.record, sealed};
            }
        }
        for (const Waiting &row : std::as_const(taken))
            m_database
                .query("UPDATE outbox SET state = 'sending', attempts = attempts + 1"
                       " WHERE record = ?")
                .bind(row.record)
                .run();
        return taken;
    });
}

Result<std::optional<qint64>> HubStore::inTheWay(const QDateTime &now)
{
    return m_database.write([&]() -> Result<std::optional<qint64>> {
        std::optional<qint64> first;
        HeldBack held = undecidedRows();
        Query rows = m_database.query(queued);
        rows.bind(stored(now)).bind(stored(now) + longestWait);
        while (rows.step()) {
            const RowInLine row = rowInLine(rows);
            const bool waitsAlone = rows.integer(7) == 0;
            const auto holder = held.holder(row);
            if (waitsAlone || !holder)
                return std::optional<qint64>();
            held.add(row);
            first = first.value_or(*holder);
        }
        return first;
    });
}

HeldBack HubStore::undecidedRows()
{
    HeldBack held(m_database);
    Query rows = m_database.query(undecided);
    while (rows.step())
        held.add(rowInLine(rows));
    return held;
}

Result<void> HubStore::release(const QStringList &records, const QDateTime &until, bool failed)
{
    return m_database.write([&]() -> Result<void> {
        for (const QString &record : records) {
            Query row = m_database.query("UPDATE outbox SET state = 'queued', next_try = ?,"
                                         " failures = failures + ?"
                                         " WHERE record = ? AND state IN ('queued', 'sending')");
            if (until.isValid())
                row.bind(stored(until));
            else
                row.bindNull();
            row.bind(qint64(failed ? 1 : 0)).bind(record).run();
        }
        return {};
    });
}

Result<void> HubStore::releaseAll()
{
    return m_database.write([&]() -> Result<void> {
        m_database.query("UPDATE outbox SET state = 'queued' WHERE state = 'sending'").run();
        return {};
    });
}

Result<int> HubStore::failures(const QString &record)
{
    return m_database.attempt([&]() -> Result<int> {
        Query row = m_database.query("SELECT failures FROM outbox WHERE record = ?");
        return row.bind(record).step() ? int(row.integer(0)) : 0;
    });
}

Result<void> HubStore::journal(const QString &kind, const QString &record, const QDateTime &now)
{
    return journalSettlement(m_database, m_journal, kind, record, now);
}

Result<void> HubStore::settle(const QList<Settlement> &settlements, const QString &epoch,
                              const QDateTime &now)
{
    return m_database.write([&]() -> Result<void> {
        for (const Settlement &one : settlements) {
            const bool accepted = one.kind == Settlement::Kind::Accepted;
            const int changed =
                m_database
                    .query("UPDATE outbox SET state = ?, reason = ?, judged_at = ?, receipt = ?,"
                           " epoch = ?, next_try = NULL, failures = 0, void = 0"
                           " WHERE record = ? AND state <> 'accepted'")
                    .bind(stateKey(accepted ? RecordState::Accepted : RecordState::Attention))
                    .bind(one.reason)
                    .bind(stored(one.at))
                    .bind(one.receipt)
                    .bind(epoch)
                    .bind(one.record)
                    .run();
            if (changed == 0)
                continue;
            if (auto noted = journal(entryKind(one.kind), one.record, now); !noted)
                return noted;
        }
        return {};
    });
}

Result<QString> HubStore::finalReason(const QString &record)
{
    return m_database.attempt([&]() -> Result<QString> {
        Query row = m_database.query(
            "SELECT reason FROM outbox WHERE record = ? AND state = 'attention'"
            " AND coalesce(length(receipt), 0) > 0 AND epoch = (SELECT epoch FROM hub)"
            " AND reason NOT IN ('bad-envelope', 'bad-signature')");
        return row.bind(record).step() ? row.text(0) : QString();
    });
}

Result<void> HubStore::retry(const QString &record, const QDateTime &now)
{
    return m_database.write([&]() -> Result<void> {
        if (m_database
                .query("UPDATE outbox SET state = 'queued', reason = '', judged_at = NULL,"
                       " receipt = NULL, next_try = NULL, failures = 0, void = 0"
                       " WHERE record = ? AND state = 'attention'")
                .bind(record)
                .run() == 0)
            return fail(ErrorCode::RecordNotFound, u"no refused record of this id"_s);
        return journal(u"requeued"_s, record, now);
    });
}

Result<void> HubStore::setVoid(const QString &record, bool isVoid, const QDateTime &now)
{
    return m_database.write([&]() -> Result<void> {
        if (m_database.query("UPDATE outbox SET void = ? WHERE record = ? AND state = 'attention'")
                .bind(qint64(isVoid ? 1 : 0))
                .bind(record)
                .run() == 0)
            return fail(ErrorCode::RecordNotFound, u"no refused record of this id"_s);
        return journal(isVoid ? u"voided"_s : u"unvoided"_s, record, now);
    });
}

Result<QByteArray> HubStore::sealedHash(const QString &record)
{
    return m_database.attempt([&]() -> Result<QByteArray> {
        Query row = m_database.query("SELECT sealed FROM outbox WHERE record = ?");
        if (!row.bind(record).step())
            return QByteArray();
        return QCryptographicHash::hash(row.blob(0), QCryptographicHash::Sha256);
    });
}

Result<HubFacts> HubStore::facts()
{
    return m_database.attempt([&]() -> Result<HubFacts> {
        Query row = m_database.query("SELECT epoch, told_time, told_boot, told_ticks, next_try,"
                                     " last_success FROM hub");
        if (!row.step())
            return HubFacts{};
        HubFacts facts;
        facts.epoch = row.text(0);
        if (!row.isNull(1))
            facts.time = timeOf(row.integer(1));
        facts.bootId = row.text(2);
        facts.sinceBoot = std::chrono::milliseconds(row.integer(3));
        if (!row.isNull(4))
            facts.nextTry = timeOf(row.integer(4));
        if (!row.isNull(5))
            facts.lastSuccess = timeOf(row.integer(5));
        return facts;
    });
}

Result<qint64> HubStore::hear(const QString &epoch, const QDateTime &hubTime, const Clock &clock)
{
    return m_database.write([&]() -> Result<qint64> {
        QStringList again;
        {
            Query rows = m_database.query(
                "SELECT record FROM outbox WHERE state = 'accepted' AND epoch <> ? ORDER BY slip");
            rows.bind(epoch);
            while (rows.step())
                again << rows.text(0);
        }
        for (const QString &record : std::as_const(again)) {
            m_database
                .query("UPDATE outbox SET state = 'queued', judged_at = NULL, receipt = NULL,"
                       " next_try = NULL WHERE record = ?")
                .bind(record)
                .run();
            if (const auto noted = journal(u"requeued"_s, record, clock.now()); !noted)
                return tl::unexpected(noted.error());
        }
        m_database.query("UPDATE hub SET epoch = ?, told_time = ?, told_boot = ?, told_ticks = ?")
            .bind(epoch)
            .bind(stored(hubTime))
            .bind(clock.bootId())
            .bind(qint64(clock.sinceBoot().count()))
            .run();
        return qint64(again.size());
    });
}

Result<void> HubStore::planTry(const QDateTime &nextTry)
{
    return m_database.write([&]() -> Result<void> {
        Query row = m_database.query("UPDATE hub SET next_try = ?");
        if (nextTry.isValid())
            row.bind(stored(nextTry));
        else
            row.bindNull();
        row.run();
        return {};
    });
}

Result<void> HubStore::noteSuccess(const QDateTime &now)
{
    return m_database.write([&]() -> Result<void> {
        m_database.query("UPDATE hub SET last_success = ?, next_try = NULL")
            .bind(stored(now))
            .run();
        return {};
    });
}

Result<Document> HubStore::document(const QString &kind)
{
    return m_database.attempt([&]() -> Result<Document> {
        Query row = m_database.query("SELECT version, message FROM document WHERE kind = ?");
        if (!row.bind(kind).step())
            return Document{};
        return Document{row.integer(0), row.blob(1)};
    });
}

Result<void> HubStore::keep(const QString &kind, const Document &document)
{
    Query row = m_database.query("INSERT INTO document (kind, version, message) VALUES (?, ?, ?)"
                                 " ON CONFLICT (kind) DO UPDATE SET version = excluded.version,"
                                 " message = excluded.message"
                                 " WHERE excluded.version > document.version");
    if (row.bind(kind).bind(document.version).bind(document.message).run() == 0)
        return fail(ErrorCode::DocumentOlder, u"version is not above ours"_s);
    return {};
}

Result<void> HubStore::keepRules(const Document &document, const QDateTime &now)
{
    return m_database.write([&]() -> Result<void> {
        if (auto kept = keep(u"rules"_s, document); !kept)
            return kept;
        JournalEntry entry;
        entry.at = now;
        entry.kind = u"rules"_s;
        if (const auto head = m_journal.append(entry); !head)
            return tl::unexpected(head.error());
        return {};
    });
}

Result<void> HubStore::keepRoster(const Document &document,
                                  const QList<std::pair<Operator, QString>> &withVerifiers,
                                  const QDateTime &now)
{
    return m_database.write([&]() -> Result<void> {
        if (auto kept = keep(u"roster"_s, document); !kept)
            return kept;
        m_roster.replaceAll(withVerifiers);
        JournalEntry entry;
        entry.at = now;
        entry.kind = u"roster"_s;
        entry.contentHash = Roster::hash(m_database);
        if (const auto head = m_journal.append(entry); !head)
            return tl::unexpected(head.error());
        return {};
    });
}

} // namespace upgradedesk::storage
