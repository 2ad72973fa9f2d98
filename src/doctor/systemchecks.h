#pragma once

#include "doctor/check.h"

#include <QStringList>

namespace upgradedesk::doctor
{

/// `disk`: whether the file system of the data folder, or of the nearest folder above that exists,
/// has room.
[[nodiscard]] Check diskCheck(const QString &dataFolder);

/// The same with the numbers given, in bytes.
[[nodiscard]] Check diskCheck(qint64 available, qint64 total);

/// `fonts`: whether one of those folders holds a font with Chinese characters.
[[nodiscard]] Check fontCheck(const QStringList &folders);

/// Where fonts lie on this machine.
[[nodiscard]] QStringList fontFolders();

/// `catalogue`, `rules`, `documents`: whether the data files load.
[[nodiscard]] QList<Check> dataFileChecks();

} // namespace upgradedesk::doctor
