#pragma once

#include "core/clock.h"
#include "crypto/secret.h"
#include "storage/database.h"
#include "storage/journal.h"
#include "storage/records.h"

namespace upgradedesk::storage
{

/// Who may work at this desk, and how often a wrong PIN was typed. Five tries, then blocked for 5
/// minutes, and twice as long after each further five. Blocks are counted on the clock since boot:
/// setting the wall clock forward does not end one, and a reboot can only make it longer.
class Roster
{
public:
    Roster(Database &database, Journal &journal, Secret pepper);

    /// Inside the caller's write transaction.
    void add(const Operator &newOperator, const QString &verifier);
    [[nodiscard]] QList<Operator> operators();

    /// SHA-256 over all operators and their verifiers.
    [[nodiscard]] static QByteArray hash(Database &database);

    /// Makes its own transactions and takes some 0.1 s. A try is counted before the PIN is looked
    /// at, so that two programs trying at once have five tries together. OperatorUnknown, PinWrong
    /// (args: tries left), PinLocked (args: minutes left).
    [[nodiscard]] Result<Operator> login(const QString &operatorId, const QString &pin,
                                         const Clock &clock);

private:
    struct Account {
        Operator person;
        QString verifier;
    };
    struct Tries {
        qint64 failures = 0;
        std::optional<qint64> lockedAt; ///< milliseconds since boot
        qint64 lockedFor = 0;           ///< milliseconds
    };

    [[nodiscard]] Result<Account> startTry(const QString &operatorId, qint64 sinceBoot);
    [[nodiscard]] Result<void> finishTry(const QString &operatorId, bool good,
                                         const QDateTime &now);
    [[nodiscard]] std::optional<Account> account(const QString &operatorId);
    [[nodiscard]] Tries tries(const QString &operatorId);
    void store(const QString &operatorId, const Tries &tries);

    Database &m_database;
    Journal &m_journal;
    Secret m_pepper;
};

} // namespace upgradedesk::storage
