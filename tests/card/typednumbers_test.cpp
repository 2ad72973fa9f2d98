#include "support/catch.h"

#include "card/resolver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

/// What people type, and what they are told; each sentence was read by a person. All numbers are
/// made up.
QJsonArray typedNumbers()
{
    QFile file(QStringLiteral(UPGRADEDESK_SOURCE_DIR "/tests/data/typed-numbers.json"));
    REQUIRE(file.open(QIODevice::ReadOnly));
    return QJsonDocument::fromJson(file.readAll()).array();
}

} // namespace

TEST_CASE("Every typed number of the table is explained as written there", "[card]")
{
    const auto catalogue = Catalogue::load();
    REQUIRE(catalogue);
    const QJsonArray rows = typedNumbers();
    CHECK(rows.size() >= 60);

    for (const QJsonValue &value : rows) {
        const QJsonObject row = value.toObject();
        INFO(row.value(u"typed"_s).toString().toStdString());

        const CardNumberExplanation result = explain(*catalogue, row.value(u"typed"_s).toString());

        CHECK(result.number == row.value(u"number"_s).toString());
        CHECK(verdictKey(result.verdict) == row.value(u"verdict"_s).toString());
        CHECK(result.product == row.value(u"product"_s).toString());
        CHECK(result.missing == row.value(u"missing"_s).toInt());
        CHECK(serviceKey(result.service) == row.value(u"service"_s).toString());
        CHECK(result.explanation.chinese == row.value(u"zh_CN"_s).toString());
        CHECK(result.explanation.english == row.value(u"en"_s).toString());
    }
}

TEST_CASE("The checks come in one order and their numbers stand in their text", "[card]")
{
    const auto catalogue = Catalogue::load();
    REQUIRE(catalogue);

    for (const QJsonValue &value : typedNumbers()) {
        const CardNumberExplanation result =
            explain(*catalogue, value.toObject().value(u"typed"_s).toString());
        INFO(result.input.toStdString());

        CHECK((result.verdict == CardNumberExplanation::Verdict::NotANumber) ==
              result.checks.isEmpty());
        int last = -1;
        for (const CardCheck &check : result.checks) {
            CHECK(int(check.about) > last);
            last = int(check.about);
            CHECK(result.explanation.chinese.contains(check.text.chinese));
            CHECK(result.explanation.english.contains(check.text.english));
            for (const QString &number : check.strong)
                CHECK((check.text.chinese.contains(number) && check.text.english.contains(number)));
        }
    }
}
