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

template <typename Other>
bool isSameKind(const DeviceIdentity &device, const Other &other)
{
    return device.vendor == other.vendor && device.product == other.product &&
           device.serialNumber == other.serialNumber;
}

bool isUsb(const DeviceIdentity &device)
{
    return device.vendor != 0 || device.product != 0;
}

template <typename Fits>
std::optional<SerialPort> onlyOne(const QList<SerialPort> &ports, const Fits &fits)
{
    const auto first = std::ranges::find_if(ports, fits);
    if (first == ports.end() || std::any_of(std::next(first), ports.end(), fits))
        return std::nullopt;
    return *first;
}

/// Where it was, whatever its serial number says.
std::optional<SerialPort> inSocket(const DeviceIdentity &device, const QList<SerialPort> &ports)
{
    if (!isUsb(device))
        return onlyOne(ports, [&device](const SerialPort &port) {
            return port.vendor == 0 && port.product == 0 && port.path == device.path;
        });
    return onlyOne(ports, [&device](const SerialPort &port) {
        return isSameKind(device, port) &&
               (device.usbPath.isEmpty() ? port.path == device.path
                                         : port.usbPath == device.usbPath);
    });
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
    // Cheap adapters share one serial number, or have none; then the socket tells them apart.
    if (isUsb(device) && !device.serialNumber.isEmpty()) {
        if (auto found = onlyOne(
                ports, [&device](const SerialPort &port) { return isSameKind(device, port); }))
            return found;
    }
    return inSocket(device, ports);
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
            book.m_devices[role] = device;
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

void RoleBook::assign(DeviceRole role, const SerialPort &port, const QList<SerialPort> &ports)
{
    // All are looked up before one is dropped: that changes where its clones are looked for.
    const RoleBook before = *this;
    std::erase_if(m_devices, [&](const auto &entry) {
        const auto found = before.find(entry.first, ports);
        return found && found->path == port.path;
    });
    m_devices[role] = DeviceIdentity::of(port);
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

std::optional<SerialPort> RoleBook::portOf(DeviceRole role, const QList<SerialPort> &ports) const
{
    auto port = find(role, ports);
    const bool shared = port && std::ranges::any_of(m_devices, [&](const auto &entry) {
                            const auto other =
                                entry.first == role ? std::nullopt : find(entry.first, ports);
                            return other && other->path == port->path;
                        });
    return shared ? std::nullopt : port;
}

std::optional<DeviceRole> RoleBook::roleOf(const SerialPort &port,
                                           const QList<SerialPort> &ports) const
{
    for (const DeviceRole role : allDeviceRoles) {
        const auto found = portOf(role, ports);
        if (found && found->path == port.path)
            return role;
    }
    return std::nullopt;
}

std::optional<SerialPort> RoleBook::find(DeviceRole role, const QList<SerialPort> &ports) const
{
    const auto wanted = device(role);
    if (!wanted)
        return std::nullopt;
    // While one of two clones is unplugged, the other is the only one of its serial number.
    const bool hasClone = std::ranges::any_of(m_devices, [&](const auto &entry) {
        return entry.first != role && isSameKind(*wanted, entry.second) &&
               entry.second.usbPath != wanted->usbPath;
    });
    return hasClone ? inSocket(*wanted, ports) : upgradedesk::portOf(*wanted, ports);
}

} // namespace upgradedesk
