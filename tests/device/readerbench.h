#pragma once

#include "support/catch.h"

#include "device/nfc/nfcclient.h"
#include "sim/virtualreader.h"

#include <QElapsedTimer>
#include <QSignalSpy>

namespace upgradedesk::test
{

// These run the real child with the real libnfc against the virtual reader; times are limits for a
// stuck test only.

constexpr int patienceMs = 20'000;

inline VirtualCard transitCard(const QString &name, const QByteArray &number,
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
                               QStringLiteral("purse"),
                               false}
               << ScriptedApdu{QByteArray::fromHex("00B0950000"),
                               record + QByteArray::fromHex("9000"),
                               ScriptedApdu::Match::Usual,
                               QStringLiteral("purse"),
                               {},
                               false};
    return card;
}

inline VirtualCard silentCard()
{
    VirtualCard card = transitCard(QStringLiteral("silent"), "03105170000000000033");
    card.apdus[1].response.reset();
    return card;
}

inline VirtualCard plainCard()
{
    VirtualCard card = transitCard(QStringLiteral("classic"), "03105170000000000033", "3B9D51C7");
    card.tech = VirtualCard::Tech::MifareClassic;
    card.sak = 0x08;
    card.ats.clear();
    card.apdus.clear();
    return card;
}

inline QList<VirtualCard> someCards()
{
    return {transitCard(QStringLiteral("one"), "03105170000000000017"),
            transitCard(QStringLiteral("two"), "03105170000000000025"),
            transitCard(QStringLiteral("phone"), "03105170000000000041", "08000000"),
            transitCard(QStringLiteral("beside"), "03105170000000000058", "9A4471D2"),
            transitCard(QStringLiteral("same-phone"), "03105170000000000041", "08000001"),
            transitCard(QStringLiteral("other-phone"), "03105170000000000066", "08000002"),
            transitCard(QStringLiteral("other-kind"), "03104830000000000074", "08000003"),
            silentCard(),
            plainCard()};
}

inline const QString childProgram = QStringLiteral(UPGRADEDESK_BIN_DIR "/upgradedesk-nfc");

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

    static bool waitFor(QSignalSpy &spy, qsizetype count, int milliseconds = patienceMs)
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

} // namespace upgradedesk::test
