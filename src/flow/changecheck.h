#pragma once

#include "core/changerequest.h"
#include "core/result.h"
#include "flow/linkcheck.h"

namespace upgradedesk
{

/// What somebody entered to end a link, or to put another card in the place of one.
struct ChangeForm {
    QString cardNumber; ///< the card to unlink, or the new one
    QString oldCard;    ///< empty: only unlink
    bool replaces = false;
    QString medium = QStringLiteral("physical"); ///< of the new card
    QString documentKind;
    QString documentNumber;
    QString operatorId;
};

/// The change with everything normalised, or the first thing that stands against it. Whose card it
/// is only the hub knows.
[[nodiscard]] Result<ChangeRequest> checkChange(const ChangeForm &form, const LinkContext &context);

} // namespace upgradedesk
