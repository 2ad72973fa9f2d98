#pragma once

#include "identity/documentcheck.h"

namespace upgradedesk
{

// Travel documents have a shape and no check digit outside their machine-readable zone. Each takes
// a normalised ASCII number and answers FORMAT when it does not fit.

[[nodiscard]] DocumentCheck checkHomeReturnPermit(const QString &number);
[[nodiscard]] DocumentCheck checkTaiwanPermit(const QString &number);

/// Passports of China by their series; any other of 1 to 9 letters and digits is `foreign`, because
/// no pattern may be imposed on those.
[[nodiscard]] DocumentCheck checkPassport(const QString &number);

} // namespace upgradedesk
