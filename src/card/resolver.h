#pragma once

#include "card/catalogue.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace upgradedesk
{

/// Everything the desk and `deskctl card resolve` say about a typed number.
struct CardNumberExplanation {
    enum class Verdict { Complete, TooShort, TooLong, UnknownPrefix, NotANumber };

    /// A kind the number may still become.
    struct Candidate {
        QString product;
        int digits = 0;
        QList<int> expectedDigits;
        int missing = 0;

        bool operator==(const Candidate &) const = default;
    };

    QString input;
    QString number; ///< digits only, canonical when complete; empty when not a number
    Verdict verdict = Verdict::NotANumber;
    QString product; ///< key, empty while several kinds are possible or none is
    int digits = 0;
    QList<int> expectedDigits;
    int missing = 0; ///< 0 when complete or too long
    CardService service = CardService::TapNeeded;
    QList<Candidate> candidates;
    LocalText explanation;

    /// True when this number may be tokened and linked: canonical, complete, of a linkable kind.
    [[nodiscard]] bool linkable() const
    {
        return verdict == Verdict::Complete && service == CardService::Linkable;
    }

    bool operator==(const CardNumberExplanation &) const = default;
};

/// `complete`, `too-short`, `too-long`, `unknown-prefix`, `not-a-number`.
[[nodiscard]] QString verdictKey(CardNumberExplanation::Verdict verdict);

/// The digits of what somebody typed or pasted: full-width digits become ASCII, spaces and dashes
/// are dropped. Nothing when anything else is in it or no digit is left.
[[nodiscard]] std::optional<QString> foldCardNumber(const QString &typed);

[[nodiscard]] CardNumberExplanation explain(const Catalogue &catalogue, const QString &typed);

/// A number one edit away from the one typed.
struct NearMatch {
    /// What is wrong with the number typed, seen from `number`.
    enum class Difference { Missing, Extra, Wrong, Swapped };

    QString number;
    Difference difference = Difference::Wrong;
    int position = 0; ///< 0-based in `number`; for Extra in the number typed

    bool operator==(const NearMatch &) const = default;
};

/// `missing`, `extra`, `wrong`, `swapped`.
[[nodiscard]] QString differenceKey(NearMatch::Difference difference);

/// At most 3 of `readToday` that differ from `number` by one missing, extra or wrong digit or one
/// swapped pair, in their order. The number itself is no match.
[[nodiscard]] QList<NearMatch> nearMatches(const QString &number, const QStringList &readToday);

/// Digits in the groups of their kind, separated by spaces; any rest stands in the last group.
[[nodiscard]] QString groupedNumber(const Catalogue &catalogue, const QString &number);

} // namespace upgradedesk
