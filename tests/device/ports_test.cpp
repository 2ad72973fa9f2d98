#include "support/catch.h"

#include "device/ports/portwatch.h"
#include "device/ports/rolebook.h"

#include <QElapsedTimer>
#include <QFile>
#include <QMutex>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace upgradedesk;
using namespace Qt::StringLiterals;

namespace
{

SerialPort port(const QString &path, quint16 product, const QString &serial, const QString &usbPath)
{
    return {path, 0x1A86, product, true, serial, u"USB Serial"_s, usbPath};
}

/// The path of the port a device of `was` is found at now; empty for none.
QString found(const SerialPort &was, const QList<SerialPort> &now)
{
    const auto at = portOf(DeviceIdentity::of(was), now);
    return at ? at->path : QString();
}

/// Ports a test plugs in and pulls out; asked on another thread.
class Sockets
{
public:
    void set(const QList<SerialPort> &ports)
    {
        const QMutexLocker lock(&m_mutex);
        m_ports = ports;
    }
    [[nodiscard]] PortLister lister()
    {
        return [this] {
            const QMutexLocker lock(&m_mutex);
            return m_ports;
        };
    }

private:
    QMutex m_mutex;
    QList<SerialPort> m_ports;
};

} // namespace

TEST_CASE("A device is known again by itself and not by the name of its port", "[device]")
{
    const SerialPort reader = port(u"/dev/ttyUSB0"_s, 0x7523, u"A1"_s, u"1-1:1.0"_s);
    const SerialPort moved = port(u"/dev/ttyUSB3"_s, 0x7523, u"A1"_s, u"1-4:1.0"_s);
    const SerialPort twin = port(u"/dev/ttyUSB0"_s, 0x7523, u"A1"_s, u"1-1:1.0"_s);
    const SerialPort other = port(u"/dev/ttyUSB0"_s, 0x7523, u"B2"_s, u"1-1:1.0"_s);

    CHECK(found(reader, {moved}) == u"/dev/ttyUSB3");
    CHECK(found(reader, {other}).isEmpty());
    CHECK(found(reader, {other, moved}) == u"/dev/ttyUSB3");
    CHECK(found(reader, {}).isEmpty());
    CHECK(found(reader, {other, port(u"/dev/ttyUSB3"_s, 0x5523, u"A1"_s, u"1-4:1.0"_s)}).isEmpty());
    // Two clones with one serial number: the socket decides, and where it is empty, nothing does.
    CHECK(found(reader, {moved, twin}) == u"/dev/ttyUSB0");
    CHECK(found(port(u"/dev/ttyUSB0"_s, 0x7523, u"A1"_s, u"1-9:1.0"_s), {moved, twin}).isEmpty());
}

TEST_CASE("A device without a serial number is the one in its socket", "[device]")
{
    const SerialPort reader = port(u"/dev/ttyUSB0"_s, 0x7523, {}, u"1-1:1.0"_s);
    CHECK(found(reader, {port(u"/dev/ttyUSB5"_s, 0x7523, {}, u"1-1:1.0"_s)}) == u"/dev/ttyUSB5");
    CHECK(found(reader, {port(u"/dev/ttyUSB0"_s, 0x7523, {}, u"1-2:1.0"_s)}).isEmpty());
    CHECK(found(reader, {port(u"/dev/ttyUSB0"_s, 0x5523, {}, u"1-1:1.0"_s)}).isEmpty());
    // One device with two lines.
    CHECK(found(reader, {port(u"/dev/ttyUSB1"_s, 0x7523, {}, u"1-1:1.2"_s)}).isEmpty());

    SerialPort builtIn;
    builtIn.path = u"/dev/ttyS0"_s;
    CHECK(found(builtIn, {builtIn}) == u"/dev/ttyS0");
    CHECK(found(builtIn, {port(u"/dev/ttyS0"_s, 0x7523, {}, u"1-1:1.0"_s)}).isEmpty());
}

TEST_CASE("Roles are remembered, and a device has one at most", "[device]")
{
    const QTemporaryDir folder;
    const SerialPort one = port(u"/dev/ttyUSB0"_s, 0x7523, {}, u"1-1:1.0"_s);
    const SerialPort two = port(u"/dev/ttyUSB1"_s, 0x7523, {}, u"1-2:1.0"_s);
    SerialPort built;
    built.path = u"/dev/ttyS0"_s;
    const QList<SerialPort> all{built, one, two};

    RoleBook book = RoleBook::load(folder.path());
    CHECK(book == RoleBook());
    book.assign(DeviceRole::IdReader, one, all);
    book.assign(DeviceRole::Printer, built, all);
    book.assign(DeviceRole::Scanner, two, all);
    REQUIRE(book.save(folder.path()));
    CHECK(RoleBook::load(folder.path()) == book);
    CHECK(book.roleOf(two, {one, two}) == DeviceRole::Scanner);
    CHECK_FALSE(book.roleOf(two, {one}));

    book.assign(DeviceRole::CardReader, one, all);
    CHECK_FALSE(book.device(DeviceRole::IdReader));
    book.assign(DeviceRole::Scanner, built, all);
    CHECK_FALSE(book.device(DeviceRole::Printer));
    book.forget(DeviceRole::CardReader);
    CHECK_FALSE(book.roleOf(one, {one, two}));
}

TEST_CASE("Of two clones with one serial number each keeps its role, whichever is plugged in",
          "[device]")
{
    const QString path = u"/dev/ttyUSB0"_s;
    const SerialPort idReader = port(path, 0x7523, u"0001"_s, u"1-1:1.0"_s);
    const SerialPort printer = port(u"/dev/ttyUSB1"_s, 0x7523, u"0001"_s, u"1-2:1.0"_s);
    RoleBook book;
    book.assign(DeviceRole::IdReader, idReader, {idReader, printer});
    book.assign(DeviceRole::Printer, printer, {idReader, printer});
    // The first of them to be plugged in gets the first name.
    const auto [socket, owner] =
        GENERATE(table<QString, std::optional<DeviceRole>>({{u"1-1:1.0"_s, DeviceRole::IdReader},
                                                            {u"1-2:1.0"_s, DeviceRole::Printer},
                                                            {u"1-7:1.0"_s, std::nullopt}}));
    CAPTURE(socket.toStdString());
    const SerialPort alone = port(path, 0x7523, u"0001"_s, socket);

    CHECK(book.roleOf(alone, {alone}) == owner);
    for (const DeviceRole role : allDeviceRoles)
        CHECK(book.portOf(role, {alone}).has_value() == (role == owner));
    CHECK(book.roleOf(idReader, {idReader, printer}) == DeviceRole::IdReader);
    CHECK(book.roleOf(printer, {idReader, printer}) == DeviceRole::Printer);
    // A third role for the one that is there takes only its own.
    book.assign(DeviceRole::Scanner, alone, {alone});
    CHECK(book.roleOf(alone, {alone}) == DeviceRole::Scanner);
    for (const DeviceRole role : {DeviceRole::IdReader, DeviceRole::Printer}) {
        CHECK(book.device(role).has_value() == (role != owner));
        CHECK_FALSE(book.portOf(role, {alone}));
    }
}

TEST_CASE("A device that has moved leaves its old role when it is given another", "[device]")
{
    const SerialPort before = port(u"/dev/ttyUSB0"_s, 0x7523, u"A1"_s, u"1-1:1.0"_s);
    const SerialPort after = port(u"/dev/ttyUSB1"_s, 0x7523, u"A1"_s, u"1-4:1.0"_s);
    RoleBook book;
    book.assign(DeviceRole::Scanner, before, {before});
    CHECK(book.roleOf(after, {after}) == DeviceRole::Scanner);

    book.assign(DeviceRole::Printer, after, {after});

    CHECK_FALSE(book.device(DeviceRole::Scanner));
    CHECK(book.roleOf(after, {after}) == DeviceRole::Printer);
    CHECK_FALSE(book.portOf(DeviceRole::Scanner, {after}));
}

TEST_CASE("A file that gives one device two roles gives its port to neither", "[device]")
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"devices.json"_s));
    REQUIRE(file.open(QIODevice::WriteOnly));
    const QByteArray entry = R"({"vendor":"1a86","product":"7523","serialNumber":"A1",)"
                             R"("usbPath":"1-1:1.0","path":"/dev/ttyUSB0"})";
    file.write("{\"scanner\":" + entry + ",\"printer\":" + entry + "}");
    file.close();
    const SerialPort device = port(u"/dev/ttyUSB0"_s, 0x7523, u"A1"_s, u"1-1:1.0"_s);

    RoleBook book = RoleBook::load(folder.path());
    CHECK_FALSE(book.roleOf(device, {device}));
    book.assign(DeviceRole::Printer, device, {device});
    CHECK(book.portOf(DeviceRole::Printer, {device}) == device);
    CHECK_FALSE(book.device(DeviceRole::Scanner));
}

TEST_CASE("A file of roles that is damaged costs its roles and nothing else", "[device]")
{
    const auto text = GENERATE(values<QByteArray>(
        {"", "no json", "[1,2]", "{\"scanner\":7}", "{\"scanner\":{\"path\":[]}}",
         "{\"scanner\":{\"vendor\":\"zz\",\"path\":\"\"}}", QByteArray(100000, '{')}));
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"devices.json"_s));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();

    CHECK(RoleBook::load(folder.path()) == RoleBook());
}

TEST_CASE("What is plugged in and pulled out is told within a second", "[device]")
{
    Sockets sockets;
    const QTemporaryDir folder;
    const QString named = folder.filePath(u"scanner"_s);
    PortWatch watch({named}, sockets.lister());
    QSignalSpy changed(&watch, &PortWatch::changed);
    const auto comes = [&changed](qsizetype count) {
        QElapsedTimer time;
        time.start();
        while (changed.size() < count && time.elapsed() < 5000)
            changed.wait(100);
        return changed.size() == count && time.elapsed() < 1000;
    };
    watch.start();
    CHECK(comes(1));
    CHECK(watch.ports().isEmpty());

    const SerialPort usb = port(u"/dev/ttyUSB0"_s, 0x7523, {}, u"1-1:1.0"_s);
    sockets.set({usb});
    CHECK(comes(2));
    CHECK(watch.ports() == QList<SerialPort>{usb});
    QFile file(named);
    REQUIRE(file.open(QIODevice::WriteOnly));
    CHECK(comes(3));
    REQUIRE(watch.ports().size() == 2);
    CHECK(watch.ports().last().path == named);
    file.remove();
    sockets.set({});
    CHECK(comes(4));
    CHECK(watch.ports().isEmpty());
}
