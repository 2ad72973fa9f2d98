#include "support/catch.h"

#include "crypto/cardtoken.h"
#include "sync/citycards.h"
#include "sync/cityhub.h"
#include "sync/snapshotdownload.h"

#include <QTest>

using namespace upgradedesk;
using namespace upgradedesk::sync;
using namespace upgradedesk::test;

namespace
{

class Download
{
public:
    explicit Download(const EnrolledDesk &desk)
        : client(HubClient::make(*desk.identity, desk.clock).value())
        , download(*client, desk.path)
    {
    }

    std::optional<Error> run()
    {
        bool done = false;
        std::optional<Error> error;
        QObject context;
        QObject::connect(&download, &SnapshotDownload::finished, &context,
                         [&](const std::optional<Error> &found) {
                             error = found;
                             done = true;
                         });
        download.runNow();
        if (!QTest::qWaitFor([&done] { return done; }, 30'000))
            qFatal("the download does not end");
        return error;
    }

    std::unique_ptr<HubClient> client;
    SnapshotDownload download;
};

std::optional<storage::SnapshotStand> standIn(const EnrolledDesk &desk)
{
    return storage::CardSnapshot(desk.path).stand().value();
}

void checkStates(const EnrolledDesk &desk, const std::vector<CardChange> &rows)
{
    storage::CardSnapshot snapshot(desk.path);
    for (const CardChange &row : rows)
        REQUIRE(snapshot.look(row.token).value().value().state == row.state);
}

} // namespace

TEST_CASE("Card states come from the hub, first all of them, then the changes", "[sync]")
{
    CityHub city;
    REQUIRE(city.hub.listen());
    EnrolledDesk desk(city.hub);
    Download download(desk);

    // A hub that has none yet is no trouble.
    CHECK_FALSE(download.run());
    CHECK_FALSE(standIn(desk));

    const auto cards = someCards(60'000, 1);
    city.publish(cards);
    CHECK_FALSE(download.run());
    CHECK(standIn(desk)->version == 1);
    checkStates(desk, cards);

    const auto changes = someCards(5000, 0, 2);
    city.publish(changes);
    CHECK_FALSE(download.run());
    CHECK(standIn(desk)->version == 2);
    checkStates(desk, changes);
    CHECK(city.asked == QStringList{u"since=0"_s, u"since=0"_s, u"since=1"_s});
    CHECK_FALSE(download.run()); // nothing new
    CHECK(standIn(desk)->version == 2);
}

TEST_CASE("A card is looked up by its number, offline, under the city's key", "[sync]")
{
    CityHub city;
    REQUIRE(city.hub.listen());
    EnrolledDesk desk(city.hub);
    const auto token = [&](const QString &number) {
        return snapshotToken(desk.identity->cardToken(number).value());
    };
    CityCards before(desk.path);
    CHECK_FALSE(before.look(u"3105170010100000001"_s).value());
    city.publish({{token(u"3105170010100000001"_s), CityCardState::Linked},
                  {token(u"3105170010100000002"_s), CityCardState::New}});
    CHECK_FALSE(Download(desk).run());
    city.hub.close();

    CityCards cards(desk.path);

    CHECK(cards.look(u"3105170010100000001"_s).value()->state == CityCardState::Linked);
    CHECK(cards.look(u"3105170010100000002"_s).value()->state == CityCardState::New);
    CHECK(cards.look(u"3105170010100000003"_s).value()->state == CityCardState::None);
    CHECK(cards.look(u"3105170010100000003"_s).value()->stand.version == 1);

    // A key that was replaced has no states yet; the states of the new one are found by it.
    TokenKey fresh{u"2"_s, Secret(QByteArray(32, 'f'))};
    const auto now = snapshotToken(cityCardToken(fresh.key, u"3105170010100000003"_s).value());
    REQUIRE(fresh.save(desk.path));
    desk.reload();
    city.hub.tokenKeyId = u"2"_s;
    city.all.clear();
    city.publish({{now, CityCardState::Linked}});
    REQUIRE(city.hub.listen());
    CHECK_FALSE(CityCards(desk.path).look(u"3105170010100000001"_s).value());
    CHECK_FALSE(Download(desk).run());
    QTest::qWait(2100); // a new file is noticed after two seconds
    CHECK(cards.look(u"3105170010100000003"_s).value()->state == CityCardState::Linked);
    CHECK(cards.look(u"3105170010100000001"_s).value()->state == CityCardState::None);
}

TEST_CASE("A download cut off goes on where it was, also after a restart of the desk", "[sync]")
{
    CityHub city;
    REQUIRE(city.hub.listen());
    EnrolledDesk desk(city.hub);
    const auto cards = someCards(60'000, 1);
    city.publish(cards);
    const bool restarts = GENERATE(false, true);
    auto download = std::make_unique<Download>(desk);
    for (int cut = 0; cut < 3; ++cut) {
        city.cutAfter = 100'000;
        CHECK(download->run());
        CHECK_FALSE(standIn(desk));
        if (restarts)
            download = std::make_unique<Download>(desk);
    }

    CHECK_FALSE(download->run());

    checkStates(desk, cards);
    REQUIRE(city.asked.size() == 4);
    CHECK(city.asked.first() == u"since=0");
    CHECK(city.asked.last().startsWith(u"since=0&to=1&block="));
    CHECK(city.asked.last().mid(19).toInt() >= 9);
}

TEST_CASE("States that the hub did not sign are not taken", "[sync]")
{
    CityHub city;
    REQUIRE(city.hub.listen());
    EnrolledDesk desk(city.hub);
    Download download(desk);
    city.publish(someCards(10'000, 1));
    CHECK_FALSE(download.run());
    city.publish(someCards(1000, 0, 2));
    city.forger = KeyPair::generate().value();

    const auto error = download.run();

    REQUIRE(error);
    CHECK(error->code == ErrorCode::SnapshotInvalid);
    CHECK(standIn(desk)->version == 1);
    checkStates(desk, someCards(10'000, 1));
    city.forger.reset();
    CHECK_FALSE(download.run());
    CHECK(standIn(desk)->version == 2);
}

TEST_CASE("A hub whose versions have fallen is not followed", "[sync]")
{
    CityHub city;
    REQUIRE(city.hub.listen());
    EnrolledDesk desk(city.hub);
    Download download(desk);
    city.version = 8;
    city.publish(someCards(1000, 1));
    CHECK_FALSE(download.run());
    city.version = 4;
    city.all.clear();
    city.publish(someCards(1000, 1, 3));

    const auto error = download.run();

    REQUIRE(error);
    CHECK((error->code == ErrorCode::SnapshotOld || error->code == ErrorCode::SnapshotInvalid));
    CHECK(standIn(desk)->version == 9);
    checkStates(desk, someCards(1000, 1));
}

TEST_CASE("Without a hub the download fails with its cause, and a second program waits its turn",
          "[sync]")
{
    CityHub city;
    REQUIRE(city.hub.listen());
    EnrolledDesk desk(city.hub);
    city.publish(someCards(1000, 1));
    {
        auto other = SnapshotIntake::open(desk.path, u"1"_s, verifySnapshot);
        REQUIRE(other);
        CHECK(Download(desk).run()->code == ErrorCode::SnapshotBusy);
    }
    const auto usual = city.hub.answer;
    city.hub.answer = [&city](const FakeHub::Request &) {
        return city.hub.problem(503, u"snapshot-busy"_s);
    };
    CHECK(Download(desk).run()->code == ErrorCode::HubStatesBusy);
    city.hub.answer = [&city](const FakeHub::Request &) {
        return city.hub.problem(503, u"database-busy"_s);
    };
    CHECK(Download(desk).run()->code == ErrorCode::HubFailed);
    city.hub.answer = usual;
    city.hub.close();
    CHECK(Download(desk).run()->code == ErrorCode::HubNoAnswer);
    CHECK_FALSE(standIn(desk));
    REQUIRE(city.hub.listen());
    CHECK_FALSE(Download(desk).run());
    CHECK(standIn(desk)->version == 1);
}
