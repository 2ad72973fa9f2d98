#pragma once

#include "hub/config.h"
#include "hub/database.h"

#include <QDateTime>
#include <QJsonObject>

namespace upgradedesk::hub
{

// What changes an operator, now and when a line of the ledger is done again. Each returns the
// station. Parameters: id, and the time or the verifier.
constexpr auto disableOperatorSql =
    "UPDATE operators SET disabled = coalesce(disabled, $2::timestamptz) WHERE id = $1"
    " RETURNING station";
constexpr auto setVerifierSql = "UPDATE operators SET verifier = $2 WHERE id = $1"
                                " RETURNING station";
/// What was done while the operator was disabled stays undone.
constexpr auto enableOperatorSql =
    "WITH off AS (INSERT INTO operator_off SELECT id, disabled, $2::timestamptz FROM operators"
    " WHERE id = $1 AND disabled < $2::timestamptz ON CONFLICT DO NOTHING)"
    " UPDATE operators SET disabled = NULL WHERE id = $1 RETURNING station";

/// What a restore must not undo, though the backup is older: certificates of desks, revoked desks,
/// operators, who of them is disabled and their PINs' verifiers, published rules, persons who were
/// erased. One JSON object a line in `ledger.jsonl` beside the keys (0600); a line is on the disk
/// before the transaction it belongs to is committed. Files of several machines may be put
/// together; the times of the lines order them.
///
/// Appends `entry` and notes in `session` that this database knows it. Fails with FileUnwritable
/// (args: path).
[[nodiscard]] Result<void> noteInLedger(Session &session, const Config &config,
                                        const QJsonObject &entry);

// The lines there are, each under a new id.
[[nodiscard]] QJsonObject ledgerOfDesk(const QString &desk, const QString &name,
                                       const QString &station, const QString &stationName,
                                       const QByteArray &certificate, const QDateTime &at);
[[nodiscard]] QJsonObject ledgerOfRevocation(const QString &desk, qint64 tokenKey,
                                             const QDateTime &at);
[[nodiscard]] QJsonObject ledgerOfOperator(const QString &id, const QString &name,
                                           const QString &role, const QString &station,
                                           const QString &verifier, const QDateTime &at);
[[nodiscard]] QJsonObject ledgerOfRules(const QByteArray &body, const QDateTime &at);
[[nodiscard]] QJsonObject ledgerOfDisabled(const QString &id, const QDateTime &at);
[[nodiscard]] QJsonObject ledgerOfEnabled(const QString &id, const QDateTime &at);
[[nodiscard]] QJsonObject ledgerOfPin(const QString &id, const QString &verifier,
                                      const QDateTime &at);

/// Erases a person (`erase_person()`), and writes down what else is needed so that records of this
/// person which desks send again after a restore are known by their ids. Returns how many records.
[[nodiscard]] Result<qint64> erasePerson(Database &database, const Config &config,
                                         const QByteArray &personToken, const QDateTime &at);

struct Replayed {
    int done = 0;         ///< lines that the database did not know
    int unreadable = 0;   ///< lines that were cut off, or that somebody has changed
    bool missing = false; ///< there is no ledger: nothing could be done again
};

/// The end of a restore, which has left the epoch empty so that nothing serves before: does again,
/// in the order of time, what the database does not know of, publishes the rosters that this
/// changes, and begins a new epoch. A token key that was replaced since is left as
/// `token-key-next` (Desks::finishRetokening). Does nothing to a database with an epoch; a file
/// that is not there has no lines. Fails with FileUnreadable (args: path).
[[nodiscard]] Result<Replayed> finishRestore(Database &database, const Config &config,
                                             const QDateTime &now);

} // namespace upgradedesk::hub
