#pragma once

#include "card/catalogue.h"
#include "core/localtext.h"
#include "flow/cardverdict.h"

#include <QDate>
#include <QDateTime>
#include <QString>

#include <optional>

namespace upgradedesk
{

class Rules;

/// What is known of a card when somebody taps it at a gate. A new card, without its first top-up,
/// is not linked.
enum class CardStatus { NotLinked, Linked, Registered, Exempt, Foreign, Unknown };

/// What the health service said of its holder.
enum class HealthLevel { Normal, Abnormal, NoResult };

/// What kind of gate it is; None checks nobody's test.
enum class Venue { None, Metro, Bus };

/// `none`, `metro`, `bus`.
[[nodiscard]] QString venueKey(Venue venue);
[[nodiscard]] std::optional<Venue> venueFromKey(QStringView key);

/// What is known of the holder's test.
struct HolderHealth {
    HealthLevel level = HealthLevel::NoResult;
    std::optional<QDate> testDay; ///< Beijing date; nothing: no result
};

/// One tap at one gate.
struct GateTap {
    CardStatus card = CardStatus::Unknown;
    Venue venue = Venue::Metro;
    std::optional<QDateTime> at; ///< nothing: no time to rely on, so no dated rule can be decided
    std::optional<HolderHealth> health; ///< nothing: not known here
};

/// A tap after the rules were looked up.
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

/// `pass`, `manual`, `refuse`, `unknown`.
[[nodiscard]] QString decisionKey(GateAnswer::Decision decision);
[[nodiscard]] std::optional<GateAnswer::Decision> decisionFromKey(QStringView key);

/// What a desk without a hub knows of a card with a whole number of that service: what it has
/// recorded itself, and what the last snapshot says. A link that waits for its upload is none at
/// the gate yet.
[[nodiscard]] CardStatus cardStatusHere(CardService service, const DeskKnowledge &knowledge);
[[nodiscard]] CardStatus cardStatusOf(CityCardState state);

/// The one place that says what a gate does: for the hub, `deskctl gate`, the gate preview and the
/// trial tap.
[[nodiscard]] GateAnswer decideGate(const GateTap &tap, const Rules &rules);
[[nodiscard]] GateAnswer decideGate(const GateQuestion &question);

/// The one sentence a gate says to a card without health information, byte for byte and never
/// translated (gate.led).
[[nodiscard]] QString gateLed();

/// What the gate says with that code. With `not-linked` it is gateLed(), in English followed by its
/// meaning.
[[nodiscard]] LocalText gateMessage(const QString &code);
/// Why a desk whose time is not trusted cannot say `pass` or `refuse`.
[[nodiscard]] LocalText gateMessageWithoutTime();

} // namespace upgradedesk
