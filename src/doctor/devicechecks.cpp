#include "doctor/devicechecks.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk::doctor
{
namespace
{

LocalText roleName(DeviceRole role)
{
    switch (role) {
    case DeviceRole::CardReader:
        return {u"读卡器"_s, u"card reader"_s};
    case DeviceRole::IdReader:
        return {u"证件机"_s, u"ID reader"_s};
    case DeviceRole::Scanner:
        return {u"扫描器"_s, u"scanner"_s};
    case DeviceRole::Printer:
        break;
    }
    return {u"打印机"_s, u"printer"_s};
}

LocalText same(const QString &text)
{
    return {text, text};
}

QString portName(const SerialPort &port)
{
    return port.description.isEmpty() ? port.path : u"%1 (%2)"_s.arg(port.path, port.description);
}

bool mayOpen(const QString &path)
{
    const QFileInfo file(path);
    return file.isReadable() && file.isWritable();
}

LocalText joinGroup(const QString &path)
{
    const QString command = u"sudo adduser $USER %1"_s.arg(portGroup(path));
    return {command + u"，然后重新登录系统"_s, command + u", then log out and in"_s};
}

/// Where the device of the role is now; nothing when it is not plugged in.
std::optional<SerialPort> placeOf(DeviceRole role, const CounterPlaces &places)
{
    if (const QString path = places.named.value(role); !path.isEmpty()) {
        SerialPort port;
        port.path = path;
        port.hasNode = QFileInfo::exists(path);
        return port.hasNode ? std::optional(port) : std::nullopt;
    }
    return places.roles.portOf(role, places.ports);
}

} // namespace

CounterPlaces CounterPlaces::ofThisMachine(const QString &dataFolder)
{
    CounterPlaces places;
    places.ports = serialPorts();
    places.roles = RoleBook::load(dataFolder);
    return places;
}

std::optional<Holder> holderOf(const QString &path, const QString &procFolder)
{
    const QString wanted = QFileInfo(path).canonicalFilePath();
    if (wanted.isEmpty())
        return std::nullopt;
    const QDir proc(procFolder);
    for (const QString &process :
         proc.entryList({u"[0-9]*"_s}, QDir::Dirs | QDir::NoDotAndDotDot)) {
        const qint64 number = process.toLongLong();
        if (number == QCoreApplication::applicationPid())
            continue;
        const QDir files(proc.filePath(process + u"/fd"_s));
        const QStringList names =
            files.entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System);
        const bool holds = std::ranges::any_of(names, [&](const QString &name) {
            return QFile::symLinkTarget(files.filePath(name)) == wanted;
        });
        if (!holds)
            continue;
        QFile comm(proc.filePath(process + u"/comm"_s));
        QString name;
        if (comm.open(QIODevice::ReadOnly))
            name = QString::fromUtf8(comm.readAll()).trimmed();
        return Holder{number, name};
    }
    return std::nullopt;
}

Check deviceCheck(DeviceRole role, const CounterPlaces &places)
{
    const QString key = roleKey(role);
    const LocalText name = roleName(role);
    const bool chosen = places.roles.device(role) || !places.named.value(role).isEmpty();
    if (!chosen)
        return good(
            key, {u"这台没有配%1"_s.arg(name.chinese), u"this desk has no %1"_s.arg(name.english)});
    const auto port = placeOf(role, places);
    if (!port)
        return bad(
            key,
            {u"%1没有插上"_s.arg(name.chinese), u"the %1 is not plugged in"_s.arg(name.english)},
            {u"把 USB 线插紧；换了一台就在设备页（F11）重新指定"_s,
             u"plug it in firmly; for another one choose its port on the page Devices "
             u"(F11)"_s});
    if (!port->hasNode || !QFileInfo::exists(port->path))
        return bad(key,
                   {u"没有设备文件：%1"_s.arg(port->path), u"no device file: %1"_s.arg(port->path)},
                   {u"把它拔下再插上"_s, u"unplug it and plug it in again"_s});
    if (!mayOpen(port->path))
        return bad(key, {u"没有权限：%1"_s.arg(port->path), u"no permission: %1"_s.arg(port->path)},
                   joinGroup(port->path));
    if (const auto holder = holderOf(port->path, places.procFolder)) {
        const QString who = u"%1 (PID %2)"_s.arg(holder->name).arg(holder->process);
        if (holder->name.startsWith(u"upgradedesk"_s))
            return good(key, {u"%1，服务台窗口正在用"_s.arg(portName(*port)),
                              u"%1, in use by the window of this desk"_s.arg(portName(*port))});
        return bad(
            key,
            {u"%1 被占用：%2"_s.arg(port->path, who), u"%1 is in use: %2"_s.arg(port->path, who)},
            {u"请关掉那个程序"_s, u"close that program"_s});
    }
    return good(key, same(portName(*port)));
}

Check groupsCheck(const CounterPlaces &places)
{
    QStringList shut;
    LocalText fix;
    for (const SerialPort &port : places.ports) {
        if (!port.hasNode || mayOpen(port.path))
            continue;
        shut << u"%1 (%2)"_s.arg(port.path, QFileInfo(port.path).group());
        fix = joinGroup(port.path);
    }
    if (shut.isEmpty())
        return good(u"groups"_s,
                    {u"本用户在需要的组里"_s, u"this user is in the groups it needs"_s});
    return bad(u"groups"_s,
               {u"不能打开：%1"_s.arg(shut.join(u", "_s)),
                u"cannot be opened: %1"_s.arg(shut.join(u", "_s))},
               fix);
}

Check unknownPortsCheck(const CounterPlaces &places)
{
    QStringList unknown;
    for (const SerialPort &port : places.ports) {
        const bool usb = port.vendor != 0 || port.product != 0;
        if (usb && !places.roles.roleOf(port, places.ports) &&
            !places.named.values().contains(port.path))
            unknown << portName(port);
    }
    if (unknown.isEmpty())
        return good(u"unknown-ports"_s, {u"没有来历不明的设备"_s, u"no device without a role"_s});
    const QString all = unknown.join(u", "_s);
    return good(u"unknown-ports"_s,
                {u"没有指定用途：%1（在设备页 F11 指定）"_s.arg(all),
                 u"without a role: %1 (choose one on the page Devices, F11)"_s.arg(all)});
}

QList<Check> counterChecks(const CounterPlaces &places)
{
    return {deviceCheck(DeviceRole::IdReader, places), deviceCheck(DeviceRole::Scanner, places),
            deviceCheck(DeviceRole::Printer, places), groupsCheck(places),
            unknownPortsCheck(places)};
}

} // namespace upgradedesk::doctor
