#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace upgradedesk::storage
{

class Database;
class Journal;

// How the journal speaks of a record after it was stored: `accepted`, `rejected`, `quarantined`,
// `requeued`, `voided`, `unvoided`, `redone`. Such entries name the record and have no slip.

/// What `void` in a row of the outbox says of a refused record.
enum class Closed {
    No = 0,
    ByStaff = 1,
    Redone = 2 ///< a later record does it anew
};

/// Whether a row may be in this state when the last entry of it is of that kind.
[[nodiscard]] bool stateMatches(const QString &kind, const QString &state, Closed closed);

/// Of a row as the entry leaves it; `judgedAt` in milliseconds, 0 for none.
[[nodiscard]] QByteArray settlementHash(const QString &kind, const QString &reason, qint64 judgedAt,
                                        const QByteArray &receipt);

/// Writes such an entry of the row as it stands now, inside the caller's write transaction.
/// RecordNotFound.
[[nodiscard]] Result<void> journalSettlement(Database &database, Journal &journal,
                                             const QString &kind, const QString &record,
                                             const QDateTime &now);

} // namespace upgradedesk::storage
