#pragma once

#include "core/result.h"
#include "flow/linkcheck.h"

#include <QHash>
#include <QString>
#include <QStringList>

namespace upgradedesk
{

/// The entries of one link under the keys of `link --from`: `card`, `docKind`, … On the command
/// line the same keys are written `--card`, `--doc-kind`, …
[[nodiscard]] const QStringList &linkKeys();

/// `doc-kind` for `docKind`.
[[nodiscard]] QString optionOf(const QString &key);

/// The form of these entries. Fails with InputInvalid (args: key) when a guardian or agent is given
/// in part or a needed entry is missing.
[[nodiscard]] Result<LinkForm> linkForm(const QHash<QString, QString> &fields,
                                        const QString &operatorId, const QDateTime &now);

/// One line of `link --from`: a JSON object of texts under those keys, UTF-8. Fails with
/// InputUnreadable or InputInvalid (args: key); the errors never repeat what the line says.
[[nodiscard]] Result<QHash<QString, QString>> linkFields(const QByteArray &line);

} // namespace upgradedesk
