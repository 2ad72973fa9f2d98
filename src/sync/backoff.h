#pragma once

#include "sync/hubtrouble.h"

#include <chrono>

namespace upgradedesk::sync
{

/// How long to wait after a failure. Never the same time twice, so that the desks of a city do not
/// come back all at once.
class Backoff
{
public:
    /// Without network or answer 1 to 2 s, always: looking costs next to nothing, and uploads are
    /// to start within 5 s after the network is back. A hub that fails or is overloaded is spared
    /// longer each time, up to a minute, or as long as it says. A hub that is not ours or does not
    /// take this desk, half a minute.
    [[nodiscard]] std::chrono::milliseconds after(const HubTrouble &trouble);

    /// It worked.
    void reset() { m_failures = 0; }

private:
    int m_failures = 0;
};

} // namespace upgradedesk::sync
