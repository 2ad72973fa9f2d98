#include "support/catch.h"

#include "e2e/rundeskctl.h"
#include "sync/cityhub.h"

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

void checkGate(const EnrolledDesk &desk, const QString &card, const QStringList &options, int exit,
               const QString &code, const QString &basis)
{
    const Run run = runDeskctl(desk, QStringList{u"gate"_s, card} + options);
    INFO(card.toStdString() << ' ' << run.out.toStdString() << run.err.toStdString());
    CHECK(run.exit == exit);
    CHECK(run.line().value(u"code"_s) == code);
    CHECK(run.line().value(u"basis"_s) == basis);
}

const QString before = u"2022-05-27T12:00"_s; // no gate asks for a test yet

} // namespace

TEST_CASE("After one sync a desk answers for the city's cards, also without a hub", "[e2e]")
{
    CityHub city;
    REQUIRE(city.hub.listen());
    EnrolledDesk desk(city.hub);
    const auto card = [](int index) { return cardNumber(index); };
    const auto put = [&](int index, CityCardState state) {
        return CardChange{snapshotToken(desk.identity->cardToken(card(index)).value()), state};
    };
    city.publish(someCards(20'000, 1));
    city.publish({put(1, CityCardState::Linked), put(2, CityCardState::Registered),
                  put(3, CityCardState::New), put(4, CityCardState::Exempt)});

    // Nothing is known before.
    checkGate(desk, card(1), {}, 4, u"unknown"_s, u"snapshot"_s);
    const Run synced = runDeskctl(desk, {u"sync"_s});
    INFO(synced.err.toStdString());
    REQUIRE(synced.exit == 0);

    city.hub.close();
    checkGate(desk, card(1), {u"--at"_s, before}, 0, u"ok"_s, u"snapshot"_s);
    checkGate(desk, card(2), {u"--at"_s, before}, 0, u"ok"_s, u"snapshot"_s);
    checkGate(desk, card(1), {u"--venue"_s, u"none"_s}, 0, u"ok"_s, u"snapshot"_s);
    checkGate(desk, card(3), {}, 1, u"not-linked"_s, u"snapshot"_s);
    checkGate(desk, card(4), {}, 0, u"exempt"_s, u"snapshot"_s);
    checkGate(desk, card(5), {}, 1, u"not-linked"_s, u"snapshot"_s);
    // Whether the holder's test is young enough only the hub can tell.
    checkGate(desk, card(1), {u"--place"_s, u"345慢"_s}, 4, u"unknown"_s, u"snapshot"_s);

    // The answer says how old it is: as old as the snapshot.
    const Run run = runDeskctl(desk, {u"gate"_s, card(5)});
    CHECK(run.line().value(u"asOf"_s).toString() ==
          toBeijing(snapshotHeader(0, 2, 0).asOf).toString(Qt::ISODate));

    const Run offline = runDeskctl(desk, {u"gate"_s, card(1), u"--online"_s});
    CHECK(offline.exit == 4);
    CHECK(offline.out.isEmpty());
    REQUIRE(city.hub.listen());
    checkGate(desk, card(1), {u"--online"_s}, 0, u"ok"_s, u"hub"_s);
    checkGate(desk, card(5), {u"--online"_s}, 1, u"not-linked"_s, u"hub"_s);

    // And what changes in the city changes here with the next sync.
    city.publish({put(5, CityCardState::Linked), put(1, CityCardState::None)});
    REQUIRE(runDeskctl(desk, {u"sync"_s}).exit == 0);
    checkGate(desk, card(5), {u"--at"_s, before}, 0, u"ok"_s, u"snapshot"_s);
    checkGate(desk, card(1), {}, 1, u"not-linked"_s, u"snapshot"_s);
}

TEST_CASE("States of the city that cannot be read hold nobody up", "[e2e]")
{
    CityHub city;
    REQUIRE(city.hub.listen());
    EnrolledDesk desk(city.hub);
    city.publish(someCards(20'000, 1));
    REQUIRE(runDeskctl(desk, {u"sync"_s}).exit == 0);
    {
        QFile file(desk.path + u"/cards-000000000001.sqlite"_s);
        REQUIRE(file.open(QIODevice::ReadWrite));
        file.write(QByteArray(8192, 'x'));
    }

    checkGate(desk, cardNumber(1), {}, 4, u"unknown"_s, u"snapshot"_s);

    REQUIRE(runDeskctl(desk, {u"sync"_s}).exit == 0);
    checkGate(desk, cardNumber(1), {}, 1, u"not-linked"_s, u"snapshot"_s);
}
