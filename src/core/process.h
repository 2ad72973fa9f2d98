#pragma once

namespace upgradedesk
{

/// Keeps what is in memory out of core dumps; call it first in main().
void forbidCoreDumps();

} // namespace upgradedesk
