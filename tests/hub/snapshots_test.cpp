#include "support/catch.h"

#include "hub/hubfixture.h"
#include "hub/snapshots.h"
#include "wire/snapshotstream.h"

#include <QThread>
#include <QtEndian>

#include <map>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// What a desk makes of an answer.
struct Read {
    wire::SnapshotHeader header;
    std::map<CardToken, CityCardState> states;
    quint32 blocks = 0;
    bool finished = false;
};

QByteArray bytesOf(const hub::HttpResponse &response)
{
    QFile file(response.file);
    REQUIRE(file.open(QIODevice::ReadOnly));
    REQUIRE(file.seek(response.fileFrom));
    return response.body + file.readAll();
}

Read read(const HubFixture &hub, const QByteArray &stream)
{
    Read result;
    wire::SnapshotDecoder decoder(
        [&hub](QByteArrayView message, QByteArrayView signature) {
            return hub.opened->keys.hub.verifies(message, signature);
        },
        [&result](std::span<const CardChange> rows) {
            for (const CardChange &row : rows)
                result.states[row.token] = row.state;
            return Result<void>();
        });
    REQUIRE(decoder.feed(stream));
    result.header = decoder.header().value();
    result.blocks = decoder.blocks();
    result.finished = decoder.finished();
    return result;
}

CardToken tokenOf(const HubFixture &hub, int card, qint64 keyNumber = 1)
{
    const Secret key = hub.opened->keys.tokenKey(keyNumber).value();
    return qFromBigEndian<quint64>(
        token(key, "card", {cardNumber(card).toUtf8()}).value().constData());
}

void settle(const HubFixture &hub)
{
    REQUIRE(awaitEarlierTransactions(hub.database.name()));
}

} // namespace

TEST_CASE("A snapshot holds every linked card, and the next one what has changed", "[hub]")
{
    HubFixture hub;
    hub::Snapshots snapshots(*hub.opened);
    const wire::Record first = hub.link(1, 1);
    REQUIRE(hub.send(first).isEmpty());
    REQUIRE(hub.send(hub.link(2, 2)).isEmpty());

    settle(hub);
    const Read whole = read(hub, bytesOf(snapshots.answer({0, {}, 0}).value()));
    REQUIRE(hub.send(hub.revoke(first)).isEmpty());
    REQUIRE(hub.send(hub.link(3, 3)).isEmpty());
    hub.clock.time = hub.clock.time.addSecs(11);
    settle(hub);
    const Read changes = read(hub, bytesOf(snapshots.answer({whole.header.to, {}, 0}).value()));
    hub.clock.time = hub.clock.time.addSecs(11);
    const Read nothing = read(hub, bytesOf(snapshots.answer({changes.header.to, {}, 0}).value()));

    CHECK(whole.finished);
    CHECK(whole.header.from == 0);
    CHECK(whole.header.tokenKeyId == u"1"_s);
    CHECK(whole.states ==
          std::map<CardToken, CityCardState>{{tokenOf(hub, 1), CityCardState::Linked},
                                             {tokenOf(hub, 2), CityCardState::Linked}});
    CHECK(changes.header.from == whole.header.to);
    CHECK(changes.header.to > whole.header.to);
    CHECK(changes.states ==
          std::map<CardToken, CityCardState>{{tokenOf(hub, 1), CityCardState::None},
                                             {tokenOf(hub, 3), CityCardState::Linked}});
    CHECK(nothing.finished);
    CHECK(nothing.states.empty());
    // A version that was never given out makes no stream of its own.
    const Read strange =
        read(hub, bytesOf(snapshots.answer({changes.header.to - 1, {}, 0}).value()));
    CHECK(strange.header.from == 0);
    CHECK(strange.header.to == whole.header.to);
}

TEST_CASE("A key that is replaced makes the whole snapshot anew at once", "[hub]")
{
    HubFixture hub;
    hub::Snapshots snapshots(*hub.opened);
    REQUIRE(hub.send(hub.link(1, 1)).isEmpty());
    settle(hub);
    const Read old = read(hub, bytesOf(snapshots.answer({0, {}, 0}).value()));

    REQUIRE(hub.desks->revoke(hub.desk.enrolment.desk));
    settle(hub);
    const Read fresh = read(hub, bytesOf(snapshots.answer({0, {}, 0}).value()));

    CHECK(fresh.finished);
    CHECK(fresh.header.from == 0);
    CHECK(fresh.header.to > old.header.to);
    CHECK(fresh.header.tokenKeyId != old.header.tokenKeyId);
    CHECK(fresh.states.size() == 1);
    CHECK_FALSE(fresh.states.contains(tokenOf(hub, 1)));
}

TEST_CASE("No snapshot is made while all cards are younger than what still runs", "[hub]")
{
    HubFixture hub;
    hub::Snapshots snapshots(*hub.opened);
    REQUIRE(hub.send(hub.link(1, 1)).isEmpty());
    hub::Database other(hub.config.database, 1);

    REQUIRE(other.transact([&](hub::Session &session) -> Result<void> {
        const auto begun = session.run("SELECT pg_current_xact_id()");
        REQUIRE(hub.desks->revoke(hub.desk.enrolment.desk));
        const auto empty = snapshots.answer({0, {}, 0});
        REQUIRE_FALSE(empty);
        CHECK(empty.error().code == ErrorCode::SnapshotBusy);
        return begun ? Result<void>() : tl::unexpected(begun.error());
    }));
    settle(hub);
    CHECK(read(hub, bytesOf(snapshots.answer({0, {}, 0}).value())).states.size() == 1);
}

TEST_CASE("A snapshot is not newer than what it leaves out", "[hub]")
{
    HubFixture hub;
    hub::Snapshots snapshots(*hub.opened);
    hub::Database other(hub.config.database, 1);

    REQUIRE(other.transact([&](hub::Session &session) -> Result<void> {
        const auto begun = session.run("SELECT pg_current_xact_id()");
        if (!begun)
            return tl::unexpected(begun.error());
        while (psql(hub.database.name(),
                    u"SELECT bool_or(clock_timestamp() - xact_start > '0.3 s') FROM"
                    " pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT"
                    " NULL"_s) != "t")
            QThread::msleep(20);
        const Read made = read(hub, bytesOf(snapshots.answer({0, {}, 0}).value()));
        CHECK(made.header.asOf <= hub.clock.now().addMSecs(-300));
        return {};
    }));
}

TEST_CASE("A transaction that is still running is in the next snapshot, not lost", "[hub]")
{
    HubFixture hub;
    hub::Snapshots snapshots(*hub.opened);
    hub::Database other(hub.config.database, 1);
    Read during;

    const auto done = other.transact([&](hub::Session &session) -> Result<void> {
        const auto row = session.run("INSERT INTO card (card, token, state) VALUES"
                                     " (sha256('a'), sha256('a'), 'registered')");
        if (!row)
            return tl::unexpected(row.error());
        // Another one comes and goes while this one runs.
        REQUIRE(hub.send(hub.link(1, 1)).isEmpty());
        during = read(hub, bytesOf(snapshots.answer({0, {}, 0}).value()));
        return {};
    });
    REQUIRE(done);
    hub.clock.time = hub.clock.time.addSecs(11);
    settle(hub);
    const Read after = read(hub, bytesOf(snapshots.answer({during.header.to, {}, 0}).value()));

    CHECK(during.states.empty());
    CHECK(after.states.size() == 2);
}

TEST_CASE("A download goes on where it broke off, byte for byte", "[hub]")
{
    HubFixture hub;
    hub::Snapshots snapshots(*hub.opened);
    (void)psql(hub.database.name(),
               u"INSERT INTO card (card, token, state) SELECT sha256(n::text::bytea),"
               " sha256(n::text::bytea), 'linked' FROM generate_series(1, 10000) n"_s);
    settle(hub);
    const QByteArray stream = bytesOf(snapshots.answer({0, {}, 0}).value());
    const Read whole = read(hub, stream);
    REQUIRE(whole.states.size() == 10000);
    REQUIRE(whole.blocks == 3);

    settle(hub);
    const QByteArray rest = bytesOf(snapshots.answer({0, whole.header.to, 2}).value());

    const auto header = wire::SnapshotHeader::read(rest).value().value();
    CHECK(header.firstBlock == 2);
    CHECK(header.goesOnWith(whole.header));
    CHECK(stream.endsWith(rest.mid(header.bytes().size())));
    // A stream that is gone begins anew.
    const auto fresh =
        wire::SnapshotHeader::read(bytesOf(snapshots.answer({0, whole.header.to - 1, 2}).value()));
    CHECK(fresh.value()->firstBlock == 0);
}

TEST_CASE("After a new token key only the whole snapshot helps", "[hub]")
{
    HubFixture hub;
    hub::Snapshots snapshots(*hub.opened);
    REQUIRE(hub.send(hub.link(1, 1)).isEmpty());
    settle(hub);
    const Read before = read(hub, bytesOf(snapshots.answer({0, {}, 0}).value()));
    SigningDesk stolen;
    hub.enrol(stolen);

    REQUIRE(hub.desks->revoke(stolen.enrolment.desk));
    hub.clock.time = hub.clock.time.addSecs(11);
    settle(hub);
    const Read after = read(hub, bytesOf(snapshots.answer({before.header.to, {}, 0}).value()));

    CHECK(after.header.from == 0);
    CHECK(after.header.tokenKeyId == u"2"_s);
    CHECK(after.states ==
          std::map<CardToken, CityCardState>{{tokenOf(hub, 1, 2), CityCardState::Linked}});
}

TEST_CASE("Cards that share the first bytes of their tokens get one cautious state", "[hub]")
{
    HubFixture hub;
    hub::Snapshots snapshots(*hub.opened);
    // Three cards a prefix; those between and around them are ordinary ones.
    const auto put = [&](const QString &prefix, int card, const QString &state) {
        (void)psql(
            hub.database.name(),
            u"INSERT INTO card (card, token, state) VALUES (sha256('%1 %2'), '\\x%1' || "
            "substr(sha256('%2'), 1, 24), '%3')"_s.arg(prefix, QString::number(card), state));
    };
    const auto change = [&](const QString &prefix, int card, const QString &state) {
        (void)psql(hub.database.name(),
                   u"UPDATE card SET state = '%3', changed = pg_current_xact_id()"
                   " WHERE card = sha256('%1 %2')"_s.arg(prefix, QString::number(card), state));
    };
    const auto next = [&](quint64 since) {
        hub.clock.time = hub.clock.time.addSecs(3601);
        settle(hub);
        return read(hub, bytesOf(snapshots.answer({since, {}, 0}).value()));
    };
    const QString same = u"00000000000000aa"_s;
    const QString mixed = u"80000000000000bb"_s;
    const QString last = u"ffffffffffffffff"_s;
    for (int card = 0; card < 3; ++card) {
        put(same, card, u"linked"_s);
        put(mixed, card, card == 1 ? u"none"_s : u"linked"_s);
        put(last, card, card == 1 ? u"registered"_s : u"linked"_s);
    }
    put(u"7000000000000000"_s, 1, u"linked"_s);

    const Read whole = next(0);
    CHECK(whole.finished);
    CHECK(whole.states ==
          std::map<CardToken, CityCardState>{{0xaa, CityCardState::Linked},
                                             {0x7000000000000000, CityCardState::Linked}});

    // One of three changes: what is said of them is true of each, or it is the cautious word.
    change(same, 2, u"none"_s);
    change(mixed, 1, u"linked"_s);
    put(u"7000000000000000"_s, 2, u"linked"_s);
    const Read changes = next(whole.header.to);
    CHECK(changes.states ==
          std::map<CardToken, CityCardState>{{0xaa, CityCardState::None},
                                             {0x7000000000000000, CityCardState::Linked},
                                             {0x80000000000000bb, CityCardState::Linked}});
    const Read again = next(0);
    CHECK(again.states ==
          std::map<CardToken, CityCardState>{{0x7000000000000000, CityCardState::Linked},
                                             {0x80000000000000bb, CityCardState::Linked}});
    CHECK(next(again.header.to).states.empty());
    CHECK(hub.count(u"twin"_s) == 4);
}

TEST_CASE("A query for a snapshot is read strictly", "[hub]")
{
    const auto isRight = [](const QByteArray &target) {
        hub::HttpRequest request;
        request.target = target;
        return hub::Snapshots::requestOf(request).has_value();
    };

    CHECK(isRight("/v1/snapshot?since=0"));
    CHECK(isRight("/v1/snapshot?since=5&to=9&block=3"));
    CHECK_FALSE(isRight("/v1/snapshot"));
    CHECK_FALSE(isRight("/v1/snapshot?since=-1"));
    CHECK_FALSE(isRight("/v1/snapshot?since=99999999999999999999"));
    CHECK_FALSE(isRight("/v1/snapshot?since=1&to=9"));
    CHECK_FALSE(isRight("/v1/snapshot?since=1&block=9"));
}
