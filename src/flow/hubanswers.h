#pragma once

#include "core/linkrequest.h"
#include "flow/gatedecision.h"

#include <QDate>
#include <QDateTime>
#include <QList>

#include <optional>

namespace upgradedesk
{

// What the hub says of one passenger inside an open procedure. Values; held in memory only, and
// forgotten with the passenger.

/// Which question: an answer with another number belongs to a question nobody waits for any more.
using QuestionId = quint64;

/// One card that is linked to the person.
struct CardOfPerson {
    QString lastFour;
    QString medium;
    QDate since;

    bool operator==(const CardOfPerson &) const = default;
};

/// What the city has of a person (POST /v1/person-status).
struct PersonStatus {
    int physical = 0;
    int phone = 0;
    int asAgent = 0; ///< active links made for others
    QList<CardOfPerson> cards;

    bool operator==(const PersonStatus &) const = default;
};

/// What the health service has of a person (POST /v1/health-status).
struct HealthStatus {
    HealthLevel level = HealthLevel::NoResult;
    QDate testDay; ///< Beijing date; invalid without a result
    QDateTime asOf;
    QString source; ///< who said so; shown as it is

    bool operator==(const HealthStatus &) const = default;
};

/// A question about one person: the holder of the open procedure.
struct PersonQuestion {
    QuestionId id = 0;
    quint64 passenger = 0; ///< the same for every question of one passenger; never 0
    Person person;
    QString operatorId;
};

struct CardQuestion {
    QuestionId id = 0;
    quint64 passenger = 0;
    QString number;
};

/// What the health of a passenger means at the gate today.
struct HealthVerdict {
    enum class Entry { MayEnter, TurnedBack, TimeNotTrusted };

    Entry entry = Entry::TurnedBack;
    std::optional<int> days; ///< age of the test; nothing without a result
    bool abnormal = false;   ///< the health code itself

    bool operator==(const HealthVerdict &) const = default;
};

/// `maxDays` as of today's rule of the venue; nothing: no rule holds and everybody with a normal
/// code enters. Without trusted time nothing is decided: which day it is, is not known.
[[nodiscard]] HealthVerdict healthVerdict(const HealthStatus &health, std::optional<int> maxDays,
                                          QDate today, bool timeTrusted);

} // namespace upgradedesk
