#include "support/catch.h"

#include "storage/storefixture.h"

#include <QRandomGenerator>

#include <thread>

using namespace upgradedesk;
using namespace upgradedesk::storage;
using namespace upgradedesk::test;
using namespace std::chrono_literals;

namespace
{

QString linked(StoreFixture &desk, const NewRecord &record)
{
    const auto done = desk.store->commit(record);
    REQUIRE(done);
    return done->record;
}

std::optional<Undoable> undoable(StoreFixture &desk, const QString &operatorId = u"9001"_s)
{
    return desk.store->undoable(operatorId, 5min, desk.clock).value();
}

} // namespace

TEST_CASE("A revoke has its own slip, journal entry and count and frees card and person",
          "[storage]")
{
    StoreFixture desk;
    const QString link = linked(desk, desk.record(u"a"_s, u"p"_s));
    REQUIRE(codeOf(desk.store->commit(desk.record(u"a"_s, u"q"_s))) ==
            ErrorCode::CardLinkedToOther);

    const auto revoked = desk.store->commit(desk.revoke(link));

    REQUIRE(revoked);
    CHECK(revoked->slip == 2);
    CHECK_FALSE(revoked->restores);
    CHECK(revoked->record != link);
    const QList<QueueRow> rows = desk.store->listQueue().value();
    REQUIRE(rows.size() == 2);
    CHECK_FALSE(rows[0].active);
    CHECK(rows[1].kind == u"revoke"_s);
    CHECK(rows[1].maskedNumber == rows[0].maskedNumber);
    CHECK(desk.store->recent(6)->size() == 1);
    CHECK(desk.store->queueStatus(desk.clock.now())->queued == 2);
    const auto figures = desk.store->shiftFigures(u"9001"_s, beijingDate(desk.clock.now())).value();
    REQUIRE(figures.size() == 2);
    CHECK(figures[0].kind == u"link"_s);
    CHECK(figures[0].count == 1);
    CHECK(figures[0].undone == 1);
    CHECK(figures[1].kind == u"revoke"_s);
    CHECK(figures[1].count == 1);
    CHECK(desk.store->verify()->ok());
    CHECK(desk.store->commit(desk.record(u"a"_s, u"q"_s)));
    CHECK(desk.store->commit(desk.record(u"b"_s, u"p"_s)));
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("Revoking a revoke restores, and that can be revoked again", "[storage]")
{
    StoreFixture desk;
    QString last = linked(desk, desk.record(u"a"_s, u"p"_s));
    const QString link = last;
    const auto isLinked = [&] {
        return desk.store->knowledge(StoreFixture::key(u"a"_s), StoreFixture::key(u"p"_s))
            ->linkedToPerson;
    };

    for (int times = 1; times <= 5; ++times) {
        const auto done = desk.store->commit(desk.revoke(last));
        REQUIRE(done);
        last = done->record;
        const bool counts = times % 2 == 0;
        CHECK(done->restores == counts);
        CHECK(isLinked() == counts);
        const QDate today = beijingDate(desk.clock.now());
        CHECK(desk.store->shiftFigures(u"9001"_s, today)->first().undone == (counts ? 0 : 1));
        CHECK(desk.store->listQueue()->first().active == counts);
        const auto offer = undoable(desk);
        REQUIRE(offer);
        CHECK(offer->record == last);
        CHECK(offer->passengerRecord == link);
        CHECK(offer->revoked == !counts);
        CHECK(desk.store->verify()->ok());
    }
}

TEST_CASE("A revoke is refused with the word of its reason and leaves nothing behind", "[storage]")
{
    StoreFixture desk;
    const QString first = linked(desk, desk.record(u"a"_s, u"p"_s));
    const QString second = linked(desk, desk.record(u"b"_s, u"q"_s));
    NewRecord others = desk.record(u"c"_s, u"r"_s);
    others.operatorId = u"9002"_s;
    const QString foreign = linked(desk, others);

    CHECK(codeOf(desk.store->commit(desk.revoke(newRecordId(desk.clock)))) ==
          ErrorCode::RecordNotFound);
    CHECK(codeOf(desk.store->commit(desk.revoke(foreign))) == ErrorCode::NotOwnRecord);
    CHECK(codeOf(desk.store->commit(desk.revoke(first))) == ErrorCode::Superseded);
    desk.clock.boot += 5min + 1ms;
    const auto late = desk.store->commit(desk.revoke(second));
    CHECK(codeOf(late) == ErrorCode::UndoWindowPassed);
    CHECK(late.error().args == QStringList{u"5"_s});

    const auto queue = desk.store->listQueue();
    REQUIRE(queue);
    CHECK(queue->size() == 3);
    for (const QueueRow &row : *queue)
        CHECK(row.active);
    const QString next = linked(desk, desk.record(u"d"_s, u"s"_s));
    CHECK(desk.store->listQueue()->last().record == next);
    CHECK(desk.store->listQueue()->last().slip == 4);
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("Another operator's record in between does not hide the own last one", "[storage]")
{
    StoreFixture desk;
    const QString own = linked(desk, desk.record(u"a"_s, u"p"_s));
    NewRecord others = desk.record(u"c"_s, u"r"_s);
    others.operatorId = u"9002"_s;
    linked(desk, others);

    CHECK(undoable(desk)->record == own);
    CHECK(desk.store->commit(desk.revoke(own)));
}

TEST_CASE("The window is counted since boot: no change of the wall clock moves it", "[storage]")
{
    const auto [wall, boot, word, allowed] =
        GENERATE(table<std::chrono::seconds, std::chrono::milliseconds, QString, bool>({
            {0s, 0ms, u"boot 1"_s, true},
            {300s, 300s, u"boot 1"_s, true},
            {300s, 300001ms, u"boot 1"_s, false},
            {-86400s, 300001ms, u"boot 1"_s, false}, // the clock was set back
            {86400s, 60s, u"boot 1"_s, true},        // and forward
            {10s, 10s, u"boot 2"_s, false},          // restarted
            {10s, 10s, u""_s, false},
            {10s, -1000s, u"boot 1"_s, false},
        }));
    StoreFixture desk;
    const QString link = linked(desk, desk.record(u"a"_s, u"p"_s));
    desk.clock.wall = desk.clock.wall.addSecs(wall.count());
    desk.clock.boot += boot;
    desk.clock.bootWord = word;

    const auto done = desk.store->commit(desk.revoke(link));

    CHECK(done.has_value() == allowed);
    if (!allowed)
        CHECK(codeOf(done) == ErrorCode::UndoWindowPassed);
}

TEST_CASE("What may be taken back is told with the time that is left", "[storage]")
{
    StoreFixture desk;
    CHECK_FALSE(undoable(desk));
    const QString link = linked(desk, desk.record(u"a"_s, u"p"_s));

    desk.clock.boot += 100s;
    const auto offer = undoable(desk);
    REQUIRE(offer);
    CHECK(offer->record == link);
    CHECK(offer->left == 200s);
    CHECK(offer->maskedNumber.endsWith(u"0000"_s));
    CHECK_FALSE(undoable(desk, u"9002"_s));
    desk.clock.boot += 200s;
    CHECK_FALSE(undoable(desk));
    CHECK_FALSE(desk.store->undoable(u"9001"_s, 0ms, desk.clock).value());
}

TEST_CASE("The same revoke asked for again is answered as the first time", "[storage]")
{
    StoreFixture desk;
    const QString link = linked(desk, desk.record(u"a"_s, u"p"_s));
    const auto first = desk.store->commit(desk.revoke(link));
    REQUIRE(first);

    desk.clock.boot += 10min; // a retry may come late
    const auto again = desk.store->commit(desk.revoke(link));

    REQUIRE(again);
    CHECK(again->record == first->record);
    CHECK(again->slip == first->slip);
    CHECK(desk.store->listQueue()->size() == 2);
}

TEST_CASE("A link is not restored into places others have taken meanwhile", "[storage]")
{
    const auto [takenCard, takenPerson, word] = GENERATE(table<QString, QString, ErrorCode>({
        {u"a"_s, u"q"_s, ErrorCode::CardLinkedToOther},
        {u"b"_s, u"p"_s, ErrorCode::PersonHasPhysicalCard},
    }));
    StoreFixture desk;
    const QString link = linked(desk, desk.record(u"a"_s, u"p"_s));
    const QString revoke = linked(desk, desk.revoke(link));
    NewRecord taker = desk.record(takenCard, takenPerson);
    taker.operatorId = u"9002"_s;
    const QString taken = linked(desk, taker);

    CHECK(codeOf(desk.store->commit(desk.revoke(revoke))) == word);
    CHECK_FALSE(desk.store->listQueue()->first().active);

    NewRecord gone = desk.revoke(taken);
    gone.operatorId = u"9002"_s;
    linked(desk, gone);
    const auto restored = desk.store->commit(desk.revoke(revoke));
    REQUIRE(restored);
    CHECK(restored->restores);
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("A phone link and an agent's link find their places checked when restored", "[storage]")
{
    StoreFixture desk;
    const QString phone = linked(desk, desk.phone(u"a"_s, u"p"_s));
    const QString phoneRevoke = linked(desk, desk.revoke(phone));
    NewRecord other = desk.phone(u"b"_s, u"p"_s);
    other.operatorId = u"9002"_s;
    linked(desk, other);
    CHECK(codeOf(desk.store->commit(desk.revoke(phoneRevoke))) == ErrorCode::PersonHasPhoneCard);

    const QString behalf = linked(desk, desk.record(u"c0"_s, u"h0"_s, u"agent"_s));
    const QString behalfRevoke = linked(desk, desk.revoke(behalf));
    for (int i = 1; i <= 5; ++i) {
        NewRecord more = desk.record(u"c%1"_s.arg(i), u"h%1"_s.arg(i), u"agent"_s);
        more.operatorId = u"9002"_s;
        linked(desk, more);
    }
    CHECK(codeOf(desk.store->commit(desk.revoke(behalfRevoke))) == ErrorCode::AgentLimitReached);
}

TEST_CASE("Of many programs that revoke one record at once, one row is stored", "[storage]")
{
    StoreFixture desk;
    const QString link = linked(desk, desk.record(u"a"_s, u"p"_s));
    constexpr int programs = 4;
    std::vector<QString> answers(programs);
    std::vector<std::thread> threads;

    for (int i = 0; i < programs; ++i) {
        threads.emplace_back([&, i] {
            auto store = desk.open().value();
            const auto done = store.commit(desk.revoke(link));
            if (done)
                answers[size_t(i)] = done->record;
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    for (const QString &answer : answers)
        CHECK(answer == answers.front());
    CHECK_FALSE(answers.front().isEmpty());
    CHECK(desk.store->listQueue()->size() == 2);
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("Any change of what a revoke stored is found", "[storage]")
{
    const char *sql = GENERATE(
        "UPDATE outbox SET revokes = (SELECT record FROM outbox WHERE slip = 2) WHERE slip = 3",
        "UPDATE outbox SET revokes = NULL WHERE slip = 3",
        "UPDATE outbox SET boot_ticks = boot_ticks + 600000 WHERE slip = 1",
        "UPDATE outbox SET boot = 'boot 2' WHERE slip = 1",
        "UPDATE outbox SET boot = '' WHERE slip = 1", "UPDATE outbox SET active = 1 WHERE slip = 1",
        "UPDATE outbox SET active = 0 WHERE slip = 2",
        "UPDATE outbox SET active = 0 WHERE slip = 3", "DELETE FROM outbox WHERE slip = 3",
        "UPDATE outbox SET active = 1 - active WHERE slip IN (1, 3)");
    StoreFixture desk;
    const QString link = linked(desk, desk.record(u"a"_s, u"p"_s));
    NewRecord others = desk.record(u"b"_s, u"q"_s);
    others.operatorId = u"9002"_s;
    linked(desk, others);
    linked(desk, desk.revoke(link));
    REQUIRE(desk.store->verify()->ok());
    INFO(sql);

    desk.tamper(sql);

    CHECK_FALSE(desk.store->verify()->ok());
}

TEST_CASE("Random links, revokes and restores agree with a model of them", "[storage]")
{
    StoreFixture desk;
    QRandomGenerator random(20220602);
    QHash<QString, QString> holderOf; // card to person, of links that count
    struct Step {
        QString record, card, person;
        bool counts = true;
    };
    std::optional<Step> last;
    int revokes = 0;

    for (int i = 0; i < 300; ++i) {
        if (last && random.bounded(3) > 0) {
            const bool restores = !last->counts;
            const QString cardOfPerson = holderOf.key(last->person);
            const bool free = !holderOf.contains(last->card) && cardOfPerson.isEmpty();
            const auto done = desk.store->commit(desk.revoke(last->record));
            REQUIRE(done.has_value() == (!restores || free));
            if (!done)
                continue;
            ++revokes;
            last->record = done->record;
            last->counts = restores;
            if (restores)
                holderOf.insert(last->card, last->person);
            else
                holderOf.remove(last->card);
            continue;
        }
        const QString card = u"c%1"_s.arg(random.bounded(8));
        const QString person = u"p%1"_s.arg(random.bounded(8));
        if (holderOf.value(card) == person)
            continue; // merged by the hub; here a second row would keep the place
        const auto done = desk.store->commit(desk.record(card, person));
        const bool free = !holderOf.contains(card) && holderOf.key(person).isEmpty();
        REQUIRE(done.has_value() == free);
        if (done) {
            holderOf.insert(card, person);
            last = Step{done->record, card, person, true};
        }
    }

    CHECK(revokes > 50);
    CHECK(desk.store->verify()->ok());
}
