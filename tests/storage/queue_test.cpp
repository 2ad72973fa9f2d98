#include "support/catch.h"

#include "storage/storefixture.h"

#include <QDir>

using namespace upgradedesk;
using namespace upgradedesk::storage;
using namespace upgradedesk::test;

TEST_CASE("An empty outbox has no oldest record", "[storage]")
{
    StoreFixture desk;

    const auto status = desk.store->queueStatus(desk.clock.now());

    REQUIRE(status);
    CHECK(status->queued + status->sending + status->accepted + status->attention == 0);
    CHECK_FALSE(status->oldestSeconds);
    CHECK_FALSE(status->nextTrySeconds);
}

TEST_CASE("The status counts and tells the age of the oldest", "[storage]")
{
    StoreFixture desk;
    desk.fill(3);

    CHECK(desk.store->queueStatus(desk.clock.now().addSecs(90))->queued == 3);
    CHECK(desk.store->queueStatus(desk.clock.now().addSecs(90))->oldestSeconds == 90);
    // A clock set back does not make the future old.
    CHECK(desk.store->queueStatus(desk.clock.now().addSecs(-90))->oldestSeconds == 0);
}

TEST_CASE("Rows are listed by slip, by state, and newest first", "[storage]")
{
    StoreFixture desk;
    desk.fill(5);

    CHECK(desk.store->listQueue()->size() == 5);
    CHECK(desk.store->listQueue()->first().slip == 1);
    CHECK(desk.store->listQueue(RecordState::Queued)->size() == 5);
    CHECK(desk.store->listQueue(RecordState::Accepted)->isEmpty());
    const auto recent = desk.store->recent(2).value();
    REQUIRE(recent.size() == 2);
    CHECK(recent[0].slip == 5);
    CHECK(recent[1].slip == 4);
}

TEST_CASE("A visitor may stop early and the store goes on working", "[storage]")
{
    StoreFixture desk;
    desk.fill(5);
    int seen = 0;

    REQUIRE(desk.store->eachRow({}, [&](const QueueRow &) { return ++seen < 2; }));

    CHECK(seen == 2);
    CHECK(desk.store->commit(desk.record(u"x"_s, u"y"_s)));
}

TEST_CASE("Shift figures go by operator, kind and Beijing's day", "[storage]")
{
    StoreFixture desk;
    desk.clock.wall = QDateTime(QDate(2022, 5, 31), QTime(15, 59, 59), Qt::UTC);
    desk.fill(2);
    desk.clock.wall = desk.clock.wall.addSecs(1); // midnight in Beijing
    desk.fill(3);
    NewRecord topUp = desk.record(u"new"_s, u"n"_s);
    topUp.kind = u"first-topup"_s;
    REQUIRE(desk.store->commit(topUp));

    const auto before = desk.store->shiftFigures(u"9001"_s, QDate(2022, 5, 31)).value();
    const auto after = desk.store->shiftFigures(u"9001"_s, QDate(2022, 6, 1)).value();

    REQUIRE(before.size() == 1);
    CHECK(before[0].count == 2);
    REQUIRE(after.size() == 2);
    CHECK(after[0].kind == u"first-topup"_s);
    CHECK(after[0].count == 1);
    CHECK(after[1].count == 3);
    CHECK(desk.store->shiftFigures(u"9002"_s, QDate(2022, 6, 1))->isEmpty());
}

TEST_CASE("States have keys that lead back", "[storage]")
{
    for (const RecordState state :
         {RecordState::Queued, RecordState::Sending, RecordState::Accepted, RecordState::Attention})
        CHECK(stateFromKey(stateKey(state)) == state);
    CHECK_FALSE(stateFromKey(u"lost"));
}

TEST_CASE("Every file of the store is the owner's alone", "[storage]")
{
    StoreFixture desk;
    desk.fill(3);

    const QFileInfoList files = QDir(desk.folder.path()).entryInfoList(QDir::Files | QDir::Hidden);

    CHECK(files.size() >= 2);
    for (const QFileInfo &file : files) {
        INFO(file.fileName().toStdString());
        CHECK((file.permissions() &
               (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)) == 0);
    }
}
