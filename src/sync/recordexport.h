#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "storage/store.h"
#include "sync/deskidentity.h"

#include <QString>

namespace upgradedesk::sync
{

/// Writes every record the hub has not accepted into a new file, whole and in order, and returns
/// how many; the store is only read. FileExists, FileUnwritable, or the store's errors.
[[nodiscard]] Result<qint64> exportRecords(const DeskIdentity &identity, storage::Store &store,
                                           const QString &path, const Clock &clock);

} // namespace upgradedesk::sync
