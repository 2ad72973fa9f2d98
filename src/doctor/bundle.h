#pragma once

#include "core/result.h"
#include "doctor/check.h"

#include <QDateTime>

namespace upgradedesk::doctor
{

/// What support needs of a desk, as plain English text that anybody can read before it is sent:
/// versions, checks, nothing else. There is no personal data in a check; redacted() goes over it
/// all the same, because names of devices and folders come from elsewhere.
[[nodiscard]] QString bundleText(const QList<Check> &checks, const QDateTime &now);

/// Whatever could be of a person is put out: long numbers with whatever parts their groups, lines
/// of a machine-readable zone, Chinese characters, addresses of mail, the name of a home folder.
[[nodiscard]] QString redacted(const QString &text);

/// Writes it to a new file of that folder and returns its path. Blocks for one disk write; fails
/// with FileExists or FileUnwritable.
[[nodiscard]] Result<QString> saveBundle(const QString &text, const QString &folder,
                                         const QString &name);

} // namespace upgradedesk::doctor
