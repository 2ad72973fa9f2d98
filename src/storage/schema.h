#pragma once

#include <span>

namespace upgradedesk::storage
{

/// `UDSK` in the header of our files, so that another program's database is never taken for ours.
constexpr int applicationId = 0x5544534B;

/// Migration n brings a database from version n to n + 1. Never changed once released, only added
/// to.
[[nodiscard]] std::span<const char *const> migrations();

} // namespace upgradedesk::storage
