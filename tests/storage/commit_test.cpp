#include "support/catch.h"

#include "storage/storefixture.h"

#include <QRandomGenerator>

using namespace upgradedesk;
using namespace upgradedesk::storage;
using namespace upgradedesk::test;

TEST_CASE("Slips are 1, 2, 3 and outlast closing and refusals", "[storage]")
{
    StoreFixture desk;

    CHECK(desk.store->commit(desk.record(u"a"_s, u"p"_s))->slip == 1);
    CHECK_FALSE(desk.store->commit(desk.record(u"a"_s, u"q"_s)));
    CHECK(desk.store->commit(desk.record(u"b"_s, u"q"_s))->slip == 2);
    desk.reopen();
    CHECK_FALSE(desk.store->commit(desk.record(u"c"_s, u"q"_s)));
    CHECK(desk.store->commit(desk.record(u"c"_s, u"r"_s))->slip == 3);

    CHECK(desk.store->verify()->ok());
}

TEST_CASE("A committed record is in the outbox with its slip, queued", "[storage]")
{
    StoreFixture desk;
    const NewRecord record = desk.record(u"a"_s, u"p"_s);

    const auto committed = desk.store->commit(record);

    REQUIRE(committed);
    CHECK(committed->record == record.id);
    CHECK(committed->at == record.at);
    CHECK_FALSE(committed->alreadyLinkedHere);
    const QueueRow row = desk.store->listQueue()->value(0);
    CHECK(row.record == record.id);
    CHECK(row.slip == 1);
    CHECK(row.kind == u"link"_s);
    CHECK(row.state == RecordState::Queued);
    CHECK(row.queuedAt == record.at);
    CHECK(row.maskedName == record.maskedName);
    CHECK(row.maskedNumber == record.maskedNumber);
    CHECK(row.operatorId == u"9001"_s);
}

TEST_CASE("The same id is stored once", "[storage]")
{
    StoreFixture desk;
    const NewRecord record = desk.record(u"a"_s, u"p"_s);
    REQUIRE(desk.store->commit(record));

    const auto again = desk.store->commit(record);

    CHECK(codeOf(again) == ErrorCode::StoreFailed);
    CHECK(desk.store->listQueue()->size() == 1);
}

TEST_CASE("The same card and person again is accepted and says so", "[storage]")
{
    StoreFixture desk;
    REQUIRE(desk.store->commit(desk.record(u"a"_s, u"p"_s)));

    const auto again = desk.store->commit(desk.record(u"a"_s, u"p"_s));

    REQUIRE(again);
    CHECK(again->alreadyLinkedHere);
    CHECK(again->slip == 2);
}

TEST_CASE("A card linked to somebody else here is refused", "[storage]")
{
    StoreFixture desk;
    REQUIRE(desk.store->commit(desk.record(u"a"_s, u"p"_s)));

    CHECK(codeOf(desk.store->commit(desk.record(u"a"_s, u"q"_s))) == ErrorCode::CardLinkedToOther);
    CHECK(codeOf(desk.store->commit(desk.phone(u"a"_s, u"q"_s))) == ErrorCode::CardLinkedToOther);
}

TEST_CASE("A person has one physical card and one phone card", "[storage]")
{
    StoreFixture desk;
    REQUIRE(desk.store->commit(desk.record(u"a"_s, u"p"_s)));
    REQUIRE(desk.store->commit(desk.phone(u"b"_s, u"p"_s)));

    CHECK(codeOf(desk.store->commit(desk.record(u"c"_s, u"p"_s))) ==
          ErrorCode::PersonHasPhysicalCard);
    CHECK(codeOf(desk.store->commit(desk.phone(u"d"_s, u"p"_s))) == ErrorCode::PersonHasPhoneCard);
}

TEST_CASE("The quotas are those of the rules, not of the program", "[storage]")
{
    StoreFixture desk;
    const int physical = GENERATE(0, 1, 2, 4);

    int stored = 0;
    for (int i = 0; i < 6; ++i) {
        NewRecord record = desk.record(u"card %1"_s.arg(i), u"p"_s);
        record.quotas.physicalPerPerson = physical;
        stored += desk.store->commit(record).has_value();
    }

    CHECK(stored == physical);
}

TEST_CASE("An agent links five cards and no sixth", "[storage]")
{
    StoreFixture desk;
    for (int i = 0; i < 5; ++i)
        REQUIRE(desk.store->commit(desk.record(u"c%1"_s.arg(i), u"p%1"_s.arg(i), u"agent"_s)));

    const auto sixth = desk.store->commit(desk.record(u"c6"_s, u"p6"_s, u"agent"_s));
    const auto sameAgain = desk.store->commit(desk.record(u"c1"_s, u"p1"_s, u"agent"_s));

    CHECK(codeOf(sixth) == ErrorCode::AgentLimitReached);
    CHECK(sixth.error().args == QStringList{u"5"_s});
    CHECK(sameAgain);
}

TEST_CASE("Nobody is the agent of himself", "[storage]")
{
    StoreFixture desk;

    CHECK(codeOf(desk.store->commit(desk.record(u"a"_s, u"p"_s, u"p"_s))) ==
          ErrorCode::AgentIsHolder);
}

TEST_CASE("What the desk knows about a card and a person", "[storage]")
{
    StoreFixture desk;
    REQUIRE(desk.store->commit(desk.record(u"a"_s, u"p"_s)));
    REQUIRE(desk.store->commit(desk.phone(u"b"_s, u"p"_s)));
    REQUIRE(desk.store->commit(desk.record(u"c"_s, u"q"_s, u"p"_s)));
    const auto known = [&](const QString &card, const QString &person) {
        return desk.store->knowledge(StoreFixture::key(card), StoreFixture::key(person)).value();
    };

    const Knowledge own = known(u"a"_s, u"p"_s);
    CHECK(own.linkedToPerson);
    CHECK_FALSE(own.linkedToOther);
    CHECK(own.physicalCards == 0);
    CHECK(own.phoneCards == 1);
    CHECK(own.cardsAsAgent == 1);
    const Knowledge others = known(u"c"_s, u"p"_s);
    CHECK(others.linkedToOther);
    CHECK_FALSE(others.linkedToPerson);
    CHECK(others.physicalCards == 1);
    const Knowledge nothing = known(u"x"_s, u"y"_s);
    CHECK_FALSE(nothing.linkedToOther);
    CHECK(nothing.physicalCards + nothing.phoneCards + nothing.cardsAsAgent == 0);
}

TEST_CASE("Many records in one transaction are stored or refused one by one", "[storage]")
{
    StoreFixture desk;
    const std::vector records{desk.record(u"a"_s, u"p"_s), desk.record(u"a"_s, u"q"_s),
                              desk.record(u"b"_s, u"q"_s)};

    const auto done = desk.store->commitAll(records);

    REQUIRE(done);
    REQUIRE(done->size() == 3);
    CHECK((*done)[0]->slip == 1);
    CHECK(codeOf((*done)[1]) == ErrorCode::CardLinkedToOther);
    CHECK((*done)[2]->slip == 2);
}

TEST_CASE("Random links keep the rules, the slips and the chain", "[storage]")
{
    StoreFixture desk;
    QRandomGenerator random(20220528);
    QHash<QString, QString> holder;
    QHash<QString, QSet<QString>> physical;
    qint64 slips = 0;

    for (int i = 0; i < 400; ++i) {
        const QString card = u"c%1"_s.arg(random.bounded(60));
        const QString person = u"p%1"_s.arg(random.bounded(40));
        const auto done = desk.store->commit(desk.record(card, person));

        const bool linkedToOther = holder.contains(card) && holder[card] != person;
        const bool hasAnother = !physical[person].contains(card) && !physical[person].isEmpty();
        CHECK(done.has_value() == (!linkedToOther && !hasAnother));
        if (done) {
            holder[card] = person;
            physical[person] << card;
            CHECK(done->slip == ++slips);
        }
    }
    CHECK(desk.store->verify()->ok());
    CHECK(desk.store->listQueue()->size() == slips);
}
