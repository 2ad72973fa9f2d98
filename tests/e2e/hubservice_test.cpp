#include "support/catch.h"

#include "e2e/enrolleddesk.h"
#include "wire/problem.h"
#include "wire/questions.h"
#include "wire/signeddocument.h"

#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>

using namespace upgradedesk;
using namespace upgradedesk::test;

TEST_CASE("A desk enrols, hands in records and asks about cards over TLS", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    EnrolledDesk desk(hub);
    REQUIRE(desk.answer.status == 200);
    CHECK(desk.desk.enrolment.profile == Profile::Practice);
    CHECK(desk.desk.enrolment.station == u"station-1"_s);
    HubConnection connection(hub.port, desk.identity());
    REQUIRE(connection.isOpen());

    const QList<wire::SealedRecord> records{desk.desk.seal(desk.link(1, 1)),
                                            desk.desk.seal(desk.link(1, 2)),
                                            desk.desk.seal(desk.link(2, 2))};
    const auto sent = connection.post("/v1/records", wire::encodeRecordsRequest(records));
    REQUIRE(sent.status == 200);
    const auto answer = wire::decodeRecordsAnswer(sent.body);
    REQUIRE(answer);
    CHECK(answer->results[0].outcome == wire::Outcome::Accepted);
    CHECK(answer->results[1].reason == u"card-linked-to-other"_s);
    CHECK(answer->results[2].outcome == wire::Outcome::Accepted);
    CHECK_FALSE(answer->stamp.epoch.isEmpty());
    CHECK(std::abs(answer->stamp.hubTime.secsTo(QDateTime::currentDateTimeUtc())) < 60);

    const auto status = connection.post(
        "/v1/card-status", wire::encodeCardStatusRequest({desk.desk.enrolment.secrets.tokenKeyId,
                                                          {desk.token(1), desk.token(3)}}));
    const auto states = wire::decodeCardStatusAnswer(status.body);
    REQUIRE(states);
    CHECK(states->cards[0].state == u"linked"_s);
    CHECK(states->cards[1].state == u"none"_s);
    // Whoever does not name the key means the one in force.
    const auto nameless = wire::decodeCardStatusAnswer(
        connection.post("/v1/card-status", wire::encodeCardStatusRequest({{}, {desk.token(1)}}))
            .body);
    REQUIRE(nameless);
    CHECK(nameless->cards[0].state == u"linked"_s);
    CHECK(
        connection.post("/v1/card-status", wire::encodeCardStatusRequest({u"0"_s, {desk.token(1)}}))
            .code() == u"token-key-replaced"_s);

    const auto gate = [&](int card, const QString &venue) {
        return wire::decodeGateDecisionAnswer(
                   connection
                       .post("/v1/gate-decisions",
                             wire::encodeGateRequest({desk.desk.enrolment.secrets.tokenKeyId,
                                                      desk.token(card), venue,
                                                      desk.clock.now().toUTC()}))
                       .body)
            .value();
    };
    CHECK(gate(3, u"metro"_s).code == u"not-linked"_s);
    CHECK(gate(1, u"none"_s).decision == u"pass"_s);
    CHECK(gate(1, u"metro"_s).decision == u"manual"_s);
    CHECK(gate(1, u"metro"_s).code == u"no-result"_s);

    const auto rules = wire::decodeDocument(connection.get("/v1/rules").body);
    REQUIRE(rules);
    const auto signer = Certificate::fromPem(rules->certificate);
    CHECK(signer->isSignedBy(*Certificate::fromPem(hub.authority())));
    CHECK(signer->verifies(wire::signedBytes(*rules), rules->signature));
    CHECK(Rules::parse(rules->body, u"rules"_s)->version() == desk.rules.version());
    const auto roster = wire::decodeDocument(connection.get("/v1/roster").body);
    REQUIRE(roster);
    CHECK(roster->scope == u"station-1"_s);
    CHECK(wire::decodeRoster(roster->body)->first().id == u"9001"_s);

    const QByteArray metrics = hub.admin("/metrics").body;
    CHECK(metrics.contains("upgradehub_records_total{outcome=\"accepted\",reason=\"\"} 2"));
    CHECK(metrics.contains("upgradehub_queue_age_seconds{desk="));
    CHECK(hub.admin("/healthz").status == 200);
    CHECK(hub.stop() == 0);
    CHECK(hub.logged().contains("\"clean\":true"));

    // Neither the database nor any log knows a name, a document number or a card number.
    const QByteArray dump = [&hub] {
        QProcess process;
        process.start(u"pg_dump"_s, {hub.database.connection()});
        process.waitForFinished(60000);
        return process.readAllStandardOutput();
    }();
    QFile serverLog(Cluster::get().log());
    REQUIRE(serverLog.open(QIODevice::ReadOnly));
    const QByteArray server = serverLog.readAll();
    REQUIRE(dump.contains("CREATE TABLE public.records"));
    for (int i = 1; i <= 2; ++i) {
        for (const QString &text : {person(i).name, person(i).documentNumber, cardNumber(i)}) {
            for (const QByteArray &where : {dump, hub.logged(), server}) {
                CHECK_FALSE(where.contains(text.toUtf8()));
                CHECK_FALSE(where.contains(text.toUtf8().toHex()));
            }
        }
    }
}

TEST_CASE("A code is good once, for one key, and void after five tries", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(hub.serve());
    EnrolledDesk desk(hub);
    REQUIRE(desk.answer.status == 200);
    HubConnection connection(hub.port, {hub.authority(), {}, {}});
    const auto enrol = [&](const QString &code, const KeyPair &key) {
        return connection.post(
            "/v1/enrolments",
            wire::encodeEnrolmentRequest({code, SigningRequest::make(key, u"x"_s)->pem()}));
    };

    // The answer was lost and the network sends the same again.
    CHECK(connection.post("/v1/enrolments", desk.request).status == 200);
    const auto stolen = enrol(desk.code, KeyPair::generate().value());
    CHECK(stolen.status == 403);
    CHECK(stolen.code() == u"enrolment-refused"_s);
    CHECK(enrol(u"0000"_s, KeyPair::generate().value()).status == 403);

    const QString code =
        hub.run({u"desk"_s, u"invite"_s, u"--station"_s, u"station-1"_s, u"--name"_s, u"2"_s})
            .json()
            .value(u"code"_s)
            .toString();
    (void)psql(hub.database.name(), u"UPDATE invitation SET tries = 5 WHERE request_key IS NULL"_s);
    CHECK(enrol(code, KeyPair::generate().value()).status == 403);
    (void)psql(hub.database.name(), u"UPDATE invitation SET tries = 4 WHERE request_key IS NULL"_s);
    CHECK(enrol(code, KeyPair::generate().value()).status == 200);
    const QString late =
        hub.run({u"desk"_s, u"invite"_s, u"--station"_s, u"station-1"_s, u"--name"_s, u"3"_s})
            .json()
            .value(u"code"_s)
            .toString();
    (void)psql(hub.database.name(), u"UPDATE invitation SET expires = now()"_s);
    CHECK(enrol(late, KeyPair::generate().value()).status == 403);
}

TEST_CASE("A code of another desk is refused to a folder that is one's already and stays good",
          "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(hub.serve());
    const QJsonObject invited =
        hub.run({u"desk"_s, u"invite"_s, u"--station"_s, u"station-1"_s, u"--name"_s, u"1"_s})
            .json();
    const QString desk = invited.value(u"desk"_s).toString();
    const QString code = invited.value(u"code"_s).toString();
    HubConnection connection(hub.port, {hub.authority(), {}, {}});
    const QByteArray csr = SigningRequest::make(KeyPair::generate().value(), u"x"_s)->pem();
    const auto enrol = [&](const QString &with, const QString &folderOf) {
        return connection.post("/v1/enrolments",
                               wire::encodeEnrolmentRequest({with, csr, folderOf}));
    };

    // Only whoever has the code learns that it is another desk's.
    CHECK(enrol(u"0000"_s, u"desk-other"_s).code() == u"enrolment-refused"_s);
    for (int i = 0; i < 6; ++i) {
        const auto refused = enrol(code, u"desk-other"_s);
        CHECK(refused.status == 403);
        CHECK(refused.code() == u"enrolment-other-desk"_s);
    }
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM desk_certificate"_s) == "0");

    CHECK(enrol(code, desk).status == 200);
    // The same key again, and now from the folder of another.
    CHECK(enrol(code, u"desk-other"_s).code() == u"enrolment-other-desk"_s);
    CHECK(enrol(code, desk).status == 200);
}

TEST_CASE("Whoever is not an enrolled desk of this hub is refused", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    EnrolledDesk desk(hub);
    REQUIRE(desk.answer.status == 200);
    const QByteArray records = wire::encodeRecordsRequest({desk.desk.seal(desk.link(1, 1))});

    SECTION("without a certificate")
    {
        HubConnection connection(hub.port, {hub.authority(), {}, {}});
        const auto answer = connection.post("/v1/records", records);
        CHECK(answer.status == 401);
        CHECK(answer.code() == u"certificate-missing"_s);
        CHECK(answer.headers.value("content-type") == "application/problem+json");
        const auto problem = wire::decodeProblem(answer.body);
        REQUIRE(problem);
        CHECK(problem->requestId.toLatin1() == answer.headers.value("request-id"));
    }
    SECTION("of another authority")
    {
        const KeyPair key = KeyPair::generate().value();
        const QDateTime now = desk.clock.now();
        const Certificate authority = Certificate::selfSigned({Profile::Practice,
                                                               CertificateRole::Authority,
                                                               u"hub-1-authority"_s,
                                                               {},
                                                               now.addDays(-1),
                                                               now.addDays(9)},
                                                              key)
                                          .value();
        const Certificate fake =
            Certificate::issue({Profile::Practice, CertificateRole::Desk, desk.desk.enrolment.desk,
                                u"station-1"_s, now.addDays(-1), now.addDays(9)},
                               desk.desk.key, authority, key)
                .value();
        HubConnection connection(hub.port, {hub.authority(), fake.pem(), desk.identity().key});
        CHECK(connection.post("/v1/records", records).status == 0);
        CHECK(psql(hub.database.name(), u"SELECT count(*) FROM envelope"_s) == "0");
    }
    SECTION("expired, or of the hub's authority for something else")
    {
        const KeyPair authorityKey = KeyPair::load(hub.folder.filePath(u"keys/ca.key"_s)).value();
        const Certificate authority = Certificate::fromPem(hub.authority()).value();
        const QDateTime now = desk.clock.now();
        const auto with = [&](CertificateRole role, Profile profile, const QDateTime &until) {
            const Certificate made = Certificate::issue({profile, role, desk.desk.enrolment.desk,
                                                         u"station-1"_s, now.addDays(-9), until},
                                                        desk.desk.key, authority, authorityKey)
                                         .value();
            HubConnection connection(hub.port, {hub.authority(), made.pem(), desk.identity().key});
            return connection.post("/v1/records", records);
        };
        CHECK(with(CertificateRole::Desk, Profile::Practice, now.addDays(-1)).status == 0);
        CHECK(with(CertificateRole::Desk, Profile::Production, now.addDays(9)).code() ==
              u"certificate-refused"_s);
        CHECK(with(CertificateRole::Hub, Profile::Practice, now.addDays(9)).code() ==
              u"certificate-refused"_s);
        // Of the right authority and role, but never given out by this register.
        CHECK(with(CertificateRole::Desk, Profile::Practice, now.addDays(9)).code() ==
              u"desk-unknown"_s);
    }
    SECTION("revoked, at once and on an open connection")
    {
        HubConnection connection(hub.port, desk.identity());
        CHECK(connection.post("/v1/records", records).status == 200);
        CHECK(hub.run({u"desk"_s, u"revoke"_s, desk.desk.enrolment.desk}).exit == 0);
        const auto answer = connection.post("/v1/records", records);
        CHECK(answer.status == 403);
        CHECK(answer.code() == u"desk-revoked"_s);
    }
    SECTION("another desk's certificate, or its envelope")
    {
        EnrolledDesk other(hub);
        HubConnection connection(hub.port, other.identity());
        const auto answer = wire::decodeRecordsAnswer(connection.post("/v1/records", records).body);
        REQUIRE(answer);
        CHECK(answer->results.first().reason == u"bad-signature"_s);
    }
}

TEST_CASE("A drain lets no new work in and ends in its time, whoever is connected", "[e2e][hub]")
{
    HubProcess hub({{u"drainSeconds"_s, 3}});
    REQUIRE(hub.serve());
    EnrolledDesk desk(hub);
    REQUIRE(desk.answer.status == 200);
    HubConnection idle(hub.port, desk.identity());
    REQUIRE(idle.get("/v1/rules").status == 200);

    SECTION("idle connections are let go")
    {
        QElapsedTimer timer;
        timer.start();
        CHECK(hub.stop() == 0);
        CHECK(timer.elapsed() < 2500);
        CHECK(hub.logged().contains("\"clean\":true"));
    }
    SECTION("one that never ends is cut")
    {
        HubConnection stuck(hub.port, desk.identity());
        stuck.write("POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    "Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n");
        REQUIRE(stuck.socket().waitForReadyRead(10000)); // the hub has begun with it
        QElapsedTimer timer;
        timer.start();
        CHECK(hub.stop() == 0);
        CHECK(timer.elapsed() < 8000);
        CHECK(hub.logged().contains("\"clean\":false"));
    }
}

TEST_CASE("A hub that cannot start says why in one sentence", "[e2e][hub]")
{
    HubProcess hub;
    const auto starts = [&](int exit, const QByteArray &words) {
        const auto run = hub.run({u"serve"_s});
        INFO(run.err.toStdString());
        CHECK(run.exit == exit);
        CHECK(run.err.contains(words));
        CHECK(run.err.count('\n') == 1);
    };
    const Cluster &cluster = Cluster::get();

    const auto again = hub.run({u"init"_s}); // of a practice hub
    CHECK(again.exit == 1);
    CHECK(again.err.contains("upgradehub init --practice"));
    hub.configure(u"database"_s, u"host=/nowhere dbname=x"_s);
    starts(4, "cannot be reached");
    hub.configure(
        u"database"_s,
        u"host=%1 port=%2 user=hub dbname=no_such"_s.arg(cluster.folder()).arg(cluster.port()));
    starts(4, "no such database");
    hub.configure(u"database"_s,
                  u"host=127.0.0.1 port=%1 user=hub password=wrong dbname=%2"_s.arg(cluster.port())
                      .arg(hub.database.name()));
    starts(4, "user or password");
    hub.configure(u"database"_s, cluster.to(u"postgres"_s));
    starts(5, "upgradehub init");
    hub.configure(u"database"_s, hub.database.connection());
    (void)psql(hub.database.name(), u"INSERT INTO migration VALUES (999)"_s);
    starts(5, "newer than this program");
    (void)psql(hub.database.name(), u"DELETE FROM migration WHERE number = 999"_s);
    (void)psql(hub.database.name(), u"UPDATE setting SET value = 'hub-9' WHERE name = 'hub'"_s);
    starts(5, "another hub");
    (void)psql(hub.database.name(), u"UPDATE setting SET value = 'hub-1' WHERE name = 'hub'"_s);
    const QString key = hub.folder.filePath(u"keys/hub.key"_s);
    QFile::setPermissions(key, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
    starts(5, "Others can read");
    QFile::setPermissions(key, QFile::ReadOwner | QFile::WriteOwner);
    QTcpServer taken;
    REQUIRE(taken.listen(QHostAddress::LocalHost, quint16(hub.port)));
    starts(4, "port is taken");
    taken.close();
    hub.configure(u"workers"_s, 0);
    starts(5, "line");
    hub.configure(u"workers"_s, 4);
    hub.configure(u"admin"_s, u"0.0.0.0:9999"_s);
    starts(5, "loopback");
    hub.configure(u"admin"_s, u"127.0.0.1:%1"_s.arg(hub.adminPort));
    CHECK(hub.serve());
    CHECK(hub.stop() == 0);
}
