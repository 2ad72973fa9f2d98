#include "support/catch.h"

#include "doctor/bundle.h"
#include "doctor/devicechecks.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::doctor;

namespace
{

/// A port that is a file of the test, with a role.
class Counter
{
public:
    Counter()
    {
        port.path = folder.filePath(u"ttyUSB0"_s);
        port.vendor = 0x1A86;
        port.product = 0x7523;
        port.usbPath = u"1-1:1.0"_s;
        port.description = u"USB Serial"_s;
        places.procFolder = folder.filePath(u"proc"_s);
        plug();
    }

    void plug()
    {
        QFile file(port.path);
        REQUIRE(file.open(QIODevice::WriteOnly));
        places.ports = {port};
    }

    /// /proc as it is while another process has the port open.
    void holdBy(const QByteArray &name) const
    {
        const QString process = folder.filePath(u"proc/4711"_s);
        QDir().mkpath(process + u"/fd"_s);
        REQUIRE(QFile::link(port.path, process + u"/fd/7"_s));
        QFile comm(process + u"/comm"_s);
        REQUIRE(comm.open(QIODevice::WriteOnly));
        comm.write(name + '\n');
    }

    QTemporaryDir folder;
    SerialPort port;
    CounterPlaces places;
};

} // namespace

TEST_CASE("A role that no device has is nothing wrong", "[doctor]")
{
    const Counter counter;
    for (const Check &check : counterChecks(counter.places))
        CHECK(check.ok);
    CHECK(deviceCheck(DeviceRole::Printer, counter.places).detail.english ==
          u"this desk has no printer");
    // What is plugged in and nobody has named is told.
    CHECK(unknownPortsCheck(counter.places).detail.english.contains(counter.port.path));
}

TEST_CASE("A device with a role is found, held, shut or gone, each in a sentence", "[doctor]")
{
    Counter counter;
    counter.places.roles.assign(DeviceRole::Scanner, counter.port, counter.places.ports);
    const auto check = [&counter] { return deviceCheck(DeviceRole::Scanner, counter.places); };

    CHECK(check().ok);
    CHECK(check().detail.english.contains(u"USB Serial"));
    CHECK(unknownPortsCheck(counter.places).detail.english == u"no device without a role");

    counter.holdBy("minicom");
    CHECK_FALSE(check().ok);
    CHECK(check().detail.english.contains(u"minicom (PID 4711)"));
    CHECK(check().fix.english == u"close that program");

    counter.places.ports.clear();
    CHECK_FALSE(check().ok);
    CHECK(check().detail.english == u"the scanner is not plugged in");
    counter.places.named[DeviceRole::Scanner] = counter.port.path;
    CHECK(check().detail.english.contains(u"minicom"));
}

TEST_CASE("The window of the desk itself is no stranger on a port", "[doctor]")
{
    Counter counter;
    counter.places.roles.assign(DeviceRole::IdReader, counter.port, counter.places.ports);
    counter.holdBy("upgradedesk");
    const Check check = deviceCheck(DeviceRole::IdReader, counter.places);
    CHECK(check.ok);
    CHECK(check.detail.english.contains(u"in use by the window of this desk"));
}

TEST_CASE("Nothing that could be of a person is in a bundle", "[doctor]")
{
    const QStringList personal{u"11010219020304004X"_s,
                               u"110102190203040041"_s,
                               u"110102 19020304 004X"_s,
                               u"１１０１０２１９０２０３０４００４１"_s,
                               u"3105170099900012349"_s,
                               u"3105 1700 9990 0012 349"_s,
                               u"1000-7511-0000-1234"_s,
                               u"1000751100001234"_s,
                               u"E12345678"_s,
                               u"H12345678"_s,
                               u"12345678"_s,
                               u"13800138000"_s,
                               u"测试甲"_s,
                               u"阿依·古丽"_s,
                               u"clerk@example.org"_s,
                               u"L898902C36UTO7408122F1204159ZE184226B<<<<<10"_s};
    const auto words = GENERATE_COPY(from_range(personal));
    INFO(words.toStdString());
    const QString name = u"USB %1 Serial"_s.arg(words);
    const QString text =
        bundleText({bad(u"scanner"_s, {name, name}, {u"x"_s, u"look at /home/%1/x"_s.arg(words)})},
                   QDateTime(QDate(2022, 6, 2), QTime(8, 31), Qt::UTC));

    CHECK_FALSE(text.contains(words));
    CHECK_FALSE(text.contains(u"190203"));
    CHECK_FALSE(text.contains(u"170099"));
    CHECK_FALSE(text.contains(u"7511"));
    // What support needs is still there.
    CHECK(text.contains(u"2022-06-02T08:31:00Z"));
    CHECK(text.contains(u"WRONG  scanner: USB "));
    CHECK(text.contains(u"UpgradeDesk diagnostics"));
}

TEST_CASE("What checks tell of machines is left as it is", "[doctor]")
{
    const auto text = GENERATE(values<QString>(
        {u"/dev/ttyUSB0 (USB Serial 1a86:7523)"_s, u"in use: minicom (PID 123456)"_s,
         u"48213 MiB free of 953869 MiB"_s, u"2026-11-27T03:08:09+08:00"_s,
         u"no permission: /dev/ttyACM0, dialout"_s, u"valid until 2027-06-01"_s}));
    CHECK(redacted(text) == text);
    CHECK(redacted(u"/home/zhangsan/.local/share"_s) == u"/home/***/.local/share");
}

TEST_CASE("A bundle is a new file and no other's", "[doctor]")
{
    const QTemporaryDir folder;
    const auto first = saveBundle(u"text"_s, folder.path(), u"a.txt"_s);
    REQUIRE(first);
    CHECK(QFile::exists(*first));
    const auto second = saveBundle(u"other"_s, folder.path(), u"a.txt"_s);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::FileExists);
    CHECK_FALSE(saveBundle(u"text"_s, folder.filePath(u"none"_s), u"a.txt"_s));
}
