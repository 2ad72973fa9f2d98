#pragma once

#include "gui/widgets/passengerscene.h"

namespace upgradedesk
{

class Catalogue;
class LinkController;

/// What the passenger sees of the procedure as it stands: the view with its facts, without
/// language, question and place. A card number is in it only where the passenger compares it, else
/// its last four digits.
[[nodiscard]] PassengerScene passengerSight(const LinkController &controller,
                                            const Catalogue &catalogue);

} // namespace upgradedesk
