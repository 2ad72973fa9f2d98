#include "support/catch.h"

#include "identity/documentcheck.h"
#include "identity/mrz.h"

#include "core/masking.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

QJsonObject vectors()
{
    QFile file(QStringLiteral(UPGRADEDESK_SOURCE_DIR) + u"/tests/data/identity-vectors.json"_s);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return QJsonDocument::fromJson(file.readAll()).object();
}

QStringList texts(const QJsonValue &list)
{
    QStringList result;
    for (const QJsonValue &value : list.toArray())
        result << value.toString();
    return result;
}

QString isoDate(const std::optional<QDate> &date)
{
    return date ? date->toString(Qt::ISODate) : QString();
}

/// Each fact the vector expects, under its name there.
void compare(const DocumentCheck &check, const QJsonObject &expect)
{
    CHECK(check.valid == expect.value(u"valid"_s).toBool());
    CHECK(check.reasons == texts(expect.value(u"reasons"_s)));
    CHECK(check.warnings == texts(expect.value(u"warnings"_s)));
    const QList<std::pair<QString, QString>> facts{{u"normalized"_s, check.normalized},
                                                   {u"kind"_s, check.form},
                                                   {u"region"_s, check.region},
                                                   {u"birth"_s, isoDate(check.birth)},
                                                   {u"sex"_s, check.sex},
                                                   {u"upgraded"_s, check.upgraded},
                                                   {u"country"_s, check.country},
                                                   {u"country_numeric"_s, check.country},
                                                   {u"subtype"_s, check.subtype},
                                                   {u"birth_yymmdd"_s, check.birthShort},
                                                   {u"issue_count"_s, check.issueCount}};
    for (const auto &[key, value] : facts) {
        INFO(key.toStdString());
        if (expect.contains(key))
            CHECK(value == expect.value(key).toString());
    }
}

void compareChecks(const MrzChecks &checks, const QJsonObject &expect)
{
    const QList<std::pair<QString, std::optional<bool>>> all{{u"doc"_s, checks.number},
                                                             {u"birth"_s, checks.birth},
                                                             {u"expiry"_s, checks.expiry},
                                                             {u"optional"_s, checks.optional},
                                                             {u"composite"_s, checks.composite}};
    for (const auto &[key, value] : all) {
        INFO(key.toStdString());
        CHECK(value.has_value() == expect.contains(key));
        CHECK(value.value_or(false) == expect.value(key).toBool());
    }
}

} // namespace

TEST_CASE("Every vector of resident numbers ends as expected", "[identity]")
{
    const auto kinds = DocumentKinds::load();
    REQUIRE(kinds);
    const QJsonObject file = vectors();
    const QDate on = QDate::fromString(file.value(u"reference_date"_s).toString(), Qt::ISODate);
    const QJsonArray rows = file.value(u"id_numbers"_s).toArray();
    REQUIRE(rows.size() >= 20);

    for (const QJsonValue &row : rows) {
        INFO(row[u"id"_s].toString().toStdString());
        compare(checkDocument(*kinds, u"resident", row[u"input"_s].toString(), on),
                row[u"expect"_s].toObject());
    }
}

TEST_CASE("Every vector of other documents ends as expected", "[identity]")
{
    const auto kinds = DocumentKinds::load();
    REQUIRE(kinds);
    const QHash<QString, QString> kindOf{{u"fpr15"_s, u"foreign-permanent"_s},
                                         {u"fpr18"_s, u"foreign-permanent"_s},
                                         {u"hm-permit"_s, u"hmt-permit"_s},
                                         {u"tw-permit"_s, u"taiwan-permit"_s},
                                         {u"passport-cn"_s, u"passport"_s}};
    const QJsonArray rows = vectors().value(u"other_documents"_s).toArray();
    REQUIRE(rows.size() >= 9);

    for (const QJsonValue &row : rows) {
        INFO(row[u"id"_s].toString().toStdString());
        const QString kind = kindOf.value(row[u"type"_s].toString());
        REQUIRE_FALSE(kind.isEmpty());
        compare(checkDocument(*kinds, kind, row[u"input"_s].toString(), QDate(2022, 6, 1)),
                row[u"expect"_s].toObject());
    }
}

TEST_CASE("Every vector of machine-readable zones ends as expected", "[identity]")
{
    const auto kinds = DocumentKinds::load();
    REQUIRE(kinds);
    const QJsonArray rows = vectors().value(u"mrz"_s).toArray();
    REQUIRE(rows.size() >= 4);

    for (const QJsonValue &row : rows) {
        INFO(row[u"id"_s].toString().toStdString());
        const QJsonObject expect = row[u"expect"_s].toObject();
        const QByteArray text = texts(row[u"lines"_s]).join(u'\n').toUtf8();

        const Mrz mrz = readMrz(*kinds, text, QDate(2022, 6, 1));

        const QJsonObject checks = expect.value(u"checks"_s).toObject();
        compareChecks(mrz.checks, checks);
        CHECK(mrz.valid == !checks.toVariantMap().values().contains(false));
        CHECK(mrzFormatKey(mrz.format) == row[u"format"_s].toString());
        const QList<std::pair<QString, QString>> facts{{u"document_number"_s, mrz.documentNumber},
                                                       {u"surname"_s, mrz.surname},
                                                       {u"given"_s, mrz.given},
                                                       {u"birth"_s, mrz.birthShort},
                                                       {u"sex"_s, mrz.sex},
                                                       {u"expiry"_s, mrz.expiryShort},
                                                       {u"nationality"_s, mrz.nationality}};
        for (const auto &[key, value] : facts) {
            INFO(key.toStdString());
            if (expect.contains(key))
                CHECK(value == expect.value(key).toString());
        }
        if (expect.contains(u"expired_on_ref"_s))
            CHECK(mrz.warnings.contains(u"EXPIRED"_s) ==
                  expect.value(u"expired_on_ref"_s).toBool());
    }
}

TEST_CASE("Every vector of masking ends as expected", "[identity]")
{
    const QJsonArray rows = vectors().value(u"masking"_s).toArray();
    REQUIRE_FALSE(rows.isEmpty());
    for (const QJsonValue &row : rows) {
        const QString kind = row[u"kind"_s].toString();
        const QString input = row[u"input"_s].toString();
        const QString masked = kind == u"name" ? maskName(input)
                               : kind == u"id" ? maskDocumentNumber(input)
                                               : maskPhone(input);
        CHECK(masked == row[u"expect"_s].toString());
    }
}
