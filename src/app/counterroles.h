#pragma once

#include "device/ports/rolebook.h"
#include "gui/counterdevices.h"

#include <optional>

namespace upgradedesk
{

/// The device of the 设备 page that has this role.
[[nodiscard]] CounterDevice deviceOf(DeviceRole role);

/// Nothing for what has no serial port: the passenger screen and the hub.
[[nodiscard]] std::optional<DeviceRole> roleOf(CounterDevice device);

} // namespace upgradedesk
