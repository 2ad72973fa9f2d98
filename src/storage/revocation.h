#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "storage/database.h"
#include "storage/records.h"

namespace upgradedesk::storage
{

/// Whether a record may be taken back, and what then counts and what no longer does. A revoke can
/// be taken back like a link, so that rows form chains: link, its revoke, the revoke of that … A
/// row is active when no active row takes it back. Call it inside the caller's transaction.
class Revocation
{
public:
    /// The passenger's record at the bottom of a chain; of a link the link itself.
    struct Bottom {
        QString record;
        bool even = true; ///< an even number of revokes stands between
    };

    explicit Revocation(Database &database);

    /// The revoke of the same record by the same operator that is stored and still counts.
    [[nodiscard]] std::optional<Committed> alreadyDone(const NewRecord &revoke);

    /// The passenger's record at the bottom of the chain, with the quotas of `revoke`. Fails with
    /// RecordNotFound, NotOwnRecord, Superseded or UndoWindowPassed (args: minutes).
    [[nodiscard]] Result<NewRecord> check(const NewRecord &revoke);

    /// After check(): whether the passenger's record counts again when `revoke` is stored.
    [[nodiscard]] bool restores() const { return m_restores; }

    /// Whether the stored `record` is a revoke that brings the passenger's record back.
    [[nodiscard]] bool isRestoring(const QString &record);

    [[nodiscard]] Bottom bottomOf(const QString &record);

    /// Turns the record, and with it every other of its chain, to what it is once taken back.
    void flip(const QString &record);

    [[nodiscard]] std::optional<Undoable>
    newestOf(const QString &operatorId, std::chrono::milliseconds window, const Clock &clock);

private:
    [[nodiscard]] QString newest(const QString &operatorId);

    Database &m_database;
    bool m_restores = false;
};

} // namespace upgradedesk::storage
