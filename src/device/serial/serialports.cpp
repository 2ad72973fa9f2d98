#include "device/serial/serialports.h"

#include <QFileInfo>
#include <QSerialPortInfo>

#include <algorithm>

namespace upgradedesk
{

QList<SerialPort> serialPorts()
{
    QList<SerialPort> ports;
    for (const QSerialPortInfo &info : QSerialPortInfo::availablePorts())
        ports << SerialPort{info.systemLocation(),    info.vendorIdentifier(),
                            info.productIdentifier(), QFileInfo::exists(info.systemLocation()),
                            info.serialNumber(),      info.description()};
    return ports;
}

QString currentPath(const SerialAddress &address, const QList<SerialPort> &ports)
{
    if (address.vendor == 0 && address.product == 0)
        return address.path;
    QStringList paths;
    for (const SerialPort &port : ports) {
        if (port.vendor == address.vendor && port.product == address.product &&
            port.serialNumber == address.serialNumber)
            paths << port.path;
    }
    if (paths.size() == 1)
        return paths.first();
    return paths.contains(address.path) ? address.path : QString{};
}

} // namespace upgradedesk
