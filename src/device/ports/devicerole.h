#pragma once

#include <QString>

#include <array>
#include <optional>

namespace upgradedesk
{

/// What a device at the counter is for.
enum class DeviceRole { CardReader, IdReader, Scanner, Printer };

inline constexpr std::array allDeviceRoles{DeviceRole::CardReader, DeviceRole::IdReader,
                                           DeviceRole::Scanner, DeviceRole::Printer};

/// `card-reader`, `id-reader`, `scanner`, `printer`: in files and in the output of deskctl.
[[nodiscard]] QString roleKey(DeviceRole role);
[[nodiscard]] std::optional<DeviceRole> roleFromKey(QStringView key);

} // namespace upgradedesk
