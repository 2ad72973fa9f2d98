#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "crypto/keypair.h"
#include "crypto/secret.h"
#include "storage/records.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace upgradedesk::storage
{

class HubStore;

/// What the store needs of the desk's keys.
struct StoreKeys {
    KeyPair desk;  ///< signs checkpoints
    Secret pepper; ///< of PIN verifiers
};

/// The desk's own database `desk.sqlite`: outbox, journal, roster, counters. Every change is one
/// transaction that has reached the disk when the call returns; other programs may use the same
/// folder at the same time. Lives in the thread that opened it; a call waits at most 10 s for
/// another program (StoreLocked). Each call may fail with StoreFull, StoreReadOnly, StoreDamaged or
/// StoreFailed.
class Store
{
public:
    /// Makes the database of a new desk; for provisioning. `vfs` names another SQLite VFS, for
    /// tests.
    [[nodiscard]] static Result<Store> create(const QString &folder, StoreKeys keys,
                                              const QByteArray &vfs = {});

    /// Opens the database of a provisioned desk. A missing or damaged one is StoreDamaged and stays
    /// as it is: nothing new is made in its place. Also StoreTooNew, StoreReadOnly, StoreLocked.
    [[nodiscard]] static Result<Store> open(const QString &folder, StoreKeys keys,
                                            const QByteArray &vfs = {});

    Store(Store &&) noexcept;
    Store &operator=(Store &&) noexcept;
    ~Store();

    /// What passes between this desk and its hub. Lives as long as the store.
    [[nodiscard]] HubStore &hub();

    /// Checks what this desk knows offline, then stores record, journal entry, slip and counter
    /// together. Refusals: CardLinkedToOther, PersonHasPhysicalCard, PersonHasPhoneCard,
    /// AgentIsHolder, AgentLimitReached; of `unlink` and `replace` also HolderMismatch and
    /// CardNotLinked. A record that `supersedes` a refused one settles it. A `revoke` also ends, or
    /// restores, what it takes back in the same transaction; refusals of it: RecordNotFound,
    /// NotOwnRecord, Superseded, UndoWindowPassed, and the ones above when a restored link finds
    /// its places taken. A revoke that counts already is answered as the first time.
    [[nodiscard]] Result<Committed> commit(const NewRecord &record);

    /// Many records in one transaction, in order; each is stored or refused on its own. The outer
    /// error means that none was stored.
    [[nodiscard]] Result<std::vector<Result<Committed>>>
    commitAll(std::span<const NewRecord> records);

    [[nodiscard]] Result<Knowledge> knowledge(const QByteArray &cardKey,
                                              const QByteArray &personKey);
    [[nodiscard]] Result<QueueStatus> queueStatus(const QDateTime &now);
    /// In the order of slips, until `visit` returns false; `visit` must not call the store.
    [[nodiscard]] Result<void> eachRow(std::optional<RecordState> state,
                                       const std::function<bool(const QueueRow &)> &visit);
    [[nodiscard]] Result<QList<QueueRow>> listQueue(std::optional<RecordState> state = {});
    /// The newest first, without the ones that only take others back.
    [[nodiscard]] Result<QList<QueueRow>> recent(int count);
    /// One record as lists show it. RecordNotFound.
    [[nodiscard]] Result<QueueRow> row(const QString &record);
    /// The id of the record with this slip, or RecordNotFound.
    [[nodiscard]] Result<QString> recordOf(qint64 slip);
    /// What the operator may take back at this moment, if anything.
    [[nodiscard]] Result<std::optional<Undoable>>
    undoable(const QString &operatorId, std::chrono::milliseconds window, const Clock &clock);
    /// Id and sealed bytes of every record the hub has not accepted, in the order of slips, until
    /// `visit` returns false; `visit` must not call the store.
    [[nodiscard]] Result<void>
    eachSealed(const std::function<bool(const QString &, const QByteArray &)> &visit);
    /// What the operator has done on a Beijing day.
    [[nodiscard]] Result<QList<Figure>> shiftFigures(const QString &operatorId, QDate day);

    /// What was done on the Beijing days from first to last, hour by hour.
    [[nodiscard]] Result<QList<ReportRow>> report(QDate first, QDate last);

    /// Notes by its key that a card was read here, and forgets the readings of other Beijing days.
    [[nodiscard]] Result<void> rememberReading(const QByteArray &cardKey, const QDateTime &at);
    [[nodiscard]] Result<void> forgetOtherDays(const QDateTime &now);
    /// Those of the cards that were read here today, the latest reading first.
    [[nodiscard]] Result<QList<Reading>> readToday(const QList<QByteArray> &cardKeys,
                                                   const QDateTime &now);

    [[nodiscard]] Result<JournalHead> journalHead();
    /// Adds an entry that belongs to no record: `shift-start`, …
    [[nodiscard]] Result<JournalHead> note(const QString &kind, const QString &operatorId,
                                           const QDateTime &at);
    /// Signs the end of the journal.
    [[nodiscard]] Result<void> checkpoint();
    /// From the first entry on, until `visit` returns false; `visit` must not call the store.
    [[nodiscard]] Result<void> eachEntry(const std::function<bool(const JournalEntry &)> &visit);
    /// Checks the whole database: a structure that is broken is StoreDamaged. Some 10 s for a
    /// million entries.
    [[nodiscard]] Result<Verification> verify();

    [[nodiscard]] Result<QList<Operator>> operators();
    /// Adds an operator and journals the new roster; for provisioning.
    [[nodiscard]] Result<void> addOperator(const Operator &newOperator, const QString &verifier,
                                           const QDateTime &at);
    /// OperatorUnknown, PinWrong (args: tries left), PinLocked (args: minutes left). Takes some 0.1
    /// s.
    [[nodiscard]] Result<Operator> login(const QString &operatorId, const QString &pin,
                                         const Clock &clock);

    /// `desk.sqlite` in the data folder.
    [[nodiscard]] static QString fileIn(const QString &folder);

private:
    struct Parts;

    explicit Store(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> m_parts;
};

} // namespace upgradedesk::storage
