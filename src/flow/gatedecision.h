#pragma once

#include "card/catalogue.h"
#include "flow/cardverdict.h"

#include <QString>

#include <optional>

namespace upgradedesk
{

/// What is known of a card when somebody taps it at a gate.
enum class CardStatus { NotLinked, Linked, Registered, Exempt, Foreign, Unknown };

/// What the health service said of its holder.
enum class HealthLevel { Normal, Abnormal, NoResult };

struct GateQuestion {
    CardStatus card = CardStatus::Unknown;
    std::optional<HealthLevel> level; ///< nothing: not known here
    std::optional<int>
        days; ///< age of the test on the day of the tap, Beijing dates; negative: no result
    std::optional<int> maxDays; ///< the venue's dated limit; nothing: this venue does not check
};

/// Codes of `deskctl gate` in contracts.md.
struct GateAnswer {
    enum class Decision { Pass, Manual, Refuse, Unknown };

    Decision decision = Decision::Unknown;
    QString code;

    bool operator==(const GateAnswer &) const = default;
};

/// What a desk without a hub knows of a card with a whole number of that service. Whether a card it
/// has no record of is linked elsewhere it cannot tell; a link that waits for its upload is none at
/// the gate yet.
[[nodiscard]] CardStatus cardStatusHere(CardService service, const DeskKnowledge &knowledge);

/// The one place that says what a gate does.
[[nodiscard]] GateAnswer decideGate(const GateQuestion &question);

} // namespace upgradedesk
