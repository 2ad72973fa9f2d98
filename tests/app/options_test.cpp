#include "support/catch.h"

#include "app/options.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;

TEST_CASE("Theme, language and text size can be named at the start, each alone", "[app]")
{
    const auto plain = parseOptions({});
    REQUIRE(plain);
    CHECK_FALSE(plain->dark);
    CHECK_FALSE(plain->language);
    CHECK_FALSE(plain->textSize);

    const auto given =
        parseOptions({u"--theme"_s, u"dark"_s, u"--lang"_s, u"en"_s, u"--text-size"_s, u"125"_s});
    REQUIRE(given);
    CHECK(given->dark == true);
    CHECK(given->language == Language::English);
    CHECK(given->textSize == 125);
    CHECK(parseOptions({u"--theme"_s, u"light"_s})->dark == false);
}

TEST_CASE("A theme or text size nobody knows is refused with its name", "[app]")
{
    const auto [name, value] = GENERATE(table<QString, QString>({{u"--theme"_s, u"pink"_s},
                                                                 {u"--text-size"_s, u"110"_s},
                                                                 {u"--text-size"_s, u""_s},
                                                                 {u"--lang"_s, u"fr"_s}}));

    const auto options = parseOptions({name, value});

    REQUIRE_FALSE(options);
    CHECK(options.error().chinese.startsWith(name));
    CHECK(options.error().english.startsWith(name));
}

TEST_CASE("Practice has a folder of its own and is not training", "[app]")
{
    const auto practice = parseOptions({u"--practice"_s});
    REQUIRE(practice);
    CHECK(practice->profile == Profile::Practice);
    CHECK(practice->dataFolder == dataFolder(Profile::Practice));
    CHECK_FALSE(parseOptions({u"--practice"_s, u"--training"_s}));
}

TEST_CASE("What the training mode would ignore, and what only it has, is refused", "[app]")
{
    const auto [arguments, english] = GENERATE(table<QStringList, QString>({
        {{u"--training"_s, u"--reader"_s, u"pn532_uart:/dev/ttyUSB0"_s}, u"takes no --reader"_s},
        {{u"--reader"_s, u""_s, u"--training"_s}, u"takes no --reader"_s},
        {{u"--control"_s, u"/tmp/socket"_s}, u"--control goes with --training"_s},
        {{u"--control"_s, u""_s}, u"--control goes with --training"_s},
    }));

    const auto options = parseOptions(arguments);

    REQUIRE_FALSE(options);
    CHECK(options.error().english.contains(english));
    CHECK(options.error().chinese.contains(u"--training"));
}

TEST_CASE("An option without its value is named, what is not known is not repeated", "[app]")
{
    CHECK(parseOptions({u"--data"_s}).error().chinese.contains(u"--data"));
    const auto argument = GENERATE(as<QString>{}, u"11010219020304004X"_s,
                                   u"--doc-number=11010219020304004X"_s, u"-11010219020304004X"_s);
    CHECK_FALSE(parseOptions({argument}).error().english.contains(u"1101"));
    CHECK_FALSE(parseOptions({argument}).error().chinese.contains(u"1101"));
}

TEST_CASE("What QApplication takes for itself is left out, with its value", "[app]")
{
    const auto [arguments, left] = GENERATE(table<QStringList, QStringList>({
        {{u"-platform"_s, u"offscreen"_s, u"--training"_s}, {u"--training"_s}},
        {{u"--platform"_s, u"offscreen"_s}, {}},
        {{u"-style=fusion"_s, u"--trace"_s}, {u"--trace"_s}},
        {{u"-reverse"_s, u"--trace"_s}, {u"--trace"_s}},
        {{u"--data"_s, u"platform"_s}, {u"--data"_s, u"platform"_s}},
        {{u"--help"_s, u"-geometry"_s}, {u"--help"_s}},
        {{u"-name"_s, u"kiosk"_s, u"-qmljsdebugger=1"_s}, {}},
        {{u"-platform=offscreen"_s}, {u"-platform=offscreen"_s}},
    }));

    CHECK(withoutOptionsOfQt(arguments) == left);
}

TEST_CASE("A line that is not usable is told in the language it asks for", "[app]")
{
    CHECK(languageOf({u"--bogus"_s, u"--lang"_s, u"en"_s}) == Language::English);
    CHECK(languageOf({u"--lang"_s, u"zh_CN"_s, u"--bogus"_s}) == Language::Chinese);

    const QByteArray before = qgetenv("LC_ALL");
    qputenv("LC_ALL", "en_GB.UTF-8");
    CHECK(languageOf({u"--bogus"_s}) == Language::English);
    CHECK(languageOf({u"--lang"_s}) == Language::English);
    qputenv("LC_ALL", "zh_CN.UTF-8");
    CHECK(languageOf({u"--lang"_s, u"fr"_s}) == Language::Chinese);
    qputenv("LC_ALL", before);
}
