#pragma once

#include "card/catalogue.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace upgradedesk
{

/// A number one edit away from the one typed.
struct NearMatch {
    /// What is wrong with the number typed, seen from `number`.
    enum class Difference { Missing, Extra, Wrong, Swapped };

    QString number;
    Difference difference = Difference::Wrong;
    int position = 0; ///< 0-based in `number`; for Extra in the number typed

    bool operator==(const NearMatch &) const = default;
};

/// A near match that was read at this desk today.
struct NearCard {
    NearMatch match;
    QDateTime readAt;
    bool linkedHere = false; ///< an active link of this card was made at this desk

    bool operator==(const NearCard &) const = default;
};

/// So many near matches are offered at most.
constexpr qsizetype mostNearCards = 3;

/// `missing`, `extra`, `wrong`, `swapped`.
[[nodiscard]] QString differenceKey(NearMatch::Difference difference);

/// Every whole number of a linkable kind that differs from `number` by one missing, extra or wrong
/// digit or one swapped pair: some two hundred, or none when `number` is too short or too long for
/// that. `number` holds digits only; a 0 in front that does not count is no difference, and the
/// number itself is no match.
[[nodiscard]] QList<NearMatch> neighbours(const Catalogue &catalogue, const QString &number);

} // namespace upgradedesk
