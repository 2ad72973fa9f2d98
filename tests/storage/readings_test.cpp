#include "support/catch.h"

#include "storage/schema.h"
#include "storage/storefixture.h"

using namespace upgradedesk;
using namespace upgradedesk::storage;
using namespace upgradedesk::test;

namespace
{

/// 10:00 in Beijing on 1 June; the day there ends at 16:00 UTC.
QDateTime morning(int hours = 0)
{
    return QDateTime(QDate(2022, 6, 1), QTime(2, 0), Qt::UTC).addSecs(hours * 3600);
}

qint64 rowsIn(const StoreFixture &desk, const char *table)
{
    SQLite::Database database(Store::fileIn(desk.folder.path()).toStdString());
    return database.execAndGet(std::string("SELECT count(*) FROM ") + table).getInt64();
}

/// A database as the first release made it, with one record in it.
void makeVersionOne(const QString &file)
{
    SQLite::Database database(file.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("PRAGMA application_id = " + std::to_string(applicationId));
    database.exec("PRAGMA journal_mode = WAL");
    database.exec(migrations()[0]);
    database.exec("PRAGMA user_version = 1");
    database.exec(
        "INSERT INTO counter (day, operator, kind, count) VALUES (20220601, '9001', 'link', 7)");
}

} // namespace

TEST_CASE("A card read today is found by its key, the latest reading first", "[storage]")
{
    StoreFixture desk;
    REQUIRE(desk.store->rememberReading(desk.key(u"a"_s), morning()));
    REQUIRE(desk.store->rememberReading(desk.key(u"b"_s), morning(1)));
    REQUIRE(desk.store->rememberReading(desk.key(u"c"_s), morning(2)));
    REQUIRE(desk.store->rememberReading(desk.key(u"a"_s), morning(3)));

    const auto found = desk.store->readToday(
        {desk.key(u"a"_s), desk.key(u"b"_s), desk.key(u"never"_s)}, morning(4));

    REQUIRE(found);
    REQUIRE(found->size() == 2);
    CHECK(found->at(0).cardKey == desk.key(u"a"_s));
    CHECK(found->at(0).at == morning(3));
    CHECK(found->at(1).cardKey == desk.key(u"b"_s));
    CHECK(rowsIn(desk, "reading") == 3);
}

TEST_CASE("A reading tells whether the card was linked here", "[storage]")
{
    StoreFixture desk;
    REQUIRE(desk.store->rememberReading(desk.key(u"linked"_s), morning()));
    REQUIRE(desk.store->rememberReading(desk.key(u"only read"_s), morning(-1)));
    REQUIRE(desk.store->commit(desk.record(u"linked"_s, u"person"_s)));

    const auto found =
        desk.store->readToday({desk.key(u"only read"_s), desk.key(u"linked"_s)}, morning());

    REQUIRE(found);
    REQUIRE(found->size() == 2);
    CHECK(found->at(0).linkedHere);
    CHECK_FALSE(found->at(1).linkedHere);
}

TEST_CASE("Readings of other Beijing days are not found and go away", "[storage]")
{
    StoreFixture desk;
    const QDateTime lastSecond(QDate(2022, 6, 1), QTime(15, 59, 59), Qt::UTC);
    const QDateTime nextDay(QDate(2022, 6, 1), QTime(16, 0), Qt::UTC);
    REQUIRE(desk.store->rememberReading(desk.key(u"a"_s), lastSecond));
    CHECK(desk.store->readToday({desk.key(u"a"_s)}, lastSecond)->size() == 1);

    CHECK(desk.store->readToday({desk.key(u"a"_s)}, nextDay)->isEmpty());

    const bool byReading = GENERATE(true, false);
    if (byReading)
        REQUIRE(desk.store->rememberReading(desk.key(u"b"_s), nextDay));
    else
        REQUIRE(desk.store->forgetOtherDays(nextDay));
    CHECK(rowsIn(desk, "reading") == (byReading ? 1 : 0));
}

TEST_CASE("Readings of a clock that ran ahead go away too", "[storage]")
{
    StoreFixture desk;
    REQUIRE(desk.store->rememberReading(desk.key(u"a"_s), morning(24 * 30)));

    REQUIRE(desk.store->rememberReading(desk.key(u"b"_s), morning()));

    CHECK(rowsIn(desk, "reading") == 1);
}

TEST_CASE("A reading belongs to no record: the journal stays as it was", "[storage]")
{
    StoreFixture desk;
    desk.fill(3);
    const auto before = desk.store->journalHead();

    REQUIRE(desk.store->rememberReading(desk.key(u"a"_s), morning()));

    CHECK(desk.store->journalHead()->hash == before->hash);
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("A database of the first release takes readings and keeps what it has", "[storage]")
{
    const StoreFixture other;
    const QTemporaryDir folder;
    makeVersionOne(Store::fileIn(folder.path()));

    auto store = Store::open(folder.path(), other.keys());

    REQUIRE(store);
    const auto figures = store->shiftFigures(u"9001"_s, QDate(2022, 6, 1));
    REQUIRE(figures);
    CHECK(figures->size() == 1);
    REQUIRE(store->rememberReading(other.key(u"a"_s), morning()));
    CHECK(store->readToday({other.key(u"a"_s)}, morning())->size() == 1);
    SQLite::Database database(Store::fileIn(folder.path()).toStdString());
    CHECK(database.execAndGet("PRAGMA user_version").getInt64() == qint64(migrations().size()));
}
