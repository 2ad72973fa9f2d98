#include "support/catch.h"

#include "readerbench.h"

#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace upgradedesk;
using namespace upgradedesk::test;
using namespace Qt::StringLiterals;

namespace
{

/// Until it is ready: named to the client, or found by its child itself. Returns what it was named.
QString startReader(Bench &bench, bool named)
{
    const QString connstring = named ? bench.reader.connstring() : QString();
    qputenv("LIBNFC_DEVICE", bench.reader.connstring().toUtf8());
    bench.client.start(connstring);
    REQUIRE(Bench::waitFor(bench.ready, 1));
    return connstring;
}

} // namespace

TEST_CASE("A card that lies on the reader is announced once, and once more when it was lifted",
          "[device]")
{
    Bench bench;
    bench.startAndWait();

    REQUIRE(bench.reader.tap(u"one"_s));
    REQUIRE(Bench::waitFor(bench.arrived, 1));
    CHECK(bench.sighting(0).number == u"3105170000000000017"_s);
    CHECK_FALSE(Bench::waitFor(bench.arrived, 2, 1000));
    CHECK(bench.left.isEmpty());

    bench.reader.remove();
    REQUIRE(Bench::waitFor(bench.left, 1));
    REQUIRE(bench.reader.tap(u"one"_s));
    REQUIRE(Bench::waitFor(bench.arrived, 2));
    CHECK(bench.left.size() == 1);
    CHECK(bench.lost.isEmpty());
}

TEST_CASE("A card in place of another is a new tap, even with the same identifier", "[device]")
{
    Bench bench;
    bench.startAndWait();

    REQUIRE(bench.reader.tap(u"one"_s));
    REQUIRE(Bench::waitFor(bench.arrived, 1));
    REQUIRE(bench.reader.tap(u"two"_s));
    REQUIRE(Bench::waitFor(bench.arrived, 2));

    CHECK(bench.sighting(1).number == u"3105170000000000025"_s);
    CHECK(bench.left.size() == 1);
}

TEST_CASE("Cards without a fixed identifier or without APDUs are announced once too", "[device]")
{
    const auto name = GENERATE(as<QString>{}, u"phone"_s, u"classic"_s);
    Bench bench;
    bench.startAndWait();

    REQUIRE(bench.reader.tap(name));
    REQUIRE(Bench::waitFor(bench.arrived, 1));
    CHECK_FALSE(Bench::waitFor(bench.arrived, 2, 1000));
    CHECK(bench.left.isEmpty());
    bench.reader.remove();
    CHECK(Bench::waitFor(bench.left, 1));
}

TEST_CASE("A card that moves while it is read is read again before anyone is told", "[device]")
{
    Bench bench;
    bench.startAndWait();
    // The first answer of the card is lost on the air, the second try finds it well.
    bench.reader.forceStatus(1, 0x01);

    REQUIRE(bench.reader.tap(u"one"_s));
    REQUIRE(Bench::waitFor(bench.arrived, 1));

    CHECK(bench.sighting(0).outcome == CardSighting::Outcome::Number);
}

TEST_CASE("A card taken away too early is a read error, told once", "[device]")
{
    Bench bench;
    bench.startAndWait();

    SECTION("torn away")
    {
        bench.reader.tear(1);
        REQUIRE(bench.reader.tap(u"one"_s));
        REQUIRE(Bench::waitFor(bench.arrived, 1));
        CHECK(Bench::waitFor(bench.left, 1));
    }
    SECTION("lies there and says nothing")
    {
        REQUIRE(bench.reader.tap(u"silent"_s));
        REQUIRE(Bench::waitFor(bench.arrived, 1));
    }
    CHECK(bench.sighting(0).outcome == CardSighting::Outcome::ReadError);
    CHECK(bench.sighting(0).reason == u"card-lost"_s);
    CHECK(bench.sighting(0).number.isEmpty());
    CHECK_FALSE(Bench::waitFor(bench.arrived, 2, 800));
}

TEST_CASE("A card torn away in place of a phone is told, though phones change their identifier",
          "[device]")
{
    Bench bench;
    bench.startAndWait();
    REQUIRE(bench.reader.tap(u"phone"_s));
    REQUIRE(Bench::waitFor(bench.arrived, 1));

    REQUIRE(bench.reader.tapTorn(u"one"_s, 1));
    REQUIRE(Bench::waitFor(bench.arrived, 2));

    CHECK(bench.sighting(1).reason == u"card-lost"_s);
    CHECK(Bench::waitFor(bench.left, 2));
}

TEST_CASE("Damaged answers on the line cost time but no card", "[device]")
{
    Bench bench;
    bench.startAndWait();
    bench.reader.corrupt(GENERATE(1, 2, 5));

    REQUIRE(bench.reader.tap(u"one"_s));
    REQUIRE(Bench::waitFor(bench.arrived, 1));

    CHECK(bench.sighting(0).number == u"3105170000000000017"_s);
}

TEST_CASE("An unplugged reader is lost, and comes back by itself when plugged in", "[device]")
{
    Bench bench;
    bench.startAndWait();
    REQUIRE(bench.reader.tap(u"one"_s));
    REQUIRE(Bench::waitFor(bench.arrived, 1));

    bench.reader.unplug();
    REQUIRE(Bench::waitFor(bench.lost, 1));
    CHECK(bench.lossAt(0) == ErrorCode::ReaderLost);
    CHECK(bench.left.size() == 1);
    CHECK_FALSE(bench.client.isReady());

    REQUIRE(bench.reader.plug());
    REQUIRE(Bench::waitFor(bench.ready, 2));
    REQUIRE(Bench::waitFor(bench.arrived, 2));
    CHECK(bench.lost.size() == 1);
}

TEST_CASE("A stalled reader is lost and comes back", "[device]")
{
    Bench bench;
    bench.startAndWait();
    bench.reader.stall(3000);
    REQUIRE(Bench::waitFor(bench.lost, 1));
    REQUIRE(Bench::waitFor(bench.ready, 2));
    REQUIRE(bench.reader.tap(u"one"_s));
    CHECK(Bench::waitFor(bench.arrived, 1));
}

TEST_CASE("A reader that makes libnfc abort costs neither the client nor the tap", "[device]")
{
    Bench bench;
    bench.startAndWait();

    bench.reader.forceStatus(1, 0x80);
    REQUIRE(bench.reader.tap(u"one"_s));

    REQUIRE(Bench::waitFor(bench.arrived, 1));
    CHECK(bench.sighting(0).number == u"3105170000000000017"_s);
    REQUIRE(bench.lost.size() == 1);
    CHECK(bench.lossAt(0) == ErrorCode::ReaderLost);
    CHECK(bench.ready.size() == 2);
}

TEST_CASE("A card that lies there while the child dies is not announced again", "[device]")
{
    Bench bench;
    bench.startAndWait();
    REQUIRE(bench.reader.tap(u"one"_s));
    REQUIRE(Bench::waitFor(bench.arrived, 1));

    SECTION("it still lies there")
    {
        ::kill(pid_t(bench.client.childProcessId()), SIGKILL);
        REQUIRE(Bench::waitFor(bench.ready, 2));
        CHECK_FALSE(Bench::waitFor(bench.arrived, 2, 1000));
        CHECK(bench.left.isEmpty());
        bench.reader.remove();
        CHECK(Bench::waitFor(bench.left, 1));
    }
    SECTION("it was lifted meanwhile")
    {
        bench.reader.remove();
        ::kill(pid_t(bench.client.childProcessId()), SIGKILL);
        REQUIRE(Bench::waitFor(bench.left, 1));
        CHECK(bench.arrived.size() == 1);
    }
    SECTION("another one lies there")
    {
        ::kill(pid_t(bench.client.childProcessId()), SIGKILL);
        REQUIRE(bench.reader.tap(u"two"_s));
        REQUIRE(Bench::waitFor(bench.arrived, 2));
        CHECK(bench.left.size() == 1);
    }
}

TEST_CASE("A child that hangs is replaced", "[device]")
{
    Bench bench;
    bench.startAndWait();
    const qint64 first = bench.client.childProcessId();
    ::kill(pid_t(first), SIGSTOP);

    REQUIRE(Bench::waitFor(bench.lost, 1));
    REQUIRE(Bench::waitFor(bench.ready, 2));

    CHECK(bench.client.childProcessId() != first);
    CHECK(::kill(pid_t(first), 0) != 0);
}

TEST_CASE("A reader belongs to one program at a time", "[device]")
{
    Bench bench;
    bench.startAndWait();
    NfcClient second{childProgram};
    QSignalSpy lost{&second, &NfcClient::readerLost};
    QSignalSpy ready{&second, &NfcClient::readerReady};

    second.start(bench.reader.connstring());
    REQUIRE(Bench::waitFor(lost, 1));
    CHECK(lost.first().first().value<Error>().code == ErrorCode::ReaderBusy);

    bench.client.stop();
    CHECK(Bench::waitFor(ready, 1));
}

TEST_CASE("A named reader that is not found: nothing there, something silent, or no name of one",
          "[device]")
{
    const auto row = GENERATE(table<QString, ErrorCode>({
        {u"pn532_uart:%1"_s, ErrorCode::NamedReaderNotFound},
        {u"%1"_s, ErrorCode::NamedReaderNotFound},
        {u"pn532_uart:/dev/null"_s, ErrorCode::ReaderSilent},
        {u"/dev/null"_s, ErrorCode::ReaderSilent},
        {u"ttyUSB0"_s, ErrorCode::ReaderNameInvalid},
        {u"pn532uart:/dev/null"_s, ErrorCode::ReaderNameInvalid},
    }));
    const QTemporaryDir folder;
    QString named = std::get<0>(row);
    named.replace(u"%1"_s, folder.filePath(u"none"_s));
    const ErrorCode code = std::get<1>(row);
    INFO(named.toStdString());
    NfcClient client{childProgram};
    QSignalSpy lost{&client, &NfcClient::readerLost};

    client.start(named);

    REQUIRE(Bench::waitFor(lost, 1));
    const auto error = lost.first().first().value<Error>();
    CHECK(error.code == code);
    CHECK(error.args == QStringList(named));
}

TEST_CASE("A reader that is not there is said to be missing until it is there", "[device]")
{
    Bench bench;
    bench.reader.unplug();

    bench.client.start(bench.reader.connstring());
    REQUIRE(Bench::waitFor(bench.lost, 1));
    CHECK(bench.lossAt(0) == ErrorCode::NamedReaderNotFound);
    CHECK(bench.lost.first().first().value<Error>().args == QStringList{bench.reader.connstring()});

    REQUIRE(bench.reader.plug());
    CHECK(Bench::waitFor(bench.ready, 1));
    CHECK(bench.lost.size() == 1);
}

TEST_CASE("A child program that is missing or talks nonsense is a lost reader", "[device]")
{
    const QTemporaryDir folder;
    const QString program = folder.filePath(u"child"_s);
    SECTION("missing") {}
    SECTION("nonsense")
    {
        QFile file{program};
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\necho nonsense without end\nexec cat\n");
        REQUIRE(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner |
                                    QFileDevice::ExeOwner));
    }
    NfcClient client{program};
    QSignalSpy lost{&client, &NfcClient::readerLost};
    QSignalSpy ready{&client, &NfcClient::readerReady};

    client.start();
    REQUIRE(Bench::waitFor(lost, 1));

    CHECK(lost.first().first().value<Error>().code == ErrorCode::ReaderLost);
    CHECK_FALSE(Bench::waitFor(ready, 1, 1000));
    CHECK(lost.size() == 1);
}

TEST_CASE("A reader that works is kept while ports of other devices come and go", "[device]")
{
    Bench bench;
    const bool named = GENERATE(true, false);
    const auto unset = qScopeGuard([] { qunsetenv("LIBNFC_DEVICE"); });
    const QString connstring = startReader(bench, named);
    const qint64 child = bench.client.childProcessId();

    bench.client.use(connstring, {u"/dev/ttyNONE7"_s});
    bench.client.use(connstring, {});
    CHECK_FALSE(Bench::waitFor(bench.lost, 1, 500));
    CHECK(bench.client.childProcessId() == child);

    // Unless it is one of them now.
    bench.client.use(connstring, {bench.reader.connstring().section(u':', 1, 1)});
    REQUIRE(Bench::waitFor(bench.lost, 1));
    CHECK(bench.client.childProcessId() != child);
}

TEST_CASE("A child that loses its reader looks for none on ports that it was not told of",
          "[device]")
{
    Bench bench;
    const auto [named, replaced] = GENERATE(table<bool, bool>({{true, false}, {false, true}}));
    const auto unset = qScopeGuard([] { qunsetenv("LIBNFC_DEVICE"); });
    const QString connstring = startReader(bench, named);
    const qint64 child = bench.client.childProcessId();
    bench.client.use(connstring, {u"/dev/ttyNONE7"_s});

    bench.reader.unplug();
    REQUIRE(Bench::waitFor(bench.lost, 1));
    REQUIRE(bench.reader.plug());
    REQUIRE(Bench::waitFor(bench.ready, 2));
    CHECK((bench.client.childProcessId() != child) == replaced);
    CHECK(bench.lost.size() == 1);
}

TEST_CASE("A named reader whose path is another device's is not asked, until it is its own again",
          "[device]")
{
    Bench bench;
    const QString connstring = bench.reader.connstring();
    bench.client.use(connstring, {connstring.section(u':', 1, 1)});
    bench.client.start(connstring);
    REQUIRE(Bench::waitFor(bench.lost, 1));
    CHECK(bench.lossAt(0) == ErrorCode::NamedReaderNotFound);
    CHECK_FALSE(Bench::waitFor(bench.ready, 1, 1000));

    bench.client.use(connstring, {});
    CHECK(Bench::waitFor(bench.ready, 1));
    CHECK(bench.lost.size() == 1);
}

TEST_CASE("A child that is replaced before it has found anything has lost nothing", "[device]")
{
    const QTemporaryDir folder;
    QFile file{folder.filePath(u"child"_s)};
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write("#!/bin/sh\nexec cat\n");
    REQUIRE(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::ExeOwner));
    file.close();
    NfcClient client{file.fileName()};
    QSignalSpy lost{&client, &NfcClient::readerLost};
    client.start();
    const qint64 child = client.childProcessId();

    client.use({}, {u"/dev/ttyNONE7"_s});

    CHECK(QTest::qWaitFor(
        [&] { return client.childProcessId() != 0 && client.childProcessId() != child; },
        patienceMs));
    CHECK(lost.isEmpty());
}

TEST_CASE("After stop nothing is told any more and the child is gone", "[device]")
{
    Bench bench;
    bench.startAndWait();
    const qint64 child = bench.client.childProcessId();

    bench.client.stop();

    CHECK(::kill(pid_t(child), 0) != 0);
    REQUIRE(bench.reader.tap(u"one"_s));
    CHECK_FALSE(Bench::waitFor(bench.arrived, 1, 500));
    CHECK(bench.lost.isEmpty());
    CHECK(bench.client.childProcessId() == 0);
}
