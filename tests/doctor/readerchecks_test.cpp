#include "support/catch.h"

#include "doctor/readerchecks.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <sys/stat.h>
#include <sys/sysmacros.h>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::doctor;

namespace
{

/// A machine of files: /proc and /etc/nfc of a test.
class Machine
{
public:
    Machine()
    {
        places.nfcFolder = folder.filePath(u"nfc"_s);
        places.procFolder = folder.filePath(u"proc"_s);
    }

    void write(const QString &name, const QByteArray &text) const
    {
        const QString path = folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    [[nodiscard]] Check check(const QString &name) const
    {
        for (const Check &one : readerChecks(places)) {
            if (one.name == name)
                return one;
        }
        return {};
    }

    QTemporaryDir folder;
    ReaderPlaces places;
};

} // namespace

TEST_CASE("On a machine with nothing in the way every check of the reader is good", "[doctor]")
{
    Machine machine;
    machine.places.lines = {{u"/dev/ttyUSB0"_s, u"USB Serial"_s, true}};
    machine.write(u"proc/1/comm"_s, "systemd\n");
    machine.write(u"proc/modules"_s, "ch341 24576 0 - Live 0x0\n");

    QStringList names;
    for (const Check &check : readerChecks(machine.places)) {
        CHECK(check.ok);
        CHECK(check.fix == LocalText());
        names << check.name;
    }
    CHECK(names ==
          QStringList{u"readers"_s, u"ports"_s, u"pcscd"_s, u"kernel-driver"_s, u"reader-lock"_s});
    CHECK(machine.check(u"readers"_s).detail.english.contains(u"/dev/ttyUSB0 (USB Serial)"));
}

TEST_CASE("No reader at all is told, except where a virtual one is used", "[doctor]")
{
    Machine machine;
    CHECK_FALSE(machine.check(u"readers"_s).ok);

    machine.places.training = true;
    CHECK(machine.check(u"readers"_s).ok);
    machine.places.training = false;
    machine.write(u"nfc/libnfc.conf"_s, "# device.connstring = \"pn532_spi:/dev/no\"\n"
                                        "device.connstring = \"pn53x_usb\"\n");
    machine.write(u"nfc/devices.d/desk.conf"_s, "name = \"x\"\nconnstring=pn532_uart:/dev/ttyS9\n");
    CHECK(machine.check(u"readers"_s).ok);
    CHECK(configuredReaders(machine.places.nfcFolder) ==
          QStringList{u"pn53x_usb"_s, u"pn532_uart:/dev/ttyS9"_s});
}

TEST_CASE("Who stands in the way of the reader is named with what to do", "[doctor]")
{
    Machine machine;
    const QString line = machine.folder.filePath(u"ttyUSB0"_s);
    machine.write(u"ttyUSB0"_s, "x");
    machine.places.lines = {{line, {}, false}};
    machine.write(u"proc/412/comm"_s, "pcscd\n");
    machine.write(u"proc/modules"_s, "nfc 1 1 pn533, Live 0x0\npn533_usb 20480 0 - Live 0x0\n");
    struct stat status {
    };
    REQUIRE(::stat(QFile::encodeName(line).constData(), &status) == 0);
    machine.write(u"proc/locks"_s,
                  QByteArray("1: FLOCK  ADVISORY  WRITE 977 ") +
                      QByteArray::number(major(status.st_dev), 16).rightJustified(2, '0') + ':' +
                      QByteArray::number(minor(status.st_dev), 16).rightJustified(2, '0') + ':' +
                      QByteArray::number(qulonglong(status.st_ino)) + " 0 EOF\n");

    const auto [name, found, fix] = GENERATE(table<QString, QString, QString>({
        {u"ports"_s, u"ttyUSB0"_s, u"dialout"_s},
        {u"pcscd"_s, u"running"_s, u"systemctl"_s},
        {u"kernel-driver"_s, u"pn533_usb"_s, u"modprobe -r"_s},
        {u"reader-lock"_s, u"PID 977"_s, u"close"_s},
    }));
    const Check check = machine.check(name);
    INFO(name.toStdString() << ": " << check.detail.english.toStdString());
    CHECK_FALSE(check.ok);
    CHECK(check.detail.english.contains(found));
    CHECK(check.fix.english.contains(fix));
    CHECK_FALSE(check.detail.chinese.isEmpty());
    CHECK_FALSE(check.fix.chinese.isEmpty());

    machine.write(u"proc/977/comm"_s, "upgradedesk-nfc\n");
    CHECK(machine.check(u"reader-lock"_s).ok);
}

TEST_CASE("A serial line without a device node is no matter of permission", "[doctor]")
{
    Machine machine;
    machine.places.lines = {{u"/dev/ttyS4"_s, {}, false, false}};

    CHECK_FALSE(machine.check(u"readers"_s).ok);
    Check ports = machine.check(u"ports"_s);
    CHECK_FALSE(ports.ok);
    CHECK(ports.detail.english == u"no device file: /dev/ttyS4");
    CHECK_FALSE(ports.fix.english.contains(u"dialout"));
    CHECK_FALSE(ports.fix.chinese.contains(u"dialout"));

    machine.places.lines.append({u"/dev/ttyUSB0"_s, {}, false});
    ports = machine.check(u"ports"_s);
    CHECK(ports.detail.english == u"no permission: /dev/ttyUSB0; no device file: /dev/ttyS4");
    CHECK(ports.fix.english.contains(u"dialout"));
}
