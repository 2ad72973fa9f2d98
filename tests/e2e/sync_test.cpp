#include "support/catch.h"

#include "e2e/faultyproxy.h"
#include "e2e/storedesk.h"
#include "support/hubprocess.h"

#include <QElapsedTimer>
#include <QTest>

// deskctl, upgradehub and PostgreSQL as in service, and what goes wrong between them. A long run by
// hand: UPGRADEDESK_E2E_HUBKILLS=200.

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// These tests restart PostgreSQL: never the cluster that others share.
const bool ownCluster = qunsetenv("UPGRADEDESK_TEST_CLUSTER");

int cycles()
{
    const int asked = qEnvironmentVariableIntValue("UPGRADEDESK_E2E_HUBKILLS");
    return asked > 0 ? asked : 4;
}

void addOperator(const HubProcess &hub)
{
    REQUIRE(hub.run({u"operator"_s, u"add"_s, u"9001"_s, u"--name"_s, u"测试员甲"_s, u"--role"_s,
                     u"staff"_s, u"--station"_s, u"station-1"_s},
                    "135790\n")
                .exit == 0);
}

/// A desk of its own folder, enrolled through deskctl.
class SyncDesk : public StoreDesk
{
public:
    SyncDesk(const HubProcess &hub, int port)
    {
        const auto invited = hub.run(
            {u"desk"_s, u"invite"_s, u"--station"_s, u"station-1"_s, u"--name"_s, u"1 号服务台"_s});
        REQUIRE(invited.exit == 0);
        const Run enrolled = work({u"enrol"_s, u"--hub"_s, u"https://127.0.0.1:%1"_s.arg(port),
                                   u"--code"_s, invited.json().value(u"code"_s).toString()});
        INFO(enrolled.err.toStdString());
        REQUIRE(enrolled.exit == 0);
        REQUIRE_FALSE(enrolled.line().value(u"desk"_s).toString().isEmpty());
    }

    /// deskctl while the event loop of this thread goes on: proxies live in it.
    [[nodiscard]] Run work(const QStringList &arguments, const QByteArray &input = {}) const
    {
        QProcess process;
        start(process, arguments, input);
        REQUIRE(finish(process));
        return {process.exitCode(), process.readAllStandardOutput(),
                process.readAllStandardError()};
    }
    void start(QProcess &process, const QStringList &arguments, const QByteArray &input = {}) const
    {
        process.start(program(), QStringList{u"--practice"_s} + command(arguments));
        process.write(input);
        process.closeWriteChannel();
    }
    [[nodiscard]] static bool finish(QProcess &process)
    {
        return QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; },
                               240'000);
    }
    void link(int first, int count) const
    {
        const Run run = bulk(bulkFile(first, count));
        INFO(run.err.toStdString());
        REQUIRE(run.exit == 0);
    }
    void drain() const
    {
        const Run run = work({u"sync"_s, u"--until-empty"_s});
        INFO(run.err.toStdString());
        REQUIRE(run.exit == 0);
        CHECK(run.line().value(u"left"_s).toInt(-1) == 0);
    }
    [[nodiscard]] int inState(const QString &state) const
    {
        return run({u"queue"_s, u"status"_s}).line().value(state).toInt(-1);
    }
    void checkSound() const
    {
        const Run audit = run({u"audit"_s, u"verify"_s});
        CHECK(audit.exit == 0);
    }
};

int countOf(const HubProcess &hub, const QString &sql)
{
    return psql(hub.database.name(), sql).toInt();
}

/// Each record once, each card linked to one person, each person with one card.
void checkHub(const HubProcess &hub, int links)
{
    CHECK(countOf(hub, u"SELECT count(*) FROM records WHERE reason IS NULL"_s) == links);
    CHECK(countOf(hub, u"SELECT count(*) FROM envelope"_s) == links);
    CHECK(countOf(hub, u"SELECT count(DISTINCT sha256) FROM envelope"_s) == links);
    CHECK(countOf(hub, u"SELECT count(*) FROM card WHERE state = 'linked'"_s) == links);
    CHECK(countOf(hub, u"SELECT count(DISTINCT person) FROM card"_s) == links);
    CHECK(countOf(hub, u"SELECT count(*) FROM holding"_s) == links);
}

bool postgres(const QString &action)
{
    QProcess process;
    process.start(
        u"/bin/bash"_s,
        {u"-c"_s, u"bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1);"
                  "if [ $(id -u) -eq 0 ]; then as='runuser -u postgres --'; fi;"
                  "$as $bin/pg_ctl -D %1/data -l %1/log -m immediate -w %2 >/dev/null"_s.arg(
                      Cluster::get().folder(), action)});
    return process.waitForFinished(120'000) && process.exitCode() == 0;
}

} // namespace

TEST_CASE("A thousand offline links reach the hub, each once", "[e2e][sync]")
{
    HubProcess hub;
    addOperator(hub);
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

TEST_CASE("Connections cut mid-body and answers dropped after the commit lose and double nothing",
          "[e2e][sync]")
{
    HubProcess hub;
    addOperator(hub);
    REQUIRE(hub.serve());
    FaultyProxy proxy({hub.port});
    const SyncDesk desk(hub, proxy.port());
    constexpr int each = 40;
    using enum FaultyProxy::Fault;
    for (int i = 0; i < cycles(); ++i) {
        desk.link(i * each, each);
        // The first connection only looks; the second brings the batch.
        proxy.faults = {None, i % 2 == 0 ? CutMidBody : DropAnswer};
        desk.drain();
    }

    CHECK(proxy.cut == cycles());
    checkHub(hub, cycles() * each);
    CHECK(desk.inState(u"accepted"_s) == cycles() * each);
    desk.checkSound();
    WARN(proxy.cut << " connections were spoilt");
}

TEST_CASE("A hub killed -9 again and again loses and doubles nothing", "[e2e][sync]")
{
    HubProcess hub;
    addOperator(hub);
    REQUIRE(hub.serve());
    const SyncDesk desk(hub, hub.port);
    constexpr int each = 30;
    int killedWhileBusy = 0;
    for (int i = 0; i < cycles(); ++i) {
        desk.link(i * each, each);
        QProcess sync;
        desk.start(sync, {u"sync"_s, u"--until-empty"_s});
        QTest::qWait(QRandomGenerator::global()->bounded(50, 500));
        killedWhileBusy += sync.state() == QProcess::Running ? 1 : 0;
        hub.kill();
        REQUIRE(hub.serve());
        REQUIRE(SyncDesk::finish(sync));
        CHECK(sync.exitCode() == 0);
    }
    desk.drain();

    checkHub(hub, cycles() * each);
    CHECK(desk.inState(u"accepted"_s) == cycles() * each);
    desk.checkSound();
    CHECK(killedWhileBusy > 0);
    WARN(cycles() << " kills, " << killedWhileBusy << " of them during a sync");
}

TEST_CASE("An uploader killed -9 again and again loses and doubles nothing", "[e2e][sync]")
{
    HubProcess hub;
    addOperator(hub);
    REQUIRE(hub.serve());
    const SyncDesk desk(hub, hub.port);
    constexpr int each = 30;
    int killed = 0;
    for (int i = 0; i < cycles(); ++i) {
        desk.link(i * each, each);
        QProcess sync;
        desk.start(sync, {u"sync"_s, u"--until-empty"_s});
        QTest::qWait(QRandomGenerator::global()->bounded(20, 700));
        killed += sync.state() == QProcess::Running ? 1 : 0;
        sync.kill();
        REQUIRE(SyncDesk::finish(sync));
    }
    desk.drain();

    checkHub(hub, cycles() * each);
    CHECK(desk.inState(u"accepted"_s) == cycles() * each);
    desk.checkSound();
    CHECK(killed > 0);
}

TEST_CASE("PostgreSQL crashing and coming back loses and doubles nothing", "[e2e][sync]")
{
    HubProcess hub;
    addOperator(hub);
    REQUIRE(hub.serve());
    const SyncDesk desk(hub, hub.port);
    for (int i = 0; i < 2; ++i) {
        desk.link(i * 200, 200);
        QProcess sync;
        desk.start(sync, {u"sync"_s, u"--until-empty"_s});
        QTest::qWait(QRandomGenerator::global()->bounded(100, 500));
        REQUIRE(postgres(u"restart"_s));
        REQUIRE(SyncDesk::finish(sync));
        INFO(sync.readAllStandardError().toStdString());
        CHECK(sync.exitCode() == 0);
    }
    checkHub(hub, 400);
    CHECK(desk.inState(u"accepted"_s) == 400);
    desk.checkSound();
}

TEST_CASE("Two hubs behind a balancer are one hub, also when one of them dies", "[e2e][sync]")
{
    HubProcess hub;
    addOperator(hub);
    REQUIRE(hub.serve());
    HubProcess second(hub);
    REQUIRE(second.serve());
    FaultyProxy balancer({hub.port, second.port});
    const SyncDesk desk(hub, balancer.port());
    desk.link(0, 300);
    QProcess sync;
    desk.start(sync, {u"sync"_s, u"--until-empty"_s});
    QTest::qWait(250);
    second.kill();
    REQUIRE(SyncDesk::finish(sync));
    CHECK(sync.exitCode() == 0);

    checkHub(hub, 300);
    CHECK(desk.inState(u"accepted"_s) == 300);
    desk.checkSound();
}

TEST_CASE("Two desks that race for the same cards and persons have one winner each", "[e2e][sync]")
{
    HubProcess hub;
    addOperator(hub);
    REQUIRE(hub.serve());
    const SyncDesk one(hub, hub.port);
    const SyncDesk two(hub, hub.port);
    constexpr int cards = 150;
    one.link(0, cards);
    QFile crossed(two.folder.filePath(u"crossed.jsonl"_s));
    REQUIRE(crossed.open(QIODevice::WriteOnly));
    for (int i = 0; i < cards; ++i) {
        // Card i with the person of card i + 1: whoever comes first, both cannot be.
        QJsonObject entry = StoreDesk::entry(i);
        entry.insert(u"docNumber"_s, residentNumber((i + 1) % cards));
        crossed.write(StoreDesk::jsonLine(entry));
    }
    crossed.close();
    REQUIRE(two.bulk(crossed.fileName()).exit == 0);

    QProcess first;
    QProcess second;
    one.start(first, {u"sync"_s, u"--until-empty"_s});
    two.start(second, {u"sync"_s, u"--until-empty"_s});
    REQUIRE(SyncDesk::finish(first));
    REQUIRE(SyncDesk::finish(second));

    CHECK(first.exitCode() == 0);
    CHECK(second.exitCode() == 0);
    const int winners = countOf(hub, u"SELECT count(*) FROM records WHERE reason IS NULL"_s);
    CHECK(winners >= cards / 2);
    CHECK(winners <= cards);
    CHECK(countOf(hub, u"SELECT count(*) FROM records"_s) == 2 * cards);
    CHECK(countOf(hub, u"SELECT count(*) FROM records WHERE reason NOT IN"
                       " ('card-linked-to-other', 'person-has-physical-card')"_s) == 0);
    CHECK(countOf(hub, u"SELECT count(*) FROM card WHERE state = 'linked'"_s) == winners);
    CHECK(countOf(hub, u"SELECT count(DISTINCT person) FROM card"
                       " WHERE state = 'linked'"_s) == winners);
    CHECK(one.inState(u"accepted"_s) + two.inState(u"accepted"_s) == winners);
    CHECK(one.inState(u"attention"_s) + two.inState(u"attention"_s) == 2 * cards - winners);
    one.checkSound();
    two.checkSound();
    WARN(winners << " winners of " << 2 * cards);
}

TEST_CASE("After a restore from an older backup the desks send again what they hold", "[e2e][sync]")
{
    HubProcess hub;
    addOperator(hub);
    REQUIRE(hub.serve());
    const SyncDesk desk(hub, hub.port);
    desk.link(0, 100);
    desk.drain();
    REQUIRE(hub.stop() == 0);
    const QString backup = hub.folder.filePath(u"backup.sql"_s);
    REQUIRE(QProcess::execute(u"pg_dump"_s, {u"-d"_s, hub.database.connection(), u"--clean"_s,
                                             u"-f"_s, backup}) == 0);
    REQUIRE(hub.serve());
    desk.link(100, 500);
    desk.drain();
    checkHub(hub, 600);

    REQUIRE(hub.stop() == 0);
    REQUIRE(QProcess::execute(u"psql"_s, {u"-Xq"_s, u"-d"_s, hub.database.connection(), u"-o"_s,
                                          u"/dev/null"_s, u"-f"_s, backup}) == 0);
    (void)psql(hub.database.name(),
               u"UPDATE setting SET value = 'restored' WHERE name = 'epoch'"_s);
    REQUIRE(countOf(hub, u"SELECT count(*) FROM records"_s) == 100);
    REQUIRE(hub.serve());
    // The first contact tells the desk; what it then holds goes with the same run.
    desk.link(600, 1);
    desk.drain();

    checkHub(hub, 601);
    CHECK(desk.inState(u"accepted"_s) == 601);
    desk.checkSound();
}

TEST_CASE("Records carried by hand, then sent online too, are there once each", "[e2e][sync]")
{
    HubProcess hub;
    addOperator(hub);
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
    addOperator(hub);
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
    const auto sentence = [&desk] {
        const Run run = desk.work({u"sync"_s, u"--once"_s});
        CHECK(run.exit == 4);
        CHECK(run.out.isEmpty());
        return QString::fromUtf8(run.err);
    };
    pointTo(u"https://no-such-hub.invalid:1"_s);
    CHECK(sentence().startsWith(u"This machine has no network"_s));
    pointTo(u"https://127.0.0.1:1"_s);
    CHECK(sentence().startsWith(u"The network works, but the hub does not answer"_s));
    pointTo(u"https://127.0.0.1:%1"_s.arg(stranger.port));
    CHECK(sentence().startsWith(u"What answers is not the hub of this city"_s));
    pointTo(u"https://127.0.0.1:%1"_s.arg(hub.port));
    const QString id = desk.run({u"audit"_s, u"list"_s}).exit == 0
                           ? QJsonDocument::fromJson([&] {
                                 QFile provisioning(file);
                                 REQUIRE(provisioning.open(QIODevice::ReadOnly));
                                 return provisioning.readAll();
                             }())
                                 .object()
                                 .value(u"desk"_s)
                                 .toString()
                           : QString();
    REQUIRE(hub.run({u"desk"_s, u"revoke"_s, id}).exit == 0);
    CHECK(sentence().startsWith(u"The hub does not accept this desk"_s));
    CHECK(desk.inState(u"queued"_s) == 3);
}
