#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace upgradedesk
{

/// A document that can be placed on the virtual ID reader.
struct VirtualPerson {
    QString name;      ///< by which it is placed
    QByteArray record; ///< the data of the reply to 30 01: lengths, text, photo
};

/// Reads a `--persons` file: `{"persons": […]}`, each with `name`, `kind` (`citizen`,
/// `hmt-residence`, `foreign-2017`, `foreign-2023`), `personName`, `sex` (0, 1, 2, 9), `birth`,
/// `number`, `validFrom`, `validTo` (YYYYMMDD or 长期), and if wanted `otherName`, `ethnicGroup`,
/// `address`, `issuer`, `country`. Fails with FileUnreadable or ResourceInvalid (args: file,
/// line, why).
[[nodiscard]] Result<QList<VirtualPerson>> loadVirtualPersons(const QString &path);

/// The same from text; `name` stands for the file in errors.
[[nodiscard]] Result<QList<VirtualPerson>> parseVirtualPersons(const QByteArray &text,
                                                               const QString &name);

} // namespace upgradedesk
