#pragma once

#include "card/resolver.h"
#include "gui/widgets/lengthbars.h"

namespace upgradedesk
{

// What the side column of the look-up says of a typed number.

/// For the operator to say. `kind` is what the number is, or may become; null when none fits.
[[nodiscard]] QString lookupWords(const CardNumberExplanation &typed, const CardProduct *kind);

/// How long the number of each kind of card is, the kinds that the typed number could be are
/// marked.
[[nodiscard]] QList<LengthBars::Row> lengthRows(const Catalogue &catalogue,
                                                const CardNumberExplanation &typed);

} // namespace upgradedesk
