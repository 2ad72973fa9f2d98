#pragma once

#include <QPainterPath>
#include <QStringView>

namespace upgradedesk
{

/// Reads path data in the notation of SVG (M L H V C S A Z, upper and lower case) and two short
/// forms of ours: `R x y w h r` for a rounded rectangle and `O x y r` for a circle. Data is ours,
/// so what it does not know ends it.
[[nodiscard]] QPainterPath pathFromData(QStringView data);

} // namespace upgradedesk
