#pragma once

#include <QByteArray>
#include <QString>

namespace upgradedesk::storage
{

// How the journal speaks of a record after it was stored: `accepted`, `rejected`, `quarantined`,
// `requeued`, `voided`, `unvoided`. Such entries name the record and have no slip.

/// Whether a row may be in this state when the last entry of it is of that kind.
[[nodiscard]] bool stateMatches(const QString &kind, const QString &state, bool isVoid);

/// Of a row as the entry leaves it; `judgedAt` in milliseconds, 0 for none.
[[nodiscard]] QByteArray settlementHash(const QString &kind, const QString &reason, qint64 judgedAt,
                                        const QByteArray &receipt);

} // namespace upgradedesk::storage
