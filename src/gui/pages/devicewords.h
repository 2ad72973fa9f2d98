#pragma once

#include "gui/counterdevices.h"
#include "gui/theme/iconset.h"

namespace upgradedesk
{

// Words for devices that the page 设备 and the status strip share.

[[nodiscard]] QString deviceName(CounterDevice device);
[[nodiscard]] Icon deviceIcon(CounterDevice device);

/// 正常, 未连接, …; of the hub 在线.
[[nodiscard]] QString deviceState(const DeviceFacts &facts);

/// The last thing it did and how often it did it, in two lines; empty where there is nothing.
[[nodiscard]] QString lastEventWords(const DeviceFacts &facts);
[[nodiscard]] QString countWords(const DeviceFacts &facts);

/// A serial device can be given a port by staff.
[[nodiscard]] bool takesPort(CounterDevice device);

} // namespace upgradedesk
