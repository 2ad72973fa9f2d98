#include "support/catch.h"

#include "e2e/citydesk.h"
#include "e2e/enrolleddesk.h"
#include "wire/snapshotstream.h"

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

qint64 numberOf(const HubProcess &hub, const QString &sql)
{
    return psql(hub.database.name(), sql).toLongLong();
}

int statusOf(const HubProcess &hub, const EnrolledDesk &desk)
{
    HubConnection connection(hub.port, desk.identity());
    return connection.get("/v1/rules").status;
}

QStringList rosterOf(const HubProcess &hub, const EnrolledDesk &desk)
{
    HubConnection connection(hub.port, desk.identity());
    QStringList ids;
    const auto document = wire::decodeDocument(connection.get("/v1/roster").body);
    const auto roster = wire::decodeRoster(document.value().body).value();
    for (const wire::RosterOperator &one : roster)
        ids << one.id;
    return ids;
}

wire::SnapshotHeader snapshotOf(const HubProcess &hub, const EnrolledDesk &desk)
{
    HubConnection connection(hub.port, desk.identity());
    const auto answer = connection.get("/v1/snapshot?since=0");
    return wire::SnapshotHeader::read(answer.body.left(1024)).value().value();
}

bool addAnother(const HubProcess &hub, const QString &id)
{
    return hub.run({u"operator"_s, u"add"_s, id, u"--name"_s, u"测试员乙"_s, u"--role"_s,
                    u"staff"_s, u"--station"_s, u"station-1"_s},
                   "135790\n")
               .exit == 0;
}

} // namespace

TEST_CASE("A hub that init has made counts its snapshots from the time", "[e2e][hub]")
{
    HubProcess hub;
    const auto setting = [&](const QString &name) {
        return numberOf(hub, u"SELECT value FROM setting WHERE name = '%1'"_s.arg(name));
    };

    CHECK(setting(u"snapshot-base"_s) > 1'600'000'000'000);
    CHECK(setting(u"snapshot-floor"_s) >= setting(u"snapshot-base"_s));
}

TEST_CASE("A restore undoes no revocation, no erasure and no enrolment", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(addAnother(hub, u"9002"_s));
    REQUIRE(hub.serve());
    const EnrolledDesk desk(hub);
    const EnrolledDesk stolen(hub);
    const wire::SealedRecord before = desk.desk.seal(desk.link(1, 1));
    REQUIRE(desk.send(hub, {before}).first().reason.isEmpty());
    const QString backup = hub.folder.filePath(u"backup"_s);
    REQUIRE(hub.run({u"backup"_s, backup}).exit == 0);

    const EnrolledDesk late(hub);
    const wire::SealedRecord after = desk.desk.seal(desk.link(2, 1));
    const wire::SealedRecord kept = desk.desk.seal(desk.link(3, 3));
    const auto first = desk.send(hub, {after, kept});
    REQUIRE(first.size() == 2);
    REQUIRE(addAnother(hub, u"9003"_s));
    REQUIRE(hub.run({u"operator"_s, u"disable"_s, u"9002"_s}).exit == 0);
    REQUIRE(hub.run({u"desk"_s, u"revoke"_s, stolen.desk.enrolment.desk}).exit == 0);
    REQUIRE(hub.run({u"subject"_s, u"erase"_s, u"--doc-kind"_s, u"resident"_s, u"--doc-number"_s,
                     residentNumber(1)})
                .exit == 0);
    const wire::SnapshotHeader newest = snapshotOf(hub, desk);
    REQUIRE(hub.stop() == 0);
    const auto restored = hub.run({u"restore"_s, backup});
    INFO(restored.err.toStdString());
    REQUIRE(restored.exit == 0);
    // The desk and operator 9003, the disabled one, the revoked one, the erased one.
    CHECK(restored.json().value(u"doneAgain"_s).toInt() == 5);
    CHECK(restored.json().value(u"unreadable"_s).toInt() == 0);
    REQUIRE(hub.serve());

    CHECK(statusOf(hub, late) == 200);
    CHECK(statusOf(hub, stolen) == 403);
    CHECK(rosterOf(hub, late) == QStringList{u"9001"_s, u"9003"_s});
    CHECK(numberOf(hub, u"SELECT count(*) FROM holding"_s) == 0);
    CHECK(numberOf(hub, u"SELECT count(*) FROM envelope WHERE length(sealed) > 0"_s) == 0);
    // Nobody who was refused meanwhile knows the key that tokens are of now.
    const wire::SnapshotHeader fresh = snapshotOf(hub, desk);
    CHECK(fresh.tokenKeyId.toInt() > newest.tokenKeyId.toInt());
    CHECK(fresh.to > newest.to);
    // Whatever is sent again gets the answer it has had, and links nobody who was erased.
    const auto again = desk.send(hub, {before, after, kept});
    REQUIRE(again.size() == 3);
    CHECK(again[1].outcome == first[0].outcome);
    CHECK(again[1].at == first[0].at);
    CHECK(again[2].reason.isEmpty());
    CHECK(numberOf(hub, u"SELECT count(*) FROM holding"_s) == 1);
    CHECK(hub.run({u"audit"_s, u"verify"_s}).exit == 0);
    // Its own lines are known to the next backup.
    const QString next = hub.folder.filePath(u"next"_s);
    REQUIRE(hub.run({u"backup"_s, next}).exit == 0);
    REQUIRE(hub.stop() == 0);
    CHECK(hub.run({u"restore"_s, next}).json().value(u"doneAgain"_s).toInt(-1) == 0);
}

TEST_CASE("A restore brings back no old PIN, and disables nobody who was enabled since",
          "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(addAnother(hub, u"9002"_s));
    REQUIRE(hub.run({u"operator"_s, u"disable"_s, u"9002"_s}).exit == 0);
    const QString backup = hub.folder.filePath(u"backup"_s);
    REQUIRE(hub.run({u"backup"_s, backup}).exit == 0);
    REQUIRE(hub.run({u"operator"_s, u"enable"_s, u"9002"_s}).exit == 0);
    REQUIRE(hub.run({u"operator"_s, u"pin"_s, u"9001"_s}, "246813\n").exit == 0);
    const QString verifiers = u"SELECT string_agg(verifier, ' ' ORDER BY id) FROM operators"_s;
    const QByteArray before = psql(hub.database.name(), verifiers);

    const auto restored = hub.run({u"restore"_s, backup});

    REQUIRE(restored.exit == 0);
    CHECK(restored.json().value(u"doneAgain"_s).toInt() == 2);
    CHECK(restored.json().value(u"unreadable"_s).toInt() == 0);
    CHECK(psql(hub.database.name(), verifiers) == before);
    REQUIRE(hub.serve());
    const EnrolledDesk desk(hub);
    CHECK(rosterOf(hub, desk) == QStringList{u"9001"_s, u"9002"_s});
}

TEST_CASE("Rules that were published since the backup are in force after the restore", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    const QString backup = hub.folder.filePath(u"backup"_s);
    REQUIRE(hub.run({u"backup"_s, backup}).exit == 0);
    publishNextRules(hub);
    REQUIRE(hub.serve());
    const CityDesk desk(hub);
    REQUIRE(desk.sync());
    REQUIRE(desk.linkCard(1, 1).exit == 0);
    REQUIRE(desk.sync());
    REQUIRE(hub.stop() == 0);

    const auto restored = hub.run({u"restore"_s, backup});

    REQUIRE(restored.exit == 0);
    CHECK(restored.err.isEmpty());
    REQUIRE(hub.serve());
    REQUIRE(desk.sync());
    REQUIRE(desk.sync());
    CHECK(numberOf(hub, u"SELECT count(*) FROM holding"_s) == 1);
    CHECK(desk.run({u"queue"_s, u"status"_s}).line().value(u"attention"_s) == 0);
    CHECK(hub.run({u"audit"_s, u"verify"_s}).exit == 0);

    // Without the ledger a restore says what it could not do.
    REQUIRE(hub.stop() == 0);
    REQUIRE(QFile::remove(hub.folder.filePath(u"keys/ledger.jsonl"_s)));
    const auto without = hub.run({u"restore"_s, backup});
    CHECK(without.exit == 0);
    CHECK(without.err.contains("There is no ledger.jsonl in the key folder"));
}

TEST_CASE("Whatever ends a restore puts no key in force that a stolen desk has", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(hub.serve());
    const EnrolledDesk stolen(hub);
    REQUIRE(hub.run({u"desk"_s, u"revoke"_s, stolen.desk.enrolment.desk}).exit == 0);
    REQUIRE(hub.stop() == 0);
    const auto tokenKey = [&] {
        return numberOf(hub, u"SELECT value FROM setting WHERE name = 'token-key'"_s);
    };
    // A dump from before, of which the restore was killed.
    (void)psql(hub.database.name(), u"UPDATE setting SET value = '' WHERE name = 'epoch';"
                                    "UPDATE setting SET value = '1' WHERE name = 'token-key';"
                                    "DELETE FROM setting WHERE name = 'token-key-next';"
                                    "UPDATE desk SET revoked = NULL; DELETE FROM ledger"_s);

    REQUIRE(hub.run({u"init"_s, u"--practice"_s}).exit == 0);
    CHECK(tokenKey() == 3);
    // Or killed after that.
    (void)psql(hub.database.name(), u"UPDATE setting SET value = '1' WHERE name = 'token-key'"_s);
    REQUIRE(hub.serve());
    CHECK(tokenKey() == 3);
    REQUIRE(hub.stop() == 0);
    // A dump that was made while the next key was on its way: desks have that since, too.
    (void)psql(hub.database.name(), u"UPDATE setting SET value = '' WHERE name = 'epoch';"
                                    "UPDATE setting SET value = '2' WHERE name = 'token-key';"
                                    "DELETE FROM setting WHERE name = 'token-key-first'"_s);
    REQUIRE(hub.run({u"init"_s, u"--practice"_s}).exit == 0);
    CHECK(tokenKey() == 4);
}

TEST_CASE("A backup of another hub or a newer program is refused, and nothing is changed",
          "[e2e][hub]")
{
    HubProcess hub;
    const QString backup = hub.folder.filePath(u"backup"_s);
    const auto [change, why] = GENERATE(
        std::pair{"UPDATE setting SET value = 'hub-2' WHERE name = 'hub'", "another hub"},
        std::pair{"UPDATE setting SET value = 'production' WHERE name = 'profile'", "another hub"},
        std::pair{"INSERT INTO migration VALUES (99)", "newer"});
    INFO(change);
    const QByteArray epoch =
        psql(hub.database.name(), u"SELECT value FROM setting WHERE name = 'epoch'"_s);
    // What init has made, changed, dumped by hand and changed back.
    (void)psql(hub.database.name(), QString::fromLatin1(change));
    REQUIRE(QProcess::execute(u"pg_dump"_s, {u"-d"_s, hub.database.connection(), u"-Fc"_s, u"-n"_s,
                                             u"public"_s, u"-f"_s, backup}) == 0);
    (void)psql(hub.database.name(), u"UPDATE setting SET value = 'hub-1' WHERE name = 'hub';"
                                    "UPDATE setting SET value = 'practice' WHERE name = 'profile';"
                                    "DELETE FROM migration WHERE number = 99"_s);

    const auto restored = hub.run({u"restore"_s, backup});

    CHECK(restored.exit == 5);
    CHECK(restored.err.trimmed().split('\n').last().contains(why));
    CHECK(psql(hub.database.name(), u"SELECT value FROM setting WHERE name = 'epoch'"_s) == epoch);
    CHECK(hub.serve());
}
