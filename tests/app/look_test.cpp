#include "support/catch.h"

#include "app/lookfile.h"
#include "app/options.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

void write(const QTemporaryDir &folder, const QByteArray &content)
{
    QFile file(folder.filePath(u"look.json"_s));
    REQUIRE(file.open(QIODevice::WriteOnly));
    REQUIRE(file.write(content) == content.size());
}

} // namespace

TEST_CASE("The look of a desk comes back as it was saved", "[app]")
{
    const QTemporaryDir folder;
    const auto look =
        GENERATE(Look{}, Look{true, Language::English, 125}, Look{false, Language::English, 112});

    REQUIRE(saveLook(folder.path(), look));

    CHECK(loadLook(folder.path()) == look);
    CHECK(QDir(folder.path()).entryList(QDir::Files) == QStringList{u"look.json"_s});
}

TEST_CASE("A look that is missing or damaged is the default", "[app]")
{
    const QTemporaryDir folder;
    CHECK(loadLook(folder.path()) == Look{});
    CHECK(loadLook(folder.filePath(u"nowhere"_s)) == Look{});

    const auto *content =
        GENERATE("", "{", "[]", "\xff\xfe", R"({"theme": 1, "language": [], "textSize": "large"})",
                 R"({"theme": "pink", "language": "fr", "textSize": 400})");
    write(folder, content);

    CHECK(loadLook(folder.path()) == Look{});
}

TEST_CASE("What is right in a damaged look is kept", "[app]")
{
    const QTemporaryDir folder;
    write(folder, R"({"theme": "dark", "language": "xx", "textSize": 112, "more": true})");

    CHECK(loadLook(folder.path()) == Look{true, Language::Chinese, 112});
}

TEST_CASE("A look that cannot be written leaves the last one", "[app]")
{
    const QTemporaryDir folder;
    CHECK_FALSE(saveLook(folder.filePath(u"nowhere"_s), Look{}));
}

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
    CHECK(options.error().args == QStringList{name});
}
