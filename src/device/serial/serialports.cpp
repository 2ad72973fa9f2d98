#include "device/serial/serialports.h"

#include <QFileInfo>
#include <QSerialPortInfo>

namespace upgradedesk
{
namespace
{

/// The kernel names the folder of a USB interface after the sockets that lead to it. Nothing is
/// opened. Empty elsewhere than on Linux.
QString usbPathOf(const QString &portName)
{
    const QString device =
        QFileInfo(QStringLiteral("/sys/class/tty/%1/device").arg(portName)).canonicalFilePath();
    for (const QString &folder : device.split(u'/', Qt::SkipEmptyParts)) {
        if (folder.contains(u'-') && folder.contains(u':') && folder.front().isDigit())
            return folder;
    }
    return {};
}

} // namespace

QList<SerialPort> serialPorts()
{
    QList<SerialPort> ports;
    for (const QSerialPortInfo &info : QSerialPortInfo::availablePorts())
        ports << SerialPort{info.systemLocation(),
                            info.vendorIdentifier(),
                            info.productIdentifier(),
                            QFileInfo::exists(info.systemLocation()),
                            info.serialNumber(),
                            info.description(),
                            info.hasVendorIdentifier() ? usbPathOf(info.portName()) : QString()};
    return ports;
}

QString portGroup(const QString &path)
{
    const QFileInfo file(path);
    const QString group = file.group();
    // To join root is no advice.
    const bool helps = file.permission(QFile::ReadGroup | QFile::WriteGroup) && file.groupId() != 0;
    return helps && !group.isEmpty() ? group : u"dialout"_s;
}

} // namespace upgradedesk
