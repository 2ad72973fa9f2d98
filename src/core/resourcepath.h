#pragma once

#include <QString>

namespace upgradedesk
{

/// Path of a shipped data file such as `cards/catalogue.json`. Looked up in the folder that the
/// environment variable UPGRADEDESK_RESOURCES names, else in ../share/upgradedesk beside the
/// program's folder.
[[nodiscard]] QString resourcePath(QStringView relative);

} // namespace upgradedesk
