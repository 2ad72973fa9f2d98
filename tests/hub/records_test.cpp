#include "support/catch.h"

#include "core/resourcepath.h"
#include "hub/evidence.h"
#include "hub/housekeeping.h"
#include "hub/hubfixture.h"
#include "hub/ledger.h"
#include "hub/questions.h"
#include "hub/snapshots.h"

#include <QFile>

#include <functional>
#include <thread>

using namespace upgradedesk;
using namespace upgradedesk::test;

TEST_CASE("Every reason the hub has against a record", "[hub]")
{
    HubFixture hub;
    REQUIRE(hub.send(hub.link(1, 1)).isEmpty());

    struct Case {
        QString reason;
        std::function<void(wire::Record &)> change;
    };
    const std::vector<Case> cases{
        {{}, [](wire::Record &) {}},
        {u"card-linked-to-other"_s, [](wire::Record &r) { r.card = cardNumber(1); }},
        {u"person-has-physical-card"_s, [](wire::Record &r) { r.holder = person(1); }},
        {u"person-has-physical-card"_s,
         [](wire::Record &r) {
             r.holder = person(1);
             r.medium = u"wristband"_s;
         }},
        {{}, // a phone has a place of its own
         [](wire::Record &r) {
             r.holder = person(1);
             r.medium = u"phone"_s;
         }},
        {u"agent-is-holder"_s,
         [](wire::Record &r) {
             r.agent = r.holder;
             r.reason = u"behalf"_s;
         }},
        {u"product-not-linkable"_s, [](wire::Record &r) { r.card = u"6222020200112233445"_s; }},
        {u"document-invalid"_s,
         [](wire::Record &r) { r.holder.documentNumber = u"110102190001010012"_s; }},
        {u"document-kind-not-accepted"_s, [](wire::Record &r) { r.holder.documentKind = u"x"_s; }},
        {u"guardian-missing"_s,
         [](wire::Record &r) { r.holder.documentNumber = residentNumber(5, u"1101022015"_s); }},
        {u"consent-missing"_s, [](wire::Record &r) { r.consents.clear(); }},
        {u"consent-missing"_s, [](wire::Record &r) { r.consents.removeLast(); }},
        {u"consent-version-unknown"_s, [](wire::Record &r) { r.consents[0].version = u"0"_s; }},
        {u"consent-version-unknown"_s,
         [](wire::Record &r) { r.consents[0].hash = QString(64, u'0'); }},
        {u"rules-not-in-force"_s, [](wire::Record &r) { r.rulesVersion = u"1999-01-01.1"_s; }},
        {u"operator-unknown"_s, [](wire::Record &r) { r.operatorId = u"7777"_s; }},
        {u"bad-envelope"_s, [](wire::Record &r) { r.desk = u"desk-other"_s; }},
        {u"bad-envelope"_s, [](wire::Record &r) { r.hub = u"hub-2"_s; }},
        {u"bad-envelope"_s, [](wire::Record &r) { r.kind = u"gift"_s; }},
    };
    int next = 100;
    for (const Case &one : cases) {
        wire::Record record = hub.link(next, next);
        ++next;
        one.change(record);
        INFO(one.reason.toStdString() << " case " << next - 101);
        CHECK(hub.send(record) == one.reason);
    }
}

TEST_CASE("The same id and content answers as the first time, another content is a conflict",
          "[hub]")
{
    HubFixture hub;
    const wire::Record record = hub.link(1, 1);
    const wire::SealedRecord sealed = hub.desk.seal(record);
    const auto first = hub.send({sealed}).first();
    hub.clock.time = hub.clock.time.addSecs(3600);

    const auto again = hub.send({sealed}).first();
    const auto other = hub.send({hub.desk.seal(record)}).first();

    CHECK(first.outcome == wire::Outcome::Accepted);
    CHECK(again.outcome == wire::Outcome::Accepted);
    CHECK(again.at == first.at);
    CHECK(other.outcome == wire::Outcome::Conflict);
    CHECK(hub.count(u"records"_s) == 1);
    CHECK(hub.count(u"envelope"_s) == 1);
}

TEST_CASE("A receipt is signed by the hub over what was decided", "[hub]")
{
    HubFixture hub;
    const wire::SealedRecord sealed = hub.desk.seal(hub.link(1, 1));

    wire::RecordResult result = hub.send({sealed}).first();

    const QByteArray hash = QCryptographicHash::hash(sealed.sealed, QCryptographicHash::Sha256);
    const Certificate &certificate = hub.opened->keys.hub;
    CHECK(certificate.verifies(wire::receiptBytes(u"hub-1"_s, hash, result), result.receipt));
    result.reason = u"superseded"_s;
    CHECK_FALSE(certificate.verifies(wire::receiptBytes(u"hub-1"_s, hash, result), result.receipt));
}

TEST_CASE("Another desk's envelope is refused and does not take the id away", "[hub]")
{
    HubFixture hub;
    SigningDesk thief;
    hub.enrol(thief);
    const wire::SealedRecord sealed = hub.desk.seal(hub.link(1, 1));

    const auto stolen = hub.send(thief, {sealed}).first();
    const auto own = hub.send({sealed}).first();

    CHECK(stolen.reason == u"bad-signature"_s);
    CHECK(own.outcome == wire::Outcome::Accepted);
}

TEST_CASE("A changed envelope is refused", "[hub]")
{
    HubFixture hub;
    wire::SealedRecord sealed = hub.desk.seal(hub.link(1, 1));
    sealed.sealed[sealed.sealed.size() / 2] = char(sealed.sealed[sealed.sealed.size() / 2] ^ 1);

    CHECK(hub.send({sealed}).first().reason == u"bad-envelope"_s);
    CHECK(hub.count(u"envelope"_s) == 0);
}

TEST_CASE("The same card and person at two desks is one link, until both are taken back", "[hub]")
{
    HubFixture hub;
    SigningDesk other;
    hub.enrol(other);
    const wire::Record one = hub.link(1, 1);
    const wire::Record two = hub.link(other, 1, 1);

    CHECK(hub.send(one).isEmpty());
    CHECK(hub.send(other, two).isEmpty());
    CHECK(hub.count(u"holding"_s) == 1);
    CHECK(hub.send(hub.revoke(one)).isEmpty());
    CHECK(hub.count(u"card WHERE state = 'linked'"_s) == 1);
    wire::Record last = hub.revoke(two);
    CHECK(hub.send(other, last).isEmpty());
    CHECK(hub.count(u"card WHERE state = 'linked'"_s) == 0);
    CHECK(hub.count(u"holding"_s) == 0);
}

TEST_CASE("An agent may act for five at once, and one freed place may be taken again", "[hub]")
{
    HubFixture hub;
    wire::Record first;
    for (int i = 0; i < 6; ++i) {
        wire::Record record = hub.link(10 + i, 10 + i);
        record.agent = person(1);
        record.reason = u"behalf"_s;
        if (i == 0)
            first = record;
        CHECK(hub.send(record) == (i < 5 ? QString() : u"agent-limit-reached"_s));
    }
    CHECK(hub.send(hub.revoke(first)).isEmpty());
    wire::Record again = hub.link(20, 20);
    again.agent = person(1);
    again.reason = u"behalf"_s;
    CHECK(hub.send(again).isEmpty());
}

TEST_CASE("A limit that is lower than the places that are taken counts links, not places", "[hub]")
{
    HubFixture hub;
    for (int i = 0; i < 5; ++i) {
        wire::Record record = hub.link(10 + i, 10 + i);
        record.agent = person(1);
        record.reason = u"behalf"_s;
        REQUIRE(hub.send(record).isEmpty());
    }
    // As earlier rules with higher limits have left them.
    (void)psql(hub.database.name(), u"UPDATE agency SET place = place + 5;"
                                    "UPDATE holding SET place = place + 1;"
                                    "UPDATE card SET place = place + 1,"
                                    " agent_place = agent_place + 5"_s);

    wire::Record sixth = hub.link(20, 20);
    sixth.agent = person(1);
    sixth.reason = u"behalf"_s;
    CHECK(hub.send(sixth) == u"agent-limit-reached"_s);
    CHECK(hub.send(hub.link(21, 10)) == u"person-has-physical-card"_s);
}

TEST_CASE("What stays of a link that two desks made is that of the other record", "[hub]")
{
    HubFixture hub;
    SigningDesk other;
    hub.enrol(other);
    const bool agentFirst = GENERATE(true, false);
    wire::Record one = hub.link(1, 1);
    wire::Record two = hub.link(other, 1, 1);
    wire::Record &acted = agentFirst ? one : two;
    acted.agent = person(2);
    acted.reason = u"behalf"_s;
    REQUIRE(hub.send(one).isEmpty());
    hub.clock.time = hub.clock.time.addSecs(1);
    REQUIRE(hub.send(other, two).isEmpty());
    CHECK(hub.count(u"agency"_s) == (agentFirst ? 1 : 0));

    CHECK(hub.send(hub.revoke(one)).isEmpty());

    CHECK(hub.count(u"agency"_s) == (agentFirst ? 0 : 1));
    CHECK(hub.count(u"card WHERE agent IS NOT NULL"_s) == (agentFirst ? 0 : 1));
    CHECK(hub.count(u"holding"_s) == 1);
    CHECK(hub.count(u"card WHERE record = '%1'"_s.arg(two.id)) == 1);
}

TEST_CASE("An import takes nothing of a desk that is revoked while it runs", "[hub]")
{
    HubFixture hub;
    const wire::SealedRecord before = hub.desk.seal(hub.link(1, 1));
    REQUIRE(hub.send({before}).first().outcome == wire::Outcome::Accepted);
    (void)psql(hub.database.name(), u"UPDATE desk SET revoked = now()"_s);

    // It looked at the register before.
    const auto results = hub.store->take({before, hub.desk.seal(hub.link(2, 2))},
                                         hub.signerOf(hub.desk), hub.clock.now(), true, false);

    REQUIRE(results);
    CHECK(results->at(0).outcome == wire::Outcome::Accepted);
    CHECK(results->at(1).reason == u"desk-revoked"_s);
    CHECK(hub.count(u"holding"_s) == 1);
}

TEST_CASE("A time from before the desk was one is not believed", "[hub]")
{
    HubFixture hub;
    const auto [hours, believed] = GENERATE(std::pair{-6, true}, std::pair{-26, false});
    wire::Record record = hub.link(1, 1);
    record.deskTime = record.deskTime.addSecs(hours * 3600);
    record.lastHubTime = record.deskTime;

    CHECK(hub.send(record).isEmpty());
    CHECK(psql(hub.database.name(), u"SELECT trusted < at, time_trusted FROM records"_s) ==
          (believed ? "t|t" : "f|f"));
}

TEST_CASE("Taking back has its window, its owner and its order", "[hub]")
{
    HubFixture hub;
    const wire::Record record = hub.link(1, 1);
    REQUIRE(hub.send(record).isEmpty());

    SECTION("nobody else's")
    {
        wire::Record other = hub.revoke(record);
        other.operatorId = u"9002"_s;
        CHECK(hub.send(other) == u"not-own-record"_s);
    }
    SECTION("not after five minutes")
    {
        hub.clock.time = hub.clock.time.addSecs(301);
        wire::Record late = hub.revoke(record);
        late.deskTime = hub.clock.now();
        CHECK(hub.send(late) == u"undo-window-passed"_s);
    }
    SECTION("a clock that was set back a little is no reason")
    {
        wire::Record early = hub.revoke(record);
        early.deskTime = record.deskTime.addSecs(-31);
        CHECK(hub.send(early) == u"undo-window-passed"_s);
        early.id = newRecordId(hub.clock);
        early.deskTime = record.deskTime.addSecs(-29);
        CHECK(hub.send(early).isEmpty());
    }
    SECTION("without trusted time the ticks since boot tell")
    {
        wire::Record late = hub.revoke(record);
        late.timeTrusted = false;
        late.bootTicks = record.bootTicks + 301000;
        CHECK(hub.send(late) == u"undo-window-passed"_s);
        late.id = newRecordId(hub.clock);
        late.bootTicks = record.bootTicks + 299000;
        CHECK(hub.send(late).isEmpty());
    }
    SECTION("nothing unknown or rejected")
    {
        wire::Record unknown = hub.revoke(record);
        unknown.of = newRecordId(hub.clock);
        CHECK(hub.send(unknown) == u"record-unknown"_s);
        const wire::Record rejected = hub.link(1, 2);
        REQUIRE(hub.send(rejected) == u"card-linked-to-other"_s);
        CHECK(hub.send(hub.revoke(rejected)) == u"record-unknown"_s);
    }
    SECTION("once, and its revoke restores")
    {
        const wire::Record back = hub.revoke(record);
        CHECK(hub.send(back).isEmpty());
        CHECK(hub.count(u"holding"_s) == 0);
        CHECK(hub.send(hub.revoke(record)) == u"superseded"_s);
        CHECK(hub.send(hub.revoke(back)).isEmpty());
        CHECK(hub.count(u"holding"_s) == 1);
    }
    SECTION("restoring meets the rules again")
    {
        const wire::Record back = hub.revoke(record);
        CHECK(hub.send(back).isEmpty());
        CHECK(hub.send(hub.link(1, 2)).isEmpty());
        CHECK(hub.send(hub.revoke(back)) == u"card-linked-to-other"_s);
        CHECK(hub.count(u"holding"_s) == 1);
    }
}

TEST_CASE("Unlink and replace keep history and can be taken back", "[hub]")
{
    HubFixture hub;
    REQUIRE(hub.send(hub.link(1, 1)).isEmpty());

    CHECK(hub.send(hub.change(u"unlink"_s, 9, 1)) == u"card-not-linked"_s);
    CHECK(hub.send(hub.change(u"unlink"_s, 1, 2)) == u"holder-mismatch"_s);
    const wire::Record unlink = hub.change(u"unlink"_s, 1, 1);
    CHECK(hub.send(unlink).isEmpty());
    CHECK(hub.count(u"holding"_s) == 0);
    CHECK(hub.send(hub.revoke(unlink)).isEmpty());
    CHECK(hub.count(u"holding"_s) == 1);

    wire::Record replace = hub.change(u"replace"_s, 2, 1);
    replace.oldCard = cardNumber(1);
    CHECK(hub.send(replace).isEmpty());
    CHECK(hub.count(u"card WHERE state = 'linked'"_s) == 1);
    CHECK(hub.count(u"records WHERE ended_by IS NOT NULL"_s) == 1);
    CHECK(hub.send(hub.link(1, 2)).isEmpty()); // the old card is free now
    CHECK(hub.send(hub.revoke(replace)) == u"card-linked-to-other"_s);
    CHECK(hub.count(u"holding"_s) == 2);
}

TEST_CASE("Undoing a replace leaves what another desk has linked since", "[hub]")
{
    HubFixture hub;
    SigningDesk other;
    hub.enrol(other);
    REQUIRE(hub.send(hub.link(1, 1)).isEmpty());
    wire::Record replace = hub.change(u"replace"_s, 2, 1);
    replace.oldCard = cardNumber(1);
    REQUIRE(hub.send(replace).isEmpty());
    const wire::Record merged = hub.link(other, 2, 1);
    REQUIRE(hub.send(other, merged).isEmpty());

    CHECK(hub.send(hub.revoke(replace)) == u"person-has-physical-card"_s);
    CHECK(hub.count(u"holding"_s) == 1);
    CHECK(hub.count(u"card WHERE state = 'linked'"_s) == 1);
    // Without the other desk's link the replace can be undone.
    CHECK(hub.send(other, hub.revoke(merged)).isEmpty());
    CHECK(hub.send(hub.revoke(replace)).isEmpty());
    CHECK(hub.count(u"holding"_s) == 1);
    CHECK(hub.count(u"records r WHERE live AND kind = 'link' AND EXISTS (SELECT FROM card c"
                    " WHERE c.card = r.card AND c.person = r.person)"_s) == 1);
}

TEST_CASE("A link that is restored after a key was replaced has a token of the new key", "[hub]")
{
    HubFixture hub;
    SigningDesk stolen;
    hub.enrol(stolen);
    REQUIRE(hub.send(hub.link(1, 1)).isEmpty());
    const wire::Record unlink = hub.change(u"unlink"_s, 1, 1);
    REQUIRE(hub.send(unlink).isEmpty());

    REQUIRE(hub.desks->revoke(stolen.enrolment.desk));
    REQUIRE(hub.send(hub.revoke(unlink)).isEmpty());

    const Secret key = hub.opened->keys.tokenKey(2).value();
    const QByteArray expected = token(key, "card", {cardNumber(1).toUtf8()}).value();
    CHECK(psql(hub.database.name(),
               u"SELECT encode(token, 'hex') FROM card WHERE state = 'linked'"_s) ==
          expected.toHex());
}

TEST_CASE("Evidence that does not open keeps no desk from being revoked", "[hub]")
{
    HubFixture hub;
    REQUIRE(hub.send(hub.link(1, 1)).isEmpty());
    REQUIRE(hub.send(hub.link(2, 2)).isEmpty());
    (void)psql(hub.database.name(), u"UPDATE envelope SET sealed = 'x' WHERE id = (SELECT"
                                    " min(id::text)::uuid FROM envelope)"_s);

    const auto revoked = hub.desks->revoke(hub.desk.enrolment.desk);

    REQUIRE(revoked);
    CHECK(revoked->cards == 2);
    CHECK(revoked->unreadable == 1);
    CHECK(hub.opened->tokenKeyNumber(true).value() == 2);
}

TEST_CASE("Records are decided while cards are given their new tokens", "[hub]")
{
    HubFixture hub;
    SigningDesk stolen;
    hub.enrol(stolen);
    for (int i = 1; i <= 3; ++i)
        REQUIRE(hub.send(hub.link(i, i)).isEmpty());
    // As many as need several rounds, of which no evidence opens.
    (void)psql(hub.database.name(),
               u"WITH made AS (INSERT INTO envelope SELECT gen_random_uuid(), 'desk', 'x', now(),"
               " 'x' FROM generate_series(1, 2500) RETURNING id) INSERT INTO card (card, token,"
               " state, record) SELECT sha256(id::text::bytea), sha256(id::text::bytea), 'none', id"
               " FROM made; INSERT INTO card (card, token, state, listed) SELECT"
               " sha256(n::text::bytea), sha256(n::text::bytea), 'new', true FROM"
               " generate_series(1, 1500) n"_s);
    hub::Database other(hub.config.database, 1);
    Result<hub::Desks::Revoked> revoked;
    std::thread revoking;

    // The last of the cards is held by somebody.
    const auto done = other.transact([&](hub::Session &session) -> Result<void> {
        const auto held = session.run("SELECT FROM card WHERE record IS NOT NULL ORDER BY card DESC"
                                      " LIMIT 1 FOR UPDATE");
        if (!held)
            return tl::unexpected(held.error());
        revoking = std::thread([&] { revoked = hub.desks->revoke(stolen.enrolment.desk); });
        while (hub.count(u"pg_stat_activity WHERE datname = current_database()"
                         " AND wait_event_type = 'Lock'"_s) == 0)
            std::this_thread::yield();
        CHECK(hub.send(hub.link(4, 4)).isEmpty());
        return {};
    });
    revoking.join();

    REQUIRE(done);
    REQUIRE(revoked);
    CHECK(revoked->cards == 2504);
    CHECK(revoked->unreadable == 2500);
    CHECK(hub.count(u"card"_s) == 2504);
    CHECK(hub.count(u"old_token"_s) == 0);
    const Secret key = hub.opened->keys.tokenKey(2).value();
    for (int i = 1; i <= 4; ++i) {
        const auto expected = token(key, "card", {cardNumber(i).toUtf8()}).value();
        CHECK(hub.count(u"card WHERE state = 'linked' AND token = '\\x%1'"_s.arg(
                  QString::fromLatin1(expected.toHex()))) == 1);
    }
}

TEST_CASE("Until all cards have new tokens they are known by those before", "[hub]")
{
    HubFixture hub;
    REQUIRE(hub.send(hub.link(1, 1)).isEmpty());
    REQUIRE(hub.send(hub.link(2, 2)).isEmpty());
    const auto tokenOf = [&](int card, qint64 number) {
        const Secret key = hub.opened->keys.tokenKey(number).value();
        return token(key, "card", {cardNumber(card).toUtf8()}).value();
    };
    // A process was killed after the first of the two.
    (void)psql(hub.database.name(),
               u"INSERT INTO setting VALUES ('token-key-next', '2'); SELECT give_tokens(2,"
               " ARRAY[card], ARRAY['\\x%1'::bytea]) FROM card WHERE token = '\\x%2'"_s.arg(
                   QString::fromLatin1(tokenOf(1, 2).toHex()),
                   QString::fromLatin1(tokenOf(1, 1).toHex())));
    REQUIRE(hub.count(u"old_token"_s) == 1);

    const auto states = hub::cardStatus(*hub.opened, {tokenOf(1, 1), tokenOf(2, 1)}).value();
    CHECK(states.cards[0].state == u"linked");
    CHECK(states.cards[1].state == u"linked");
    const auto gate = hub::gateDecision(*hub.opened, {u"1"_s, tokenOf(1, 1), u"none"_s, {}});
    const auto other = hub::gateDecision(*hub.opened, {u"1"_s, tokenOf(2, 1), u"none"_s, {}});
    REQUIRE(gate);
    REQUIRE(other);
    CHECK(gate->code == other->code);
    hub::Snapshots snapshots(*hub.opened);
    const auto stream = snapshots.answer({0, {}, 0});
    REQUIRE_FALSE(stream);
    CHECK(stream.error().code == ErrorCode::SnapshotBusy);

    const auto finished = hub.desks->finishRetokening();
    REQUIRE(finished);
    CHECK(finished->cards == 1);
    CHECK(hub.opened->tokenKeyNumber(true).value() == 2);
    const auto fresh = hub::cardStatus(*hub.opened, {tokenOf(1, 2), tokenOf(2, 2)}).value();
    CHECK(fresh.cards[0].state == u"linked");
    CHECK(fresh.cards[1].state == u"linked");
}

TEST_CASE("Evidence of a desk that got another certificate meanwhile opens", "[hub]")
{
    HubFixture hub;
    const auto sealedOf = [&hub](const wire::Record &record) {
        REQUIRE(hub.send(record).isEmpty());
        return record.id;
    };
    hub::Evidence evidence(*hub.opened, *hub.desks);
    const QString before = sealedOf(hub.link(1, 1));
    REQUIRE(evidence.open(hub.opened->database, before));
    const auto self = hub.desks->byId(hub.desk.enrolment.desk).value().value();
    const auto csr = SigningRequest::make(hub.desk.key, u"desk"_s).value().pem();
    hub.desk.take(hub.desks->renew(self, {csr}).value());

    const auto after = evidence.open(hub.opened->database, sealedOf(hub.link(2, 2)));

    REQUIRE(after);
    CHECK(after->card == cardNumber(2));
    CHECK(evidence.open(hub.opened->database, before));
}

TEST_CASE("A change of the token key that was cut off goes on beside the service", "[hub]")
{
    HubFixture hub;
    REQUIRE(hub.send(hub.link(1, 1)).isEmpty());
    (void)psql(hub.database.name(), u"INSERT INTO setting VALUES ('token-key-next', '2')"_s);
    const auto keyInForce = [&hub] { return hub.opened->tokenKeyNumber(true).value(); };
    const auto never = [] { return false; };
    REQUIRE(hub.desks->mayServe().value());

    SECTION("to its end")
    {
        CHECK(hub.desks->finishRetokeningBeside(never)->cards == 1);
        CHECK(keyInForce() == 2);
        CHECK(hub.count(u"old_token"_s) == 0);
        CHECK(hub.desks->finishRetokeningBeside(never)->cards == 0);
    }
    SECTION("unless another process is at it")
    {
        hub::Database other(hub.config.database, 1);
        REQUIRE(other.transact([&](hub::Session &session) -> Result<void> {
            const auto held = session.script("SELECT pg_advisory_xact_lock(7305, 0)");
            CHECK(hub.desks->finishRetokeningBeside(never)->cards == 0);
            return held;
        }));
        CHECK(keyInForce() == 1);
    }
    SECTION("and stops with it")
    {
        CHECK(hub.desks->finishRetokeningBeside([] { return true; })->cards == 0);
        CHECK(keyInForce() == 1);
    }
    SECTION("and a backup that reads meanwhile keeps nobody waiting")
    {
        hub::Database backup(hub.config.database, 1);
        REQUIRE(backup.transact([&](hub::Session &session) -> Result<void> {
            const auto read = session.script("SELECT FROM old_token");
            CHECK(hub.desks->finishRetokeningBeside(never)->cards == 1);
            CHECK(keyInForce() == 2);
            CHECK(hub.count(u"old_token"_s) == 1);
            return read;
        }));
        CHECK(hub.desks->finishRetokeningBeside(never)->cards == 0);
        CHECK(hub.count(u"old_token"_s) == 0);
    }
}

TEST_CASE("What was done with the number of a disabled operator stays refused", "[hub]")
{
    HubFixture hub;
    const QDateTime now = hub.clock.now();
    const auto at = [&](int card, int minutesAgo) {
        wire::Record record = hub.link(card, card);
        record.deskTime = now.toUTC().addSecs(-60 * minutesAgo);
        record.lastHubTime = record.deskTime.addSecs(-60);
        for (Consent &consent : record.consents)
            consent.at = record.deskTime;
        return record;
    };
    const auto run = [&hub](const char *sql, const QDateTime &time) {
        REQUIRE(hub.opened->database.run(sql, hub::Parameters().text(u"9001"_s).time(time)));
    };
    for (const int hours : {8, 4}) {
        run("UPDATE operators SET disabled = $2::timestamptz WHERE id = $1",
            now.addSecs(-3600 * hours));
        run(hub::enableOperatorSql, now.addSecs(-3600 * (hours - 2)));
    }

    CHECK(hub.send(at(1, 9 * 60)).isEmpty());
    CHECK(hub.send(at(2, 7 * 60)) == u"operator-unknown"_s);
    CHECK(hub.send(at(3, 5 * 60)).isEmpty());
    CHECK(hub.send(at(4, 3 * 60)) == u"operator-unknown"_s);
    CHECK(hub.send(at(5, 60)).isEmpty());
}

TEST_CASE("No revoked desk is given the next key", "[hub]")
{
    HubFixture hub;
    SECTION("when it asked before it was revoked")
    {
        const auto caller = hub.desks->byId(hub.desk.enrolment.desk).value().value();
        REQUIRE(hub.desks->keysFor(caller));
        REQUIRE(hub.desks->revoke(hub.desk.enrolment.desk));
        const auto keys = hub.desks->keysFor(caller);
        REQUIRE_FALSE(keys);
        CHECK(keys.error().code == ErrorCode::DeskRevoked);
    }
    SECTION("when that of another desk comes in force at the same moment")
    {
        (void)psql(hub.database.name(), u"INSERT INTO setting VALUES ('token-key-next', '2')"_s);
        hub::Database other(hub.config.database, 1);
        Result<hub::Desks::Revoked> revoked;
        std::thread revoking;
        REQUIRE(other.transact([&](hub::Session &session) -> Result<void> {
            const auto held = session.script("UPDATE setting SET value = '2' WHERE name ="
                                             " 'token-key'");
            revoking = std::thread([&] { revoked = hub.desks->revoke(hub.desk.enrolment.desk); });
            while (hub.count(u"pg_stat_activity WHERE datname = current_database()"
                             " AND wait_event_type = 'Lock'"_s) == 0)
                std::this_thread::yield();
            return held;
        }));
        revoking.join();
        REQUIRE(revoked);
        CHECK(revoked->tokenKey == 3);
    }
}

TEST_CASE("A statement that could not be prepared can be later", "[hub]")
{
    ClusterDatabase made;
    hub::Database database(made.connection(), 1);
    REQUIRE_FALSE(database.run("SELECT count(*) FROM later"));
    (void)psql(made.name(), u"CREATE TABLE later ()"_s);

    CHECK(database.run("SELECT count(*) FROM later"));
}

TEST_CASE("A refused record is known by its person all the same", "[hub]")
{
    HubFixture hub;
    wire::Record strange = hub.link(1, 1);
    strange.rulesVersion = u"none"_s;
    REQUIRE(hub.send(strange) == u"rules-not-in-force"_s);
    wire::Record silent = hub.link(2, 1);
    silent.consents.clear();
    REQUIRE(hub.send(silent) == u"consent-missing"_s);

    const QByteArray person =
        hub.opened->keys.personToken(u"resident"_s, residentNumber(1)).value();
    CHECK(hub::erasePerson(hub.opened->database, hub.config, person, hub.clock.now()).value() == 2);
    CHECK(hub.count(u"envelope WHERE length(sealed) > 0"_s) == 0);
}

TEST_CASE("Rules that another process has published just now are known at once", "[hub]")
{
    HubFixture hub;
    REQUIRE(hub.opened->rules());
    QFile file(resourcePath(u"rules/rules.json"));
    REQUIRE(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll().replace("2022-05-28.1", "2022-05-28.2");
    REQUIRE(hub.opened->database.transact([&](hub::Session &session) -> Result<void> {
        const auto version = hub::publish(session, u"rules"_s, {}, text, hub.clock.now());
        return version ? Result<void>() : tl::unexpected(version.error());
    }));

    wire::Record record = hub.link(1, 1);
    record.rulesVersion = u"2022-05-28.2"_s;
    CHECK(hub.send(record).isEmpty());
}

TEST_CASE("Nothing is published that desks would refuse", "[hub]")
{
    HubFixture hub;
    const auto publish = [&](const QString &kind, const QByteArray &body) {
        return hub.opened->database.transact([&](hub::Session &session) -> Result<void> {
            const auto version = hub::publish(session, kind, u"s"_s, body, hub.clock.now());
            return version ? Result<void>() : tl::unexpected(version.error());
        });
    };
    const qint64 before = hub.count(u"published"_s);
    QFile file(resourcePath(u"rules/rules.json"));
    REQUIRE(file.open(QIODevice::ReadOnly));
    const QByteArray large = file.readAll() + QByteArray(1024 * 1024, ' ');

    CHECK_FALSE(publish(u"rules"_s, large));
    CHECK_FALSE(publish(u"rules"_s, "{}"));
    CHECK_FALSE(publish(u"roster"_s, wire::encodeRoster({{u"1"_s, u"x"_s, u"boss"_s, u"v"_s}})));
    CHECK(hub.count(u"published"_s) == before);
}

TEST_CASE("What has served its purpose is taken away", "[hub]")
{
    HubFixture hub;
    (void)psql(hub.database.name(),
               u"INSERT INTO quota VALUES ('a', '2022-05-30', 1), ('b', '2022-06-02', 1);"
               "INSERT INTO question VALUES (gen_random_uuid(), 'k', 'd', 'o', gen_random_uuid(),"
               " '2022-03-01'), (gen_random_uuid(), 'k', 'd', 'o', gen_random_uuid(),"
               " '2022-06-01');"
               "INSERT INTO health VALUES ('a', 'normal', NULL, '2022-03-01', 's', '2022-03-01'),"
               " ('b', 'normal', NULL, '2022-06-01', 's', '2022-06-01');"
               "INSERT INTO snapshot_version VALUES (1, '2022-05-01'), (2, '2022-06-01')"_s);

    CHECK(hub::tidyDatabase(*hub.opened).value() == 4);

    for (const auto &table : {u"quota"_s, u"question"_s, u"health"_s, u"snapshot_version"_s})
        CHECK(hub.count(table) == 1);
    CHECK(hub::tidyDatabase(*hub.opened).value() == 0);
}

TEST_CASE("A batch is decided in its order, whatever kinds it mixes", "[hub]")
{
    HubFixture hub;
    const wire::Record first = hub.link(1, 1);
    const wire::Record back = hub.revoke(first);
    const wire::Record again = hub.link(1, 2);
    const wire::Record late = hub.link(1, 3);

    const auto results =
        hub.send({hub.desk.seal(first), hub.desk.seal(hub.link(2, 1)), hub.desk.seal(back),
                  hub.desk.seal(again), hub.desk.seal(late), hub.desk.seal(hub.link(3, 4))});

    QStringList reasons;
    for (const auto &result : results)
        reasons << result.reason;
    CHECK(reasons.join(u',') == u",person-has-physical-card,,,card-linked-to-other,"_s);
}

TEST_CASE("Desks that race for the same persons and cards have one winner each", "[hub]")
{
    HubFixture hub;
    constexpr int deskCount = 4;
    constexpr int persons = 60;
    std::vector<SigningDesk> desks(deskCount);
    std::vector<QList<wire::SealedRecord>> batches(deskCount);
    for (int d = 0; d < deskCount; ++d) {
        hub.enrol(desks[size_t(d)]);
        for (int i = 0; i < persons; ++i) {
            // Every desk has another card for the same person, in another order.
            const int who = d % 2 == 0 ? i : persons - 1 - i;
            batches[size_t(d)] << desks[size_t(d)].seal(
                hub.link(desks[size_t(d)], 1000 + (who + d) % persons, who));
        }
    }

    std::vector<QList<wire::RecordResult>> results(deskCount);
    std::vector<std::thread> threads;
    for (size_t d = 0; d < deskCount; ++d)
        threads.emplace_back([&, d] { results[d] = hub.send(desks[d], batches[d]); });
    for (std::thread &thread : threads)
        thread.join();

    qint64 accepted = 0;
    for (const auto &list : results) {
        REQUIRE(list.size() == persons);
        for (const auto &result : list) {
            if (result.outcome == wire::Outcome::Accepted)
                ++accepted;
            else
                CHECK((result.reason == u"person-has-physical-card" ||
                       result.reason == u"card-linked-to-other"));
        }
    }
    CHECK(accepted == hub.count(u"holding"_s));
    CHECK(hub.count(u"card WHERE person IS NOT NULL"_s) == hub.count(u"holding"_s));
    CHECK(hub.count(u"(SELECT person FROM card GROUP BY person HAVING count(*) > 1) AS twice"_s) ==
          0);
    CHECK(hub.count(u"records"_s) == deskCount * persons);
}

TEST_CASE("A disabled operator's records count up to that moment", "[hub]")
{
    HubFixture hub;
    const wire::Record before = hub.link(1, 1);
    hub.clock.time = hub.clock.time.addSecs(600);
    (void)psql(hub.database.name(), u"UPDATE operators SET disabled = '%1' WHERE id = '9001'"_s.arg(
                                        hub.clock.time.addSecs(-300).toString(Qt::ISODate)));

    CHECK(hub.send(before).isEmpty());
    CHECK(hub.send(hub.link(2, 2)) == u"operator-unknown"_s);
}

TEST_CASE("A record whose desk has no trusted time counts from its coming in", "[hub]")
{
    HubFixture hub;
    wire::Record record = hub.link(1, 1);
    record.timeTrusted = false;
    record.deskTime = record.deskTime.addSecs(-6 * 3600);

    CHECK(hub.send(record).isEmpty());
    CHECK(psql(hub.database.name(), u"SELECT trusted = at FROM records"_s) == "t");
}

TEST_CASE("A revoked desk is refused at once, and every card gets a new token", "[hub]")
{
    HubFixture hub;
    SigningDesk other;
    hub.enrol(other);
    REQUIRE(hub.send(hub.link(1, 1)).isEmpty());
    REQUIRE(hub.send(other, hub.link(other, 2, 2)).isEmpty());
    const QByteArray before = psql(hub.database.name(), u"SELECT token FROM card ORDER BY card"_s);

    const auto revoked = hub.desks->revoke(hub.desk.enrolment.desk);

    REQUIRE(revoked);
    CHECK(revoked->tokenKey == 2);
    CHECK(revoked->cards == 2);
    const auto refused =
        hub.store->take({hub.desk.seal(hub.link(3, 3))}, hub.signerOf(hub.desk), hub.clock.now());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::DeskRevoked);
    CHECK(psql(hub.database.name(), u"SELECT token FROM card ORDER BY card"_s) != before);
    // The other desk goes on; the same person and card is still known.
    CHECK(hub.send(other, hub.link(other, 1, 3)) == u"card-linked-to-other"_s);
    const Secret key = hub.opened->keys.tokenKey(2).value();
    const auto token = upgradedesk::token(key, "card", {cardNumber(2).toUtf8()});
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM card WHERE token = '\\x%1'"_s.arg(
                                        QString::fromLatin1(token->toHex()))) == "1");
    // Once more does nothing, and by hand its records are rejected one by one.
    CHECK(hub.desks->revoke(hub.desk.enrolment.desk)->cards == 0);
    const auto imported = hub.store->take({hub.desk.seal(hub.link(3, 3))}, hub.signerOf(hub.desk),
                                          hub.clock.now(), true, true);
    REQUIRE(imported);
    CHECK(imported->first().reason == u"desk-revoked"_s);
}

TEST_CASE("A code that is sent again brings the same certificate, until it has ended", "[hub]")
{
    HubFixture hub;
    SigningDesk other;
    const auto invited = hub.desks->invite(u"station-1"_s, {}, u"2"_s).value();
    const QByteArray csr = SigningRequest::make(other.key, u"desk"_s)->pem();
    const auto enrol = [&] { return hub.desks->enrol({invited.code.text(), csr})->certificate; };

    const QByteArray first = enrol();
    hub.clock.time = hub.clock.time.addSecs(60);
    CHECK(enrol() == first);
    CHECK(enrol() == first);
    CHECK(hub.count(u"desk_certificate WHERE desk = '%1'"_s.arg(invited.desk)) == 1);
    // Another code is another beginning, with a certificate that lasts from then on.
    const auto again = hub.desks->inviteAgain(invited.desk).value();
    CHECK(hub.desks->enrol({again.code.text(), csr})->certificate != first);
}

TEST_CASE(
    "A desk is known by the certificate it shows and the newest few, however many it was given",
    "[hub]")
{
    HubFixture hub;
    const hub::Caller self{hub.signerOf(hub.desk), u"station-1"_s};
    const QByteArray csr = SigningRequest::make(hub.desk.key, u"desk"_s)->pem();
    QByteArray newest;
    for (int i = 0; i < 12; ++i) {
        hub.clock.time = hub.clock.time.addSecs(1);
        newest = hub.desks->renew(self, {csr})->certificate;
    }

    const auto caller = hub.desks->byCertificate(*hub.desk.certificate);

    REQUIRE((caller && *caller));
    const auto &certificates = (*caller)->signer.certificates;
    REQUIRE(certificates.size() == 5);
    CHECK(certificates[0].pem() == hub.desk.certificate->pem());
    CHECK(certificates[1].pem() == newest);
    const auto taken =
        hub.store->take({hub.desk.seal(hub.link(1, 1))}, (*caller)->signer, hub.clock.now());
    REQUIRE(taken);
    CHECK(taken->first().reason.isEmpty());
    // What is stored opens for ever.
    CHECK((*hub.desks->byId(hub.desk.enrolment.desk))->signer.certificates.size() == 13);
}

TEST_CASE("An envelope that is not whole is not tried with every certificate", "[hub]")
{
    HubFixture hub;
    SigningDesk other;
    hub.enrol(other);
    const Certificate &own = *hub.desk.certificate;
    const Certificate &strange = *other.certificate;
    const QByteArray sealed = hub.desk.seal(hub.link(1, 1)).sealed;
    const QByteArray cut = sealed.chopped(1);
    struct Case {
        const char *what;
        std::vector<Certificate> certificates;
        QByteArray envelope;
        int tried;
        bool opens;
        bool isOfAnother;
    };
    const Case cases[] = {
        {"the first has signed", {own, strange, strange}, sealed, 1, true, false},
        {"the second has signed", {strange, own, strange}, sealed, 2, true, false},
        {"none has signed", {strange, strange}, sealed, 2, false, true},
        {"cut, and the first has signed", {own, strange}, cut, 1, false, false},
        {"cut, and the second has signed", {strange, own}, cut, 1, false, false}};
    const hub::HubKeys &keys = hub.opened->keys;
    for (const Case &one : cases) {
        INFO(one.what);
        const hub::DeskSigner signer{hub.desk.enrolment.desk, one.certificates};
        int tried = 0;

        const auto counted = hub::openOf(signer, [&](const Certificate &certificate) {
            ++tried;
            return openSealed(one.envelope, keys.recordKey, keys.record, certificate);
        });

        CHECK(tried == one.tried);
        CHECK(counted.has_value() == one.opens);
        const auto opened = hub::openOf(signer, one.envelope, keys);
        CHECK(opened.has_value() == one.opens);
        if (!opened)
            CHECK(hub::isOfAnother(opened.error()) == one.isOfAnother);
    }
}
