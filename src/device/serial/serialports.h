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

/// Names one device at the counter: by its USB ids and serial number, wherever it is plugged in,
/// and by the path alone when the ids are 0 (a built-in port, a pseudo terminal).
struct SerialAddress {
    QString path;
    quint16 vendor = 0;
    quint16 product = 0;
    QString serialNumber;

    bool operator==(const SerialAddress &) const = default;
};

/// Where that device is among `ports` now; empty when it is not plugged in. Of several devices
/// with the same ids and no serial number the one at the remembered path is taken, and none when
/// that path is another device's: a guess could send a passenger's data to a stranger's printer.
[[nodiscard]] QString currentPath(const SerialAddress &address, const QList<SerialPort> &ports);

} // namespace upgradedesk
