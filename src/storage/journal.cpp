#include "storage/journal.h"

#include "core/canonical.h"

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace upgradedesk::storage
{

qint64 stored(const QDateTime &time)
{
    return time.toMSecsSinceEpoch();
}

QDateTime timeOf(qint64 stored)
{
    return QDateTime::fromMSecsSinceEpoch(stored, Qt::UTC);
}

Journal::Journal(Database &database, KeyPair deskKey)
    : m_database(database)
    , m_deskKey(std::move(deskKey))
{
}

JournalHead Journal::head()
{
    Query row = m_database.query("SELECT seq, hash FROM head WHERE only = 1");
    if (!row.step())
        throw SQLite::Exception("the head of the journal is missing", SQLITE_CORRUPT);
    return {row.integer(0), row.blob(1)};
}

qint64 Journal::nextSlip()
{
    Query row = m_database.query("SELECT slip FROM head WHERE only = 1");
    if (!row.step())
        throw SQLite::Exception("the head of the journal is missing", SQLITE_CORRUPT);
    return row.integer(0) + 1;
}

QByteArray Journal::hashOf(const JournalEntry &entry)
{
    return Canonical("upgradedesk journal 1")
        .add(entry.seq)
        .add(stored(entry.at))
        .add(entry.kind)
        .add(entry.record)
        .add(entry.slip)
        .add(entry.operatorId)
        .add(entry.medium)
        .add(entry.contentHash)
        .add(entry.rowHash)
        .add(entry.previous)
        .hash();
}

QByteArray Journal::checkpointMessage(const JournalHead &head)
{
    return Canonical("upgradedesk checkpoint 1").add(head.seq).add(head.hash).bytes();
}

JournalEntry Journal::entryOf(const Query &row)
{
    JournalEntry entry;
    entry.seq = row.integer(0);
    entry.at = timeOf(row.integer(1));
    entry.kind = row.text(2);
    entry.record = row.text(3);
    entry.slip = row.integer(4);
    entry.operatorId = row.text(5);
    entry.medium = row.text(6);
    entry.contentHash = row.blob(7);
    entry.rowHash = row.blob(8);
    entry.previous = row.blob(9);
    entry.hash = row.blob(10);
    return entry;
}

Result<JournalHead> Journal::append(JournalEntry entry)
{
    const JournalHead last = head();
    entry.seq = last.seq + 1;
    entry.previous = last.hash;
    entry.hash = hashOf(entry);

    m_database
        .query("INSERT INTO journal (seq, at, kind, record, slip, operator, medium, content_hash,"
               " row_hash, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(entry.seq)
        .bind(stored(entry.at))
        .bind(entry.kind)
        .bind(entry.record)
        .bind(entry.slip)
        .bind(entry.operatorId)
        .bind(entry.medium)
        .bind(entry.contentHash)
        .bind(entry.rowHash)
        .bind(entry.previous)
        .bind(entry.hash)
        .run();
    m_database.query("UPDATE head SET seq = ?, hash = ?, slip = max(slip, ?) WHERE only = 1")
        .bind(entry.seq)
        .bind(entry.hash)
        .bind(entry.slip)
        .run();

    const JournalHead now{entry.seq, entry.hash};
    if (now.seq % checkpointEvery == 0) {
        if (const auto signedHead = sign(now); !signedHead)
            return tl::unexpected(signedHead.error());
    }
    return now;
}

Result<void> Journal::checkpoint()
{
    const JournalHead last = head();
    {
        Query row = m_database.query("SELECT 1 FROM checkpoint WHERE seq = ?");
        if (last.seq == 0 || row.bind(last.seq).step())
            return {};
    }
    return sign(last);
}

Result<void> Journal::sign(const JournalHead &head)
{
    const auto signature = m_deskKey.sign(checkpointMessage(head));
    if (!signature)
        return tl::unexpected(signature.error());
    m_database.query("INSERT INTO checkpoint (seq, hash, signature) VALUES (?, ?, ?)")
        .bind(head.seq)
        .bind(head.hash)
        .bind(*signature)
        .run();
    return {};
}

} // namespace upgradedesk::storage
