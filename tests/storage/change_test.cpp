#include "support/catch.h"

#include "storage/hubstore.h"
#include "storage/storefixture.h"

using namespace upgradedesk;
using namespace upgradedesk::storage;
using namespace upgradedesk::test;

namespace
{

/// Ends the link of a card; with another card that one is linked in its place.
NewRecord change(const StoreFixture &desk, const QString &ended, const QString &person,
                 const QString &card = {})
{
    NewRecord record = desk.record(card, person);
    record.kind = card.isEmpty() ? u"unlink"_s : u"replace"_s;
    record.maskedName.clear();
    record.endedCardKey = StoreFixture::key(ended);
    if (card.isEmpty())
        record.cardKey.clear();
    return record;
}

std::optional<ErrorCode> stored(StoreFixture &desk, const NewRecord &record)
{
    return codeOf(desk.store->commit(record));
}

void judge(StoreFixture &desk, const QString &record, Settlement::Kind kind)
{
    const QDateTime now = desk.clock.now();
    const QString reason = kind == Settlement::Kind::Accepted ? QString() : u"document-invalid"_s;
    REQUIRE(desk.store->hub().settle({{record, kind, reason, now, "receipt"}}, u"e1"_s, now));
}

Knowledge known(StoreFixture &desk, const QString &card, const QString &person)
{
    return desk.store->knowledge(StoreFixture::key(card), StoreFixture::key(person)).value();
}

} // namespace

TEST_CASE("An unlink frees card and person, and taken back holds them again", "[storage]")
{
    StoreFixture desk;
    REQUIRE(desk.store->commit(desk.record(u"a"_s, u"p"_s)));
    CHECK(stored(desk, change(desk, u"a"_s, u"q"_s)) == ErrorCode::HolderMismatch);
    const NewRecord unlink = change(desk, u"a"_s, u"p"_s);
    CHECK_FALSE(stored(desk, unlink));
    CHECK(known(desk, u"a"_s, u"p"_s).endWaits);
    CHECK_FALSE(known(desk, u"a"_s, u"p"_s).linkedToPerson);
    CHECK(stored(desk, change(desk, u"a"_s, u"p"_s)) == ErrorCode::CardNotLinked);

    SECTION("at once")
    {
        CHECK_FALSE(stored(desk, desk.revoke(unlink.id)));
        CHECK(known(desk, u"a"_s, u"p"_s).linkedToPerson);
        CHECK(stored(desk, desk.record(u"b"_s, u"p"_s)) == ErrorCode::PersonHasPhysicalCard);
    }
    SECTION("not when the person has another card since")
    {
        NewRecord other = desk.record(u"b"_s, u"p"_s);
        other.operatorId = u"9002"_s;
        CHECK_FALSE(stored(desk, other));
        CHECK(stored(desk, desk.revoke(unlink.id)) == ErrorCode::PersonHasPhysicalCard);
    }
    SECTION("not when the card is somebody else's since")
    {
        NewRecord other = desk.record(u"a"_s, u"q"_s);
        other.operatorId = u"9002"_s;
        CHECK_FALSE(stored(desk, other));
        CHECK(stored(desk, desk.revoke(unlink.id)) == ErrorCode::CardLinkedToOther);
    }
    SECTION("and back once more")
    {
        const NewRecord back = desk.revoke(unlink.id);
        CHECK_FALSE(stored(desk, back));
        CHECK_FALSE(stored(desk, desk.revoke(back.id)));
        CHECK_FALSE(known(desk, u"a"_s, u"p"_s).linkedToPerson);
        CHECK_FALSE(stored(desk, desk.record(u"a"_s, u"q"_s)));
    }
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("An unlink that the hub refuses has ended nothing", "[storage]")
{
    StoreFixture desk;
    REQUIRE(desk.store->commit(desk.record(u"a"_s, u"p"_s)));
    const NewRecord unlink = change(desk, u"a"_s, u"p"_s);
    REQUIRE(desk.store->commit(unlink));

    judge(desk, unlink.id, Settlement::Kind::Rejected);

    CHECK(known(desk, u"a"_s, u"p"_s).linkedToPerson);
    CHECK(stored(desk, desk.record(u"a"_s, u"q"_s)) == ErrorCode::CardLinkedToOther);
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("What waits in another's name holds nobody's unlink or replace up", "[storage]")
{
    StoreFixture desk;
    const bool linkedHere = GENERATE(true, false);
    const QString wrongCard = GENERATE(QString(), u"x"_s);
    const QString rightCard = GENERATE(QString(), u"y"_s);
    if (linkedHere) {
        const NewRecord link = desk.record(u"a"_s, u"p"_s);
        REQUIRE(desk.store->commit(link));
        judge(desk, link.id, Settlement::Kind::Accepted);
    }
    const NewRecord wrong = change(desk, u"a"_s, u"q"_s, wrongCard);
    REQUIRE_FALSE(stored(desk, wrong));

    const NewRecord right = change(desk, u"a"_s, u"p"_s, rightCard);
    CHECK_FALSE(stored(desk, right));
    // Of each person's own one is enough.
    CHECK(stored(desk, change(desk, u"a"_s, u"p"_s)) == ErrorCode::CardNotLinked);
    CHECK(stored(desk, change(desk, u"a"_s, u"q"_s)) == ErrorCode::CardNotLinked);
    judge(desk, wrong.id, Settlement::Kind::Rejected);
    CHECK(stored(desk, change(desk, u"a"_s, u"p"_s)) == ErrorCode::CardNotLinked);
    judge(desk, right.id, Settlement::Kind::Accepted);
    CHECK(known(desk, u"a"_s, {}).endedAt.isValid());
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("A replace moves the person to the new card, and back when it is revoked", "[storage]")
{
    StoreFixture desk;
    REQUIRE(desk.store->commit(desk.record(u"a"_s, u"p"_s)));
    REQUIRE(desk.store->commit(desk.record(u"c"_s, u"r"_s)));
    CHECK(stored(desk, change(desk, u"a"_s, u"p"_s, u"c"_s)) == ErrorCode::CardLinkedToOther);
    const NewRecord replace = change(desk, u"a"_s, u"p"_s, u"b"_s);
    REQUIRE(desk.store->commit(replace));

    CHECK(known(desk, u"b"_s, u"p"_s).linkedToPerson);
    CHECK_FALSE(known(desk, u"a"_s, u"p"_s).linkedToPerson);
    CHECK(known(desk, u"x"_s, u"p"_s).physicalCards == 1);
    CHECK(stored(desk, desk.record(u"d"_s, u"p"_s)) == ErrorCode::PersonHasPhysicalCard);
    const NewRecord back = desk.revoke(replace.id);
    REQUIRE(desk.store->commit(back));
    CHECK(known(desk, u"a"_s, u"p"_s).linkedToPerson);
    CHECK_FALSE(known(desk, u"b"_s, u"p"_s).linkedToPerson);
    REQUIRE(desk.store->commit(desk.revoke(back.id)));
    CHECK(known(desk, u"b"_s, u"p"_s).linkedToPerson);
    CHECK_FALSE(known(desk, u"a"_s, u"p"_s).linkedToPerson);
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("What the hub has taken refuses nothing here: another desk may have ended it",
          "[storage]")
{
    StoreFixture desk;
    const NewRecord link = desk.record(u"a"_s, u"p"_s);
    REQUIRE(desk.store->commit(link));
    judge(desk, link.id, Settlement::Kind::Accepted);

    CHECK(known(desk, u"a"_s, u"q"_s).linkedToOther);
    CHECK_FALSE(known(desk, u"a"_s, u"q"_s).otherWaits);
    CHECK(known(desk, u"a"_s, u"q"_s).linkedAt.isValid());
    CHECK_FALSE(stored(desk, desk.record(u"b"_s, u"p"_s)));
    CHECK_FALSE(stored(desk, desk.record(u"a"_s, u"q"_s)));
    CHECK(stored(desk, desk.record(u"d"_s, u"q"_s)) == ErrorCode::PersonHasPhysicalCard);
}

TEST_CASE("The record that does a refused one anew settles it in the same moment", "[storage]")
{
    StoreFixture desk;
    const NewRecord refused = desk.record(u"a"_s, u"p"_s);
    REQUIRE(desk.store->commit(refused));
    judge(desk, refused.id, Settlement::Kind::Rejected);
    REQUIRE(known(desk, u"a"_s, {}).refused == refused.id);

    NewRecord anew = desk.record(u"a"_s, u"q"_s);
    anew.supersedes = refused.id;
    REQUIRE(desk.store->commit(anew));

    CHECK(known(desk, u"a"_s, {}).refused.isEmpty());
    CHECK(desk.store->listQueue(RecordState::Attention)->first().isVoid);
    CHECK(desk.store->verify()->ok());
    // Whoever does it once more settles nothing twice.
    NewRecord again = desk.record(u"a"_s, u"q"_s);
    again.supersedes = refused.id;
    REQUIRE(desk.store->commit(again));
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("Whose link a row ends cannot be changed unseen", "[storage]")
{
    StoreFixture desk;
    REQUIRE(desk.store->commit(desk.record(u"a"_s, u"p"_s)));
    REQUIRE(desk.store->commit(change(desk, u"a"_s, u"p"_s)));
    REQUIRE(desk.store->verify()->ok());

    desk.tamper("UPDATE outbox SET ends_card = zeroblob(32) WHERE kind = 'unlink'");

    CHECK(desk.store->verify()->firstBad == 2);
}
