#include "support/catch.h"

#include "e2e/rundeskctl.h"
#include "sync/cityhub.h"

using namespace upgradedesk;
using namespace upgradedesk::test;

TEST_CASE("A run until the queue is empty ends where all that is left waits behind a record put"
          " aside, and names it",
          "[e2e]")
{
    FakeHub hub;
    QByteArray poison;
    hub.answer = [&](const FakeHub::Request &request) {
        return !poison.isEmpty() && request.body.contains(poison)
                   ? hub.problem(400, u"bad-request"_s)
                   : hub.usual(request);
    };
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    desk.fill(2);
    poison = desk.store->listQueue()->at(1).record.toLatin1();
    storage::NewRecord unlink;
    unlink.id = newRecordId(desk.machine);
    unlink.kind = u"unlink"_s;
    unlink.operatorId = u"9001"_s;
    unlink.medium = u"physical"_s;
    unlink.sealed = "sealed";
    unlink.endedCardKey = StoreFixture::key(u"card 2"_s);
    unlink.personKey = StoreFixture::key(u"person 2"_s);
    unlink.at = desk.machine.now();
    REQUIRE(desk.store->commit(unlink));

    const Run held = runDeskctl(desk, {u"sync"_s, u"--until-empty"_s});

    CHECK(held.exit == 1);
    CHECK(held.line().value(u"accepted"_s).toInt() == 1);
    CHECK(held.line().value(u"left"_s).toInt() == 1);
    INFO(held.err.toStdString());
    CHECK(held.err.count('\n') == 1);
    CHECK(held.err.contains("slip 2"));
    CHECK(held.err.contains("deskctl queue retry 2"));
    poison.clear();
    REQUIRE(runDeskctl(desk, {u"queue"_s, u"retry"_s, u"2"_s}).exit == 0);
    const Run mended = runDeskctl(desk, {u"sync"_s, u"--until-empty"_s});
    CHECK(mended.exit == 0);
    CHECK(mended.err.isEmpty());
    CHECK(hub.inOrder.size() == 3);
    CHECK(hub.inOrder.last() == unlink.id);
}

TEST_CASE("A sync that has brought everything is done, also while the hub makes its card states",
          "[e2e]")
{
    CityHub city;
    QString word = u"snapshot-busy"_s;
    const auto usual = city.hub.answer;
    city.hub.answer = [&](const FakeHub::Request &request) {
        return request.path.startsWith("/v1/snapshot") ? city.hub.problem(503, word)
                                                       : usual(request);
    };
    REQUIRE(city.hub.listen());
    EnrolledDesk desk(city.hub);
    desk.fill(3);

    for (const QString &how : {u"--once"_s, u"--until-empty"_s}) {
        const Run done = runDeskctl(desk, {u"sync"_s, how});
        INFO(done.err.toStdString());
        CHECK(done.exit == 0);
        CHECK(done.err.count('\n') == 1);
        CHECK(done.err.contains("the next sync asks again"));
        CHECK(done.line().value(u"left"_s).toInt(-1) == 0);
    }
    CHECK(city.hub.records.size() == 3);
    // What else keeps the states away is told.
    word = u"database-failed"_s;
    CHECK(runDeskctl(desk, {u"sync"_s, u"--once"_s}).exit == 4);
}
