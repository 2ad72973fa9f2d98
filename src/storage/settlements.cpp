#include "storage/settlements.h"

#include "core/canonical.h"
#include "storage/database.h"
#include "storage/journal.h"
#include "storage/records.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::storage
{

bool stateMatches(const QString &kind, const QString &state, Closed closed)
{
    const Closed expected = kind == u"voided"   ? Closed::ByStaff
                            : kind == u"redone" ? Closed::Redone
                                                : Closed::No;
    if (closed != expected)
        return false;
    if (kind == u"accepted")
        return state == stateKey(RecordState::Accepted);
    if (kind == u"requeued")
        return state == stateKey(RecordState::Queued) || state == stateKey(RecordState::Sending);
    return state == stateKey(RecordState::Attention);
}

QByteArray settlementHash(const QString &kind, const QString &reason, qint64 judgedAt,
                          const QByteArray &receipt)
{
    return Canonical("upgradedesk settlement 1")
        .add(kind)
        .add(reason)
        .add(judgedAt)
        .add(receipt)
        .hash();
}

Result<void> journalSettlement(Database &database, Journal &journal, const QString &kind,
                               const QString &record, const QDateTime &now)
{
    JournalEntry entry;
    entry.at = now;
    entry.kind = kind;
    entry.record = record;
    {
        Query row = database.query("SELECT reason, coalesce(judged_at, 0), receipt FROM outbox"
                                   " WHERE record = ?");
        if (!row.bind(record).step())
            return fail(ErrorCode::RecordNotFound, u"no such record"_s);
        entry.contentHash = settlementHash(kind, row.text(0), row.integer(1), row.blob(2));
    }
    const auto head = journal.append(entry);
    if (!head)
        return tl::unexpected(head.error());
    database.query("UPDATE outbox SET settled = ? WHERE record = ?")
        .bind(head->seq)
        .bind(record)
        .run();
    return {};
}

} // namespace upgradedesk::storage
