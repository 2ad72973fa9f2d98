#include "support/catch.h"

#include "device/nfc/nfcclient.h"
#include "sim/virtualreader.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <csignal>

using namespace upgradedesk;
using namespace Qt::StringLiterals;

// These run the real child with the real libnfc against the virtual reader; times are limits for a
// stuck test only.

namespace
{

constexpr int patience = 20'000;

VirtualCard transitCard(const QString &name, const QByteArray &number,
                        const QByteArray &uid = "5C1E73A9")
{
    VirtualCard card;
    card.name = name;
    card.uid = QByteArray::fromHex(uid);
    card.atqa = QByteArray::fromHex("0004");
    card.ats = QByteArray::fromHex("0578807002");
    const QByteArray record = QByteArray::fromHex("01011000FFFFFFFF0201") +
                              QByteArray::fromHex(number) +
                              QByteArray::fromHex("20190806204012310000");
    card.apdus << ScriptedApdu{QByteArray::fromHex("00A4040008A000000632010105"),
                               QByteArray::fromHex("6F0A8408A0000006320101059000"),
                               ScriptedApdu::Match::Usual,
                               {},
                               u"purse"_s,
                               false}
               << ScriptedApdu{QByteArray::fromHex("00B0950000"),
                               record + QByteArray::fromHex("9000"),
                               ScriptedApdu::Match::Usual,
                               u"purse"_s,
                               {},
                               false};
    return card;
}

VirtualCard silentCard()
{
    VirtualCard card = transitCard(u"silent"_s, "03105170000000000033");
    card.apdus[1].response.reset();
    return card;
}

VirtualCard plainCard()
{
    VirtualCard card = transitCard(u"classic"_s, "03105170000000000033", "3B9D51C7");
    card.tech = VirtualCard::Tech::MifareClassic;
    card.sak = 0x08;
    card.ats.clear();
    card.apdus.clear();
    return card;
}

QList<VirtualCard> someCards()
{
    return {transitCard(u"one"_s, "03105170000000000017"),
            transitCard(u"two"_s, "03105170000000000025"),
            transitCard(u"phone"_s, "03105170000000000041", "08000000"), silentCard(), plainCard()};
}

const QString childProgram = QStringLiteral(UPGRADEDESK_BIN_DIR "/upgradedesk-nfc");

/// A client with a spy on each signal, and the reader it watches.
struct Bench {
    VirtualReader reader{someCards()};
    NfcClient client{childProgram};
    QSignalSpy ready{&client, &NfcClient::readerReady};
    QSignalSpy lost{&client, &NfcClient::readerLost};
    QSignalSpy arrived{&client, &NfcClient::cardArrived};
    QSignalSpy left{&client, &NfcClient::cardLeft};

    Bench() { REQUIRE(reader.start()); }

    void startAndWait()
    {
        client.start(reader.connstring());
        REQUIRE(waitFor(ready, 1));
    }

    static bool waitFor(QSignalSpy &spy, qsizetype count, int milliseconds = patience)
    {
        QElapsedTimer time;
        time.start();
        while (spy.size() < count && time.elapsed() < milliseconds)
            spy.wait(int(qMax<qint64>(1, milliseconds - time.elapsed())));
        return spy.size() >= count;
    }

    [[nodiscard]] CardSighting sighting(qsizetype index) const
    {
        return arrived.at(index).first().value<CardSighting>();
    }
    [[nodiscard]] ErrorCode lossAt(qsizetype index) const
    {
        return lost.at(index).first().value<Error>().code;
    }
};

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

TEST_CASE("A reader that is not there is said to be missing until it is there", "[device]")
{
    Bench bench;
    bench.reader.unplug();

    bench.client.start(bench.reader.connstring());
    REQUIRE(Bench::waitFor(bench.lost, 1));
    CHECK(bench.lossAt(0) == ErrorCode::ReaderNotFound);

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
