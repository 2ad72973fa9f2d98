#pragma once

#include "core/clock.h"
#include "core/result.h"

#include <QString>

namespace upgradedesk::sync
{

/// Gives the folder a practice identity without any network: an authority made for it and thrown
/// away, a record certificate whose private key nobody keeps, and operator 9001 with PIN 135790.
/// All or nothing, also at a power cut; what is there already stays (AlreadyProvisioned). Takes
/// some 0.3 s.
[[nodiscard]] Result<void> provisionTraining(const QString &folder, const Clock &clock);

} // namespace upgradedesk::sync
