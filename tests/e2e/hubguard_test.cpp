#include "support/catch.h"

#include "e2e/enrolleddesk.h"

using namespace upgradedesk;
using namespace upgradedesk::test;

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
