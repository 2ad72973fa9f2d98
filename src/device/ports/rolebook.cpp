#include "device/ports/rolebook.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr qint64 largestFile = 65536;
constexpr qsizetype longestEntry = 256;

QString rolePath(const QString &folder)
{
    return QDir(folder).filePath(u"devices.json"_s);
}

QString idText(quint16 id)
{
    return QString::number(id, 16).rightJustified(4, u'0');
}

quint16 idOf(const QJsonValue &value)
{
    bool good = false;
    const uint id = value.toString().toUInt(&good, 16);
    return good && id <= 0xFFFF ? quint16(id) : quint16(0);
}

QString textOf(const QJsonValue &value)
{
    return value.toString().left(longestEntry);
}

bool isSameKind(const DeviceIdentity &device, const SerialPort &port)
{
    return device.vendor == port.vendor && device.product == port.product &&
           device.serialNumber == port.serialNumber;
}

} // namespace

QString roleKey(DeviceRole role)
{
    switch (role) {
    case DeviceRole::CardReader:
        return u"card-reader"_s;
    case DeviceRole::IdReader:
        return u"id-reader"_s;
    case DeviceRole::Scanner:
        return u"scanner"_s;
    case DeviceRole::Printer:
        break;
    }
    return u"printer"_s;
}

std::optional<DeviceRole> roleFromKey(QStringView key)
{
    for (const DeviceRole role : allDeviceRoles) {
        if (roleKey(role) == key)
            return role;
    }
    return std::nullopt;
}

DeviceIdentity DeviceIdentity::of(const SerialPort &port)
{
    return {port.vendor,  port.product, port.serialNumber,
            port.usbPath, port.path,    port.description};
}

std::optional<SerialPort> portOf(const DeviceIdentity &device, const QList<SerialPort> &ports)
{
    const auto onlyOne = [&ports](const auto &fits) -> std::optional<SerialPort> {
        const auto first = std::ranges::find_if(ports, fits);
        if (first == ports.end() || std::any_of(std::next(first), ports.end(), fits))
            return std::nullopt;
        return *first;
    };
    if (device.vendor == 0 && device.product == 0)
        return onlyOne([&device](const SerialPort &port) {
            return port.vendor == 0 && port.product == 0 && port.path == device.path;
        });
    // Cheap adapters share one serial number, or have none; then the socket tells them apart.
    if (!device.serialNumber.isEmpty()) {
        if (auto found =
                onlyOne([&device](const SerialPort &port) { return isSameKind(device, port); }))
            return found;
    }
    return onlyOne([&device](const SerialPort &port) {
        return isSameKind(device, port) &&
               (device.usbPath.isEmpty() ? port.path == device.path
                                         : port.usbPath == device.usbPath);
    });
}

RoleBook RoleBook::load(const QString &folder)
{
    RoleBook book;
    QFile file(rolePath(folder));
    if (!file.open(QIODevice::ReadOnly))
        return book;
    const QJsonObject root = QJsonDocument::fromJson(file.read(largestFile)).object();
    for (const DeviceRole role : allDeviceRoles) {
        const QJsonObject entry = root.value(roleKey(role)).toObject();
        const DeviceIdentity device{
            idOf(entry.value(u"vendor"_s)),         idOf(entry.value(u"product"_s)),
            textOf(entry.value(u"serialNumber"_s)), textOf(entry.value(u"usbPath"_s)),
            textOf(entry.value(u"path"_s)),         textOf(entry.value(u"description"_s))};
        if (!device.path.isEmpty())
            book.assign(role, device);
    }
    return book;
}

bool RoleBook::save(const QString &folder) const
{
    QJsonObject root;
    for (const auto &[role, device] : m_devices)
        root.insert(roleKey(role), QJsonObject{{u"vendor"_s, idText(device.vendor)},
                                               {u"product"_s, idText(device.product)},
                                               {u"serialNumber"_s, device.serialNumber},
                                               {u"usbPath"_s, device.usbPath},
                                               {u"path"_s, device.path},
                                               {u"description"_s, device.description}});
    QSaveFile file(rolePath(folder));
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.write(QJsonDocument(root).toJson());
    return file.commit();
}

void RoleBook::assign(DeviceRole role, const DeviceIdentity &device)
{
    std::erase_if(m_devices, [&device](const auto &entry) {
        DeviceIdentity other = entry.second;
        other.path = device.path;
        other.description = device.description;
        const bool usb = device.vendor != 0 || device.product != 0;
        return usb ? other == device : entry.second.path == device.path;
    });
    m_devices[role] = device;
}

void RoleBook::forget(DeviceRole role)
{
    m_devices.erase(role);
}

std::optional<DeviceIdentity> RoleBook::device(DeviceRole role) const
{
    const auto found = m_devices.find(role);
    return found == m_devices.end() ? std::nullopt : std::optional(found->second);
}

std::optional<DeviceRole> RoleBook::roleOf(const SerialPort &port,
                                           const QList<SerialPort> &ports) const
{
    for (const auto &[role, device] : m_devices) {
        const auto found = portOf(device, ports);
        if (found && found->path == port.path)
            return role;
    }
    return std::nullopt;
}

} // namespace upgradedesk
