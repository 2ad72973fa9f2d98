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
    /// Inside the caller's write transaction: these and nobody else from now on. Whoever stays
    /// keeps the count of wrong PINs.
    void replaceAll(const QList<std::pair<Operator, QString>> &withVerifiers);
    [[nodiscard]] QList<Operator> operators();

    /// SHA-256 over all operators and their verifiers.
    [[nodiscard]] static QByteArray hash(Database &database);

    /// Makes its own transaction and takes some 0.1 s. Whether the PIN was right is told only after
    /// the try is on the disk, so that programs trying at once have five tries together, and one
    /// that is killed learns nothing and costs nobody a try. OperatorUnknown, PinWrong (args: tries
    /// left), PinLocked (args: minutes left).
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

    [[nodiscard]] Result<Account> mayTry(const QString &operatorId, qint64 sinceBoot);
    [[nodiscard]] Result<void> countTry(const QString &operatorId, bool good, const Clock &clock);
    /// Milliseconds, zero or less when there is no block.
    [[nodiscard]] static qint64 lockLeft(const Tries &tries, qint64 sinceBoot);
    [[nodiscard]] std::optional<Account> account(const QString &operatorId);
    [[nodiscard]] Tries tries(const QString &operatorId);
    void store(const QString &operatorId, const Tries &tries);

    Database &m_database;
    Journal &m_journal;
    Secret m_pepper;
};

} // namespace upgradedesk::storage
