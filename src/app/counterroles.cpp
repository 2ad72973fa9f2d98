#include "app/counterroles.h"

namespace upgradedesk
{

CounterDevice deviceOf(DeviceRole role)
{
    switch (role) {
    case DeviceRole::CardReader:
        return CounterDevice::CardReader;
    case DeviceRole::IdReader:
        return CounterDevice::IdReader;
    case DeviceRole::Scanner:
        return CounterDevice::Scanner;
    case DeviceRole::Printer:
        break;
    }
    return CounterDevice::Printer;
}

std::optional<DeviceRole> roleOf(CounterDevice device)
{
    for (const DeviceRole role : allDeviceRoles) {
        if (deviceOf(role) == device)
            return role;
    }
    return std::nullopt;
}

} // namespace upgradedesk
