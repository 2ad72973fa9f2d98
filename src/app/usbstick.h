#pragma once

#include <QString>

namespace upgradedesk
{

/// The root folder of the first removable volume that is mounted and can be written; empty when
/// there is none.
[[nodiscard]] QString usbStick();

/// The newest file there whose name ends so; empty when there is none.
[[nodiscard]] QString newestFile(const QString &folder, const QString &ending);

} // namespace upgradedesk
