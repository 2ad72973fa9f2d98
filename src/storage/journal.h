#pragma once

#include "crypto/keypair.h"
#include "storage/database.h"
#include "storage/records.h"

namespace upgradedesk::storage
{

/// The hash chain. Every call but those that only read belongs inside the caller's write
/// transaction.
class Journal
{
public:
    Journal(Database &database, KeyPair deskKey);

    [[nodiscard]] JournalHead head();

    /// The number the next slip gets.
    [[nodiscard]] qint64 nextSlip();

    /// Fills seq, previous and hash, and adds a signed checkpoint after every 256th entry. Fails
    /// with CryptoFailed.
    [[nodiscard]] Result<JournalHead> append(JournalEntry entry);

    /// Signs the head when it is not signed yet.
    [[nodiscard]] Result<void> checkpoint();

    [[nodiscard]] static QByteArray hashOf(const JournalEntry &entry);
    [[nodiscard]] static QByteArray checkpointMessage(const JournalHead &head);
    /// A signed checkpoint follows each entry whose number this divides.
    static constexpr qint64 checkpointEvery = 256;

    /// The entry a row of `SELECT` + columns holds.
    [[nodiscard]] static JournalEntry entryOf(const Query &row);
    static constexpr auto selectAll = "SELECT seq, at, kind, record, slip, operator, medium, "
                                      "content_hash, row_hash, previous, hash"
                                      " FROM journal ORDER BY seq";

private:
    [[nodiscard]] Result<void> sign(const JournalHead &head);

    Database &m_database;
    KeyPair m_deskKey;
};

/// Milliseconds since 1970 in UTC, as the database stores times.
[[nodiscard]] qint64 stored(const QDateTime &time);
[[nodiscard]] QDateTime timeOf(qint64 stored);

} // namespace upgradedesk::storage
