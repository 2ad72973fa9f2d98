#include "support/catch.h"

#include "flow/gateplaces.h"
#include "flow/rules.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

TEST_CASE("The bus lines and stations that ask for a test are found by key and by name", "[flow]")
{
    const GatePlaces places = GatePlaces::load().value();
    const auto [word, key, venue] = GENERATE(table<QString, QString, Venue>({
        {u"14路"_s, u"bus-14"_s, Venue::Bus},
        {u"63路"_s, u"bus-63"_s, Venue::Bus},
        {u"84路"_s, u"bus-84"_s, Venue::Bus},
        {u"86路"_s, u"bus-86"_s, Venue::Bus},
        {u"345慢"_s, u"bus-345-slow"_s, Venue::Bus},
        {u"bus 14"_s, u"bus-14"_s, Venue::Bus},
        {u"metro-beijing-west"_s, u"metro-beijing-west"_s, Venue::Metro},
    }));

    const GatePlace *place = places.find(word);

    REQUIRE(place);
    CHECK(place->key == key);
    CHECK(place->venueOn(QDate(2022, 5, 28)) == venue);
    CHECK(place->venueOn(QDate(2022, 5, 27)) == Venue::None);
}

TEST_CASE("Any other line is no such place, and the fast 345 is not the slow one", "[flow]")
{
    const GatePlaces places = GatePlaces::load().value();
    const QString word = GENERATE(as<QString>(), u"345"_s, u"345快"_s, u"1"_s, u""_s, u"bus"_s);

    CHECK(places.find(word) == nullptr);
}

TEST_CASE("Every place has a limit in the rules from its first day on", "[flow]")
{
    const Rules rules = Rules::load().value();
    const GatePlaces places = GatePlaces::load().value();
    for (const GatePlace &place : places.all()) {
        INFO(place.key.toStdString());
        CHECK(rules.testDays(venueKey(place.venue), place.from) == 2);
    }
}

TEST_CASE("Places that are not right name file and line", "[flow]")
{
    const QByteArray row = GENERATE(
        as<QByteArray>(),
        R"({"key":"a","venue":"none","from":"2022-05-28","name":{"zh_CN":"a","en":"A"}})",
        R"({"key":"a","venue":"tram","from":"2022-05-28","name":{"zh_CN":"a","en":"A"}})",
        R"({"key":"a","venue":"bus","from":"28.5.2022","name":{"zh_CN":"甲","en":"B"}})",
        R"({"key":"a","venue":"bus","from":"2022-05-28","name":{"zh_CN":"甲"}})",
        R"({"key":"x","venue":"bus","from":"2022-05-28","name":{"zh_CN":"甲","en":"B"}})",
        R"({"key":"a","venue":"bus","from":"2022-05-28","name":{"zh_CN":"丙","en":"x"}})",
        R"({"key":"a","venue":"bus","from":"2022-05-28","line":14,"name":{"zh_CN":"甲","en":"B"}})");
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"places.json"_s);
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write("{\"places\":[\n"
               R"({"key":"x","venue":"bus","from":"2022-05-28","name":{"zh_CN":"乙","en":"Y"}},)"
               "\n" +
               row + "]}");
    file.close();

    const auto places = GatePlaces::load(path);

    REQUIRE_FALSE(places);
    CHECK(places.error().code == ErrorCode::ResourceInvalid);
    CHECK(places.error().args.value(1) == u"3");
}
