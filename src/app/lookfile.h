#pragma once

#include "gui/appearance.h"

#include <QString>

namespace upgradedesk
{

/// The look that was chosen last at this desk. What is missing or damaged is taken as the default:
/// nobody should have to mend a file to read the screen.
[[nodiscard]] Look loadLook(const QString &folder);

/// Replaces the file as a whole, or leaves it as it was and returns false. Blocks for one disk
/// write.
[[nodiscard]] bool saveLook(const QString &folder, const Look &look);

} // namespace upgradedesk
