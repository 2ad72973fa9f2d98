#include "support/catch.h"

#include "scriptedcard.h"

#include "card/probe.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

using Outcome = CardSighting::Outcome;

const Catalogue &catalogue()
{
    static const auto loaded = Catalogue::load();
    REQUIRE(loaded);
    return *loaded;
}

QString isoDate(const std::optional<QDate> &date)
{
    return date ? date->toString(Qt::ISODate) : QString();
}

QJsonObject vectorNamed(const QString &name)
{
    for (const QJsonObject &vector : cardVectors()) {
        if (vector.value(u"name"_s) == name)
            return vector;
    }
    FAIL("no vector " << name.toStdString());
    return {};
}

struct Script {
    const char *command;
    const char *response;
    const char *state = nullptr;
    const char *sets = nullptr;
    bool exact = false;
};

QJsonObject card(const QList<Script> &script)
{
    QJsonArray apdus;
    for (const Script &row : script) {
        QJsonObject entry{{u"command"_s, QString::fromLatin1(row.command)}};
        entry[u"response"_s] =
            row.response == nullptr ? QJsonValue() : QString::fromLatin1(row.response);
        if (row.state != nullptr)
            entry[u"in"_s] = QString::fromLatin1(row.state);
        if (row.sets != nullptr)
            entry[u"sets"_s] = QString::fromLatin1(row.sets);
        if (row.exact)
            entry[u"exact"_s] = true;
        apdus << entry;
    }
    return {{u"tech"_s, u"iso14443-4a"_s}, {u"sak"_s, u"20"_s}, {u"apdus"_s, apdus}};
}

CardSighting look(const QJsonObject &vector)
{
    ScriptedCard scripted(vector);
    return probe(scripted, targetOf(vector), catalogue());
}

constexpr auto selectTunion = "00A4040008A000000632010105";
constexpr auto selectCash = "00A4040008A000000632010106";
constexpr auto readFile15 = "00B0950000";
constexpr auto selectMaster = "00A40000023F00";
constexpr auto readFile4 = "00B0840020";
constexpr auto goodRecord = "01011000FFFFFFFF02010310517001017090798420190806204012310000";

/// One TLV object in hex; `longForm` writes the length in two bytes.
QByteArray tlv(const QByteArray &tag, const QByteArray &value, bool longForm = false)
{
    const QByteArray length = QByteArray::number(value.size() / 2, 16).rightJustified(2, '0');
    return tag + (longForm ? "81" : "") + length + value;
}

/// The answer to SELECT of the T-Union purse with this content of A5.
QByteArray fci(const QByteArray &content, bool longForm = false)
{
    return tlv("6F", tlv("84", "A000000632010105") + tlv("A5", content, longForm), longForm);
}

CardSighting lookWithoutFile15(const QByteArray &answer)
{
    const QByteArray response = answer + "9000";
    return look(
        card({{selectTunion, response.constData(), nullptr, "T"}, {readFile15, "6A82", "T"}}));
}

QByteArray tunionFile(const QByteArray &number)
{
    return "01011000FFFFFFFF0201" + number + "20190806204012310000";
}

} // namespace

TEST_CASE("Every vector of cards ends as expected and sends nothing forbidden", "[card]")
{
    const QList<QJsonObject> vectors = cardVectors();
    REQUIRE(vectors.size() > 30);

    for (const QJsonObject &vector : vectors) {
        const QJsonObject expect = vector.value(u"expect"_s).toObject();
        INFO(vector.value(u"name"_s).toString().toStdString());
        ScriptedCard scripted(vector);

        const CardSighting sighting = probe(scripted, targetOf(vector), catalogue());

        CHECK(outcomeKey(sighting.outcome) == expect.value(u"outcome"_s).toString());
        CHECK(sighting.product == expect.value(u"product"_s).toString());
        CHECK(sighting.number == expect.value(u"number"_s).toString());
        CHECK(sighting.reason == expect.value(u"reason"_s).toString());
        CHECK(sighting.warning == expect.value(u"warning"_s).toString());
        if (expect.contains(u"digits"_s))
            CHECK(sighting.number.size() == expect.value(u"digits"_s).toInt());
        if (expect.contains(u"issuer"_s))
            CHECK(sighting.issuer == expect.value(u"issuer"_s).toString());
        if (expect.contains(u"issuerPrefix"_s))
            CHECK(sighting.issuerPrefix == expect.value(u"issuerPrefix"_s).toString());
        if (expect.contains(u"validFrom"_s)) {
            CHECK(isoDate(sighting.validFrom) == expect.value(u"validFrom"_s).toString());
            CHECK(isoDate(sighting.validUntil) == expect.value(u"validUntil"_s).toString());
        }
        CHECK_FALSE(scripted.trapped());
        for (const QJsonValue &forbidden : expect.value(u"mustNotSend"_s).toArray()) {
            for (const QByteArray &apdu : scripted.sent())
                CHECK_FALSE(apdu.startsWith(QByteArray::fromHex(forbidden.toString().toLatin1())));
        }
    }
}

TEST_CASE("No command is sent that is not needed", "[card]")
{
    const auto [name, commands] = GENERATE(table<QString, qsizetype>({
        {u"tunion-beijing-physical-1"_s, 2},
        {u"tunion-nanjing-1"_s, 2},
        {u"dual-lingnan-plus-tunion"_s, 2},
        {u"bmac-and-tunion-both"_s, 2},
        {u"tunion-6cxx-retry"_s, 3},
        {u"bmac-1"_s, 3},
        {u"shenzhentong-legacy-1"_s, 7},
        {u"cityunion-generic"_s, 8},
        {u"bank-unionpay"_s, 9},
        {u"iso4-card-all-6A82"_s, 9},
        {u"octopus-felica"_s, 0},
        {u"mifare-classic-1k"_s, 0},
        {u"mifare-ultralight-ticket"_s, 0},
    }));
    INFO(name.toStdString());
    const QJsonObject vector = vectorNamed(name);
    ScriptedCard scripted(vector);

    (void)probe(scripted, targetOf(vector), catalogue());

    CHECK(scripted.sent().size() == commands);
}

TEST_CASE("Only a whole T-Union number is a number", "[card]")
{
    const auto [number, reason] = GENERATE(table<QByteArray, QString>({
        {"03105170010170907984", u""_s},
        {"03109999999999999999", u""_s},
        {"00000000000000000000", u"empty-number"_s},
        {"FFFFFFFFFFFFFFFFFFFF", u"empty-number"_s},
        {"0310517001017090798F", u"not-bcd"_s},
        {"A3105170010170907984", u"not-bcd"_s},
        {"0FFFFFFFFFFFFFFFFFFF", u"not-bcd"_s},
        {"31051700101709079840", u"bad-length"_s},
        {"00310517001017090798", u"bad-length"_s},
        {"00000000000012345678", u"bad-length"_s},
        {"03205170010170907984", u"bad-prefix"_s},
        {"09999999999999999999", u"bad-prefix"_s},
        {"031051700101709079", u"bad-prefix"_s},
        {"0310517001", u"not-bcd"_s},
    }));
    QByteArray record = tunionFile(number);
    if (number.size() < 20)
        record = "01011000FFFFFFFF0201" + number; // the file ends inside the number
    const QByteArray response = record + "9000";

    const CardSighting sighting =
        look(card({{selectTunion, "9000", nullptr, "T"}, {readFile15, response.constData(), "T"}}));

    if (number.size() < 20) {
        CHECK(sighting.reason == u"bad-length");
    } else {
        CHECK(sighting.reason == reason);
        CHECK((sighting.outcome == Outcome::Number) == reason.isEmpty());
    }
    if (sighting.outcome != Outcome::Number) {
        CHECK(sighting.outcome == Outcome::ReadError);
        CHECK(sighting.product == u"tunion");
        CHECK(sighting.number.isEmpty());
    }
}

TEST_CASE("Without file 15 the whole number in the answer to SELECT counts", "[card]")
{
    const QByteArray record = tlv("9F0C", goodRecord);
    const QByteArray answer = GENERATE_COPY(values<QByteArray>({
        fci("9F080102" + record),
        fci("9F08020030" + record),
        fci(tlv("50", "4D4F545F545F4550") + "870102" + tlv("9F12", "424A4D4F5431") + record),
        fci(tlv("BF0C", "DF610182" + record)),
        fci(tlv("9F0C", goodRecord, true), true),
        fci("00009F08010200" + record + "0000"),
        fci("9F080102" + record) + "00000000",
        tlv("6F", "00" + tlv("84", "A000000632010105") + "00" + tlv("A5", record) + "0000"),
    }));
    INFO(answer.toStdString());

    const CardSighting sighting = lookWithoutFile15(answer);

    CHECK(sighting.number == u"3105170010170907984");
    CHECK(sighting.validFrom == QDate(2019, 8, 6));
    CHECK(sighting.validUntil == QDate(2040, 12, 31));
}

TEST_CASE("A broken answer to SELECT is no answer", "[card]")
{
    const QByteArray whole = fci("9F080102" + tlv("9F0C", goodRecord));
    const QByteArray answer = GENERATE_COPY(values<QByteArray>({
        {},
        whole.chopped(2),
        "6F32" + whole.mid(4),
        "6F80" + whole.mid(4),
        "6F84" + whole.mid(4),
        whole + "6F",
        whole + "9F",
        fci(tlv("9F0C", QByteArray(goodRecord).first(38))),
        fci(tlv("9F0D", goodRecord)),
    }));
    INFO(answer.toStdString());

    CHECK(lookWithoutFile15(answer).reason == u"file-not-found");
}

TEST_CASE("A status word of file 15 is told as it is", "[card]")
{
    const auto [status, reason] = GENERATE(table<const char *, QString>({
        {"6A82", u"file-not-found"_s},
        {"6981", u"not-permitted"_s},
        {"6982", u"not-permitted"_s},
        {"6985", u"not-permitted"_s},
        {"6986", u"not-permitted"_s},
        {"6999", u"not-permitted"_s},
        {"6F00", u"unexpected-status"_s},
        {"9000", u"bad-length"_s},
        {"6B00", u"file-not-found"_s},
    }));

    const CardSighting sighting =
        look(card({{selectTunion, "9000", nullptr, "T"}, {readFile15, status, "T"}}));

    CHECK(sighting.outcome == Outcome::ReadError);
    CHECK(sighting.product == u"tunion");
    CHECK(sighting.reason == reason);
}

TEST_CASE("A T-Union application that refuses to be selected is not passed over", "[card]")
{
    const CardSighting sighting = look(
        card({{selectTunion, "6985"},
              {selectMaster, "9000", nullptr, "MF"},
              {readFile4, "10007515114099280102003000000000000000000000000020180410202404109000",
               "MF"}}));

    CHECK(sighting.outcome == Outcome::ReadError);
    CHECK(sighting.reason == u"not-permitted");
    CHECK(sighting.product == u"tunion");
}

TEST_CASE("More bytes are fetched when the card says so", "[card]")
{
    const QByteArray record = QByteArray(goodRecord) + "9000";
    const QByteArray first = QByteArray(goodRecord).first(30) + "610F";
    const QByteArray second = QByteArray(goodRecord).mid(30) + "9000";

    SECTION("for the whole record")
    {
        const CardSighting sighting =
            look(card({{selectTunion, "6133", nullptr, "T"},
                       {readFile15, "611E", "T"},
                       {"00C000001E", record.constData(), nullptr, nullptr, true}}));

        CHECK(sighting.number == u"3105170010170907984");
    }
    SECTION("for the rest of a record")
    {
        const CardSighting sighting = look(card({{selectTunion, "9000", nullptr, "T"},
                                                 {readFile15, first.constData(), "T"},
                                                 {"00C000000F", second.constData()}}));

        CHECK(sighting.number == u"3105170010170907984");
    }
    SECTION("and what does not come makes the record too short")
    {
        const CardSighting sighting = look(
            card({{selectTunion, "9000", nullptr, "T"}, {readFile15, first.constData(), "T"}}));

        CHECK(sighting.reason == u"bad-length");
    }
    SECTION("but not for ever")
    {
        const CardSighting sighting = look(card({{selectTunion, "9000", nullptr, "T"},
                                                 {readFile15, "6101", "T"},
                                                 {"00C0000001", "6101"}}));

        CHECK(sighting.outcome == Outcome::ReadError);
    }
}

TEST_CASE("A SELECT with another length is repeated", "[card]")
{
    const QByteArray record = QByteArray(goodRecord) + "9000";

    const CardSighting sighting =
        look(card({{"00A4040008A00000063201010500", "6C33", nullptr, nullptr, true},
                   {"00A4040008A00000063201010533", "9000", nullptr, "T", true},
                   {readFile15, record.constData(), "T"}}));

    CHECK(sighting.number == u"3105170010170907984");
}

TEST_CASE("The cash application gives the number when there is no purse", "[card]")
{
    const auto [field, number, reason] = GENERATE(table<QByteArray, QString, QString>({
        {"3105170012345678901F", u"3105170012345678901"_s, u""_s},
        {"31051700123456789012", u""_s, u"bad-length"_s},
        {"310517001234567890AF", u""_s, u"not-bcd"_s},
        {"0000000000000000000F", u""_s, u"empty-number"_s},
        {"4105170012345678901F", u""_s, u"bad-prefix"_s},
    }));
    const QByteArray body = "01011000FFFFFFFF01" + field + "01010000015600010000" + "010001";
    const QByteArray response =
        tlv("6F", tlv("84", "A000000632010106") + tlv("A5", tlv("BF0C", tlv("DF11", body)))) +
        "9000";

    const CardSighting sighting = look(card({{selectCash, response.constData(), nullptr, "C"}}));

    CHECK(sighting.number == number);
    CHECK(sighting.reason == reason);
    CHECK(sighting.product == (reason.isEmpty() ? u"beijing-tunion"_s : u"tunion"_s));
}

TEST_CASE("An older Beijing number is whole or not there", "[card]")
{
    static constexpr auto directory = "6F10840E315041592E5359532E44444630319000";
    const auto [select, file, outcome, reason] =
        GENERATE(table<const char *, QByteArray, Outcome, QString>({
            {"9000", "1000751511409928", Outcome::Number, u""_s},
            {"6A82", "1000751511409928", Outcome::Number, u""_s},
            {"9000", "10007515114A9928", Outcome::ReadError, u"not-bcd"_s},
            {"9000", "100075151140", Outcome::ReadError, u"bad-length"_s},
            {"9000", "2000751511409928", Outcome::UnknownCard, u""_s},
            {"9000", "0000000000000000", Outcome::UnknownCard, u""_s},
            {directory, "0000000000000000", Outcome::ReadError, u"empty-number"_s},
            {directory, "FFFFFFFFFFFFFFFF", Outcome::ReadError, u"empty-number"_s},
            {directory, "2000751511409928", Outcome::ReadError, u"bad-prefix"_s},
        }));
    const QByteArray response = file + "9000";

    const CardSighting sighting = look(
        card({{selectMaster, select, nullptr, "MF"}, {readFile4, response.constData(), "MF"}}));

    CHECK(sighting.outcome == outcome);
    CHECK(sighting.reason == reason);
    CHECK(sighting.product == (outcome == Outcome::UnknownCard ? u"unknown"_s : u"beijing-bmac"_s));
}

TEST_CASE("Cards from elsewhere are recognised", "[card]")
{
    SECTION("with a number that keeps its zero")
    {
        const CardSighting sighting = look(
            card({{"00A40400085041592E41505059", "9000", nullptr, "Y"},
                  {readFile15, "FFFFFFFFFFFFFFFF5100000123456789030002FFFFFFFF20240621203412319000",
                   "Y"}}));

        CHECK(sighting.outcome == Outcome::Number);
        CHECK(sighting.product == u"lingnantong");
        CHECK(sighting.number == u"0123456789");
        CHECK(sighting.validFrom == QDate(2024, 6, 21));
        CHECK(sighting.validUntil == QDate(2034, 12, 31));
    }
    SECTION("without one when its file is shut")
    {
        const CardSighting sighting = look(card(
            {{"00A40400085041592E41505059", "9000", nullptr, "Y"}, {readFile15, "6982", "Y"}}));

        CHECK(sighting.outcome == Outcome::RecognisedNoNumber);
        CHECK(sighting.product == u"lingnantong");
    }
    SECTION("by name only")
    {
        CHECK(look(card({{"00A40400094150312E5748435443", "9000"}})).product ==
              u"wuhantong-legacy");
    }
}

TEST_CASE("A directory with anything but payment names is no bank card", "[card]")
{
    constexpr auto directory = "00A404000E325041592E5359532E4444463031";
    const auto [list, outcome] = GENERATE(table<const char *, Outcome>({
        {"61094F07A00000000310109000", Outcome::Refused},
        {"61094F07A000000003101061094F07A00000000410109000", Outcome::Refused},
        {"61094F07A0000000031010610A4F08A0000006320101059000", Outcome::UnknownCard},
        {"61094F07A00000099910109000", Outcome::UnknownCard},
        {"9000", Outcome::UnknownCard},
        {"61094F07A000000003109000", Outcome::UnknownCard},
    }));
    INFO(list);

    CHECK(look(card({{directory, list}})).outcome == outcome);
}

TEST_CASE("What is no transit chip is told apart without a command", "[card]")
{
    Target target;
    ScriptedCard scripted{QJsonObject()};

    SECTION("type B is refused")
    {
        target.tech = Target::Tech::Iso14443B;
        CHECK(probe(scripted, target, catalogue()).outcome == Outcome::Refused);
    }
    SECTION("an old Shenzhen FeliCa card is not ours")
    {
        target.tech = Target::Tech::Felica;
        target.felicaSystemCode = QByteArray::fromHex("8005");
        CHECK(probe(scripted, target, catalogue()).outcome == Outcome::NotOurs);
    }
    SECTION("another FeliCa card is unknown")
    {
        target.tech = Target::Tech::Felica;
        target.felicaSystemCode = QByteArray::fromHex("0003");
        CHECK(probe(scripted, target, catalogue()).outcome == Outcome::UnknownCard);
    }
    SECTION("an unlisted SAK is unknown")
    {
        target.sak = 0x10;
        CHECK(probe(scripted, target, catalogue()).outcome == Outcome::UnknownCard);
    }
    CHECK(scripted.sent().isEmpty());
}

TEST_CASE("A DESFire chip is left alone after its first answer", "[card]")
{
    const QJsonObject vector = card({{selectTunion, "911C"}});
    ScriptedCard scripted(vector);

    CHECK(probe(scripted, targetOf(vector), catalogue()).outcome == Outcome::UnknownCard);
    CHECK(scripted.sent().size() == 1);
}

namespace
{

/// Plays a good card, but answers one chosen command with nothing, with one byte, or as a lost
/// card.
class FailingCard final : public Transceiver
{
public:
    FailingCard(const QJsonObject &vector, qsizetype failAt, std::optional<QByteArray> instead)
        : m_card(vector)
        , m_failAt(failAt)
        , m_instead(std::move(instead))
    {
    }

    Result<QByteArray> transmit(const QByteArray &apdu) override
    {
        if (m_card.sent().size() == m_failAt) {
            if (!m_instead)
                return fail(ErrorCode::ReaderLost);
            return *m_instead;
        }
        return m_card.transmit(apdu);
    }

private:
    ScriptedCard m_card;
    qsizetype m_failAt;
    std::optional<QByteArray> m_instead;
};

} // namespace

TEST_CASE("A card that goes away at any command gives no number", "[card]")
{
    for (const QJsonObject &vector : cardVectors()) {
        ScriptedCard whole(vector);
        (void)probe(whole, targetOf(vector), catalogue());
        for (qsizetype at = 0; at < whole.sent().size(); ++at) {
            for (const auto &instead : {std::optional<QByteArray>(), std::optional(QByteArray()),
                                        std::optional(QByteArray("\x90"))}) {
                INFO(vector.value(u"name"_s).toString().toStdString() << " at " << at);
                FailingCard failing(vector, at, instead);

                const CardSighting sighting = probe(failing, targetOf(vector), catalogue());

                CHECK(sighting.outcome == Outcome::ReadError);
                CHECK(sighting.reason == u"card-lost");
                CHECK(sighting.product.isEmpty());
                CHECK(sighting.number.isEmpty());
            }
        }
    }
}

namespace
{

/// Answers with noise; now and then with a status the probe acts on.
class NoisyCard final : public Transceiver
{
public:
    explicit NoisyCard(quint32 seed)
        : m_random(seed)
    {
    }

    Result<QByteArray> transmit(const QByteArray &apdu) override
    {
        CHECK(apdu.size() >= 5);
        CHECK(++m_count < 1000);
        QByteArray answer;
        const int length = m_random.bounded(80);
        for (int i = 0; i < length; ++i)
            answer += char(m_random.bounded(256));
        static const QByteArrayList statuses{
            QByteArray::fromHex("9000"), QByteArray::fromHex("9000"), QByteArray::fromHex("6110"),
            QByteArray::fromHex("6C20"), QByteArray::fromHex("6700"), QByteArray::fromHex("6283"),
            QByteArray::fromHex("6A82")};
        return answer + statuses[m_random.bounded(int(statuses.size()))];
    }

private:
    QRandomGenerator m_random;
    int m_count = 0;
};

} // namespace

TEST_CASE("Noise is never taken for a Beijing number", "[card]")
{
    Target target;
    target.sak = 0x20;
    for (quint32 seed = 0; seed < 5000; ++seed) {
        NoisyCard noisy(seed);

        const CardSighting sighting = probe(noisy, target, catalogue());

        INFO(seed);
        CHECK(sighting.product != u"beijing-tunion");
        CHECK(sighting.product != u"tunion-other");
        CHECK((sighting.outcome == Outcome::Number) == !sighting.number.isEmpty());
    }
}

TEST_CASE("A damaged byte of a record never yields a number of another shape", "[card]")
{
    const QByteArray record = QByteArray::fromHex(goodRecord);
    QRandomGenerator random(7);
    for (int round = 0; round < 3000; ++round) {
        QByteArray damaged = record;
        damaged[random.bounded(int(damaged.size()))] = char(random.bounded(256));
        damaged.truncate(random.bounded(int(damaged.size()) + 1));
        const QByteArray response = damaged.toHex().toUpper() + "9000";

        const CardSighting sighting = look(
            card({{selectTunion, "9000", nullptr, "T"}, {readFile15, response.constData(), "T"}}));

        if (sighting.outcome != Outcome::Number)
            continue;
        CHECK(sighting.number.size() == 19);
        CHECK(QByteArray::fromHex('0' + sighting.number.toLatin1()) == damaged.mid(10, 10));
    }
}
