#include "support/catch.h"
#include "support/manualclock.h"

#include "device/serial/idreader.h"
#include "identity/documentkinds.h"
#include "sim/virtualidreader.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace upgradedesk;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{

constexpr int patienceMs = 10'000;
constexpr int chipMs = 1000; ///< within which the chip in the status strip has to be right

const DocumentKinds &kinds()
{
    static const DocumentKinds loaded = DocumentKinds::load().value();
    return loaded;
}

QList<VirtualPerson> persons()
{
    return loadVirtualPersons(QStringLiteral(UPGRADEDESK_SOURCE_DIR) +
                              u"/resources/training/persons.json"_s)
        .value();
}

/// As in the desk, but that nobody waits as long for a reader that is silent.
IdReaderTimes quick()
{
    IdReaderTimes times;
    times.poll = 30ms;
    times.answer = 200ms;
    times.record = 400ms;
    times.proof = 150ms;
    times.reopen = 50ms;
    return times;
}

struct Bench {
    const SystemClock clock;
    VirtualIdReader device{persons()};
    IdReader reader;
    QSignalSpy ready{&reader, &IdReader::ready};
    QSignalSpy lost{&reader, &IdReader::lost};
    QSignalSpy found{&reader, &IdReader::documentFound};
    QSignalSpy read{&reader, &IdReader::documentRead};
    QSignalSpy failed{&reader, &IdReader::documentFailed};

    explicit Bench(IdReaderTimes times = quick())
        : reader{kinds(), clock, times}
    {
        REQUIRE(device.plug());
    }

    void start()
    {
        reader.start(device.path());
        REQUIRE(waitFor(ready, 1));
    }

    static bool waitFor(const QSignalSpy &spy, qsizetype count, int milliseconds = patienceMs)
    {
        return QTest::qWaitFor([&spy, count] { return spy.size() >= count; }, milliseconds);
    }

    [[nodiscard]] IdDocument document(qsizetype index) const
    {
        return read.at(index).first().value<IdDocument>();
    }
    [[nodiscard]] QString failure(qsizetype index) const
    {
        return errorKey(failed.at(index).first().value<Error>().code);
    }
    [[nodiscard]] Error loss(qsizetype index) const
    {
        return lost.at(index).first().value<Error>();
    }
};

} // namespace

TEST_CASE("Each document that is placed is read once", "[device]")
{
    Bench bench;
    bench.start();

    REQUIRE(bench.device.place(u"resident"_s));
    REQUIRE(bench.waitFor(bench.read, 1));
    CHECK(bench.document(0).person == Person{u"resident"_s, u"11010219020304004X"_s, u"测试甲"_s});
    CHECK_FALSE(bench.document(0).expiry);

    // It lies there: the reader finds none, whatever is asked.
    CHECK_FALSE(bench.waitFor(bench.read, 2, 200));
    for (const QString &name : {u"resident-leap"_s, u"residence-permit"_s, u"permanent-resident"_s,
                                u"resident"_s, u"resident"_s}) {
        const qsizetype before = bench.read.size();
        REQUIRE(bench.device.place(name));
        REQUIRE(bench.waitFor(bench.read, before + 1));
    }
    CHECK(bench.document(1).person.documentNumber == u"110103191202290021"_s);
    CHECK(bench.document(2).person.documentKind == u"hmt-residence"_s);
    CHECK(bench.document(3).person.documentKind == u"foreign-permanent"_s);
    CHECK(bench.document(4) == bench.document(5));
    CHECK(bench.found.size() == bench.read.size());
    CHECK(bench.failed.isEmpty());
    CHECK(bench.lost.isEmpty());
}

TEST_CASE("A document that is not read, or not to be used, says why once", "[device]")
{
    Bench bench;
    bench.start();
    VirtualSam &sam = bench.device.sam();

    SECTION("expired")
    {
        REQUIRE(bench.device.place(u"expired"_s));
        REQUIRE(bench.waitFor(bench.failed, 1));
        CHECK(bench.failure(0) == u"id-card-expired"_s);
    }
    SECTION("taken away before it is selected")
    {
        REQUIRE(bench.device.place(u"resident"_s));
        sam.tear(1);
        REQUIRE(bench.waitFor(bench.failed, 1));
        CHECK(bench.failure(0) == u"id-card-unreadable"_s);
    }
    SECTION("taken away while it is read")
    {
        REQUIRE(bench.device.place(u"resident"_s));
        sam.tear(2);
        REQUIRE(bench.waitFor(bench.failed, 1));
        CHECK(bench.failure(0) == u"id-card-unreadable"_s);
    }
    SECTION("its answer is cut again and again")
    {
        REQUIRE(bench.device.place(u"resident"_s));
        REQUIRE(bench.waitFor(bench.found, 1));
        sam.cut(700, 100);
        REQUIRE(bench.waitFor(bench.failed, 1));
        sam.cut(0, 0);
        CHECK(bench.failure(0) == u"id-card-unreadable"_s);
    }
    CHECK(bench.read.isEmpty());

    // The next one is read.
    REQUIRE(bench.device.place(u"resident-leap"_s));
    REQUIRE(bench.waitFor(bench.read, 1));
    CHECK(bench.document(0).person.documentNumber == u"110103191202290021"_s);
    CHECK(bench.failed.size() == 1);
    CHECK(bench.lost.isEmpty());
}

TEST_CASE("What the reader reports of a document is told in its own words", "[device]")
{
    struct Row {
        quint8 status;
        QString key;
    };
    const auto row = GENERATE(values<Row>({{0x31, u"id-card-refused"_s},
                                           {0x32, u"id-card-refused"_s},
                                           {0x33, u"id-card-refused"_s},
                                           {0x40, u"id-card-unknown"_s},
                                           {0x81, u"id-card-unreadable"_s},
                                           {0x41, u"id-card-unreadable"_s},
                                           {0x24, u"id-reader-fault"_s}}));
    Bench bench;
    bench.start();
    // The reader finds it and then says this to whatever follows.
    QObject::connect(&bench.reader, &IdReader::documentFound, &bench.device,
                     [&bench, row] { bench.device.sam().forceStatus(1, row.status); });
    REQUIRE(bench.device.place(u"resident"_s));

    REQUIRE(bench.waitFor(bench.failed, 1));

    CHECK(bench.failure(0) == row.key);
    CHECK(bench.read.isEmpty());
    CHECK(bench.lost.isEmpty());
}

TEST_CASE("One reading that fails is tried again while the document lies there", "[device]")
{
    Bench bench;
    bench.start();
    VirtualSam &sam = bench.device.sam();
    // The second answer after the document was found is the record.
    const auto beforeRecord = [&bench](const std::function<void()> &spoil) {
        QObject::connect(&bench.reader, &IdReader::documentFound, &bench.device,
                         [&bench, spoil] { QTimer::singleShot(0, &bench.device, spoil); });
    };
    SECTION("damaged")
    {
        beforeRecord([&sam] { sam.corrupt(1); });
    }
    SECTION("noise")
    {
        beforeRecord([&bench] { bench.device.noise(40); });
    }

    REQUIRE(bench.device.place(u"resident"_s));
    // Damage in another answer than the record's ends this document, and it is placed anew.
    REQUIRE(QTest::qWaitFor([&bench] { return bench.read.size() + bench.failed.size() >= 1; },
                            patienceMs));
    if (bench.read.isEmpty()) {
        CHECK(bench.failure(0) == u"id-card-unreadable"_s);
        bench.reader.disconnect(&bench.device);
        REQUIRE(bench.device.place(u"resident"_s));
        REQUIRE(bench.waitFor(bench.read, 1));
    }

    CHECK(bench.document(0).person.name == u"测试甲"_s);
    CHECK(bench.lost.isEmpty());
}

TEST_CASE("A reader that is pulled out is told within a second, and so is its return", "[device]")
{
    // With the times of the desk.
    Bench bench{IdReaderTimes{}};
    bench.start();
    QElapsedTimer time;

    for (int round = 1; round <= 3; ++round) {
        time.start();
        bench.device.unplug();
        REQUIRE(bench.waitFor(bench.lost, round));
        CHECK(time.elapsed() < chipMs);
        // The line says that it is gone, or is no longer there when it is looked for.
        CHECK(bench.loss(round - 1).code == ErrorCode::PortLost);
        CHECK(bench.loss(round - 1).args == QStringList{bench.device.path()});

        time.start();
        REQUIRE(bench.device.plug());
        REQUIRE(bench.waitFor(bench.ready, round + 1));
        CHECK(time.elapsed() < chipMs);
    }

    // In the middle of a reading.
    QObject::connect(&bench.reader, &IdReader::documentFound, &bench.device,
                     &VirtualIdReader::unplug);
    REQUIRE(bench.device.place(u"resident"_s));
    REQUIRE(bench.waitFor(bench.lost, 4));
    CHECK(bench.failed.size() == 1);
    bench.reader.disconnect(&bench.device);
    REQUIRE(bench.device.plug());
    REQUIRE(bench.waitFor(bench.read, 1));
    CHECK(bench.document(0).person.name == u"测试甲"_s);
}

TEST_CASE("A reader that is silent, out of service or at another speed", "[device]")
{
    Bench bench;
    VirtualSam &sam = bench.device.sam();

    SECTION("silent: told once, and heard when it speaks")
    {
        bench.device.stall(2000);
        bench.reader.start(bench.device.path());
        REQUIRE(bench.waitFor(bench.lost, 1));
        CHECK(bench.loss(0).code == ErrorCode::IdReaderSilent);
        CHECK(bench.loss(0).args == QStringList{bench.device.path()});
        REQUIRE(bench.waitFor(bench.ready, 1));
        CHECK(bench.lost.size() == 1);
    }
    SECTION("it falls silent in the middle")
    {
        bench.start();
        bench.device.stall(1500);
        REQUIRE(bench.waitFor(bench.lost, 1));
        CHECK(bench.loss(0).code == ErrorCode::IdReaderSilent);
        REQUIRE(bench.waitFor(bench.ready, 2));
    }
    SECTION("at another speed it is found")
    {
        sam.setSpeed(GENERATE(57600, 9600));
        bench.reader.start(bench.device.path());
        REQUIRE(bench.waitFor(bench.ready, 1));
        REQUIRE(bench.device.place(u"resident"_s));
        REQUIRE(bench.waitFor(bench.read, 1));
    }
    SECTION("out of service until it says otherwise")
    {
        sam.forceStatus(5, 0x60);
        bench.reader.start(bench.device.path());
        REQUIRE(bench.waitFor(bench.lost, 1));
        CHECK(bench.loss(0).code == ErrorCode::IdReaderBroken);
        CHECK(bench.loss(0).args == QStringList{u"60"_s, u"#ga450.60"_s});
        REQUIRE(bench.waitFor(bench.ready, 1));
        CHECK(bench.lost.size() == 1);
    }
    SECTION("faults in a row")
    {
        bench.start();
        sam.forceStatus(40, 0x21);
        REQUIRE(bench.waitFor(bench.lost, 1));
        CHECK(bench.loss(0).code == ErrorCode::IdReaderFault);
        sam.forceStatus(0, 0x90);
        REQUIRE(bench.waitFor(bench.ready, 2));
    }
    SECTION("no random number: it is reset and goes on")
    {
        bench.start();
        sam.forceStatus(1, 0x47);
        REQUIRE(bench.device.place(u"resident"_s));
        REQUIRE(bench.waitFor(bench.read, 1));
        CHECK(bench.lost.isEmpty());
    }
}

TEST_CASE("While nobody wants documents none is read, and the reader is still watched", "[device]")
{
    Bench bench;
    bench.reader.setWanted(false);
    bench.start();
    REQUIRE(bench.device.place(u"resident"_s));
    CHECK_FALSE(bench.waitFor(bench.found, 1, 300));

    bench.reader.setWanted(true);
    REQUIRE(bench.waitFor(bench.read, 1));
    bench.reader.setWanted(false);
    bench.device.unplug();
    REQUIRE(bench.waitFor(bench.lost, 1, chipMs));
}

TEST_CASE("Whoever hears of a document may stop the reader", "[device]")
{
    Bench bench;
    QObject::connect(&bench.reader, &IdReader::documentRead, &bench.reader, &IdReader::stop);
    bench.start();
    REQUIRE(bench.device.place(u"resident"_s));
    REQUIRE(bench.waitFor(bench.read, 1));
    bench.device.unplug();
    CHECK_FALSE(bench.waitFor(bench.lost, 1, 200));
    REQUIRE(bench.device.plug());
    bench.start();
    CHECK(bench.waitFor(bench.ready, 2));
}
