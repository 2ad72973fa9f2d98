#include "support/catch.h"

#include "device/nfc/nfcmessages.h"

#include <QtEndian>

#include <random>

using namespace upgradedesk;
using namespace Qt::StringLiterals;

namespace
{

CardSighting numberSighting()
{
    CardSighting sighting;
    sighting.outcome = CardSighting::Outcome::Number;
    sighting.product = u"beijing-tunion"_s;
    sighting.number = u"3105170000000000017"_s;
    sighting.issuer = u"北京互通卡"_s;
    sighting.issuerPrefix = u"31051700"_s;
    sighting.warning = u"application-blocked"_s;
    sighting.validFrom = QDate{2019, 8, 6};
    sighting.validUntil = QDate{2040, 12, 31};
    sighting.elapsedMs = 12;
    return sighting;
}

CardSighting errorSighting()
{
    CardSighting sighting;
    sighting.outcome = CardSighting::Outcome::ReadError;
    sighting.reason = u"card-lost"_s;
    return sighting;
}

QList<NfcMessage> everyMessage()
{
    return {NfcReady{u"PN532 读卡器"_s},
            NfcReady{},
            NfcTrouble{ErrorCode::ReaderBusy, {}},
            NfcTrouble{ErrorCode::CatalogueInvalid, {u"catalogue.json"_s, u"7"_s, u"why"_s}},
            NfcArrived{numberSighting()},
            NfcArrived{errorSighting()},
            NfcLeft{},
            NfcAlive{}};
}

QByteArray framed(const QByteArray &body)
{
    QByteArray frame(4, '\0');
    qToBigEndian(quint32(body.size()), frame.data());
    return frame + body;
}

} // namespace

TEST_CASE("Each message arrives as it was sent, even byte by byte", "[device]")
{
    NfcMessageReader reader;
    for (const NfcMessage &message : everyMessage()) {
        const QByteArray frame = encodeNfcMessage(message);
        for (qsizetype at = 0; at < frame.size(); ++at) {
            const auto early = reader.next();
            REQUIRE(early);
            REQUIRE_FALSE(early->has_value());
            reader.append(frame.mid(at, 1));
        }
        const auto whole = reader.next();
        REQUIRE(whole);
        REQUIRE(whole->has_value());
        CHECK(**whole == message);
    }
}

TEST_CASE("Anything that is not exactly a message is refused for good", "[device]")
{
    const auto body = GENERATE(values<QByteArray>({
        "",
        "{",
        "[]",
        "{}",
        R"({"type":"left","more":1})",
        R"({"type":"Left"})",
        R"({"type":"ready"})",
        R"({"type":"ready","name":5})",
        R"({"type":"trouble","error":"no-such-word","args":[]})",
        R"({"type":"trouble","error":"reader-lost","args":[1]})",
        R"({"type":"trouble","error":"reader-lost","args":["1","2","3","4"]})",
        R"({"type":"trouble","error":"reader-lost"})",
        R"({"type":"arrived"})",
    }));
    NfcMessageReader reader;
    reader.append(framed(body));

    INFO(body.toStdString());
    CHECK_FALSE(reader.next());
    reader.append(encodeNfcMessage(NfcLeft{}));
    CHECK_FALSE(reader.next());
    reader.clear();
    reader.append(encodeNfcMessage(NfcLeft{}));
    CHECK(reader.next());
}

TEST_CASE("A sighting that contradicts itself is refused", "[device]")
{
    const auto change = GENERATE(0, 1, 2, 3, 4, 5, 6);
    CardSighting sighting = numberSighting();
    switch (change) {
    case 0:
        sighting.number.clear();
        break;
    case 1:
        sighting.number = u"31051700x"_s;
        break;
    case 2:
        sighting.outcome = CardSighting::Outcome::Refused; // with a number
        break;
    case 3:
        sighting.product = u"<b>"_s;
        break;
    case 4:
        sighting.elapsedMs = -1;
        break;
    case 5:
        sighting.issuer = QString{5000, u'x'};
        break;
    default:
        sighting.number = u"３１０５"_s;
        break;
    }
    NfcMessageReader reader;
    reader.append(encodeNfcMessage(NfcArrived{sighting}));

    INFO(change);
    CHECK_FALSE(reader.next());
}

TEST_CASE("A length out of range is refused before its bytes come", "[device]")
{
    const auto *header = GENERATE("00000000", "00000001", "00001001", "FFFFFFFF", "7B22747970");
    NfcMessageReader reader;
    reader.append(QByteArray::fromHex(header));

    CHECK_FALSE(reader.next());
}

TEST_CASE("Damaged streams never give a message that could not have been sent", "[device]")
{
    std::mt19937 random{20220603};
    std::uniform_int_distribution<int> byte{0, 0xFF};
    QByteArray stream;
    for (const NfcMessage &message : everyMessage())
        stream += encodeNfcMessage(message);
    std::uniform_int_distribution<qsizetype> place{0, stream.size() - 1};
    int understood = 0;
    int refused = 0;
    for (int round = 0; round < 5000; ++round) {
        QByteArray damaged = stream;
        damaged[place(random)] = char(byte(random));
        NfcMessageReader reader;
        reader.append(damaged);
        while (true) {
            const auto message = reader.next();
            if (!message) {
                ++refused;
                break;
            }
            if (!message->has_value())
                break;
            ++understood;
            // Whatever was understood must survive its own way through the format.
            NfcMessageReader again;
            again.append(encodeNfcMessage(**message));
            const auto second = again.next();
            REQUIRE(second);
            REQUIRE(second->has_value());
            REQUIRE(**second == **message);
        }
    }
    CHECK(understood > 1000);
    CHECK(refused > 1000);
}
