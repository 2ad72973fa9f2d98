#include "support/catch.h"

#include "core/newfile.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

QStringList filesOf(const QTemporaryDir &folder)
{
    return QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
}

} // namespace

TEST_CASE("A new file appears under its name only when it is whole", "[core]")
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.jsonl"_s);
    auto file = NewFile::create(path);
    REQUIRE(file);
    REQUIRE(file->write("one "));
    CHECK_FALSE(QFile::exists(path));
    REQUIRE(file->write("two"));

    REQUIRE(file->finish());

    CHECK(contentOf(path) == "one two");
    CHECK(filesOf(folder) == QStringList{u"a.jsonl"_s});
    const bool others = QFile::permissions(path).testAnyFlags(
        QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther);
    CHECK_FALSE(others);
}

TEST_CASE("A new file never takes the place of another", "[core]")
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.jsonl"_s);
    const auto occupy = [&path] {
        QFile old(path);
        return old.open(QIODevice::WriteOnly) && old.write("old") == 3;
    };

    SECTION("that was there before")
    {
        REQUIRE(occupy());
        const auto file = NewFile::create(path);
        REQUIRE_FALSE(file);
        CHECK(file.error().code == ErrorCode::FileExists);
    }
    SECTION("that came meanwhile")
    {
        auto file = NewFile::create(path);
        REQUIRE(file);
        REQUIRE(file->write("new"));
        REQUIRE(occupy());
        const auto finished = file->finish();
        REQUIRE_FALSE(finished);
        CHECK(finished.error().code == ErrorCode::FileExists);
    }
    CHECK(contentOf(path) == "old");
    CHECK(filesOf(folder) == QStringList{u"a.jsonl"_s});
}

TEST_CASE("A file given up or in a folder that is missing leaves nothing", "[core]")
{
    const QTemporaryDir folder;
    {
        auto file = NewFile::create(folder.filePath(u"a.jsonl"_s));
        REQUIRE(file);
        REQUIRE(file->write("half"));
    }
    CHECK(filesOf(folder).isEmpty());

    const auto nowhere = NewFile::create(folder.filePath(u"no/a.jsonl"_s));
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().code == ErrorCode::FileUnwritable);
}
