#pragma once

#include "gui/widgets/taskrail.h"

namespace upgradedesk
{

/// The tasks of the rail that exist, in the language of now, with their keys.
[[nodiscard]] QList<RailTask> railTasks();

} // namespace upgradedesk
