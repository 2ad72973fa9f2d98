#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>

namespace upgradedesk::storage
{

/// Where a record of the outbox stands.
enum class RecordState { Queued, Sending, Accepted, Attention };

/// `queued`, `sending`, `accepted`, `attention`.
[[nodiscard]] QString stateKey(RecordState state);
[[nodiscard]] std::optional<RecordState> stateFromKey(QStringView key);

/// Which of a person's places a card takes; rules say which medium takes which.
enum class Slot { Physical, Phone };

/// What the rules allow on the day of a record.
struct Quotas {
    int physicalPerPerson = 0;
    int phonePerPerson = 0;
    int cardsPerAgent = 0;
};

/// One record to be stored. Nothing here names anybody: names and numbers are masked, keys are
/// HMACs under a key of this desk that never leaves it.
struct NewRecord {
    QString id;   ///< UUIDv7
    QString kind; ///< `link`, `first-topup`, `unlink`, `replace`, `revoke`
    QString operatorId;
    QString of; ///< what a `revoke` takes back; only ids, times, operator, quotas and undoWindow
                ///< are given with it
    std::chrono::milliseconds undoWindow{}; ///< how old what is taken back may be
    QString medium;
    Slot slot = Slot::Physical;
    Quotas quotas;
    QString maskedName;
    QString maskedNumber; ///< of the card
    QByteArray sealed;
    QByteArray cardKey;      ///< that is linked; empty in an `unlink`
    QByteArray endedCardKey; ///< whose link an `unlink` or a `replace` ends; else empty
    QByteArray personKey;
    QByteArray agentKey; ///< empty when nobody acts for the holder
    QString supersedes;  ///< refused record that this one settles; may be empty
    QDateTime at;
    QString bootId; ///< Clock::bootId() and sinceBoot() at that time
    std::chrono::milliseconds sinceBoot{};
};

/// What was stored, announced only after the transaction is on the disk.
struct Committed {
    QString record;
    qint64 slip = 0; ///< 1, 2, 3 … at this desk, without gaps
    QDateTime at;
    bool alreadyLinkedHere = false; ///< the same card and person again: the hub merges them
    bool restores = false;          ///< took back a revoke: what that had ended counts again
};

/// What an operator may take back now: the own newest record.
struct Undoable {
    QString record;
    QString passengerRecord; ///< the record of a passenger that it is, ends or restores
    bool revoked = false;    ///< that record counts no longer; taking this one back restores it
    QString maskedNumber;
    std::chrono::milliseconds left{}; ///< of the time in which it may be taken back
};

/// One row of the outbox as lists show it.
struct QueueRow {
    QString record;
    qint64 slip = 0;
    QString kind;
    RecordState state = RecordState::Queued;
    QDateTime queuedAt; ///< UTC
    int attempts = 0;
    QString reason; ///< of a rejection, a stable word
    QString medium;
    QString operatorId;
    QString maskedName;
    QString maskedNumber;
    bool active = true;  ///< false once it was taken back
    QDateTime judgedAt;  ///< UTC, when the hub accepted or refused it; invalid before
    bool isVoid = false; ///< refused, and staff have settled it
    /// Refused, and somebody has to see to it: neither settled, nor the undo of a record that was
    /// refused itself.
    bool needsStaff = false;
    bool restores = false; ///< a revoke of a revoke: what that had ended counts again
};

struct QueueStatus {
    qint64 queued = 0;
    qint64 sending = 0;
    qint64 accepted = 0;
    qint64 attention = 0;                 ///< that need staff
    std::optional<qint64> oldestSeconds;  ///< since the oldest row not yet accepted was queued
    std::optional<qint64> nextTrySeconds; ///< nothing when no try is planned
};

/// One record on its way to the hub.
struct Waiting {
    QString record;
    QByteArray sealed;
};

/// What became of a record that was sent.
struct Settlement {
    enum class Kind {
        Accepted,
        Rejected,   ///< by the hub, for good
        Quarantined ///< by this desk: the hub could not take it, and the others must go on
    };

    QString record;
    Kind kind = Kind::Accepted;
    QString reason;     ///< stable word; empty when accepted
    QDateTime at;       ///< the hub's time; of a quarantine, the desk's
    QByteArray receipt; ///< already verified; empty for a quarantine
};

/// What the hub has told of itself, as any program of this desk may need it.
struct HubFacts {
    QString epoch;                         ///< empty: never heard
    QDateTime time;                        ///< UTC, invalid: never told
    QString bootId;                        ///< in which run of the machine it was told
    std::chrono::milliseconds sinceBoot{}; ///< and when in it
    QDateTime nextTry;                     ///< of the uploader; invalid: none planned
    QDateTime lastSuccess;                 ///< when the hub last took a batch; invalid: never
};

/// Rules or roster as the hub signed them.
struct Document {
    qint64 version = 0;
    QByteArray message;
};

/// What this desk knows offline about a card and a person. The city-wide answer is the hub's: what
/// it has taken from here another desk may have ended since, so that only what waits is sure.
struct Knowledge {
    bool linkedToOther = false;
    bool linkedToPerson = false;
    bool otherWaits = false;   ///< of the links to others one is not with the hub yet
    bool linkUploaded = false; ///< of the links of this card one is with the hub
    QDateTime linkedAt;        ///< UTC, when the hub took it
    bool endWaits = false;     ///< its end by this person waits, and no later link is here
    QDateTime endedAt;         ///< UTC, when the hub took the end, and no later link is here
    int physicalCards = 0;     ///< of the person, this card not counted
    int phoneCards = 0;
    int physicalWaiting = 0; ///< of those, not with the hub yet
    int phoneWaiting = 0;
    int cardsAsAgent = 0; ///< of the person acting for others
    QString refused; ///< newest record of this card that the hub refused and nobody has settled
};

/// When a card was last read at this desk today.
struct Reading {
    QByteArray cardKey;
    QDateTime at; ///< UTC
    bool linkedHere = false;
};

/// How often something was done on a Beijing day.
struct Figure {
    QString kind;
    qint64 count = 0;
    qint64 undone = 0; ///< of those, taken back and not restored
};

/// How many slips of a kind were given out in one hour of a Beijing day, and where they stand.
struct ReportRow {
    QDate day;
    int hour = 0;
    QString kind;
    /// `queued`, `sending`, `accepted`; of those refused `rejected-open`, `rejected-redone`,
    /// `rejected-void`.
    QString outcome;
    qint64 count = 0;
};

/// The end of the journal: an anchor for records and checkpoints.
struct JournalHead {
    qint64 seq = 0;
    QByteArray hash; ///< SHA-256, 32 bytes
};

/// One link of the hash chain. Fields that do not apply are empty.
struct JournalEntry {
    qint64 seq = 0;
    QDateTime at; ///< UTC
    QString kind; ///< that of a record, `login`, `login-failed`, `provision`, …
    QString record;
    qint64 slip = 0;
    QString operatorId;
    QString medium;
    QByteArray contentHash; ///< SHA-256 of the sealed bytes, or of the roster
    QByteArray rowHash;     ///< SHA-256 over the whole row of the outbox
    QByteArray previous;
    QByteArray hash;
};

struct Verification {
    qint64 entries = 0;
    /// The first entry that is changed, missing, or does not agree with the rest; nothing when all
    /// is well.
    std::optional<qint64> firstBad;
    QString why; ///< English, for the log

    [[nodiscard]] bool ok() const { return !firstBad; }
};

/// `staff`, `supervisor`, `administrator` in `role`.
struct Operator {
    QString id;
    QString name;
    QString role;
};

} // namespace upgradedesk::storage
