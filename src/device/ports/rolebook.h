#pragma once

#include "device/ports/devicerole.h"
#include "device/serial/serialports.h"

#include <map>

namespace upgradedesk
{

/// One device, however its port is called today: by USB ids and serial number; where it has no
/// serial number, by USB ids and the socket it sits in; not on USB, by the path of its port.
struct DeviceIdentity {
    quint16 vendor = 0;
    quint16 product = 0;
    QString serialNumber;
    QString usbPath;     ///< such as `1-1.2:1.0`
    QString path;        ///< where it was last; decides only where there is nothing better
    QString description; ///< for people

    [[nodiscard]] static DeviceIdentity of(const SerialPort &port);

    bool operator==(const DeviceIdentity &) const = default;
};

/// The port of that device among `ports`; nothing when it is not plugged in, or when several could
/// be it: a guess could send a passenger's data to a stranger's device.
[[nodiscard]] std::optional<SerialPort> portOf(const DeviceIdentity &device,
                                               const QList<SerialPort> &ports);

/// Which device has which role at this desk, as staff said. A device has one role at most.
class RoleBook
{
public:
    /// Reads `devices.json` of the data folder. What is missing or damaged is left out: the device
    /// is asked for again.
    [[nodiscard]] static RoleBook load(const QString &folder);

    /// Replaces the file as a whole, or leaves it as it was and returns false. Blocks for one disk
    /// write.
    [[nodiscard]] bool save(const QString &folder) const;

    /// Gives the role to what is behind that port of `ports`, and takes from it any other.
    void assign(DeviceRole role, const SerialPort &port, const QList<SerialPort> &ports);
    void forget(DeviceRole role);
    [[nodiscard]] std::optional<DeviceIdentity> device(DeviceRole role) const;

    /// Where the device of the role is; nothing when it is not plugged in, or when that port could
    /// be another role's as well. Of two devices with one serial number each is where it was.
    [[nodiscard]] std::optional<SerialPort> portOf(DeviceRole role,
                                                   const QList<SerialPort> &ports) const;

    /// The role of what is behind that port, if it has one.
    [[nodiscard]] std::optional<DeviceRole> roleOf(const SerialPort &port,
                                                   const QList<SerialPort> &ports) const;

    bool operator==(const RoleBook &) const = default;

private:
    [[nodiscard]] std::optional<SerialPort> find(DeviceRole role,
                                                 const QList<SerialPort> &ports) const;

    std::map<DeviceRole, DeviceIdentity> m_devices;
};

} // namespace upgradedesk
