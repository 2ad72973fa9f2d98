#include "support/catch.h"

#include "core/clock.h"
#include "e2e/storedesk.h"
#include "identity/checkdigits.h"

#include <QJsonArray>
#include <QRandomGenerator>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

QJsonObject vectors()
{
    QFile file(QStringLiteral(UPGRADEDESK_SOURCE_DIR) + u"/tests/data/identity-vectors.json"_s);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return QJsonDocument::fromJson(file.readAll()).object();
}

/// Each fact of a vector under the key our JSON has for it.
void compare(const QJsonObject &answer, const QJsonObject &expect,
             const QHash<QString, QString> &keys)
{
    for (auto fact = expect.begin(); fact != expect.end(); ++fact) {
        INFO(fact.key().toStdString());
        const QString key = keys.value(fact.key(), fact.key());
        // What is not in a number is null or left out.
        CHECK(answer.value(key).isNull() + answer.value(key).isUndefined() ==
              int(fact.value().isNull()));
        if (!fact.value().isNull())
            CHECK(answer.value(key) == fact.value());
    }
}

/// One line of JSON, and nothing on stderr.
QJsonObject answerOf(const Run &run)
{
    CHECK(run.err.isEmpty());
    CHECK(run.lines().size() == 1);
    return run.line();
}

/// Somebody born on that day, in a division abolished in 2010, with a serial that is never issued.
QString bornOn(QDate day)
{
    const QString digits = u"110103"_s + day.toString(u"yyyyMMdd"_s) + u"000"_s;
    return digits + mod11CheckCharacter(digits);
}

QJsonObject withGuardian(QJsonObject entry, const QString &kind, const QString &number)
{
    entry.insert(u"guardianDocKind"_s, kind);
    entry.insert(u"guardianDocNumber"_s, number);
    entry.insert(u"guardianName"_s, u"测试监护人"_s);
    return entry;
}

QJsonObject withHolder(int index, const QString &kind, const QString &number)
{
    QJsonObject entry = StoreDesk::entry(index);
    entry.insert(u"docKind"_s, kind);
    entry.insert(u"docNumber"_s, number);
    return entry;
}

} // namespace

TEST_CASE("deskctl answers every vector of document numbers", "[e2e]")
{
    const StoreDesk desk;
    const QJsonObject file = vectors();
    const QHash<QString, QString> kindOf{{u"fpr15"_s, u"foreign-permanent"_s},
                                         {u"fpr18"_s, u"foreign-permanent"_s},
                                         {u"hm-permit"_s, u"hmt-permit"_s},
                                         {u"tw-permit"_s, u"taiwan-permit"_s},
                                         {u"passport-cn"_s, u"passport"_s}};
    const QHash<QString, QString> keys{{u"birth_yymmdd"_s, u"birthYymmdd"_s},
                                       {u"country_numeric"_s, u"countryNumeric"_s},
                                       {u"issue_count"_s, u"issueCount"_s}};
    int asked = 0;
    for (const QString &part : {u"id_numbers"_s, u"other_documents"_s}) {
        for (const QJsonValue &row : file.value(part).toArray()) {
            INFO(row[u"id"_s].toString().toStdString());
            const QString kind = kindOf.value(row[u"type"_s].toString(), u"resident"_s);
            const QJsonObject expect = row[u"expect"_s].toObject();

            const Run run = desk.run({u"id"_s, u"check"_s, kind, row[u"input"_s].toString(),
                                      u"--on"_s, file.value(u"reference_date"_s).toString()});

            compare(answerOf(run), expect, keys);
            CHECK(run.exit == (expect.value(u"valid"_s).toBool() ? 0 : 1));
            ++asked;
        }
    }
    CHECK(asked >= 29);
    CHECK_FALSE(QFile::exists(desk.data));
}

TEST_CASE("deskctl answers every vector of machine-readable zones", "[e2e]")
{
    const StoreDesk desk;
    const QJsonObject file = vectors();
    const QHash<QString, QString> keys{{u"document_number"_s, u"documentNumber"_s},
                                       {u"expired_on_ref"_s, u"expired"_s}};
    const QJsonArray rows = file.value(u"mrz"_s).toArray();
    REQUIRE(rows.size() >= 4);
    for (const QJsonValue &row : rows) {
        INFO(row[u"id"_s].toString().toStdString());
        QByteArray input;
        for (const QJsonValue &line : row[u"lines"_s].toArray())
            input += line.toString().toUtf8() + "\r\n";
        const QJsonObject expect = row[u"expect"_s].toObject();

        const Run run = desk.run(
            {u"mrz"_s, u"check"_s, u"--on"_s, file.value(u"reference_date"_s).toString()}, input);

        const QJsonObject answer = answerOf(run);
        compare(answer, expect, keys);
        CHECK(answer.value(u"format"_s) == row[u"format"_s]);
        const bool valid =
            !expect.value(u"checks"_s).toObject().toVariantMap().values().contains(false);
        CHECK(answer.value(u"valid"_s) == valid);
        CHECK(answer.value(u"uncovered"_s).toArray().isEmpty() == !valid);
        CHECK(run.exit == (valid ? 0 : 1));
    }
    CHECK_FALSE(QFile::exists(desk.data));
}

TEST_CASE("Any bytes on stdin are a machine-readable zone that is not valid", "[e2e]")
{
    const StoreDesk desk;
    QRandomGenerator random(3);
    QByteArray garbage(3000, '\0');
    for (char &byte : garbage)
        byte = char(random.bounded(256));
    const QByteArray specimen("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                              "L898902C36UTO7408122F1204159ZE184226B<<<<<10\n");
    const QList<std::pair<QByteArray, QString>> inputs{
        {{}, u"LENGTH"_s},
        {"\n\n\n", u"LENGTH"_s},
        {garbage, u"LENGTH"_s},
        {QByteArray(2'000'000, '<'), u"LENGTH"_s},
        {specimen + specimen, u"LENGTH"_s},
        {QByteArray(specimen).replace("ANNA", "\xC3\x84NA"), u"CHARSET"_s},
        {QByteArray(specimen).replace("ANNA", QByteArray("AN\0A", 4)), u"CHARSET"_s},
        {QByteArray(specimen).replace("P<UTO", "VCUTO"), u"VISA"_s},
    };
    for (const auto &[input, reason] : inputs) {
        const Run run = desk.run({u"mrz"_s, u"check"_s}, input);
        CHECK(run.exit == 1);
        const QJsonObject answer = answerOf(run);
        CHECK(answer.value(u"valid"_s) == false);
        CHECK(answer.value(u"reasons"_s) == QJsonArray{reason});
        CHECK(answer.value(u"documentNumber"_s).isNull());
    }
    for (const QStringList &more :
         {QStringList{u"P<UTO"_s}, QStringList{u"--on"_s, u"2022-13-01"_s}, QStringList{u"--on"_s},
          QStringList{u"--colour"_s, u"red"_s}}) {
        const Run run = desk.run(QStringList{u"mrz"_s, u"check"_s} + more, specimen);
        CHECK(run.exit == 2);
        CHECK(run.out.isEmpty());
        CHECK(run.err.count('\n') == 1);
        CHECK_FALSE(run.err.contains("P<UTO"));
    }
}

TEST_CASE("Documents that Health Kit serves are checked and then not linked here", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const QList<std::tuple<QString, QString, QString>> rows{
        {u"passport"_s, u"EA0000000"_s, u"document-kind-not-accepted"_s},
        {u"passport"_s, u"L898902C3"_s, u"document-kind-not-accepted"_s},
        {u"passport"_s, u"EO0000000"_s, u"document-invalid"_s},
        {u"hmt-permit"_s, u"H00000000"_s, u"document-kind-not-accepted"_s},
        {u"hmt-permit"_s, u"H0000000001"_s, u"document-kind-not-accepted"_s},
        {u"hmt-permit"_s, u"A00000000"_s, u"document-invalid"_s},
        {u"taiwan-permit"_s, u"00000000"_s, u"document-kind-not-accepted"_s},
        {u"taiwan-permit"_s, u"T000000000"_s, u"document-kind-not-accepted"_s},
        {u"taiwan-permit"_s, u"0000000"_s, u"document-invalid"_s},
        {u"resident"_s, u"110102000101001"_s, u"document-invalid"_s},    // first generation
        {u"resident"_s, u"810000199408230021"_s, u"document-invalid"_s}, // another kind's number
        {u"military"_s, u"军字第0000000号"_s, u"queued"_s},
        {u"hmt-residence"_s, u"810000199408230021"_s, u"queued"_s},
        {u"foreign-permanent"_s, u"KAZ110090123105"_s, u"queued"_s},
    };
    QByteArray input("135790\n");
    for (int i = 0; i < rows.size(); ++i)
        input += StoreDesk::jsonLine(withHolder(i, std::get<0>(rows[i]), std::get<1>(rows[i])));

    const Run run = desk.bulk(u"-"_s, input);

    CHECK(run.exit == 1);
    const auto lines = run.lines();
    REQUIRE(lines.size() == rows.size());
    for (int i = 0; i < rows.size(); ++i) {
        INFO(std::get<0>(rows[i]).toStdString() << " " << std::get<1>(rows[i]).toStdString());
        CHECK(lines[i].value(u"error"_s).toString(lines[i].value(u"state"_s).toString()) ==
              std::get<2>(rows[i]));
    }
    for (const auto &[kind, number, result] : rows)
        CHECK_FALSE(run.err.contains(number.toUtf8()));

    // The same for one link, with the sentence for people.
    const Run one = desk.run({u"link"_s, u"--card"_s, cardNumber(50), u"--doc-kind"_s,
                              u"passport"_s, u"--doc-number"_s, u"EA0000000"_s, u"--name"_s,
                              u"TEST"_s, u"--consent"_s, u"current"_s, u"--operator"_s, u"9001"_s},
                             "135790\n");
    CHECK(one.exit == 1);
    CHECK(one.out.isEmpty());
    CHECK(one.err.contains("Health Kit"));
}

TEST_CASE("Under 14 in Beijing only a grown-up other than the child can agree", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const QDate today = beijingDate(SystemClock().now());
    // Two days apart, so that midnight in the middle of the test changes nothing.
    const QString almost = bornOn(today.addYears(-14).addDays(2));
    const QString child = bornOn(today.addYears(-10));
    const QString fourteen = bornOn(today.addYears(-14));
    const QString almostGrown = bornOn(today.addYears(-18).addDays(2));
    const QString grown = bornOn(today.addYears(-18));
    const QString resident = u"resident"_s;
    const QList<std::pair<QJsonObject, QString>> rows{
        {withHolder(1, resident, almost), u"guardian-missing"_s},
        {withHolder(2, resident, fourteen), u"queued"_s},
        {withGuardian(withHolder(3, resident, child), resident, child), u"guardian-invalid"_s},
        {withGuardian(withHolder(4, resident, child), resident, almostGrown),
         u"guardian-invalid"_s},
        {withGuardian(withHolder(5, resident, child), resident, u"110102190203040041"_s),
         u"document-invalid"_s},
        {withGuardian(withHolder(6, resident, child), u"passport"_s, u"EA0000000"_s),
         u"document-kind-not-accepted"_s},
        {withGuardian(withHolder(7, resident, child), resident, grown), u"queued"_s},
        {withGuardian(withHolder(8, resident, almost), u"military"_s, u"军字第0000000号"_s),
         u"queued"_s},
    };
    QByteArray input("135790\n");
    for (const auto &[entry, result] : rows)
        input += StoreDesk::jsonLine(entry);

    const Run run = desk.bulk(u"-"_s, input);

    const auto lines = run.lines();
    REQUIRE(lines.size() == rows.size());
    for (int i = 0; i < rows.size(); ++i) {
        INFO(i);
        CHECK(lines[i].value(u"error"_s).toString(lines[i].value(u"state"_s).toString()) ==
              rows[i].second);
    }

    // The same for one link.
    QStringList alone{u"link"_s,     u"--card"_s,       cardNumber(20), u"--doc-kind"_s,
                      resident,      u"--doc-number"_s, bornOn(today),  u"--name"_s,
                      u"测试婴儿"_s, u"--consent"_s,    u"current"_s,   u"--operator"_s,
                      u"9001"_s};
    const Run refused = desk.run(alone, "135790\n");
    CHECK(refused.exit == 1);
    CHECK(refused.err.contains("14"));
    const Run linked =
        desk.run(alone + QStringList{u"--guardian-doc-kind"_s, resident, u"--guardian-doc-number"_s,
                                     grown, u"--guardian-name"_s, u"测试监护人"_s},
                 "135790\n");
    CHECK(linked.exit == 0);
    CHECK(linked.line().value(u"state"_s) == u"queued"_s);
}
