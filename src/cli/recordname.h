#pragma once

#include "core/result.h"
#include "storage/store.h"

#include <QString>

namespace upgradedesk
{

/// The id of the record that a word names, by its id or its slip. RecordNotFound.
[[nodiscard]] Result<QString> recordNamed(storage::Store &store, const QString &word);

} // namespace upgradedesk
