#pragma once

#include "card/cardsighting.h"
#include "card/catalogue.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace upgradedesk
{

/// What one check of a typed number says. The desk shows them in this order, a line each.
struct CardCheck {
    enum class About { Prefix, Length, CheckDigit, RuledOut };
    enum class State { Good, Wrong, Note };

    About about = About::Prefix;
    State state = State::Note;
    LocalText text;
    QStringList strong; ///< numbers in `text`, in their order, that are to be shown bold

    bool operator==(const CardCheck &) const = default;
};

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
    QList<CardCheck> checks; ///< in order; at most one about each thing
    LocalText explanation;   ///< the checks and what to do, as whole sentences

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

/// A typed number as if its card had been tapped; nothing unless it is whole and canonical.
[[nodiscard]] std::optional<CardSighting> sightingOf(const Catalogue &catalogue,
                                                     const CardNumberExplanation &explained);

/// Digits in the groups of their kind, separated by spaces; any rest stands in the last group.
[[nodiscard]] QString groupedNumber(const Catalogue &catalogue, const QString &number);

} // namespace upgradedesk
