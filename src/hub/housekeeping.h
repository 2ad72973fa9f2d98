#pragma once

#include "hub/hub.h"

namespace upgradedesk::hub
{

/// Takes away what has served its purpose: counted questions of spans that are over, ids of
/// questions about persons (after 90 days; older ones are refused by their own time), test results
/// that no rule asks for any more (90 days), versions of snapshots nobody should still hold (30
/// days). One process of the hub at a time; the others find it done. Returns how many rows.
[[nodiscard]] Result<qint64> tidyDatabase(Hub &hub);

} // namespace upgradedesk::hub
