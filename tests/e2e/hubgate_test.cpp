#include "support/catch.h"

#include "core/clock.h"
#include "e2e/citydesk.h"

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

const QString before = u"2022-05-27T12:00"_s; // no gate asks for a test yet

} // namespace

TEST_CASE("What one desk links every other desk's gate knows, without a hub after one sync",
          "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(hub.run({u"operator"_s, u"add"_s, u"9001"_s, u"--name"_s, u"测试员甲"_s, u"--role"_s,
                     u"staff"_s, u"--station"_s, u"station-1"_s},
                    "135790\n")
                .exit == 0);
    REQUIRE(hub.serve());
    const CityDesk linking(hub);
    const CityDesk other(hub);
    REQUIRE(linking.enrolled.exit == 0);
    REQUIRE(other.enrolled.exit == 0);
    REQUIRE(linking.link(1, 40).exit == 0);
    const Run last = linking.link(41, 1);
    REQUIRE(last.exit == 0);
    linking.checkGate(1, {}, 1, u"not-linked"_s, u"snapshot"_s); // waits for its upload

    REQUIRE(linking.sync());
    REQUIRE(awaitEarlierTransactions(hub.database.name()));
    REQUIRE(other.sync());
    // Of its holder's test the hub knows nothing, and nobody else does.
    other.checkGate(1, {u"--online"_s}, 1, u"no-result"_s, u"hub"_s);
    hub.kill();

    other.checkGate(1, {u"--at"_s, before}, 0, u"ok"_s, u"snapshot"_s);
    other.checkGate(41, {u"--venue"_s, u"none"_s}, 0, u"ok"_s, u"snapshot"_s);
    other.checkGate(1, {u"--place"_s, u"345慢"_s}, 4, u"unknown"_s, u"snapshot"_s);
    other.checkGate(42, {}, 1, u"not-linked"_s, u"snapshot"_s);
    linking.checkGate(1, {u"--at"_s, before}, 0, u"ok"_s, u"snapshot"_s);
    CHECK(other.run({u"gate"_s, cardNumber(1), u"--online"_s}).exit == 4);

    // Taken back at one desk, it is taken back at the other's gate with the next sync.
    REQUIRE(hub.serve());
    REQUIRE(linking
                .run({u"revoke"_s, last.line().value(u"record"_s).toString(), u"--operator"_s,
                      u"9001"_s},
                     "135790\n")
                .exit == 0);
    REQUIRE(linking.sync());
    // The hub makes a stream of changes every ten seconds at most.
    const auto told = [&] {
        const Run gate = other.run({u"gate"_s, cardNumber(41)});
        return gate.line().value(u"code"_s).toString() == u"not-linked";
    };
    for (int i = 0; i < 30 && !told(); ++i)
        REQUIRE(other.sync());
    other.checkGate(41, {}, 1, u"not-linked"_s, u"snapshot"_s);
    other.checkGate(40, {u"--at"_s, before}, 0, u"ok"_s, u"snapshot"_s);
}

TEST_CASE("The hub's gate opens by the holder's test and the rule of the day", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(hub.run({u"operator"_s, u"add"_s, u"9001"_s, u"--name"_s, u"测试员甲"_s, u"--role"_s,
                     u"staff"_s, u"--station"_s, u"station-1"_s},
                    "135790\n")
                .exit == 0);
    REQUIRE(hub.serve());
    const CityDesk desk(hub);
    REQUIRE(desk.link(1, 3).exit == 0);
    REQUIRE(desk.sync());
    const QDate today = beijingDate(QDateTime::currentDateTimeUtc());
    const QString path = desk.files.folder.filePath(u"health.csv"_s);
    {
        QFile file(path);
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write("docKind,docNumber,level,testDay,asOf\n");
        const auto row = [&](int person, const char *level, int days) {
            file.write(u"resident,%1,%2,%3,%4\n"_s
                           .arg(residentNumber(person), QString::fromLatin1(level),
                                today.addDays(-days).toString(Qt::ISODate),
                                QDateTime::currentDateTimeUtc().toString(Qt::ISODate))
                           .toUtf8());
        };
        row(1, "normal", 2);
        row(2, "normal", 3);
        row(3, "abnormal", 0);
    }
    const auto imported = hub.run({u"health"_s, u"import"_s, path});
    INFO(imported.err.toStdString());
    REQUIRE(imported.exit == 0);

    const QStringList online{u"--online"_s};
    desk.checkGate(1, online, 0, u"ok"_s, u"hub"_s);
    desk.checkGate(2, online, 1, u"days-exceeded"_s, u"hub"_s);
    desk.checkGate(3, online, 1, u"health-abnormal"_s, u"hub"_s);
    desk.checkGate(4, online, 1, u"not-linked"_s, u"hub"_s);
    desk.checkGate(2, online + QStringList{u"--venue"_s, u"none"_s}, 0, u"ok"_s, u"hub"_s);
    desk.checkGate(2, online + QStringList{u"--place"_s, u"14路"_s}, 1, u"days-exceeded"_s,
                   u"hub"_s);
}
