#pragma once

#include "core/error.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace upgradedesk
{

// What the network layer and the store tell the window of hub and queue. Values only; names and
// numbers are masked.

/// How this desk stands with its hub.
struct HubState {
    /// Absent: a profile without network (training). Starting: not tried yet since the start.
    enum class Link { Absent, Starting, Reachable, Unreachable };

    Link link = Link::Absent;
    bool uploading = false;            ///< records are on their way now
    std::optional<Error> trouble;      ///< why Unreachable: one of the codes hub-…
    std::chrono::milliseconds since{}; ///< Clock::sinceBoot() when `link` became what it is
    std::optional<std::chrono::milliseconds>
        nextTry;                       ///< Clock::sinceBoot() of it; nothing: none planned
    QDateTime lastSuccess;             ///< of an upload; invalid: none since the start
    bool timeTrusted = false;          ///< the hub told the time since boot
    std::chrono::seconds clockAhead{}; ///< of this machine against the hub, while trusted
};

/// One record as the lists show it.
struct QueueEntry {
    QString record;
    qint64 slip = 0;
    QString kind;   ///< link, first-topup, unlink, replace, revoke
    QString medium; ///< physical, phone, wristband, commemorative
    QString state;  ///< of the outbox: queued, sending, accepted, attention
    QDateTime at;   ///< when it was made, UTC
    int attempts = 0;
    QString reason;   ///< of a rejection: a stable word of contracts.md
    QDateTime judged; ///< when the hub refused it, UTC; invalid where that is not known
    QString operatorName;
    QString maskedName;
    QString maskedNumber; ///< of the card, first and last four digits

    bool operator==(const QueueEntry &) const = default;
};

/// The queue as a whole.
struct QueueFacts {
    qint64 waiting = 0;                  ///< queued and sending
    qint64 attention = 0;                ///< refused by the hub and not settled
    qint64 capacity = 0;                 ///< records this machine can hold; 0: not known
    std::optional<qint64> oldestSeconds; ///< since the oldest waiting one was made
    QList<QueueEntry> rows;              ///< newest first, a page of them
};

/// What came of a way over a USB stick.
struct UsbOutcome {
    enum class Way { Export, Receipts };

    Way way = Way::Export;
    qint64 records = 0;         ///< written, or settled by the receipts
    QString file;               ///< its name, without the folder
    std::optional<Error> error; ///< why nothing was done
};

} // namespace upgradedesk
