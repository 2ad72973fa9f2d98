#include "doctor/readerchecks.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSerialPortInfo>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <sys/sysmacros.h>
#endif

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk::doctor
{
namespace
{

QString contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll());
}

QString shown(const SerialLine &line)
{
    return line.description.isEmpty() ? line.path : u"%1 (%2)"_s.arg(line.path, line.description);
}

Check readers(const ReaderPlaces &places)
{
    QStringList found;
    for (const SerialLine &line : places.lines) {
        if (line.hasNode)
            found << shown(line);
    }
    QStringList named = configuredReaders(places.nfcFolder);
    if (!places.configured.isEmpty())
        named.prepend(places.configured);
    const QString lines = found.join(u", "_s);
    const QString configured = named.join(u", "_s);
    const LocalText detail{
        u"串口：%1；libnfc 配置：%2"_s.arg(lines.isEmpty() ? u"无"_s : lines,
                                           configured.isEmpty() ? u"无"_s : configured),
        u"serial lines: %1; named for libnfc: %2"_s.arg(
            lines.isEmpty() ? u"none"_s : lines, configured.isEmpty() ? u"none"_s : configured)};
    if (places.training)
        return good(u"readers"_s,
                    {u"培训台用虚拟读卡器；"_s + detail.chinese,
                     u"a training desk uses its virtual reader; "_s + detail.english});
    if (found.isEmpty() && named.isEmpty())
        return bad(
            u"readers"_s, detail,
            {u"插好读卡器；USB 直连的读卡器在 /etc/nfc/libnfc.conf 里写明连接"_s,
             u"plug in the reader; name one without a serial line in /etc/nfc/libnfc.conf"_s});
    return good(u"readers"_s, detail);
}

Check ports(const ReaderPlaces &places)
{
    QStringList absent;
    QStringList shut;
    for (const SerialLine &line : places.lines) {
        if (!line.hasNode)
            absent << line.path;
        else if (!line.mayOpen)
            shut << line.path;
    }
    Check check =
        good(u"ports"_s, {u"所有串口都可以打开"_s, u"this user may open every serial line"_s});
    const auto add = [&check](const LocalText &detail, const LocalText &fix) {
        if (check.ok) {
            check = bad(check.name, detail, fix);
            return;
        }
        check.detail.chinese += u"；"_s + detail.chinese;
        check.detail.english += u"; "_s + detail.english;
        check.fix.chinese += u"；"_s + fix.chinese;
        check.fix.english += u"; "_s + fix.english;
    };
    if (const QString all = shut.join(u", "_s); !all.isEmpty())
        add({u"没有权限：%1"_s.arg(all), u"no permission: %1"_s.arg(all)},
            {u"sudo adduser $USER dialout，然后重新登录系统"_s,
             u"sudo adduser $USER dialout, then log out and in"_s});
    if (const QString all = absent.join(u", "_s); !all.isEmpty())
        add({u"没有设备文件：%1"_s.arg(all), u"no device file: %1"_s.arg(all)},
            {u"把它拔下再插上；在容器里要把设备映射进去"_s,
             u"unplug it and plug it in again; in a container, pass the device in"_s});
    return check;
}

Check pcscd(const ReaderPlaces &places)
{
    const QStringList processes =
        QDir(places.procFolder).entryList({u"[0-9]*"_s}, QDir::Dirs | QDir::NoDotAndDotDot);
    const bool runs = std::ranges::any_of(processes, [&places](const QString &process) {
        return contentOf(places.procFolder + u'/' + process + u"/comm"_s).trimmed() == u"pcscd";
    });
    if (!runs)
        return good(u"pcscd"_s, {u"没有运行"_s, u"not running"_s});
    return bad(u"pcscd"_s, {u"正在运行，会占用读卡器"_s, u"running; it takes the reader"_s},
               {u"sudo systemctl disable --now pcscd.socket pcscd"_s,
                u"sudo systemctl disable --now pcscd.socket pcscd"_s});
}

Check kernelDriver(const ReaderPlaces &places)
{
    static const QRegularExpression module(u"^(pn533_usb|pn533|port100) "_s,
                                           QRegularExpression::MultilineOption);
    const auto found = module.match(contentOf(places.procFolder + u"/modules"_s));
    if (!found.hasMatch())
        return good(u"kernel-driver"_s,
                    {u"没有占用读卡器的内核模块"_s, u"no kernel module takes the reader"_s});
    return bad(u"kernel-driver"_s,
               {u"内核模块 %1 占用读卡器"_s.arg(found.captured(1)),
                u"the kernel module %1 takes the reader"_s.arg(found.captured(1))},
               {u"sudo modprobe -r pn533_usb；并写入 /etc/modprobe.d/ 的 blacklist"_s,
                u"sudo modprobe -r pn533_usb, and blacklist it in /etc/modprobe.d/"_s});
}

/// How /proc/locks names the file: device numbers in hex and the inode.
QString lockName(const QString &path)
{
#ifdef Q_OS_UNIX
    struct stat status {
    };
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return {};
    return u"%1:%2:%3"_s.arg(major(status.st_dev), 2, 16, QChar(u'0'))
        .arg(minor(status.st_dev), 2, 16, QChar(u'0'))
        .arg(status.st_ino);
#else
    Q_UNUSED(path);
    return {};
#endif
}

/// The lock is seen in the kernel's list, so that no line has to be opened.
Check readerLock(const ReaderPlaces &places)
{
    const QString locks = contentOf(places.procFolder + u"/locks"_s);
    QStringList held;
    for (const SerialLine &line : places.lines) {
        const QString name = lockName(line.path);
        if (name.isEmpty())
            continue;
        const QRegularExpression lock(u"(?:FLOCK|POSIX|OFDLCK).* (-?\\d+) %1 "_s.arg(name));
        const auto found = lock.match(locks);
        // The window of this desk and its child use their own lines.
        const QString process = places.procFolder + u'/' + found.captured(1) + u"/comm"_s;
        if (found.hasMatch() && !contentOf(process).startsWith(u"upgradedesk"_s))
            held << u"%1 (PID %2)"_s.arg(line.path, found.captured(1));
    }
    if (held.isEmpty())
        return good(u"reader-lock"_s,
                    {u"没有别的程序占用串口"_s, u"no other program holds a serial line"_s});
    const QString all = held.join(u", "_s);
    return bad(u"reader-lock"_s, {u"被占用：%1"_s.arg(all), u"in use: %1"_s.arg(all)},
               {u"请关掉那个程序"_s, u"close that program"_s});
}

} // namespace

ReaderPlaces ReaderPlaces::ofThisMachine(bool training)
{
    ReaderPlaces places;
    places.training = training;
    places.configured = qEnvironmentVariable("LIBNFC_DEVICE");
    for (const QSerialPortInfo &port : QSerialPortInfo::availablePorts()) {
        QString description = port.description();
        if (port.hasVendorIdentifier() && port.hasProductIdentifier())
            description = u"%1 %2:%3"_s.arg(description)
                              .arg(port.vendorIdentifier(), 4, 16, QChar(u'0'))
                              .arg(port.productIdentifier(), 4, 16, QChar(u'0'))
                              .trimmed();
        const QFileInfo file(port.systemLocation());
        places.lines.append(
            {file.filePath(), description, file.isReadable() && file.isWritable(), file.exists()});
    }
    return places;
}

QStringList configuredReaders(const QString &nfcFolder)
{
    static const QRegularExpression setting(u"^\\s*device\\.connstring\\s*=\\s*\"?([^\"\\s]+)\"?"_s,
                                            QRegularExpression::MultilineOption);
    QStringList files{nfcFolder + u"/libnfc.conf"_s};
    const QDir more(nfcFolder + u"/devices.d"_s);
    for (const QString &name : more.entryList({u"*.conf"_s}, QDir::Files, QDir::Name))
        files << more.filePath(name);
    QStringList readers;
    for (const QString &file : std::as_const(files)) {
        // In devices.d the key has no prefix, in libnfc.conf it has; libnfc takes both.
        QString text = contentOf(file);
        text.replace(QRegularExpression(u"^\\s*connstring"_s, QRegularExpression::MultilineOption),
                     u"device.connstring"_s);
        auto matches = setting.globalMatch(text);
        while (matches.hasNext())
            readers << matches.next().captured(1);
    }
    return readers;
}

QList<Check> readerChecks(const ReaderPlaces &places)
{
    return {readers(places), ports(places), pcscd(places), kernelDriver(places),
            readerLock(places)};
}

} // namespace upgradedesk::doctor
