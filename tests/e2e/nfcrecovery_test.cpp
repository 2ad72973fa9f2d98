#include "support/catch.h"

#include "device/nfc/nfcclient.h"
#include "sim/virtualreader.h"

#include <QElapsedTimer>
#include <QSignalSpy>

#include <algorithm>
#include <iostream>

using namespace upgradedesk;
using namespace Qt::StringLiterals;

namespace
{

constexpr int patienceMs = 20'000;

bool waitFor(QSignalSpy &spy, qsizetype count)
{
    QElapsedTimer time;
    time.start();
    while (spy.size() < count && time.elapsed() < patienceMs)
        spy.wait(int(qMax<qint64>(1, patienceMs - time.elapsed())));
    return spy.size() >= count;
}

} // namespace

TEST_CASE("A reader that kills the child 100 times costs no tap, and reading works again each time",
          "[e2e]")
{
    const auto cards =
        loadVirtualCards(QStringLiteral(UPGRADEDESK_SOURCE_DIR "/tests/data/card-vectors.json"));
    REQUIRE(cards);
    VirtualReader reader{*cards};
    REQUIRE(reader.start());
    NfcClient client{QStringLiteral(UPGRADEDESK_BIN_DIR "/upgradedesk-nfc")};
    QSignalSpy ready{&client, &NfcClient::readerReady};
    QSignalSpy lost{&client, &NfcClient::readerLost};
    QSignalSpy arrived{&client, &NfcClient::cardArrived};
    QSignalSpy left{&client, &NfcClient::cardLeft};
    client.start(reader.connstring());
    REQUIRE(waitFor(ready, 1));

    constexpr int deaths = 100;
    qint64 slowest = 0;
    for (int death = 1; death <= deaths; ++death) {
        INFO("death " << death);
        reader.forceStatus(1, 0x80);
        REQUIRE(reader.tap(u"tunion-beijing-physical-1"_s));
        REQUIRE(waitFor(lost, death));
        QElapsedTimer time;
        time.start();
        REQUIRE(waitFor(arrived, death));
        slowest = std::max(slowest, time.elapsed());
        REQUIRE(arrived.at(death - 1).first().value<CardSighting>().number ==
                u"3105170010170907984"_s);
        reader.remove();
        REQUIRE(waitFor(left, death));
    }

    CHECK(lost.size() == deaths);
    CHECK(ready.size() == deaths + 1);
    CHECK(arrived.size() == deaths);
    std::cout << "longest from the loss of the reader to the card read: " << slowest << " ms\n";
}
