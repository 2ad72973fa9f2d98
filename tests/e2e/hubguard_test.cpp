#include "support/catch.h"

#include "e2e/enrolleddesk.h"
#include "wire/questions.h"

#include <QElapsedTimer>
#include <QTcpSocket>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// Whether the other side has ended the connection by now, or does soon.
bool isClosed(HubConnection &connection, int milliseconds = 5000)
{
    QSslSocket &socket = connection.socket();
    return socket.state() == QAbstractSocket::UnconnectedState ||
           socket.waitForDisconnected(milliseconds);
}

} // namespace

TEST_CASE("Whoever shows no certificate gets little of the hub", "[e2e][hub]")
{
    HubProcess hub({{u"connections"_s, 1}});
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const EnrolledDesk desk(hub);
    const EnrolledDesk other(hub);
    const ClientIdentity nobody{hub.authority(), {}, {}};

    CHECK(HubConnection(hub.port, nobody).get("/v1/rules").code() == u"certificate-missing"_s);
    CHECK(HubConnection(hub.port, nobody).get("/v1/nothing").status == 401);
    CHECK(HubConnection(hub.port, nobody).post("/v1/enrolments", QByteArray(70000, 'x')).status ==
          413);
    CHECK(HubConnection(hub.port, nobody).post("/v1/enrolments", QByteArray(60000, 'x')).status ==
          400);
    // The one place for desks is taken; that is no other's trouble.
    HubConnection first(hub.port, desk.identity());
    REQUIRE(first.get("/v1/rules").status == 200);
    CHECK(HubConnection(hub.port, other.identity()).get("/v1/rules").status == 0);
    CHECK(HubConnection(hub.port, nobody).post("/v1/enrolments", "{}").status == 400);
    CHECK(hub.admin("/readyz").status == 200);
    CHECK(first.get("/v1/rules").status == 200);
}

TEST_CASE("A desk renews ten times a day at most", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(hub.serve());
    const EnrolledDesk desk(hub);
    HubConnection connection(hub.port, desk.identity());
    const QByteArray request =
        wire::encodeRenewalRequest({SigningRequest::make(desk.desk.key, u"desk"_s)->pem()});

    for (int i = 0; i < 10; ++i)
        CHECK(connection.post("/v1/renewals", request).status == 200);
    CHECK(connection.post("/v1/renewals", request).status == 429);
}

TEST_CASE("The database may be named by a URI, and an address that is not ours is told",
          "[e2e][hub]")
{
    HubProcess hub;
    const Cluster &cluster = Cluster::get();
    const QString folder = QString::fromLatin1(QUrl::toPercentEncoding(cluster.folder()));
    hub.configure(u"database"_s, u"postgresql://hub@/"_s + hub.database.name() + u"?host="_s +
                                     folder + u"&port="_s + QString::number(cluster.port()));
    CHECK(hub.serve());
    CHECK(psql(hub.database.name(),
               u"SELECT count(*) > 0 FROM pg_stat_activity WHERE datname ="
               " current_database() AND application_name = 'upgradehub'"_s) == "t");
    CHECK(hub.stop() == 0);
    hub.configure(u"listen"_s, u"192.0.2.1:%1"_s.arg(hub.port)); // TEST-NET-1
    const auto run = hub.run({u"serve"_s});
    CHECK(run.exit == 5);
    CHECK(run.err.contains("of this machine"));
}

TEST_CASE("A name that desks would refuse is refused at once", "[e2e][hub]")
{
    HubProcess hub;
    const auto add = [&](const QString &name) {
        return hub.run({u"operator"_s, u"add"_s, u"9001"_s, u"--name"_s, name, u"--role"_s,
                        u"staff"_s, u"--station"_s, u"station-1"_s},
                       "135790\n");
    };

    const auto run = add(u"a\u0001b"_s);
    CHECK(run.exit != 0);
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM operators"_s) == "0");
    CHECK(add(u"测试员甲"_s).exit == 0);
}

TEST_CASE("One desk holds a few connections, and of more the one that has rested gives way",
          "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const EnrolledDesk greedy(hub);
    const EnrolledDesk other(hub);
    std::vector<std::unique_ptr<HubConnection>> connections;

    for (int i = 0; i < 12; ++i) {
        connections.push_back(std::make_unique<HubConnection>(hub.port, greedy.identity()));
        REQUIRE(connections.back()->get("/v1/rules").status == 200);
    }

    int open = 0;
    for (const auto &one : connections)
        open += one->get("/v1/rules").status == 200 ? 1 : 0;
    CHECK(open == 8);
    CHECK(connections.back()->get("/v1/rules").status == 200);
    CHECK(HubConnection(hub.port, other.identity()).get("/v1/rules").status == 200);
}

TEST_CASE("Whoever is refused holds no connection", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const EnrolledDesk desk(hub);
    HubConnection revoked(hub.port, desk.identity());
    REQUIRE(revoked.get("/v1/rules").status == 200);
    REQUIRE(hub.run({u"desk"_s, u"revoke"_s, desk.desk.enrolment.desk}).exit == 0);

    CHECK(revoked.get("/v1/rules").code() == u"desk-revoked"_s);
    CHECK(isClosed(revoked));
}

TEST_CASE("Requests of one desk that wait for each other take no other desk's worker", "[e2e][hub]")
{
    HubProcess hub({{u"workers"_s, 3}});
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const EnrolledDesk busy(hub);
    const EnrolledDesk other(hub);
    // As if one of its batches took very long.
    hub::Database database(hub.database.connection(), 1);
    std::vector<std::unique_ptr<HubConnection>> connections;
    const auto held = database.transact([&](hub::Session &session) -> Result<void> {
        const auto lock = session.run("SELECT pg_advisory_xact_lock(7301, hashtext($1::text))",
                                      hub::Parameters().text(busy.desk.enrolment.desk));
        if (!lock)
            return tl::unexpected(lock.error());
        for (int i = 1; i <= 6; ++i) {
            const QByteArray body = wire::encodeRecordsRequest({busy.desk.seal(busy.link(i, i))});
            connections.push_back(std::make_unique<HubConnection>(hub.port, busy.identity()));
            connections.back()->write("POST /v1/records HTTP/1.1\r\nHost: x\r\n"
                                      "Content-Type: application/json\r\nContent-Length: " +
                                      QByteArray::number(body.size()) + "\r\n\r\n" + body);
        }
        // All that can be waiting are.
        const auto waiting = [&] {
            return psql(hub.database.name(), u"SELECT count(*) FROM pg_locks WHERE NOT granted"
                                             " AND locktype = 'advisory'"_s)
                .toInt();
        };
        QElapsedTimer timer;
        timer.start();
        while (waiting() < 2 && timer.elapsed() < 10'000) {
        }
        CHECK(waiting() == 2);
        HubConnection quick(hub.port, other.identity());
        quick.write("GET /v1/rules HTTP/1.1\r\nHost: x\r\n\r\n");
        CHECK(quick.read(5000).status == 200);
        return {};
    });
    REQUIRE(held);

    for (const auto &one : connections)
        CHECK(one->read().status == 200);
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM records"_s) == "6");
}

TEST_CASE("Silent strangers do not keep new ones out", "[e2e][hub]")
{
    HubProcess hub({{u"connections"_s, 1}, {u"handshakeSeconds"_s, 60}});
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    std::vector<std::unique_ptr<QTcpSocket>> silent;
    for (int i = 0; i < 40; ++i) {
        silent.push_back(std::make_unique<QTcpSocket>());
        silent.back()->connectToHost(u"127.0.0.1"_s, quint16(hub.port));
        REQUIRE(silent.back()->waitForConnected(5000));
    }
    // Whoever has just come is not sent away at once, so it may take a second.
    const ClientIdentity nobody{hub.authority(), {}, {}};
    QElapsedTimer timer;
    timer.start();
    int status = 0;
    while (status == 0 && timer.elapsed() < 10'000)
        status = HubConnection(hub.port, nobody).post("/v1/enrolments", "{}").status;
    CHECK(status == 400);
}

TEST_CASE("A desk's records and questions about gates have quotas that a day's work never meets",
          "[e2e][hub]")
{
    HubProcess hub({{u"recordsPerHour"_s, 6}, {u"gateQuestionsPerMinute"_s, 2}});
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const EnrolledDesk desk(hub);
    HubConnection connection(hub.port, desk.identity());
    const auto records = [&](const QList<wire::SealedRecord> &sent) {
        return connection.post("/v1/records", wire::encodeRecordsRequest(sent));
    };
    const auto gate = [&](const QDateTime &at) {
        return connection.post("/v1/gate-decisions",
                               wire::encodeGateRequest({{}, desk.token(1), u"metro"_s, at}));
    };
    const QDateTime now = desk.clock.now().toUTC();

    // 24 KiB, then six in an hour; an hour may end between two of them.
    CHECK(records({{desk.link(1, 1).id, QByteArray(40'000, 'x')}}).status == 429);
    HttpAnswer answer;
    int accepted = 0;
    for (int i = 1; answer.status != 429 && i <= 13; ++i) {
        answer = records({desk.desk.seal(desk.link(i, i))});
        accepted += answer.status == 200 ? 1 : 0;
    }
    CHECK(answer.status == 429);
    CHECK(answer.headers.value("retry-after").toInt() > 0);
    CHECK(accepted >= 3);
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM records"_s).toInt() == accepted);

    CHECK(gate(now).status == 200);
    CHECK(gate(now.addDays(-2)).status == 400);
    CHECK(gate(now.addDays(2)).status == 400);
    int refused = 0;
    for (int i = 0; i < 4; ++i)
        refused += gate(now).status == 429 ? 1 : 0;
    CHECK(refused > 0);
}

TEST_CASE("Wrong codes from an address do not shut the right one out", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const EnrolledDesk gives(hub);
    const auto asked = wire::decodeEnrolmentRequest(gives.request);
    REQUIRE(asked);
    const ClientIdentity nobody{hub.authority(), {}, {}};
    const auto wrong = [&] {
        wire::EnrolmentRequest other = *asked;
        other.code = QString(asked->code.size(), u'0');
        return HubConnection(hub.port, nobody)
            .post("/v1/enrolments", wire::encodeEnrolmentRequest(other))
            .status;
    };
    CHECK(wrong() == 403);
    CHECK(psql(hub.database.name(), u"SELECT sum(used) FROM quota"_s) == "1");

    (void)psql(hub.database.name(), u"INSERT INTO quota SELECT subject, span + interval '1 hour', 0"
                                    " FROM quota; UPDATE quota SET used = 600"_s);

    CHECK(wrong() == 429);
    CHECK(EnrolledDesk(hub).answer.status == 200);
}
