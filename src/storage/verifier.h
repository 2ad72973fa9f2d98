#pragma once

#include "crypto/keypair.h"
#include "storage/database.h"
#include "storage/records.h"

#include <QHash>

namespace upgradedesk::storage
{

/// Reads the journal from its first entry and compares everything with everything: chain,
/// checkpoints, slips, rows of the outbox, counters, roster. One pass, little memory. Call it
/// inside a read transaction.
class Verifier
{
public:
    Verifier(Database &database, const KeyPair &deskKey);

    [[nodiscard]] Verification run();

private:
    [[nodiscard]] bool entryIsGood(const JournalEntry &entry);
    [[nodiscard]] bool rowIsGood(const JournalEntry &entry);
    [[nodiscard]] bool settlementIsGood(const JournalEntry &entry);
    [[nodiscard]] bool checkpointIsGood(const JournalEntry &entry);
    [[nodiscard]] bool endIsGood();
    [[nodiscard]] bool countersAreGood();
    [[nodiscard]] bool bad(qint64 seq, const QString &why);

    Database &m_database;
    const KeyPair &m_deskKey;
    Verification m_result;
    QByteArray m_last;
    qint64 m_lastSlip = 0;
    qint64 m_rows = 0;
    qint64 m_checkpoints = 0;
    qint64 m_rosterEntry = 0;
    QByteArray m_rosterHash;
    QHash<QString, qint64> m_counters;
};

} // namespace upgradedesk::storage
