#include "support/catch.h"

#include "crypto/pinhash.h"
#include "storage/hubstore.h"
#include "sync/deskupkeep.h"
#include "sync/fakehub.h"
#include "sync/receipts.h"
#include "sync/tokenkey.h"
#include "wire/receiptfile.h"

#include <QBuffer>
#include <QTest>

using namespace upgradedesk;
using namespace upgradedesk::sync;
using namespace upgradedesk::test;

namespace
{

Result<void> anyRules(const QByteArray &body)
{
    if (body.contains("nonsense"))
        return fail(ErrorCode::RulesInvalid);
    return {};
}

class Upkeep
{
public:
    explicit Upkeep(EnrolledDesk &desk)
        : client(HubClient::make(*desk.identity, desk.clock).value())
        , upkeep(*client, *desk.store, desk.clock, desk.path, anyRules)
    {
        QObject::connect(&upkeep, &DeskUpkeep::identityChanged, &upkeep,
                         [this] { newIdentity = true; });
    }
    /// The error of one run, nothing when all went well.
    std::optional<Error> run()
    {
        bool done = false;
        std::optional<Error> error;
        QObject context;
        QObject::connect(&upkeep, &DeskUpkeep::finished, &context,
                         [&](const std::optional<Error> &found) {
                             error = found;
                             done = true;
                         });
        upkeep.runNow();
        if (!QTest::qWaitFor([&done] { return done; }, 15'000))
            qFatal("upkeep does not end");
        return error;
    }

    std::unique_ptr<HubClient> client;
    DeskUpkeep upkeep;
    bool newIdentity = false;
};

wire::RosterOperator operatorWith(const QString &id, const QString &pin)
{
    return {id, u"测试员"_s, u"staff"_s, hashPin(pin, Secret(QByteArray(32, 'p'))).value()};
}

} // namespace

TEST_CASE("Rules and roster come from the hub; who is no longer in the roster cannot log in",
          "[sync]")
{
    FakeHub hub;
    hub.documents.insert(u"/v1/rules"_s, hub.document(u"rules"_s, 3, "{}"));
    hub.documents.insert(u"/v1/roster"_s,
                         hub.document(u"roster"_s, 1,
                                      wire::encodeRoster({operatorWith(u"1001"_s, u"111111"_s),
                                                          operatorWith(u"1002"_s, u"222222"_s)})));
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    Upkeep upkeep(desk);

    CHECK_FALSE(upkeep.run());
    CHECK(desk.store->hub().document(u"rules"_s)->version == 3);
    CHECK(desk.store->login(u"1001"_s, u"111111"_s, desk.clock));
    CHECK(desk.store->login(u"1002"_s, u"222222"_s, desk.clock));

    hub.documents.insert(
        u"/v1/roster"_s,
        hub.document(u"roster"_s, 2, wire::encodeRoster({operatorWith(u"1002"_s, u"333333"_s)})));
    CHECK_FALSE(upkeep.run());
    CHECK(desk.store->login(u"1001"_s, u"111111"_s, desk.clock).error().code ==
          ErrorCode::OperatorUnknown);
    CHECK(desk.store->login(u"1002"_s, u"222222"_s, desk.clock).error().code ==
          ErrorCode::PinWrong);
    CHECK(desk.store->login(u"1002"_s, u"333333"_s, desk.clock));
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("A lower version, a forged one and one that cannot be used are refused", "[sync]")
{
    FakeHub hub;
    hub.documents.insert(u"/v1/rules"_s, hub.document(u"rules"_s, 5, "{\"a\":1}"));
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    Upkeep upkeep(desk);
    REQUIRE_FALSE(upkeep.run());
    const auto held = desk.store->hub().document(u"rules"_s)->message;

    auto wrong = hub.document(u"rules"_s, 4, "{}");
    auto expected = ErrorCode::DocumentOlder;
    SECTION("lower") {}
    SECTION("changed after signing")
    {
        wrong = hub.document(u"rules"_s, 6, "{}");
        wrong.body = "{\"b\":2}";
        expected = ErrorCode::HubFailed;
    }
    SECTION("of another hub")
    {
        wrong = FakeHub().document(u"rules"_s, 6, "{}");
        expected = ErrorCode::HubFailed;
    }
    SECTION("signed by a desk")
    {
        wrong = hub.document(u"rules"_s, 6, "{}");
        wrong.certificate = hub.city.desk.pem();
        wrong.signature = hub.city.deskKey.sign(wire::signedBytes(wrong)).value();
        expected = ErrorCode::HubFailed;
    }
    SECTION("not usable")
    {
        wrong = hub.document(u"rules"_s, 6, "nonsense");
        expected = ErrorCode::RulesInvalid;
    }
    hub.documents.insert(u"/v1/rules"_s, wrong);

    CHECK(upkeep.run().value().code == expected);
    CHECK(desk.store->hub().document(u"rules"_s)->message == held);
}

TEST_CASE("A new key of card tokens is taken over", "[sync]")
{
    FakeHub hub;
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    const auto before = desk.identity->cardToken(u"3104170010000000001"_s).value();
    Upkeep upkeep(desk);
    REQUIRE_FALSE(upkeep.run());
    CHECK_FALSE(upkeep.newIdentity);

    hub.tokenKeyId = u"2"_s;
    REQUIRE_FALSE(upkeep.run());

    CHECK(upkeep.newIdentity);
    const auto now = DeskIdentity::load(desk.path, desk.machine).value();
    CHECK(now.tokenKeyId() == u"2"_s);
    CHECK(now.cardToken(u"3104170010000000001"_s).value() != before);
}

TEST_CASE("A certificate near its end is renewed for the same key", "[sync]")
{
    FakeHub hub;
    hub.city.until = QDateTime::currentDateTimeUtc().addDays(20);
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    const auto ends = desk.identity->validUntil();
    hub.city.until = QDateTime::currentDateTimeUtc().addDays(400);
    Upkeep upkeep(desk);

    REQUIRE_FALSE(upkeep.run());

    CHECK(upkeep.newIdentity);
    const auto now = DeskIdentity::load(desk.path, desk.machine).value();
    CHECK(now.validUntil() > ends.addDays(300));
    CHECK(now.certificate().belongsTo(desk.identity->key()));
}

TEST_CASE("A new certificate of records is taken over, with the end that it brings", "[sync]")
{
    FakeHub hub;
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    const auto next = KeyPair::generate().value();
    hub.city.record = Certificate::issue({hub.profile,
                                          CertificateRole::Record,
                                          u"hub-1"_s,
                                          {},
                                          hub.city.from,
                                          hub.city.until.addDays(-400)},
                                         next, hub.city.authority, hub.city.authorityKey)
                          .value();
    Upkeep upkeep(desk);

    REQUIRE_FALSE(upkeep.run());

    CHECK(upkeep.newIdentity);
    const auto now = DeskIdentity::load(desk.path, desk.machine).value();
    CHECK(now.recordCertificate().pem() == hub.city.record.pem());
    CHECK(now.validUntil() == hub.city.record.until());
    // A program that began before, and did not fetch it itself, is told, too.
    Upkeep beside(desk);
    REQUIRE_FALSE(beside.run());
    CHECK(beside.newIdentity);
}

TEST_CASE("A certificate that another program of the desk has renewed is not renewed again",
          "[sync]")
{
    FakeHub hub;
    hub.city.until = QDateTime::currentDateTimeUtc().addDays(20);
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    hub.city.until = QDateTime::currentDateTimeUtc().addDays(400);
    int renewals = 0;
    hub.answer = [&](const FakeHub::Request &request) {
        renewals += request.path == "/v1/renewals" ? 1 : 0;
        return hub.usual(request);
    };
    Upkeep first(desk);
    Upkeep second(desk);

    REQUIRE_FALSE(first.run());
    REQUIRE_FALSE(second.run());

    CHECK(renewals == 1);
    CHECK(second.newIdentity);
}

TEST_CASE("Receipts by hand settle what they prove, all or nothing", "[sync]")
{
    FakeHub hub;
    EnrolledDesk desk(hub, u"https://127.0.0.1:1"_s);
    desk.fill(3);
    QList<wire::RecordResult> results;
    REQUIRE(desk.store->eachSealed([&](const QString &id, const QByteArray &sealed) {
        results << hub.judge({id, sealed});
        return true;
    }));
    const auto fileOf = [&](const QList<wire::RecordResult> &rows, const QByteArray &certificate) {
        wire::ReceiptFileEncoder lines;
        QByteArray text =
            lines.head({u"desk-1"_s, u"hub-1"_s, certificate, {hub.time(), hub.epoch}});
        for (const wire::RecordResult &row : rows)
            text += lines.result(row);
        return text + lines.end();
    };
    const auto take = [&](QByteArray text) {
        QBuffer file(&text);
        file.open(QIODevice::ReadOnly);
        return takeReceipts(file, *desk.identity, desk.store->hub(), desk.clock);
    };

    auto forged = results;
    forged[2].receipt = forged[1].receipt;
    CHECK(take(fileOf(forged, hub.certificate.pem())).error().code == ErrorCode::SignatureInvalid);
    CHECK(take(fileOf(results, hub.city.desk.pem())).error().code == ErrorCode::SignatureInvalid);
    CHECK(desk.queue().accepted == 0);

    auto strange = results;
    strange << results.first();
    strange.last().id = newRecordId(desk.machine);
    const auto taken = take(fileOf(strange, hub.certificate.pem()));
    REQUIRE(taken);
    CHECK(taken->settled == 3);
    CHECK(taken->unknown == 1);
    CHECK(desk.queue().accepted == 3);
    CHECK(desk.store->verify()->ok());
}
