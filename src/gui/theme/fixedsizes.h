#pragma once

class QWidget;

namespace upgradedesk
{

/// Scales the sizes that forms fix in pixels, for every child of this window. What the style sheet
/// fixes (fields, headlines) is left to the style sheet. A form may name another size for a large
/// window by the dynamic properties `largeWidth` and `largeHeight`.
void scaleFixedSizes(QWidget &window, double scale);

} // namespace upgradedesk
