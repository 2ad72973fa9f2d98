#pragma once

#include "core/clock.h"
#include "doctor/check.h"

#include <optional>

namespace upgradedesk::doctor
{

/// `identity`, `keys`, `hub`, `clock`, `database`, `journal` of the data folder, provisioned or
/// not; one that is missing is not made. The journal is read from its first entry: some 10 s for a
/// million. `hubTrouble` is what came of looking for the hub of a desk that has one.
[[nodiscard]] QList<Check> deskChecks(const QString &dataFolder, const Clock &clock,
                                      const std::optional<Error> &hubTrouble);

/// `identity`, `keys`, `clock`: those of them that take no time.
[[nodiscard]] QList<Check> quickDeskChecks(const QString &dataFolder, const Clock &clock);

/// Whether the folder is that of a training desk.
[[nodiscard]] bool isTrainingDesk(const QString &dataFolder);

} // namespace upgradedesk::doctor
