#pragma once

#include <QString>

namespace upgradedesk
{

// What the hub's reasons for refusing a record mean to staff, in the language of the pages. A
// reason this program does not know is told as such, never hidden.

/// What Enter does with the record.
enum class Fix {
    Redo,  ///< a fresh run with the passenger
    Retry, ///< the same record once more: the hub has not judged it, what it refused it refuses for
           ///< ever
    Void,  ///< it can never be accepted
    Acknowledge, ///< likewise, and there is nothing to do either
};

[[nodiscard]] QString rejectionTitle(const QString &reason);
/// What happened.
[[nodiscard]] QString rejectionText(const QString &reason);
/// What staff do about it.
[[nodiscard]] QString rejectionFix(const QString &reason);
[[nodiscard]] Fix fixOf(const QString &reason);

/// What the gate does with the card now; empty where the record does not tell.
[[nodiscard]] QString rejectionGate(const QString &reason, const QString &kind);

} // namespace upgradedesk
