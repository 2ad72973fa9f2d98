#pragma once

#include "core/result.h"
#include "sync/deskidentity.h"
#include "wire/signeddocument.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace upgradedesk::sync
{

/// The rules the hub has published lie beside the database, too, so that a start need not wait for
/// that. The file is signed like the message it is.
[[nodiscard]] Result<void> savePublishedRules(const QString &folder,
                                              const wire::SignedDocument &document);

/// Their body; nothing when there are none, or none that are signed by this desk's hub.
[[nodiscard]] std::optional<QByteArray> loadPublishedRules(const QString &folder,
                                                           const DeskIdentity &identity);

} // namespace upgradedesk::sync
