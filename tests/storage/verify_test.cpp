#include "support/catch.h"

#include "storage/storefixture.h"

using namespace upgradedesk;
using namespace upgradedesk::storage;
using namespace upgradedesk::test;

namespace
{

/// 300 records, so that one checkpoint lies inside and a tail after it.
void fillPastCheckpoint(StoreFixture &desk)
{
    REQUIRE(desk.store->note(u"provision"_s, {}, desk.clock.now()));
    desk.fill(300);
    REQUIRE(desk.store->verify()->ok());
}

} // namespace

TEST_CASE("An untouched journal verifies and counts its entries", "[storage]")
{
    StoreFixture desk;
    CHECK(desk.store->verify()->ok());
    CHECK(desk.store->verify()->entries == 0);

    fillPastCheckpoint(desk);
    REQUIRE(desk.store->note(u"shift-start"_s, u"9001"_s, desk.clock.now()));
    REQUIRE(desk.store->checkpoint());
    REQUIRE(desk.store->checkpoint());

    const auto verified = desk.store->verify();
    REQUIRE(verified);
    CHECK(verified->ok());
    CHECK(verified->entries == 302);
}

TEST_CASE("Any change of a row is found at its entry", "[storage]")
{
    const auto [sql, firstBad] = GENERATE(table<const char *, qint64>({
        {"UPDATE journal SET at = at + 1 WHERE seq = 7", 7},
        {"UPDATE journal SET kind = 'unlink' WHERE seq = 1", 1},
        {"UPDATE journal SET operator = '9002' WHERE seq = 40", 40},
        {"UPDATE journal SET medium = 'phone' WHERE seq = 40", 40},
        {"UPDATE journal SET slip = slip + 1 WHERE seq = 40", 40},
        {"UPDATE journal SET content_hash = zeroblob(32) WHERE seq = 40", 40},
        {"UPDATE journal SET row_hash = zeroblob(32) WHERE seq = 40", 40},
        {"UPDATE journal SET previous = zeroblob(32) WHERE seq = 40", 40},
        {"UPDATE journal SET hash = zeroblob(32) WHERE seq = 301", 301},
        {"DELETE FROM journal WHERE seq = 40", 40},
        {"DELETE FROM journal WHERE seq = 301", 301},
        {"DELETE FROM journal WHERE seq > 200", 201},
        {"UPDATE outbox SET sealed = x'00' WHERE slip = 9", 10},
        {"UPDATE outbox SET masked_name = 'x' WHERE slip = 9", 10},
        {"UPDATE outbox SET masked_number = 'x' WHERE slip = 9", 10},
        {"UPDATE outbox SET operator = 'x' WHERE slip = 9", 10},
        {"UPDATE outbox SET medium = 'phone' WHERE slip = 9", 10},
        {"UPDATE outbox SET slot = 'phone' WHERE slip = 9", 10},
        {"UPDATE outbox SET slip = 1000 WHERE slip = 9", 10},
        {"UPDATE outbox SET queued_at = 0 WHERE slip = 9", 10},
        {"UPDATE outbox SET card_key = x'00' WHERE slip = 9", 10},
        {"UPDATE outbox SET person_key = x'00' WHERE slip = 9", 10},
        {"UPDATE outbox SET agent_key = x'00' WHERE slip = 9", 10},
        {"UPDATE outbox SET state = 'accepted' WHERE slip = 9", 10},
        {"UPDATE outbox SET active = 0 WHERE slip = 9", 10},
        {"DELETE FROM outbox WHERE slip = 9", 10},
        {"DELETE FROM outbox WHERE slip = 300", 301},
        {"DELETE FROM checkpoint", 256},
        {"UPDATE checkpoint SET signature = x'3000' WHERE seq = 256", 256},
        {"UPDATE counter SET count = count - 1", 302},
        {"DELETE FROM counter", 302},
        {"UPDATE head SET slip = 5", 302},
        {"INSERT INTO operator VALUES ('9002', 'x', 'supervisor', 'x')", 302},
        {"INSERT INTO outbox (record, slip, kind, queued_at, operator, medium, slot, masked_name,"
         " masked_number, card_key, person_key, sealed)"
         " SELECT 'extra', 999, kind, queued_at, operator, medium, slot, masked_name,"
         " masked_number, card_key, person_key, sealed FROM outbox WHERE slip = 1",
         302},
    }));
    StoreFixture desk;
    fillPastCheckpoint(desk);
    INFO(sql);

    desk.tamper(sql);

    const auto verified = desk.store->verify();
    REQUIRE(verified);
    CHECK(verified->firstBad == firstBad);
    CHECK_FALSE(verified->why.isEmpty());
}

TEST_CASE("A tail cut off everywhere is found at the last checkpoint", "[storage]")
{
    StoreFixture desk;
    fillPastCheckpoint(desk);

    desk.tamper("DELETE FROM journal WHERE seq > 200;"
                "DELETE FROM outbox WHERE slip > 199;"
                "UPDATE counter SET count = 199;"
                "UPDATE head SET seq = 200, slip = 199,"
                " hash = (SELECT hash FROM journal WHERE seq = 200)");

    CHECK(desk.store->verify()->firstBad == 201);
}

TEST_CASE("A chain rewritten without the desk's key is found at the checkpoint", "[storage]")
{
    StoreFixture original;
    fillPastCheckpoint(original);
    StoreFixture forged; // another key
    fillPastCheckpoint(forged);

    forged.store.reset();
    const auto opened = Store::open(forged.folder.path(), original.keys());

    REQUIRE(opened);
    auto store = Store::open(forged.folder.path(), original.keys()).value();
    CHECK(store.verify()->firstBad == 256);
}

TEST_CASE("A changed roster is found", "[storage]")
{
    StoreFixture desk;
    REQUIRE(desk.store->addOperator({u"9001"_s, u"测试员01"_s, u"staff"_s}, u"verifier"_s,
                                    desk.clock.now()));
    REQUIRE(desk.store->verify()->ok());

    desk.tamper("UPDATE operator SET role = 'administrator'");

    CHECK(desk.store->verify()->firstBad == 1);
}

TEST_CASE("Entries are listed in order and linked to each other", "[storage]")
{
    StoreFixture desk;
    REQUIRE(desk.store->note(u"provision"_s, {}, desk.clock.now()));
    desk.fill(2);
    QList<JournalEntry> entries;

    REQUIRE(desk.store->eachEntry([&](const JournalEntry &entry) {
        entries << entry;
        return true;
    }));

    REQUIRE(entries.size() == 3);
    CHECK(entries[0].kind == u"provision"_s);
    CHECK(entries[0].previous == QByteArray(32, '\0'));
    CHECK(entries[1].previous == entries[0].hash);
    CHECK(entries[2].previous == entries[1].hash);
    CHECK(entries[2].slip == 2);
    CHECK(entries[2].at == desk.clock.now());
    CHECK(desk.store->journalHead()->seq == 3);
    CHECK(desk.store->journalHead()->hash == entries[2].hash);
}
