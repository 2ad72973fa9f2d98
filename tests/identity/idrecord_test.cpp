#include "support/catch.h"

#include "ga450cards.h"

#include "identity/documentkinds.h"
#include "identity/ga450frame.h"
#include "identity/idrecord.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

using Layout = IdRecord::Layout;

const QDate day(2022, 6, 1);

const DocumentKinds &kinds()
{
    static const DocumentKinds loaded = DocumentKinds::load().value();
    return loaded;
}

Result<IdDocument> documentOf(const CardFields &fields, QDate on = day)
{
    return readIdRecord(recordData(cardText(fields))).and_then([on](const IdRecord &record) {
        return checkIdRecord(record, kinds(), on);
    });
}

QString layoutKey(Layout layout)
{
    const QHash<Layout, QString> keys{{Layout::Citizen, u"citizen"_s},
                                      {Layout::HmtResidence, u"hmt"_s},
                                      {Layout::Foreign2017, u"foreigner-i"_s},
                                      {Layout::Foreign2023, u"foreigner-y"_s}};
    return keys.value(layout);
}

} // namespace

TEST_CASE("Every record of the vectors is read as expected", "[identity]")
{
    QFile file(QStringLiteral(UPGRADEDESK_SOURCE_DIR) + u"/tests/data/identity-vectors.json"_s);
    REQUIRE(file.open(QIODevice::ReadOnly));
    const QJsonValue vectors = QJsonDocument::fromJson(file.readAll())[u"ga450"][u"replies"];
    int count = 0;
    for (const QJsonValue &row : vectors.toArray()) {
        const QJsonValue expected = row[u"expect"][u"record"];
        if (!expected.isObject())
            continue;
        INFO(row[u"id"].toString().toStdString());
        Ga450Scanner scanner;
        scanner.append(QByteArray::fromHex(row[u"hex"].toString().toLatin1()));
        const auto frame = scanner.next();
        REQUIRE(frame);

        const auto record = readIdRecord(frame->data());

        REQUIRE(record);
        CHECK(layoutKey(record->layout) == expected[u"kind"].toString());
        CHECK(record->name == expected[u"name"].toString());
        CHECK(QString(record->sex) == expected[u"sex"].toString());
        CHECK(record->birth.toString(u"yyyyMMdd"_s) == expected[u"birth"].toString());
        CHECK(record->number == expected[u"id_number"].toString());
        REQUIRE(record->expiry);
        CHECK(record->expiry->toString(u"yyyyMMdd"_s) == expected[u"valid_to"].toString());
        CHECK(checkIdRecord(*record, kinds(), day));
        ++count;
    }
    CHECK(count >= 1);
}

TEST_CASE("Each layout of a record gives kind, name, number and last day", "[identity]")
{
    struct Row {
        CardFields fields;
        QDate on;
        IdDocument document;
    };
    const QList<Row> rows{
        {citizenFields(),
         day,
         {{u"resident"_s, u"11010219020304004X"_s, u"测试甲"_s}, {}, QDate(2030, 1, 1), false}},
        {with(citizenFields(), 204, u"长期    "_s),
         day,
         {{u"resident"_s, u"11010219020304004X"_s, u"测试甲"_s}, {}, std::nullopt}},
        {residenceFields(),
         day,
         {{u"hmt-residence"_s, u"810000199408230021"_s, u"测试乙"_s}, {}, QDate(2024, 1, 1)}},
        {foreign2017Fields(),
         day,
         {{u"foreign-permanent"_s, u"KAZ110090123105"_s, u"ERIKSSON, ANNA MARIA"_s},
          u"安娜"_s,
          QDate(2029, 1, 1)}},
        {with(foreign2017Fields(), 158, u"  "_s),
         day,
         {{u"foreign-permanent"_s, u"KAZ110090123105"_s, u"ERIKSSON, ANNA MARIA"_s},
          {},
          QDate(2029, 1, 1)}},
        {foreign2023Fields(),
         QDate(2024, 6, 1),
         {{u"foreign-permanent"_s, u"911398199012310021"_s, u"安娜"_s},
          u"ERIKSSON, ANNA MARIA OF A VERY LONG NAME"_s,
          QDate(2034, 1, 1)}},
        {with(foreign2023Fields(), 0, u"  "_s),
         QDate(2024, 6, 1),
         {{u"foreign-permanent"_s, u"911398199012310021"_s,
           u"ERIKSSON, ANNA MARIA OF A VERY LONG NAME"_s},
          {},
          QDate(2034, 1, 1)}},
        // The dot that people type for the one of the card; a character outside the first plane.
        {with(citizenFields(), 0, u"买买提•\U00020000"_s),
         day,
         {{u"resident"_s, u"11010219020304004X"_s, u"买买提·\U00020000"_s},
          {},
          QDate(2030, 1, 1),
          false}},
        // A sex that the card does not state contradicts nothing.
        {with(citizenFields(), 30, u"9"_s),
         day,
         {{u"resident"_s, u"11010219020304004X"_s, u"测试甲"_s}, {}, QDate(2030, 1, 1), false}},
        // Other than the number says: a person has to look.
        {with(citizenFields(), 30, u"1"_s),
         day,
         {{u"resident"_s, u"11010219020304004X"_s, u"测试甲"_s}, {}, QDate(2030, 1, 1), true}},
        {with(foreign2017Fields(), 120, u"1"_s),
         day,
         {{u"foreign-permanent"_s, u"KAZ110090123105"_s, u"ERIKSSON, ANNA MARIA"_s},
          u"安娜"_s,
          QDate(2029, 1, 1),
          true}},
        // The last day itself is valid.
        {with(citizenFields(), 204, u"20220601"_s),
         day,
         {{u"resident"_s, u"11010219020304004X"_s, u"测试甲"_s}, {}, day}},
    };
    for (const Row &row : rows) {
        const auto document = documentOf(row.fields, row.on);
        INFO((document ? QString() : document.error().detail).toStdString());
        REQUIRE(document);
        CHECK(document->person.documentKind == row.document.person.documentKind);
        CHECK(document->person.documentNumber == row.document.person.documentNumber);
        CHECK(document->person.name == row.document.person.name);
        CHECK(*document == row.document);
    }
}

TEST_CASE("A record that contradicts itself or has expired is not used", "[identity]")
{
    struct Row {
        CardFields fields;
        ErrorCode code;
    };
    using enum ErrorCode;
    const QList<Row> rows{
        {with(citizenFields(), 122, u"110102190203040041"_s), IdCardContradictory}, // check digit
        {with(citizenFields(), 122, u"11010219020304"_s), IdCardContradictory},
        {with(citizenFields(), 36, u"19020305"_s), IdCardContradictory},
        {with(citizenFields(), 122, u"810000199408230021"_s), IdCardContradictory},
        {with(residenceFields(), 122, u"11010219020304004X"_s), IdCardContradictory},
        {with(foreign2017Fields(), 122, u"911398199012310021"_s), IdCardContradictory},
        {with(foreign2017Fields(), 220, u"19901230"_s), IdCardContradictory},
        {with(citizenFields(), 248, u"J"_s), IdCardContradictory},
        {with(citizenFields(), 0, u"测\u202E试"_s), IdCardContradictory},
        {with(citizenFields(), 0, u"测"_s + QChar(0xD840)), IdCardContradictory},
        {with(citizenFields(), 204, u"20220531"_s), IdCardExpired},
        {with(citizenFields(), 204, u"20221301"_s), IdCardUnreadable},
        {with(citizenFields(), 204, u"forever "_s), IdCardUnreadable},
        {with(citizenFields(), 204, u"        "_s), IdCardUnreadable},
        {with(citizenFields(), 36, u"19020230"_s), IdCardUnreadable},
        {with(citizenFields(), 36, u"１９０２０３０４"_s), IdCardUnreadable},
        {with(citizenFields(), 30, u"3"_s), IdCardUnreadable},
        {with(citizenFields(), 30, u" "_s), IdCardUnreadable},
        {with(citizenFields(), 0, u"   "_s), IdCardUnreadable},
        {with(citizenFields(), 122, QString(18, u' ')), IdCardUnreadable},
        {{}, IdCardUnreadable},
    };
    for (const Row &row : rows) {
        const auto document = documentOf(row.fields);
        REQUIRE_FALSE(document);
        CHECK(errorKey(document.error().code) == errorKey(row.code));
        // What went wrong is named, what stands in the card is not.
        CHECK_FALSE(document.error().detail.contains(u"1102"));
        CHECK(document.error().args.isEmpty());
    }
}

TEST_CASE("Only a reply whose lengths fit is a record", "[identity]")
{
    const QByteArray text = cardText(citizenFields());
    CHECK(readIdRecord(recordData(text, 0)));
    CHECK(readIdRecord(recordData(text)));
    const QByteArray good = recordData(text);
    QByteArray longer = good;
    longer[0] = 2;
    QByteArray noText = good;
    noText[0] = 0;
    QByteArray photo = good;
    photo[2] = 5;
    for (const QByteArray &data : {QByteArray(), good.first(4), good.first(259), good.chopped(1),
                                   good + '\0', longer, noText, photo, recordData(text.first(254)),
                                   QByteArray(1288, '\0'), QByteArray(1288, '\xFF')}) {
        const auto record = readIdRecord(data);
        REQUIRE_FALSE(record);
        CHECK(record.error().code == ErrorCode::IdCardUnreadable);
    }
}
