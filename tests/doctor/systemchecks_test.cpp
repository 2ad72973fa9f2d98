#include "support/catch.h"

#include "doctor/systemchecks.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::doctor;

TEST_CASE("A disk is good while some hundred megabytes are free", "[doctor]")
{
    constexpr qint64 mebibyte = 1024 * 1024;
    CHECK(diskCheck(200 * mebibyte, 1000 * mebibyte).ok);
    CHECK_FALSE(diskCheck(200 * mebibyte - 1, 1000 * mebibyte).ok);
    CHECK(diskCheck(300 * mebibyte, 1000 * mebibyte).detail.english == u"300 MiB free of 1000 MiB");
}

TEST_CASE("The disk of a folder that does not exist yet is the one it would be on", "[doctor]")
{
    const QTemporaryDir folder;
    const Check check = diskCheck(folder.filePath(u"not/yet/made"_s));

    CHECK_FALSE(check.detail.english.startsWith(u"0 MiB free of 0"));
    CHECK(QDir(folder.path()).isEmpty());
}

TEST_CASE("A Chinese font is found anywhere below the font folders", "[doctor]")
{
    const QTemporaryDir folder;
    CHECK_FALSE(fontCheck({folder.path()}).ok);
    REQUIRE(QDir(folder.path()).mkpath(u"opentype/noto"_s));
    QFile font(folder.filePath(u"opentype/noto/NotoSansCJK-Regular.ttc"_s));
    REQUIRE(font.open(QIODevice::WriteOnly));

    CHECK(fontCheck({folder.path()}).ok);
}

TEST_CASE("The shipped data files load", "[doctor]")
{
    QStringList names;
    const QTemporaryDir folder;
    const SystemClock clock;
    for (const Check &check : dataFileChecks(folder.path(), clock)) {
        CHECK(check.ok);
        names << check.name;
    }
    CHECK(names == QStringList{u"catalogue"_s, u"rules"_s, u"documents"_s});
}

TEST_CASE("The check of the rules names their version, whose they are and since when they are so",
          "[doctor]")
{
    const auto shipped = Rules::load();
    REQUIRE(shipped);
    const auto [ofHub, day, ok, english] = GENERATE(table<bool, QDate, bool, QString>(
        {{false, {2022, 6, 9}, true, u"2022-05-28.1 of this program, as today since 2022-06-01"_s},
         {true, {2022, 5, 30}, true, u"2022-05-28.1 of the hub, as today since 2022-05-28"_s},
         {true,
          {2022, 5, 27},
          false,
          u"2022-05-28.1 of the hub, not in force before 2022-05-28"_s}}));

    const Check check = rulesCheck(shipped, ofHub, day);

    CHECK(check.ok == ok);
    CHECK(check.detail.english == english);
    CHECK(check.fix.english.isEmpty() == ok);
}

TEST_CASE("Rules that do not load are no rules of any day", "[doctor]")
{
    CHECK_FALSE(rulesCheck(Rules::parse("{}", u"rules.json"_s), true, {2022, 6, 9}).ok);
}
