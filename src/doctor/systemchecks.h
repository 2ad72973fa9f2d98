#pragma once

#include "core/clock.h"
#include "doctor/check.h"
#include "flow/rules.h"

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

/// `rules`: which version a desk goes by, those of its hub where it has them, and since when what
/// they say of `day` is so.
[[nodiscard]] Check rulesCheck(const Result<Rules> &rules, bool ofHub, QDate day);

/// `catalogue`, `rules`, `documents`: whether the data files load, and which rules the desk of the
/// folder goes by.
[[nodiscard]] QList<Check> dataFileChecks(const QString &dataFolder, const Clock &clock);

} // namespace upgradedesk::doctor
