#include "support/catch.h"

#include "app/lookfile.h"

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
