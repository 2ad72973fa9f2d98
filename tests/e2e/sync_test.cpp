#include "e2e/faultyproxy.h"
#include "e2e/syncdesk.h"

#include <QTest>
#include <QElapsedTimer>

// deskctl, upgradehub and PostgreSQL as in service. What breaks between them is in
// syncfaults_test.cpp.

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

const QString epochOf = u"SELECT value FROM setting WHERE name = 'epoch'"_s;

} // namespace

TEST_CASE("A thousand offline links reach the hub, each once", "[e2e][sync]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const SyncDesk desk(hub, hub.port);
    REQUIRE(hub.stop() == 0);
    desk.link(0, 1000);
    CHECK(desk.inState(u"queued"_s) == 1000);
    const Run away = desk.work({u"sync"_s, u"--once"_s});
    CHECK(away.exit == 4);
    CHECK(away.err.count('\n') == 1);
    REQUIRE(hub.serve());

    desk.drain();

    checkHub(hub, 1000);
    CHECK(desk.inState(u"accepted"_s) == 1000);
    desk.checkSound();
    // Once more: nothing is left to do.
    const Run again = desk.work({u"sync"_s, u"--once"_s});
    CHECK(again.exit == 0);
    CHECK(again.line().value(u"sent"_s).toInt(-1) == 0);
}

TEST_CASE("After a restore from an older backup the desks send again what they hold", "[e2e][sync]")
{
    const bool stillRunning = GENERATE(false, true);
    const int each = stillRunning ? 30 : 250; // accepted after the backup, of each desk
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const SyncDesk one(hub, hub.port);
    const SyncDesk two(hub, hub.port);
    one.link(0, 20);
    two.link(20, 20);
    one.drain();
    two.drain();
    const QString backup = hub.folder.filePath(u"backup"_s);
    REQUIRE(hub.run({u"backup"_s, backup}).exit == 0);
    one.link(100, each);
    two.link(400, each);
    one.drain();
    two.drain();
    checkHub(hub, 40 + 2 * each);
    const QByteArray epoch = psql(hub.database.name(), epochOf);

    if (stillRunning) {
        // Its database went away under it and came back as it was; it has not looked since.
        (void)psql(u"postgres"_s, u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                  " WHERE datname = '%1'"_s.arg(hub.database.name()));
    } else {
        REQUIRE(hub.stop() == 0);
    }
    const auto restored = hub.run({u"restore"_s, backup});
    INFO(restored.err.toStdString());
    REQUIRE(restored.exit == 0);
    CHECK(psql(hub.database.name(), epochOf) != epoch);
    CHECK(countOf(hub, u"SELECT count(*) FROM records"_s) == 40);
    if (!stillRunning) {
        REQUIRE(hub.serve());
        // One run learns of it and sends all, whatever it was asked to wait for.
        const QJsonObject once = one.work({u"sync"_s, u"--once"_s}).line();
        CHECK(once.value(u"sent"_s) == 20 + each);
        CHECK(once.value(u"accepted"_s) == 20 + each);
        CHECK(once.value(u"left"_s) == 0);
    }
    // They have nothing new to say: the first contact alone tells them. A hub that stayed up looks
    // at its epoch every two seconds.
    const auto allThere = [&] {
        one.drain();
        two.drain();
        return countOf(hub, u"SELECT count(*) FROM records"_s) == 40 + 2 * each;
    };
    if (stillRunning)
        CHECK(QTest::qWaitFor(allThere, 20'000));
    else
        CHECK(allThere());

    checkHub(hub, 40 + 2 * each);
    for (const SyncDesk *desk : {&one, &two}) {
        CHECK(desk->inState(u"accepted"_s) == 20 + each);
        desk->checkSound();
    }
    CHECK(hub.run({u"audit"_s, u"verify"_s}).exit == 0);
}

TEST_CASE("A run until the queue is empty ends at a hub that refuses the desk", "[e2e][sync]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const SyncDesk one(hub, hub.port);
    const SyncDesk two(hub, hub.port);
    one.link(0, 1);
    one.drain();
    two.linkCrossed(0, 2); // the first card is linked to another, the first person has a card
    two.drain();
    REQUIRE(two.inState(u"attention"_s) == 2);

    // What the hub has decided is not sent again for nothing.
    const QString refused = two.told().key(u"card-linked-to-other"_s);
    const Run again = two.run({u"queue"_s, u"retry"_s, refused});
    CHECK(again.exit == 1);
    CHECK(again.err.contains("card-linked-to-other"));
    CHECK(two.inState(u"attention"_s) == 2);

    REQUIRE(hub.run({u"desk"_s, u"revoke"_s, two.id}).exit == 0);
    two.link(10, 1);
    const Run ended = two.work({u"sync"_s, u"--until-empty"_s});
    CHECK(ended.exit == 4);
    CHECK(ended.err.count('\n') == 1);
    CHECK(two.inState(u"queued"_s) == 1);
}

TEST_CASE("Records carried by hand, then sent online too, are there once each", "[e2e][sync]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const SyncDesk desk(hub, hub.port);
    desk.link(0, 60);
    const QString records = desk.folder.filePath(u"records"_s);
    const QString receipts = desk.folder.filePath(u"receipts"_s);
    REQUIRE(desk.run({u"queue"_s, u"export"_s, records}).exit == 0);
    REQUIRE(hub.run({u"records"_s, u"import"_s, records, u"--receipts"_s, receipts}).exit == 0);
    checkHub(hub, 60);
    SECTION("the receipts come back first")
    {
        const Run taken = desk.run({u"queue"_s, u"receipts"_s, receipts});
        INFO(taken.err.toStdString());
        REQUIRE(taken.exit == 0);
        CHECK(taken.line().value(u"settled"_s).toInt() == 60);
        CHECK(desk.inState(u"accepted"_s) == 60);
    }
    SECTION("the network comes back first")
    {
        desk.drain();
        CHECK(desk.run({u"queue"_s, u"receipts"_s, receipts}).exit == 0);
    }
    desk.link(60, 5);
    desk.drain();
    REQUIRE(hub.run({u"records"_s, u"import"_s, records, u"--receipts"_s, receipts + u'2'}).exit ==
            0);

    checkHub(hub, 65);
    CHECK(desk.inState(u"accepted"_s) == 65);
    desk.checkSound();
}

TEST_CASE("Causes have their sentences and exit codes", "[e2e][sync]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const SyncDesk desk(hub, hub.port);
    desk.link(0, 3);

    HubProcess stranger;
    FaultyProxy elsewhere({stranger.port});
    REQUIRE(stranger.serve());
    const QString file = desk.data + u"/provisioning.json"_s;
    const auto pointTo = [&file](const QString &url) {
        QFile provisioning(file);
        REQUIRE(provisioning.open(QIODevice::ReadWrite));
        QJsonObject object = QJsonDocument::fromJson(provisioning.readAll()).object();
        object.insert(u"hubUrl"_s, url);
        provisioning.resize(0);
        provisioning.seek(0);
        provisioning.write(QJsonDocument(object).toJson());
    };
    // What the doctor finds of the hub.
    const auto examined = [&desk] {
        for (const QByteArray &line : desk.work({u"doctor"_s}).out.split('\n')) {
            const QJsonObject check = QJsonDocument::fromJson(line).object();
            if (check.value(u"check"_s).toString() == u"hub")
                return check;
        }
        return QJsonObject();
    };
    const auto sentence = [&desk, &examined](bool goesOn) {
        const Run run = desk.work({u"sync"_s, u"--once"_s});
        CHECK(run.exit == 4);
        CHECK(run.out.isEmpty());
        const QString said = QString::fromUtf8(run.err);
        const QJsonObject check = examined();
        CHECK_FALSE(check.value(u"ok"_s).toBool(true));
        CHECK(said.trimmed() == check.value(u"detail"_s).toString());
        const QString fix = check.value(u"fix"_s).toString();
        CHECK(fix.startsWith(goesOn ? u"work as usual"_s : u"stop work,"_s));
        return said;
    };
    CHECK(examined().value(u"ok"_s).toBool());
    pointTo(u"https://no-such-hub.invalid:1"_s);
    CHECK(sentence(true).startsWith(u"This machine has no network"_s));
    pointTo(u"https://127.0.0.1:1"_s);
    CHECK(sentence(true).startsWith(u"The network works, but the hub does not answer"_s));
    pointTo(u"https://127.0.0.1:%1"_s.arg(stranger.port));
    CHECK(sentence(true).startsWith(u"What answers is not the hub of this city"_s));
    pointTo(u"https://127.0.0.1:%1"_s.arg(hub.port));
    REQUIRE(hub.run({u"desk"_s, u"revoke"_s, desk.id}).exit == 0);
    CHECK(sentence(false).startsWith(u"The hub does not accept this desk"_s));
    CHECK(desk.inState(u"queued"_s) == 3);
}
