#include "support/catch.h"

#include "card/catalogue.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

QByteArray shippedText()
{
    QFile file(resourcePath(u"cards/catalogue.json"));
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

Result<Catalogue> changed(const QByteArray &from, const QByteArray &to)
{
    QByteArray text = shippedText();
    const qsizetype at = text.indexOf(from);
    REQUIRE(at >= 0);
    text.replace(at, from.size(), to);
    return Catalogue::parse(text, u"test.json"_s);
}

} // namespace

TEST_CASE("The shipped catalogue loads and answers", "[card]")
{
    const auto catalogue = Catalogue::load();
    REQUIRE(catalogue);

    CHECK(catalogue->product(u"beijing-tunion")->service == CardService::Linkable);
    CHECK(catalogue->product(u"no-such-card") == nullptr);
    CHECK(catalogue->productOfNumber(u"3105170010170907984")->key == u"beijing-tunion");
    CHECK(catalogue->productOfNumber(u"3105180010170907984")->key == u"tunion-other");
    CHECK(catalogue->productOfNumber(u"1000751511409928")->key == u"beijing-bmac");
    CHECK(catalogue->productOfNumber(u"2000") == nullptr);
    CHECK(catalogue->issuer(u"3105170020110000123") == u"北京市郊铁路一卡通");
    CHECK(catalogue->issuer(u"3105170020120000123") == u"北京互通卡");
    CHECK(catalogue->issuer(u"3105999900000000123").isEmpty());
    CHECK(catalogue->isPayment(QByteArray::fromHex("A000000333010103")));
    CHECK_FALSE(catalogue->isPayment(QByteArray::fromHex("A000000632010105")));
}

TEST_CASE("Every product of the catalogue has its words in both languages", "[card]")
{
    const auto catalogue = Catalogue::load();
    REQUIRE(catalogue);
    for (const CardProduct &product : catalogue->products()) {
        INFO(product.key.toStdString());
        CHECK_FALSE(product.name.chinese.isEmpty());
        CHECK_FALSE(product.name.english.isEmpty());
        CHECK(product.reason.chinese.isEmpty() == (product.service == CardService::Linkable));
        for (const QString &text : {product.reason.chinese, product.reason.english}) {
            CHECK_FALSE(text.contains(u'!'));
            CHECK_FALSE(text.contains(u'\uFF01'));
        }
    }
}

TEST_CASE("Every service has a word and back", "[card]")
{
    for (int i = 0; i <= int(CardService::Refused); ++i)
        CHECK(serviceFromKey(serviceKey(CardService(i))) == CardService(i));
    CHECK_FALSE(serviceFromKey(u"free"));
}

TEST_CASE("A catalogue that breaks its schema names file, line and value", "[card]")
{
    const auto [from, to, why] = GENERATE(table<QByteArray, QByteArray, QString>({
        {"\"service\": \"linkable\"", "\"service\": \"free\"", u"service"_s},
        {"\"key\": \"tunion-other\"", "\"key\": \"beijing-tunion\"", u"twice"_s},
        {"\"prefixes\": [\"310\"]", "\"prefixes\": [\"31051700\"]", u"another product"_s},
        {"\"prefixes\": [\"310\"]", "\"prefixes\": [\"31O\"]", u"only digits"_s},
        {"\"digits\": 19", "\"digits\": 18", u"groups"_s},
        {"\"digits\": 19", "\"digits\": \"19\"", u"whole number"_s},
        {"\"digits\": 19", "\"digits\": 19.5", u"whole number"_s},
        {"\"from\": \"2022-05-17\"", "\"from\": \"2022-02-30\"", u"a date"_s},
        {"\"family\": \"tunion\"", "\"family\": \"onion\"", u"no such product"_s},
        {"\"family\": \"tunion\"", "\"famly\": \"tunion\"", u"not known"_s},
        {"\"name\": \"A000000632010105\"", "\"name\": \"A00000063201010\"", u"hex"_s},
        {"\"name\": \"A000000632010105\"", "\"name\": \"A0000006\"", u"5 to 16 bytes"_s},
        {"\"name\": \"3F00\"", "\"name\": \"3F\"", u"2 bytes"_s},
        {"\"kind\": \"master-file\"", "\"kind\": \"anything\"", u"master-file"_s},
        {"\"encoding\": \"bcd-zero-first\", \"digits\": 19",
         "\"encoding\": \"bcd-zero-first\", \"digits\": 20", u"do not fill"_s},
        {"\"sak\": \"00\"", "\"sak\": \"0000\"", u"1 byte"_s},
        {"\"systemCode\": \"8008\", \"product\": \"octopus\"",
         "\"systemCode\": \"8008\", \"product\": \"squid\"", u"no such product"_s},
        {"\"A000000333\"", "\"A0\"", u"hex"_s},
        {"\"several\"", "\"sevral\"", u"several"_s},
        {"\"key\": \"unknown\"", "\"key\": \"unkown\"", u"unknown"_s},
    }));
    INFO(from.toStdString() << " -> " << to.toStdString());

    const auto catalogue = changed(from, to);

    REQUIRE_FALSE(catalogue);
    CHECK(catalogue.error().code == ErrorCode::CatalogueInvalid);
    REQUIRE(catalogue.error().args.size() == 3);
    CHECK(catalogue.error().args[0] == u"test.json");
    CHECK(catalogue.error().args[1].toInt() >= 1);
    INFO(catalogue.error().detail.toStdString());
    CHECK(catalogue.error().detail.contains(why));
}

TEST_CASE("The line of a wrong value is the line it stands on", "[card]")
{
    const QByteArray text = shippedText();
    const auto line = text.first(text.indexOf("\"digits\": 19")).count('\n') + 1;

    const auto catalogue = changed("\"digits\": 19", "\"digits\": 0");

    REQUIRE_FALSE(catalogue);
    CHECK(catalogue.error().args[1].toInt() == line);
}

TEST_CASE("Leaving out any key of the catalogue's top is an error", "[card]")
{
    const QJsonObject root = QJsonDocument::fromJson(shippedText()).object();
    for (const QString &key : root.keys()) {
        QJsonObject less = root;
        less.remove(key);

        INFO(key.toStdString());
        CHECK_FALSE(Catalogue::parse(QJsonDocument(less).toJson(), u"test.json"_s));
    }
}

TEST_CASE("A catalogue that is not there is unreadable", "[card]")
{
    const QTemporaryDir folder;

    const auto catalogue = Catalogue::load(folder.filePath(u"none.json"_s));

    REQUIRE_FALSE(catalogue);
    CHECK(catalogue.error().code == ErrorCode::CatalogueUnreadable);
}
