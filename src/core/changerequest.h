#pragma once

#include "core/linkrequest.h"

namespace upgradedesk
{

/// Ends the link of a card, and with a new card links that one in its place. Lives in memory only
/// until it is sealed.
struct ChangeRequest {
    QString kind;       ///< `unlink` or `replace`
    QString cardNumber; ///< canonical digits: the card that is unlinked, or the new one
    QString product;    ///< of that card
    QString oldCard;    ///< whose link a `replace` ends; empty in an `unlink`
    QString medium = QStringLiteral("physical"); ///< declared by staff
    QString cardBy = QStringLiteral("typed");    ///< how its number came in: tap, typed
    Person holder;                               ///< without a name: the link itself has it
    QString rulesVersion;
    QString operatorId;

    /// The card whose link ends.
    [[nodiscard]] const QString &endedCard() const
    {
        return oldCard.isEmpty() ? cardNumber : oldCard;
    }

    bool operator==(const ChangeRequest &) const = default;
};

} // namespace upgradedesk
