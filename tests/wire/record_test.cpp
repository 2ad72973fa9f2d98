#include "support/catch.h"

#include "core/recordid.h"
#include "core/clock.h"
#include "wire/record.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::wire;

namespace
{

/// Records with every optional part now there, now not, and texts that are hard on encoders.
class Maker
{
public:
    explicit Maker(quint32 seed)
        : m_random(seed)
    {
    }

    Record record()
    {
        Record record;
        record.id = newRecordId(SystemClock());
        record.desk = word();
        record.hub = word();
        record.kind = word();
        record.seq = qint64(m_random.generate64() & 0x1FFFFFFFFFFFFF);
        record.journalHead = bytes(32);
        record.deskTime = time();
        record.bootTicks = qint64(m_random.generate());
        if (coin())
            record.lastHubTime = time();
        record.timeTrusted = coin();
        record.operatorId = word();
        for (int i = m_random.bounded(4); i > 0; --i)
            record.consents << Consent{word(), word(), QString::fromLatin1(bytes(32).toHex()),
                                       word(), word(), time()};
        record.rulesVersion = word();
        record.medium = word();
        record.cardBy = word();
        record.reason = word();
        if (coin())
            record.supersedes = newRecordId(SystemClock());
        if (coin())
            record.of = newRecordId(SystemClock());
        record.card = word();
        record.product = word();
        record.holder = person();
        if (coin())
            record.guardian = person();
        if (coin())
            record.agent = person();
        if (coin())
            record.healthCode = word().repeated(20);
        return record;
    }

private:
    bool coin() { return m_random.bounded(2) == 1; }
    Person person() { return {word(), word(), word()}; }
    QDateTime time()
    {
        return QDateTime::fromMSecsSinceEpoch(qint64(m_random.generate64() % 4102444800000ULL),
                                              Qt::UTC);
    }
    QByteArray bytes(int size)
    {
        QByteArray made(size, '\0');
        for (char &byte : made)
            byte = char(m_random.bounded(256));
        return made;
    }
    QString word()
    {
        static const QStringList pieces{u"a"_s,  u"0"_s, u"\""_s, u"\\"_s,         u"/"_s,
                                        u"测"_s, u"·"_s, u" "_s,  u"\U00020BB7"_s, u"</x>"_s};
        QString made;
        for (int i = 1 + m_random.bounded(9); i > 0; --i)
            made += pieces[m_random.bounded(int(pieces.size()))];
        return made;
    }

    QRandomGenerator m_random;
};

QJsonObject sample()
{
    return QJsonDocument::fromJson(encodeRecord(Maker(1).record())).object();
}

Result<Record> decode(const QJsonObject &object)
{
    return decodeRecord(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

TEST_CASE("Every record comes back as it was, and encodes to the same bytes", "[wire]")
{
    Maker maker(20220601);
    for (int i = 0; i < 500; ++i) {
        const Record record = maker.record();

        const QByteArray encoded = encodeRecord(record);
        const auto decoded = decodeRecord(encoded);

        REQUIRE(decoded);
        CHECK(*decoded == record);
        CHECK(encodeRecord(*decoded) == encoded);
    }
}

TEST_CASE("A record without one of its keys is refused by the name of the key", "[wire]")
{
    const auto key = GENERATE(
        u"v"_s, u"id"_s, u"desk"_s, u"hub"_s, u"kind"_s, u"seq"_s, u"journalHead"_s, u"deskTime"_s,
        u"bootTicks"_s, u"timeTrusted"_s, u"operator"_s, u"consents"_s, u"rulesVersion"_s,
        u"medium"_s, u"cardBy"_s, u"reason"_s, u"card"_s, u"product"_s, u"holder"_s, u"health"_s);
    QJsonObject object = sample();
    REQUIRE(object.contains(key));
    object.remove(key);

    const auto decoded = decode(object);

    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().code == ErrorCode::InputInvalid);
    CHECK(decoded.error().args == QStringList{key});
}

TEST_CASE("A value of the wrong type or size is refused", "[wire]")
{
    const auto [key, value] = GENERATE(table<QString, QJsonValue>({
        {u"v"_s, 2},
        {u"v"_s, u"1"_s},
        {u"id"_s, u"not-an-id"_s},
        {u"id"_s, u"017f22e2-79b0-4cc3-98c4-dc0c0c07398f"_s},
        {u"seq"_s, -1},
        {u"seq"_s, 1.5},
        {u"seq"_s, 1e18},
        {u"journalHead"_s, u"00"_s},
        {u"journalHead"_s, QString(64, u'G')},
        {u"journalHead"_s, QString(64, u'A')},
        {u"deskTime"_s, u"yesterday"_s},
        {u"deskTime"_s, u"2022-06-01T08:00:00.000+08:00"_s},
        {u"deskTime"_s, u"2022-02-30T08:00:00.000Z"_s},
        {u"timeTrusted"_s, 1},
        {u"card"_s, u""_s},
        {u"card"_s, QString(65, u'1')},
        {u"card"_s, u"1\n2"_s},
        {u"card"_s, 12},
        {u"holder"_s, u"somebody"_s},
        {u"holder"_s, QJsonObject{{u"name"_s, u"x"_s}}},
        {u"consents"_s, QJsonObject()},
        {u"consents"_s, QJsonArray{1}},
        {u"supersedes"_s, u"x"_s},
        {u"surprise"_s, u"x"_s},
    }));
    QJsonObject object = sample();
    object.insert(key, value);

    CHECK_FALSE(decode(object));
}

TEST_CASE("An unknown key of a person or consent is refused", "[wire]")
{
    QJsonObject object = sample();
    QJsonObject holder = object.value(u"holder"_s).toObject();
    holder.insert(u"phone"_s, u"1"_s);
    object.insert(u"holder"_s, holder);

    CHECK(decode(object).error().args == QStringList{u"holder"_s});
}

TEST_CASE("Text that is no record is refused without a crash", "[wire]")
{
    const QByteArray good = encodeRecord(Maker(3).record());
    QRandomGenerator random(11);

    CHECK_FALSE(decodeRecord(""));
    CHECK_FALSE(decodeRecord("[]"));
    CHECK_FALSE(decodeRecord(good + " {}"));
    CHECK_FALSE(decodeRecord(QByteArray(70000, ' ') + good));
    for (qsizetype size = 0; size < good.size(); size += 7)
        CHECK_FALSE(decodeRecord(good.left(size)));
    for (int i = 0; i < 2000; ++i) {
        QByteArray changed = good;
        changed[random.bounded(int(changed.size()))] = char(random.bounded(256));
        const auto decoded = decodeRecord(changed);
        if (decoded)
            CHECK(decodeRecord(encodeRecord(*decoded)).value() == *decoded);
    }
}

TEST_CASE("No error of a record repeats what it holds", "[wire]")
{
    QJsonObject object = sample();
    object.insert(u"13800000000"_s, u"x"_s);

    const Error error = decode(object).error();

    CHECK_FALSE(error.detail.contains(u"13800000000"));
    CHECK_FALSE(error.args.join(u' ').contains(u"13800000000"));
}

TEST_CASE("A revoke names a record and nobody", "[wire]")
{
    Record revoke = Maker(5).record();
    revoke.kind = u"revoke"_s;
    revoke.of = newRecordId(SystemClock());
    const QByteArray encoded = encodeRecord(revoke);
    const QJsonObject object = QJsonDocument::fromJson(encoded).object();

    for (const QString &key : {u"card"_s, u"product"_s, u"holder"_s, u"guardian"_s, u"agent"_s,
                               u"consents"_s, u"medium"_s, u"cardBy"_s, u"healthCode"_s})
        CHECK_FALSE(object.contains(key));
    const auto decoded = decodeRecord(encoded);
    REQUIRE(decoded);
    CHECK(decoded->of == revoke.of);
    CHECK(decoded->card.isEmpty());
    CHECK(encodeRecord(*decoded) == encoded);
}

TEST_CASE("A revoke with a person or without its record is refused", "[wire]")
{
    Record revoke = Maker(5).record();
    revoke.kind = u"revoke"_s;
    revoke.of = newRecordId(SystemClock());
    QJsonObject object = QJsonDocument::fromJson(encodeRecord(revoke)).object();

    QJsonObject without = object;
    without.remove(u"of"_s);
    CHECK(decode(without).error().args == QStringList{u"of"_s});
    object.insert(u"holder"_s, sample().value(u"holder"_s));
    CHECK_FALSE(decode(object));
}
