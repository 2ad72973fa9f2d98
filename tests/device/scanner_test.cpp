#include "support/catch.h"

#include "device/serial/scanner.h"
#include "sim/virtualscanner.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace upgradedesk;
using namespace Qt::StringLiterals;

namespace
{

using Kind = ScanPayload::Kind;

bool waitFor(QSignalSpy &spy, qsizetype count)
{
    QElapsedTimer time;
    time.start();
    while (spy.size() < count && time.elapsed() < 10000)
        spy.wait(200);
    return spy.size() >= count;
}

/// A scanner on its pseudo terminal, and what listens to it.
class Counter
{
public:
    Counter()
    {
        REQUIRE(device.plug());
        scanner.setPort(device.path());
        REQUIRE(waitFor(opened, 1));
    }

    [[nodiscard]] ScanPayload scan(qsizetype index) const
    {
        return scanned.at(index).first().value<ScanPayload>();
    }

    QTemporaryDir folder;
    VirtualScanner device{folder.filePath(u"scanner"_s)};
    Scanner scanner;
    QSignalSpy opened{&scanner, &Scanner::opened};
    QSignalSpy troubled{&scanner, &Scanner::troubled};
    QSignalSpy scanned{&scanner, &Scanner::scanned};
};

Error errorOf(const QSignalSpy &spy)
{
    return spy.last().first().value<Error>();
}

} // namespace

TEST_CASE("Scans come over the line with any end, slowly or in bursts", "[device]")
{
    Counter counter;
    const auto suffix = GENERATE(values<QByteArray>({"\r", "\n", "\r\n", ""}));
    const int pace = GENERATE(0, 2);
    counter.device.setSuffix(suffix);
    counter.device.setPace(pace);

    counter.device.scan("3105170099900012349");

    REQUIRE(waitFor(counter.scanned, 1));
    CHECK(counter.scan(0) ==
          ScanPayload{Kind::CardNumber, ScanPayload::Reason::None, u"3105170099900012349"_s});
}

TEST_CASE("A zone whose lines come one by one is one scan", "[device]")
{
    Counter counter;
    counter.device.scan("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<");
    counter.device.scan("L898902C36UTO7408122F1204159ZE184226B<<<<<10");
    REQUIRE(waitFor(counter.scanned, 1));
    CHECK(counter.scan(0).kind == Kind::Mrz);
    CHECK(counter.scanned.size() == 1);
}

TEST_CASE("A scanner that is unplugged is told once and comes back by itself", "[device]")
{
    Counter counter;
    counter.device.send("half-a-sc");
    counter.device.unplug();
    REQUIRE(waitFor(counter.troubled, 1));
    CHECK(errorOf(counter.troubled).code == ErrorCode::PortLost);

    REQUIRE(counter.device.plug());
    REQUIRE(waitFor(counter.opened, 2));
    CHECK(counter.troubled.size() == 1);
    counter.device.scan("7b1f3c9e2a5d48c6b0aa41d2");
    REQUIRE(waitFor(counter.scanned, 1));
    CHECK(counter.scan(0).text == u"7b1f3c9e2a5d48c6b0aa41d2");
}

TEST_CASE("A line that somebody else holds is told, and taken when it is free", "[device]")
{
    Counter counter;
    Scanner second;
    QSignalSpy troubled(&second, &Scanner::troubled);
    QSignalSpy opened(&second, &Scanner::opened);
    second.setPort(counter.device.path());
    REQUIRE(waitFor(troubled, 1));
    CHECK(errorOf(troubled).code == ErrorCode::PortBusy);

    counter.scanner.setPort({});
    CHECK(waitFor(opened, 1));
}

TEST_CASE("What is no text is told once, at the other speed, too, until a good scan", "[device]")
{
    Counter counter;
    const QByteArray noise("\xff\xfe\x80\xff\xff");
    for (int bad = 1; bad <= 3; ++bad) {
        counter.device.scan(noise);
        REQUIRE(waitFor(counter.scanned, bad));
        CHECK(counter.scan(bad - 1).reason == ScanPayload::Reason::NotText);
    }
    // One trouble, however often and at whatever speed.
    CHECK(counter.troubled.size() == 1);
    CHECK(errorOf(counter.troubled).code == ErrorCode::ScanGarbled);
    CHECK(counter.opened.size() == 1);

    counter.device.scan("7b1f3c9e2a5d48c6b0aa41d2");
    REQUIRE(waitFor(counter.scanned, 4));
    CHECK(counter.scan(3).kind == Kind::HealthCode);
    CHECK(counter.opened.size() == 2);
    counter.device.scan("7b1f3c9e2a5d48c6b0aa41d2");
    REQUIRE(waitFor(counter.scanned, 5));
    CHECK(counter.opened.size() == 2);

    counter.device.scan(noise);
    REQUIRE(waitFor(counter.troubled, 2));
    counter.device.unplug();
    REQUIRE(waitFor(counter.troubled, 3));
    REQUIRE(counter.device.plug());
    CHECK(waitFor(counter.opened, 3));
}

// UPGRADEDESK_SCAN_SESSIONS=10000 makes it as long as a release asks for.
TEST_CASE("Whatever a scanner sent before, the next good scan is read whole", "[device]")
{
    bool given = false;
    int sessions = qEnvironmentVariableIntValue("UPGRADEDESK_SCAN_SESSIONS", &given);
    sessions = given ? sessions : 300;
    Counter counter;
    QRandomGenerator random(20220601);
    int good = 0;
    for (int i = 0; i < sessions; ++i) {
        QByteArray noise(qsizetype(random.bounded(64)), '\0');
        for (char &byte : noise)
            byte = char(random.bounded(256));
        const QByteArray number =
            "31051700999" + QByteArray::number(random.bounded(90000000) + 10000000);
        noise.prepend('x');
        counter.scanned.clear();
        for (qsizetype at = 0; at < noise.size();) {
            const qsizetype size = 1 + qsizetype(random.bounded(16));
            counter.device.send(noise.mid(at, size));
            at += size;
        }
        // Ends what the noise began. Its speed may be given up for it, which costs the bytes that
        // are on their way: a person scans after that.
        counter.device.send("\r");
        REQUIRE(waitFor(counter.scanned, 1));
        while (counter.scanned.wait(5)) {
        }
        counter.scanned.clear();
        counter.device.scan(number);
        REQUIRE(waitFor(counter.scanned, 1));
        const ScanPayload payload = counter.scan(counter.scanned.size() - 1);
        INFO(i << " " << noise.toHex().toStdString());
        CHECK(payload.text == QString::fromLatin1(number));
        good += payload.kind == Kind::CardNumber ? 1 : 0;
    }
    CHECK(good == sessions);
}
