#include "support/catch.h"

#include "storage/hubstore.h"
#include "storage/storefixture.h"

using namespace upgradedesk;
using namespace upgradedesk::storage;
using namespace upgradedesk::test;

namespace
{

Settlement accepted(const QString &record, const QDateTime &at)
{
    return {record, Settlement::Kind::Accepted, {}, at, "receipt"};
}

Settlement rejected(const QString &record, const QDateTime &at)
{
    return {record, Settlement::Kind::Rejected, u"card-linked-to-other"_s, at, "receipt"};
}

Settlement aside(const QString &record, const QDateTime &at)
{
    return {record, Settlement::Kind::Quarantined, u"hub-cannot-take"_s, at, {}};
}

/// What would go to the hub now.
QStringList taken(StoreFixture &desk)
{
    const auto rows = desk.store->hub().take(20, 1'000'000, desk.clock.now()).value();
    REQUIRE(desk.store->hub().releaseAll());
    QStringList records;
    for (const Waiting &row : rows)
        records << row.record;
    return records;
}

NewRecord unlinkOf(const StoreFixture &desk, const QString &card, const QString &person)
{
    NewRecord unlink = desk.record(card, person);
    unlink.kind = u"unlink"_s;
    unlink.endedCardKey = unlink.cardKey;
    unlink.cardKey.clear();
    return unlink;
}

} // namespace

TEST_CASE("Records are taken in the order of slips, by number and by size, at least one",
          "[storage]")
{
    StoreFixture desk;
    desk.fill(5);
    HubStore &hub = desk.store->hub();
    const QDateTime now = desk.clock.now();
    const auto slips = desk.store->listQueue().value();

    const auto two = hub.take(2, 1'000'000, now).value();
    REQUIRE(two.size() == 2);
    CHECK(two[0].record == slips[0].record);
    CHECK(two[1].record == slips[1].record);
    CHECK(desk.store->queueStatus(now)->sending == 2);
    CHECK(hub.take(5, 2000, now)->size() == 2);
    CHECK(hub.take(5, 1, now)->size() == 1);
    REQUIRE(hub.release({slips[0].record}, now.addSecs(60), true));
    CHECK(hub.failures(slips[0].record).value() == 1);
    CHECK(hub.take(5, 1, now)->first().record == slips[1].record);
    CHECK(hub.take(5, 1, now.addSecs(60))->first().record == slips[0].record);
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("An undo does not overtake what it undoes", "[storage]")
{
    StoreFixture desk;
    const QString link = desk.store->commit(desk.record(u"a"_s, u"p"_s))->record;
    REQUIRE(desk.store->commit(desk.revoke(link)));
    HubStore &hub = desk.store->hub();
    const QDateTime now = desk.clock.now();
    REQUIRE(hub.take(5, 1'000'000, now)->size() == 2);
    REQUIRE(hub.releaseAll());
    const auto taken = [&](const QDateTime &at) {
        const auto rows = hub.take(5, 1'000'000, at).value();
        QStringList records;
        for (const Waiting &row : rows)
            records << row.record;
        REQUIRE(hub.releaseAll());
        return records;
    };

    // The link waits for a try of its own.
    REQUIRE(hub.release({link}, now.addSecs(60)));
    CHECK(taken(now).isEmpty());
    CHECK(taken(now.addSecs(60)).value(0) == link);
    // A clock that was an hour fast has set that time.
    REQUIRE(hub.release({link}, now.addSecs(3600)));
    CHECK(taken(now).value(0) == link);

    const Settlement aside{link, Settlement::Kind::Quarantined, u"hub-cannot-take"_s, now, {}};
    REQUIRE(hub.settle({aside}, u"e1"_s, now));
    CHECK(taken(now).isEmpty());
    REQUIRE(hub.retry(link, now));
    CHECK(taken(now).size() == 2);
    REQUIRE(hub.settle({rejected(link, now)}, u"e1"_s, now));
    CHECK(taken(now).size() == 1);
}

TEST_CASE("What ends a link, and what comes after that, does not overtake it", "[storage]")
{
    StoreFixture desk;
    const QString link = desk.store->commit(desk.record(u"a"_s, u"p"_s))->record;
    NewRecord replace = desk.record(u"b"_s, u"p"_s);
    replace.kind = u"replace"_s;
    replace.endedCardKey = StoreFixture::key(u"a"_s);
    REQUIRE(desk.store->commit(replace));
    NewRecord unlink = desk.record(u"b"_s, u"p"_s);
    unlink.kind = u"unlink"_s;
    unlink.cardKey.clear();
    unlink.endedCardKey = StoreFixture::key(u"b"_s);
    REQUIRE(desk.store->commit(unlink));
    const QString free = desk.store->commit(desk.record(u"c"_s, u"q"_s))->record;
    const QString anew = desk.store->commit(desk.record(u"b"_s, u"r"_s))->record;
    HubStore &hub = desk.store->hub();
    const QDateTime now = desk.clock.now();
    const auto taken = [&] {
        const auto rows = hub.take(5, 1'000'000, now).value();
        QStringList records;
        for (const Waiting &row : rows)
            records << row.record;
        REQUIRE(hub.releaseAll());
        return records;
    };
    const QStringList all{link, replace.id, unlink.id, free, anew};
    REQUIRE(taken() == all);

    SECTION("a link that waits for a try of its own")
    {
        REQUIRE(hub.release({link}, now.addSecs(60)));
        CHECK(taken() == QStringList{free});
    }
    SECTION("a link the hub cannot take, until staff have settled it")
    {
        REQUIRE(hub.settle({{link, Settlement::Kind::Quarantined, u"hub-cannot-take"_s, now, {}}},
                           u"e1"_s, now));
        CHECK(taken() == QStringList{free});
        REQUIRE(hub.retry(link, now));
        CHECK(taken() == all);
    }
    SECTION("the end of a link, before its card is linked anew")
    {
        REQUIRE(hub.release({unlink.id}, now.addSecs(60)));
        CHECK(taken() == QStringList{link, replace.id, free});
    }
    SECTION("what the hub has refused ends nothing")
    {
        REQUIRE(hub.settle({rejected(link, now)}, u"e1"_s, now));
        CHECK(taken() == all.mid(1));
    }
}

TEST_CASE("What gives back a card or a place is not overtaken by what needs it", "[storage]")
{
    StoreFixture desk;
    HubStore &hub = desk.store->hub();
    const QDateTime now = desk.clock.now();
    const auto commit = [&desk](const NewRecord &record) {
        REQUIRE(desk.store->commit(record));
        return record.id;
    };
    const QString link = commit(desk.record(u"a"_s, u"p"_s, u"g"_s));
    QStringList before{link};
    QString giving;
    const QString way = GENERATE(u"undo"_s, u"unlink"_s, u"unlink after a replace"_s,
                                 u"unlink taken back and done again"_s);
    CAPTURE(way.toStdString());
    if (way == u"undo") {
        giving = commit(desk.revoke(link));
    } else if (way == u"unlink") {
        giving = commit(unlinkOf(desk, u"a"_s, u"p"_s));
    } else if (way == u"unlink after a replace") {
        NewRecord replace = desk.record(u"a"_s, u"p"_s);
        replace.kind = u"replace"_s;
        before << commit(unlinkOf(desk, u"a"_s, u"p"_s))
               << commit(desk.record(u"old"_s, u"p"_s, u"g"_s));
        replace.endedCardKey = StoreFixture::key(u"old"_s);
        before << commit(replace);
        giving = commit(unlinkOf(desk, u"a"_s, u"p"_s));
    } else {
        before << commit(unlinkOf(desk, u"a"_s, u"p"_s));
        before << commit(desk.revoke(before.last()));
        giving = commit(desk.revoke(before.last()));
    }
    for (const QString &record : std::as_const(before))
        REQUIRE(hub.settle({accepted(record, now)}, u"e1"_s, now));
    const QString ofCard = commit(desk.record(u"a"_s, u"q"_s));
    const QString ofPerson = commit(desk.record(u"b"_s, u"p"_s));
    const QString ofAgent = commit(desk.record(u"c"_s, u"r"_s, u"g"_s));
    const QString undoOfThat = commit(desk.revoke(ofAgent));
    const QString ofOthers = commit(desk.record(u"d"_s, u"s"_s, u"h"_s));
    const QStringList all{giving, ofCard, ofPerson, ofAgent, undoOfThat, ofOthers};
    REQUIRE(taken(desk) == all);

    REQUIRE(hub.release({giving}, now.addSecs(60)));
    CHECK(taken(desk) == QStringList{ofOthers});
    REQUIRE(hub.settle({aside(giving, now)}, u"e1"_s, now));
    CHECK(taken(desk) == QStringList{ofOthers});
    REQUIRE(hub.retry(giving, now));
    CHECK(taken(desk) == all);
    REQUIRE(hub.settle({aside(giving, now)}, u"e1"_s, now));
    REQUIRE(hub.setVoid(giving, true, now));
    CHECK(taken(desk) == all.mid(1));
}

TEST_CASE("What ends a link does not overtake the restore that brings it back", "[storage]")
{
    StoreFixture desk;
    HubStore &hub = desk.store->hub();
    const QDateTime now = desk.clock.now();
    const QString link = desk.store->commit(desk.record(u"a"_s, u"p"_s))->record;
    const QString undo = desk.store->commit(desk.revoke(link))->record;
    REQUIRE(hub.settle({accepted(link, now), accepted(undo, now)}, u"e1"_s, now));
    const QString restore = desk.store->commit(desk.revoke(undo))->record;
    const QString unlink = desk.store->commit(unlinkOf(desk, u"a"_s, u"p"_s))->record;
    REQUIRE(taken(desk) == QStringList{restore, unlink});

    REQUIRE(hub.release({restore}, now.addSecs(60)));

    CHECK(taken(desk).isEmpty());
}

TEST_CASE("The undo of a refused link has nothing to give back, and holds nobody up", "[storage]")
{
    StoreFixture desk;
    HubStore &hub = desk.store->hub();
    const QDateTime now = desk.clock.now();
    const QString link = desk.store->commit(desk.record(u"a"_s, u"p"_s))->record;
    const QString undo = desk.store->commit(desk.revoke(link))->record;
    const QString next = desk.store->commit(desk.record(u"a"_s, u"q"_s))->record;
    REQUIRE(hub.settle({aside(undo, now)}, u"e1"_s, now));
    REQUIRE(taken(desk) == QStringList{link});

    REQUIRE(hub.settle({rejected(link, now)}, u"e1"_s, now));

    CHECK(taken(desk) == QStringList{next});
}

TEST_CASE("A record put aside is in the way once nothing else can go", "[storage]")
{
    StoreFixture desk;
    HubStore &hub = desk.store->hub();
    const QDateTime now = desk.clock.now();
    const auto inTheWay = [&] { return hub.inTheWay(now).value(); };
    CHECK_FALSE(inTheWay());
    const QString free = desk.store->commit(desk.record(u"x"_s, u"y"_s))->record;
    const QString link = desk.store->commit(desk.record(u"a"_s, u"p"_s))->record;
    const QString undo = desk.store->commit(desk.revoke(link))->record;
    const QString next = desk.store->commit(desk.record(u"a"_s, u"q"_s))->record;
    REQUIRE(hub.settle({aside(link, now)}, u"e1"_s, now));
    CHECK_FALSE(inTheWay()); // the first may go
    REQUIRE(hub.release({free}, now.addSecs(60), true));
    CHECK_FALSE(inTheWay()); // its time comes
    REQUIRE(hub.settle({accepted(free, now)}, u"e1"_s, now));

    CHECK(inTheWay() == 2);

    // By way of the undo, too.
    REQUIRE(hub.settle({aside(undo, now)}, u"e1"_s, now));
    CHECK(taken(desk).isEmpty());
    CHECK(inTheWay() == 2);
    REQUIRE(hub.setVoid(link, true, now));
    CHECK(inTheWay() == 3);
    REQUIRE(hub.setVoid(undo, true, now));
    CHECK(taken(desk) == QStringList{next});
    CHECK_FALSE(inTheWay());
}

TEST_CASE("What the hub has refused for good is known, as long as it is the same hub", "[storage]")
{
    StoreFixture desk;
    const QString link = desk.store->commit(desk.record(u"a"_s, u"p"_s))->record;
    HubStore &hub = desk.store->hub();
    const QDateTime now = desk.clock.now();
    REQUIRE(hub.hear(u"e1"_s, now, desk.clock));
    const auto finalAfter = [&](const QString &reason, const QByteArray &receipt) {
        const auto kind =
            receipt.isEmpty() ? Settlement::Kind::Quarantined : Settlement::Kind::Rejected;
        REQUIRE(hub.settle({{link, kind, reason, now, receipt}}, u"e1"_s, now));
        return hub.finalReason(link).value();
    };
    CHECK(hub.finalReason(link)->isEmpty());
    CHECK(finalAfter(u"hub-cannot-take"_s, {}).isEmpty());
    CHECK(finalAfter(u"bad-envelope"_s, "receipt").isEmpty());
    CHECK(finalAfter(u"document-invalid"_s, "receipt") == u"document-invalid"_s);
    REQUIRE(hub.hear(u"e2"_s, now, desk.clock));
    CHECK(hub.finalReason(link)->isEmpty());
}

TEST_CASE("What the hub said is journalled; a row that is changed behind it is found", "[storage]")
{
    StoreFixture desk;
    desk.fill(4);
    const QDateTime now = desk.clock.now();
    const auto rows = desk.store->listQueue().value();
    REQUIRE(desk.store->hub().settle({accepted(rows[0].record, now), rejected(rows[1].record, now)},
                                     u"e1"_s, now));
    REQUIRE(desk.store->verify()->ok());
    CHECK(desk.store->queueStatus(now)->accepted == 1);
    CHECK(desk.store->queueStatus(now)->attention == 1);

    const auto change =
        GENERATE(u"UPDATE outbox SET state = 'accepted' WHERE slip = 3"_s,
                 u"UPDATE outbox SET state = 'attention' WHERE slip = 1"_s,
                 u"UPDATE outbox SET state = 'accepted' WHERE slip = 2"_s,
                 u"UPDATE outbox SET state = 'queued' WHERE slip = 1"_s,
                 u"UPDATE outbox SET reason = 'superseded' WHERE slip = 2"_s,
                 u"UPDATE outbox SET receipt = x'00' WHERE slip = 1"_s,
                 u"UPDATE outbox SET judged_at = 1 WHERE slip = 1"_s,
                 u"UPDATE outbox SET void = 1 WHERE slip = 2"_s,
                 u"UPDATE outbox SET settled = NULL, state = 'queued' WHERE slip = 1"_s,
                 u"UPDATE outbox SET settled = 999 WHERE slip = 1"_s);
    desk.store.reset();
    SQLite::Database database(Store::fileIn(desk.folder.path()).toStdString(),
                              SQLite::OPEN_READWRITE);
    database.exec(change.toStdString());
    desk.reopen();
    INFO(change.toStdString());
    CHECK_FALSE(desk.store->verify()->ok());
}

TEST_CASE("What staff have settled needs them no more, in the list as in the count", "[storage]")
{
    StoreFixture desk;
    desk.fill(2);
    HubStore &hub = desk.store->hub();
    const QDateTime now = desk.clock.now();
    const QString one = desk.store->listQueue()->first().record;
    REQUIRE(hub.settle({rejected(one, now), rejected(desk.store->listQueue()->last().record, now)},
                       u"e1"_s, now));
    CHECK(desk.store->queueStatus(now)->attention == 2);

    REQUIRE(hub.setVoid(one, true, now));

    CHECK(desk.store->queueStatus(now)->attention == 1);
    const auto refused = desk.store->listQueue(RecordState::Attention).value();
    REQUIRE(refused.size() == 2);
    CHECK_FALSE(refused[0].needsStaff);
    CHECK(refused[1].needsStaff);
    REQUIRE(hub.setVoid(one, false, now));
    CHECK(desk.store->queueStatus(now)->attention == 2);
}

TEST_CASE("The undo of a refused record needs nobody, unless that record counts after all",
          "[storage]")
{
    StoreFixture desk;
    const QString link = desk.store->commit(desk.record(u"a"_s, u"p"_s))->record;
    const QString undo = desk.store->commit(desk.revoke(link))->record;
    HubStore &hub = desk.store->hub();
    const QDateTime now = desk.clock.now();
    const auto needing = [&] {
        QStringList records;
        const auto rows = desk.store->listQueue().value();
        for (const QueueRow &row : rows) {
            if (row.needsStaff)
                records << row.record;
        }
        CHECK(desk.store->queueStatus(now)->attention == records.size());
        return records;
    };
    REQUIRE(hub.settle({rejected(undo, now)}, u"e1"_s, now));
    CHECK(needing() == QStringList{undo});

    SECTION("both refused: the record alone, until it is settled")
    {
        REQUIRE(hub.settle({rejected(link, now)}, u"e1"_s, now));
        CHECK(needing() == QStringList{link});
        REQUIRE(hub.setVoid(link, true, now));
        CHECK(needing().isEmpty());
        // Both are still there, and either can be sent once more.
        CHECK(desk.store->listQueue(RecordState::Attention)->size() == 2);
        REQUIRE(hub.retry(link, now));
        REQUIRE(hub.settle({accepted(link, now)}, u"e1"_s, now));
        CHECK(needing() == QStringList{undo});
    }
    SECTION("the hub has not said no to the record")
    {
        REQUIRE(hub.settle({{link, Settlement::Kind::Quarantined, u"hub-cannot-take"_s, now, {}}},
                           u"e1"_s, now));
        CHECK(needing() == QStringList{link, undo});
    }
    SECTION("the record was accepted")
    {
        REQUIRE(hub.settle({accepted(link, now)}, u"e1"_s, now));
        CHECK(needing() == QStringList{undo});
    }
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("An accepted record stays accepted, whatever is said later", "[storage]")
{
    StoreFixture desk;
    desk.fill(1);
    const QDateTime now = desk.clock.now();
    const QString record = desk.store->listQueue()->first().record;
    REQUIRE(desk.store->hub().settle({accepted(record, now)}, u"e1"_s, now));
    REQUIRE(desk.store->hub().settle({rejected(record, now)}, u"e1"_s, now));
    CHECK(desk.store->queueStatus(now)->accepted == 1);
    CHECK(desk.store->hub().retry(record, now).error().code == ErrorCode::RecordNotFound);
    CHECK(desk.store->hub().setVoid(record, true, now).error().code == ErrorCode::RecordNotFound);
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("A refused link gives its places back; tried again it takes them again", "[storage]")
{
    StoreFixture desk;
    const auto first = desk.record(u"card"_s, u"person"_s);
    REQUIRE(desk.store->commit(first));
    CHECK(desk.store->commit(desk.record(u"card"_s, u"other"_s)).error().code ==
          ErrorCode::CardLinkedToOther);
    const QDateTime now = desk.clock.now();
    REQUIRE(desk.store->hub().settle({rejected(first.id, now)}, u"e1"_s, now));

    CHECK_FALSE(desk.store->knowledge(StoreFixture::key(u"card"_s), StoreFixture::key(u"other"_s))
                    ->linkedToOther);
    REQUIRE(desk.store->hub().retry(first.id, now));
    CHECK(desk.store->commit(desk.record(u"card"_s, u"other"_s)).error().code ==
          ErrorCode::CardLinkedToOther);
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("Another epoch of the hub makes accepted records wait again, once", "[storage]")
{
    StoreFixture desk;
    desk.fill(3);
    const QDateTime now = desk.clock.now();
    const auto rows = desk.store->listQueue().value();
    HubStore &hub = desk.store->hub();
    REQUIRE(hub.hear(u"e1"_s, now, desk.clock).value() == 0);
    REQUIRE(
        hub.settle({accepted(rows[0].record, now), accepted(rows[1].record, now)}, u"e1"_s, now));
    CHECK(hub.hear(u"e1"_s, now, desk.clock).value() == 0);

    CHECK(hub.hear(u"e2"_s, now, desk.clock).value() == 2);
    CHECK(hub.hear(u"e2"_s, now, desk.clock).value() == 0);

    CHECK(desk.store->queueStatus(now)->queued == 3);
    CHECK(hub.facts()->epoch == u"e2"_s);
    CHECK(desk.store->verify()->ok());
    // The hub's time outlives the program, with the boot it belongs to.
    desk.reopen();
    const auto facts = desk.store->hub().facts().value();
    CHECK(facts.time == now);
    CHECK(facts.bootId == desk.clock.bootId());
    CHECK(facts.sinceBoot == desk.clock.sinceBoot());
}

TEST_CASE("No lower version takes the place of a document", "[storage]")
{
    StoreFixture desk;
    HubStore &hub = desk.store->hub();
    const QDateTime now = desk.clock.now();
    CHECK(hub.document(u"rules"_s)->version == 0);
    REQUIRE(hub.keepRules({4, "four"}, now));
    CHECK(hub.keepRules({3, "three"}, now).error().code == ErrorCode::DocumentOlder);
    CHECK(hub.keepRules({4, "other four"}, now).error().code == ErrorCode::DocumentOlder);
    REQUIRE(hub.keepRules({5, "five"}, now));
    CHECK(hub.document(u"rules"_s)->message == "five");
    CHECK(desk.store->verify()->ok());
}
