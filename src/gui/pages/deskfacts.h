#pragma once

#include <QDateTime>
#include <QList>
#include <QString>

namespace upgradedesk
{

// What the composition root tells the window. Values only; no name or whole number of a passenger
// is among them.

/// Where this desk stands.
struct DeskFacts {
    QString stationName;
    QString gateName;
    QString deskName;
    bool training = false; ///< named on every page
    bool practice = false; ///< likewise: a hub for practice
};

struct OperatorEntry {
    QString id;
    QString name;
    bool supervisor = false; ///< or administrator: may take the queue away on a stick

    bool operator==(const OperatorEntry &) const = default;
};

enum class ReaderState { Starting, Ok, Lost };

/// One line of the list beside the idle page.
struct RecentRow {
    QDateTime at;
    QString medium;   ///< physical, phone, wristband, commemorative
    QString lastFour; ///< of the card number
    QString state;    ///< of the outbox: queued, sending, accepted, attention; revoked
    QString record = {};
};

/// What this shift has done so far, all from the outbox.
struct ShiftFigures {
    QDateTime since;
    int linked = 0;
    int behalf = 0;   ///< of those, for somebody else
    int waiting = 0;  ///< of those, not uploaded yet
    int accepted = 0; ///< of those, taken by the hub
};

/// A virtual card on the shelf of training mode.
struct TrainingCard {
    QString name; ///< of the simulator
    QString title;
    QString medium;
};

} // namespace upgradedesk
