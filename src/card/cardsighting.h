#pragma once

#include <QDate>
#include <QString>

#include <optional>

namespace upgradedesk
{

/// What one tap told us. Words are those of `reference/card-vectors.json` and `deskctl card read`.
struct CardSighting {
    enum class Outcome { Number, RecognisedNoNumber, NotOurs, Refused, UnknownCard, ReadError };

    Outcome outcome = Outcome::UnknownCard;
    QString product;      ///< catalogue key, or `unknown`; empty when a lost card never told
    QString number;       ///< canonical digits, only with Outcome::Number
    QString issuer;       ///< name in Chinese, empty when not known
    QString issuerPrefix; ///< first 8 digits of a T-Union number, `1000` of an older Beijing number
                          ///< T-Union number
    QString warning;      ///< `application-blocked` or empty
    QString
        reason; ///< with ReadError: `card-lost`, `several-cards`, `kinds-disagree`, `not-bcd`, …
    std::optional<QDate> validFrom;
    std::optional<QDate> validUntil;
    bool typed = false; ///< staff typed the number from the card; no reader saw it
    int elapsedMs = 0;  ///< from the field answering to the number known

    bool operator==(const CardSighting &) const = default;
};

/// `number`, `recognised-no-number`, `not-ours`, `refused`, `unknown-card`, `read-error`.
[[nodiscard]] QString outcomeKey(CardSighting::Outcome outcome);
[[nodiscard]] std::optional<CardSighting::Outcome> outcomeFromKey(QStringView key);

} // namespace upgradedesk
