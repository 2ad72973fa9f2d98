#pragma once

#include <QList>
#include <QString>

namespace upgradedesk
{

/// A serial port of this computer, as Qt SerialPort tells it.
struct SerialPort {
    QString path;
    quint16 vendor = 0; ///< USB ids; 0 when the port is not on USB
    quint16 product = 0;
    bool hasNode = true;       ///< false when the kernel knows it and /dev does not
    QString serialNumber = {}; ///< of the USB device; many cheap adapters have none
    QString description = {};  ///< what the USB device calls itself, may be empty
    QString usbPath = {};      ///< socket and interface, such as `1-1.2:1.0`; empty when not known

    bool operator==(const SerialPort &) const = default;
};

/// The ports of this computer, none of them opened.
[[nodiscard]] QList<SerialPort> serialPorts();

/// The group whose members may open this port: the file's own, or that of Debian's serial ports
/// where the file is open to nobody but its owner.
[[nodiscard]] QString portGroup(const QString &path);

} // namespace upgradedesk
