#include "support/catch.h"

#include "doctor/deskchecks.h"
#include "storage/storefixture.h"
#include "sync/trainingprovision.h"

#include <QDir>

using namespace upgradedesk;
using namespace upgradedesk::doctor;
using namespace upgradedesk::test;

namespace
{

class CheckedDesk
{
public:
    void provision() const { REQUIRE(sync::provisionTraining(path, clock)); }

    [[nodiscard]] Check check(const QString &name) const
    {
        for (const Check &one : deskChecks(path, clock, {})) {
            if (one.name == name)
                return one;
        }
        return {};
    }

    QTemporaryDir folder;
    QString path = folder.filePath(u"desk"_s);
    ManualClock clock;
};

} // namespace

TEST_CASE("A folder without a desk lacks the identity only, and stays without", "[doctor]")
{
    const CheckedDesk desk;

    for (const Check &check : deskChecks(desk.path, desk.clock, {})) {
        INFO(check.name.toStdString());
        CHECK(check.ok == (check.name != u"identity"));
    }
    CHECK_FALSE(QFile::exists(desk.path));
    CHECK_FALSE(isTrainingDesk(desk.path));
}

TEST_CASE("A training desk is all good", "[doctor]")
{
    CheckedDesk desk;
    desk.provision();
    desk.clock.wall = desk.clock.wall.addSecs(60);

    QStringList names;
    for (const Check &check : deskChecks(desk.path, desk.clock, {})) {
        INFO(check.name.toStdString() << ": " << check.detail.english.toStdString());
        CHECK(check.ok);
        names << check.name;
    }
    CHECK(names ==
          QStringList{u"identity"_s, u"keys"_s, u"hub"_s, u"clock"_s, u"database"_s, u"journal"_s});
    CHECK(isTrainingDesk(desk.path));
}

TEST_CASE("Keys that others can read or that are missing are told", "[doctor]")
{
    const CheckedDesk desk;
    desk.provision();
    QFile key(desk.path + u"/keys/pepper.key"_s);

    SECTION("read")
    {
        REQUIRE(key.setPermissions(key.permissions() | QFile::ReadOther));
        CHECK(desk.check(u"keys"_s).detail.english.contains(u"others can read"));
    }
    SECTION("missing")
    {
        REQUIRE(key.remove());
        CHECK(desk.check(u"keys"_s).detail.english.contains(u"missing: pepper.key"));
    }
    CHECK_FALSE(desk.check(u"keys"_s).ok);
    CHECK_FALSE(desk.check(u"identity"_s).ok);
}

TEST_CASE("A clock before the last journal entry, or from another age, is told", "[doctor]")
{
    CheckedDesk desk;
    desk.provision();

    desk.clock.wall = desk.clock.wall.addSecs(-3600);
    CHECK_FALSE(desk.check(u"clock"_s).ok);
    desk.clock.wall = QDateTime(QDate(1970, 1, 1), QTime(0, 5), Qt::UTC);
    CHECK_FALSE(desk.check(u"clock"_s).ok);
}

TEST_CASE("A damaged database and a changed journal are told apart", "[doctor]")
{
    const CheckedDesk desk;
    desk.provision();

    SECTION("database")
    {
        QFile file(storage::Store::fileIn(desk.path));
        REQUIRE(file.open(QIODevice::ReadWrite));
        file.write(QByteArray(200, 'x'));
        file.close();
        CHECK_FALSE(desk.check(u"database"_s).ok);
        CHECK_FALSE(desk.check(u"journal"_s).ok);
    }
    SECTION("journal")
    {
        {
            SQLite::Database database(storage::Store::fileIn(desk.path).toStdString(),
                                      SQLite::OPEN_READWRITE);
            database.exec("UPDATE journal SET at = at - 1 WHERE seq = 1");
        }
        CHECK(desk.check(u"database"_s).ok);
        CHECK(desk.check(u"journal"_s).detail.english == u"entry 1 is wrong");
        CHECK_FALSE(desk.check(u"journal"_s).ok);
    }
}
