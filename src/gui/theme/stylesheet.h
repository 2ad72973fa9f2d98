#pragma once

#include "gui/theme/theme.h"

#include <QString>

namespace upgradedesk
{

/// Replaces @token@ by the theme's colours, @t13@, @t17@ … by its type sizes and @h44@ … by lengths
/// in pixels. A placeholder nobody knows stays as it is, so that a test can find it.
[[nodiscard]] QString expandStyle(QString sheet, const Theme &theme);

/// The style sheet built into the program (resources/style/desk.qss) for this theme.
[[nodiscard]] QString styleSheet(const Theme &theme);

} // namespace upgradedesk
