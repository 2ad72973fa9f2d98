#include "core/clock.h"
#include "e2e/syncdesk.h"
#include "support/shiftedclock.h"

using namespace upgradedesk;
using namespace upgradedesk::test;
using namespace std::chrono_literals;

// Desks whose machine has a wrong clock, as real programs with a real hub.

namespace
{

/// The holder of that index was tested yesterday.
void importHealth(const HubProcess &hub, int index)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QFile file(hub.folder.filePath(u"health.csv"_s));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(u"resident,%1,normal,%2,%3\n"_s
                   .arg(residentNumber(index), beijingDate(now).addDays(-1).toString(Qt::ISODate),
                        toBeijing(now).toString(Qt::ISODate))
                   .toLatin1());
    file.close();
    REQUIRE(hub.run({u"health"_s, u"import"_s, file.fileName()}).exit == 0);
}

/// How many records there are whose time is that of the hub, give or take two minutes, and which
/// their desk did or did not vouch for.
int timedRight(const HubProcess &hub, bool trustedByDesk)
{
    return countOf(hub, u"SELECT count(*) FROM records WHERE reason IS NULL AND time_trusted = %1"
                        " AND abs(extract(epoch FROM trusted - now())) < 120"
                        " AND abs(extract(epoch FROM at - now())) < 120"_s.arg(
                            trustedByDesk ? u"true"_s : u"false"_s));
}

QString sentenceOf(const Run &run)
{
    return run.line().value(u"message"_s).toObject().value(u"en"_s).toString();
}

} // namespace

TEST_CASE("A desk whose clock is wrong works by the hub's time, and says no day before it has it",
          "[e2e][sync]")
{
    const auto hours = GENERATE(-6h, 6h);
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    importHealth(hub, 0);
    // It has its identity by USB, and has never heard the hub.
    const auto invited = hub.run(
        {u"desk"_s, u"invite"_s, u"--station"_s, u"station-1"_s, u"--name"_s, u"1 号服务台"_s});
    const QString id = invited.json().value(u"desk"_s).toString();
    const SyncDesk desk;
    const QString request = hub.folder.filePath(u"csr"_s);
    const QString identity = hub.folder.filePath(u"identity"_s);
    const QString card = cardNumber(0);
    {
        const ShiftedClock wrong(hours);
        REQUIRE(desk.work({u"provision"_s, u"--request"_s, request}).exit == 0);
    }
    const auto provisioned = hub.run({u"provision"_s, id, request, identity});
    REQUIRE(provisioned.exit == 0);

    const ShiftedClock wrong(hours);
    const Run taken =
        desk.work({u"provision"_s, identity, u"--hub"_s, u"https://127.0.0.1:%1"_s.arg(hub.port),
                   u"--fingerprint"_s, provisioned.json().value(u"authority"_s).toString()});
    INFO(taken.err.toStdString());
    REQUIRE(taken.exit == 0);
    desk.link(0, 20);
    CHECK(countOf(hub, u"SELECT count(*) FROM records"_s) == 0);
    desk.drain();
    CHECK(desk.inState(u"accepted"_s) == 20);
    CHECK(timedRight(hub, false) == 20);

    // Now it has heard the hub; the machine's clock is as wrong as before.
    desk.link(20, 5);
    const auto oldest =
        desk.run({u"queue"_s, u"status"_s}).line().value(u"oldestSeconds"_s).toInt(-1);
    CHECK(oldest >= 0);
    CHECK(oldest < 300);
    CHECK(desk.run({u"gate"_s, card, u"--online"_s, u"--at"_s, u"2022-06-01"_s}).exit == 2);
    desk.drain();
    CHECK(desk.inState(u"accepted"_s) == 25);
    CHECK(timedRight(hub, false) == 20);
    CHECK(timedRight(hub, true) == 5);
    const Run here = desk.run({u"gate"_s, card});
    CHECK(here.exit == 4);
    CHECK(sentenceOf(here).startsWith(u"This desk does not know"));
    const Run online = desk.run({u"gate"_s, card, u"--online"_s});
    CHECK(online.exit == 0);
    CHECK(online.line().value(u"code"_s).toString() == u"ok"_s);

    // Booted again, and three days ahead: a test of yesterday would be too old.
    const auto up = std::chrono::duration_cast<std::chrono::seconds>(SystemClock().sinceBoot());
    const ShiftedClock booted(72h, up - 60s);
    const Run untrusted = desk.run({u"gate"_s, card});
    CHECK(untrusted.exit == 4);
    CHECK(untrusted.line().value(u"decision"_s).toString() == u"unknown"_s);
    CHECK(sentenceOf(untrusted).startsWith(u"The date of this machine may be wrong"));
    CHECK(desk.run({u"gate"_s, card, u"--venue"_s, u"none"_s}).exit == 0);
    const Run asked = desk.run({u"gate"_s, card, u"--online"_s});
    INFO(asked.out.toStdString());
    CHECK(asked.exit == 0);
    CHECK(asked.line().value(u"code"_s).toString() == u"ok"_s);
    // Heard once more, it knows the day again.
    CHECK(desk.work({u"sync"_s, u"--once"_s}).exit == 0);
    CHECK(sentenceOf(desk.run({u"gate"_s, card})).startsWith(u"This desk does not know"));
    desk.checkSound();
    CHECK(hub.run({u"audit"_s, u"verify"_s}).exit == 0);
}
