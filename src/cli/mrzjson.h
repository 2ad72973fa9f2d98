#pragma once

#include "identity/mrz.h"

#include <QJsonObject>

namespace upgradedesk
{

/// A zone as `mrz check` and `scan listen` print it; null where a field is not known.
[[nodiscard]] QJsonObject mrzJson(const Mrz &mrz);

} // namespace upgradedesk
