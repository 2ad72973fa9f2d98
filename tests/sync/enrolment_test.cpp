#include "support/catch.h"

#include "sync/enrolment.h"
#include "sync/fakehub.h"
#include "sync/firstcontact.h"
#include "sync/provisioning.h"
#include "wire/provisioningfile.h"

#include <QFile>
#include <QFileInfo>
#include <QTest>

using namespace upgradedesk;
using namespace upgradedesk::sync;
using namespace upgradedesk::test;

namespace
{

HubResult<FirstContact::Enrolled> contact(const QString &url, Profile profile,
                                          const EnrolmentCode &code, const QByteArray &csr,
                                          const QString &desk = {})
{
    FirstContact first;
    std::optional<HubResult<FirstContact::Enrolled>> met;
    first.enrol(QUrl(url), profile, code, csr, desk, [&met](const auto &result) { met = result; });
    if (!QTest::qWaitFor([&met] { return met.has_value(); }, 15'000))
        qFatal("no answer of any kind");
    return *met;
}

} // namespace

TEST_CASE("A desk enrols with the hub whose authority its code names", "[sync]")
{
    FakeHub hub;
    REQUIRE(hub.listen());
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"desk"_s);
    const SystemClock clock;
    const auto pending = pendingDesk(path);
    REQUIRE(pending);

    const auto met =
        contact(hub.url(), Profile::Practice, EnrolmentCode::make(hub.city.authority).value(),
                pending->request.pem());

    REQUIRE(met);
    REQUIRE(installEnrolled(path, Profile::Practice, hub.url(), met->authority, *pending,
                            met->answer, clock));
    const auto identity = DeskIdentity::load(path, clock);
    REQUIRE(identity);
    CHECK(identity->desk() == u"desk-1"_s);
    CHECK(identity->profile() == Profile::Practice);
    CHECK(identity->hubUrl() == hub.url());
    CHECK(identity->tokenKeyId() == u"1"_s);
    CHECK(identity->cardToken(u"3104170010000000001"_s)->size() == 32);
    CHECK(storage::Store::open(path, identity->storeKeys())->verify()->ok());
    CHECK_FALSE(QFileInfo::exists(pendingKeyFile(path)));
    // Asked again, it is the same desk with the same key.
    const auto again = pendingDesk(path);
    REQUIRE(again);
    CHECK(again->before.has_value());
    CHECK(again->request.keyHash() == pending->request.keyHash());
}

TEST_CASE("A desk whose certificate has ended enrols again and keeps what it has", "[sync]")
{
    FakeHub hub;
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    desk.fill(3);
    const QByteArray cardKey = desk.identity->cardKey(u"3104170010000000001"_s).value();
    desk.store.reset();
    auto ended = Provisioning::load(desk.path).value();
    ended.validUntil = desk.machine.now().addSecs(-1);
    REQUIRE(ended.replace(desk.path));
    REQUIRE(DeskIdentity::load(desk.path, desk.machine).error().code ==
            ErrorCode::ProvisioningExpired);
    const auto pending = pendingDesk(desk.path).value();
    auto answer = hub.enrol(pending.request);

    SECTION("with a code of its own")
    {
        REQUIRE(installEnrolled(desk.path, hub.profile, hub.url(), hub.city.authority, pending,
                                answer, desk.machine));
        desk.reload();
        CHECK(desk.queue().queued == 3);
        CHECK(desk.identity->cardKey(u"3104170010000000001"_s).value() == cardKey);
        CHECK(desk.store->verify()->ok());
    }
    SECTION("not as another desk")
    {
        answer.desk = u"desk-2"_s;
        answer.certificate =
            Certificate::issue({hub.profile, CertificateRole::Desk, answer.desk, answer.station,
                                hub.city.from, hub.city.until},
                               pending.request, hub.city.authority, hub.city.authorityKey)
                ->pem();
        const auto refused = installEnrolled(desk.path, hub.profile, hub.url(), hub.city.authority,
                                             pending, answer, desk.machine);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ErrorCode::EnrolmentOtherDesk);
        CHECK(refused.error().args == QStringList{u"desk-1"_s});
        CHECK(Provisioning::load(desk.path)->desk == u"desk-1"_s);
    }
}

TEST_CASE("A folder says whose it is when it asks, and is told that the code is another desk's",
          "[sync]")
{
    FakeHub hub;
    QStringList asking;
    hub.answer = [&](const FakeHub::Request &request) {
        asking << wire::decodeEnrolmentRequest(request.body)->desk;
        return hub.problem(403, u"enrolment-other-desk"_s);
    };
    REQUIRE(hub.listen());

    const auto met =
        contact(hub.url(), Profile::Practice, EnrolmentCode::make(hub.city.authority).value(),
                SigningRequest::make(KeyPair::generate().value(), u"x"_s)->pem(), u"desk-1"_s);

    CHECK(asking == QStringList{u"desk-1"_s});
    CHECK(met.error().error.code == ErrorCode::EnrolmentOtherDesk);
    CHECK(met.error().error.args == QStringList{u"desk-1"_s});
}

TEST_CASE("The code is sent to no hub of another authority or profile", "[sync]")
{
    FakeHub hub;
    FakeHub stranger;
    REQUIRE(hub.listen());
    const auto key = KeyPair::generate().value();
    const auto csr = SigningRequest::make(key, u"x"_s)->pem();

    const auto other = contact(hub.url(), Profile::Practice,
                               EnrolmentCode::make(stranger.city.authority).value(), csr);
    const auto mixed = contact(hub.url(), Profile::Production,
                               EnrolmentCode::make(hub.city.authority).value(), csr);

    CHECK(other.error().error.code == ErrorCode::EnrolmentOtherHub);
    CHECK(mixed.error().error.code == ErrorCode::EnrolmentOtherProfile);
    CHECK(mixed.error().error.args.first() == u"#profile-practice"_s);
    CHECK(hub.requests == 0);
}

TEST_CASE("A server that only carries the right authority along does not get the code", "[sync]")
{
    FakeHub hub;
    FakeHub stranger;
    hub.showsInstead = stranger.certificate;
    hub.keyInstead = stranger.key;
    REQUIRE(hub.listen());

    const auto met =
        contact(hub.url(), Profile::Practice, EnrolmentCode::make(hub.city.authority).value(),
                SigningRequest::make(KeyPair::generate().value(), u"x"_s)->pem());

    CHECK(met.error().error.code == ErrorCode::HubNotTrusted);
    CHECK(hub.requests == 0);
}

TEST_CASE("A hub that refuses the code is told apart from one that is not there", "[sync]")
{
    FakeHub hub;
    hub.answer = [&hub](const FakeHub::Request &) {
        return hub.problem(403, u"enrolment-refused"_s);
    };
    REQUIRE(hub.listen());
    const auto code = EnrolmentCode::make(hub.city.authority).value();
    const auto csr = SigningRequest::make(KeyPair::generate().value(), u"x"_s)->pem();

    CHECK(contact(hub.url(), Profile::Practice, code, csr).error().error.code ==
          ErrorCode::EnrolmentRefused);
    hub.close();
    CHECK(contact(hub.url(), Profile::Practice, code, csr).error().error.code ==
          ErrorCode::HubNoAnswer);
}

TEST_CASE("An answer for another key or profile makes no desk, and the request can be made again",
          "[sync]")
{
    const FakeHub hub;
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"desk"_s);
    const SystemClock clock;
    const auto pending = pendingDesk(path).value();
    const auto other = SigningRequest::make(KeyPair::generate().value(), u"x"_s).value();

    CHECK(installEnrolled(path, Profile::Practice, u"https://h"_s, hub.city.authority, pending,
                          hub.enrol(other), clock)
              .error()
              .code == ErrorCode::ProvisioningInvalid);
    CHECK(installEnrolled(path, Profile::Production, u"https://h"_s, hub.city.authority, pending,
                          hub.enrol(pending.request), clock)
              .error()
              .code == ErrorCode::ProfileMismatch);
    CHECK(installEnrolled(path, Profile::Practice, u"https://h"_s, FakeHub().city.authority,
                          pending, hub.enrol(pending.request), clock)
              .error()
              .code == ErrorCode::ProvisioningInvalid);
    CHECK(DeskIdentity::load(path, clock).error().code == ErrorCode::NotProvisioned);
    CHECK(pendingDesk(path)->request.keyHash() == pending.request.keyHash());
}

TEST_CASE("A provisioning file opens only with the key that asked", "[sync]")
{
    const FakeHub hub;
    const QTemporaryDir folder;
    const auto pending = pendingDesk(folder.filePath(u"desk"_s)).value();
    const auto answer = hub.enrol(pending.request);
    const auto own = Certificate::fromPem(answer.certificate).value();
    const wire::ProvisioningFile file{
        answer.certificate,
        hub.certificate.pem(),
        hub.city.authority.pem(),
        Sealer(hub.key, hub.certificate, own).seal(wire::encodeEnrolmentAnswer(answer)).value(),
        {hub.document(u"roster"_s, 1, wire::encodeRoster({}))}};
    const QByteArray text = wire::encodeProvisioningFile(file);

    const auto opened = openProvisioning(text, pending, Profile::Practice);

    REQUIRE(opened);
    CHECK(opened->answer == answer);
    CHECK(opened->documents == file.documents);
    CHECK(opened->authority.fingerprint() == hub.city.authority.fingerprint());
    for (const Profile other : {Profile::Production, Profile::Training}) {
        const auto refused = openProvisioning(text, pending, other);
        CHECK(refused.error().code == ErrorCode::ProfileMismatch);
        CHECK(refused.error().args == QStringList{u"#profile-practice"_s});
    }
    const QTemporaryDir elsewhere;
    CHECK(openProvisioning(text, pendingDesk(elsewhere.filePath(u"desk"_s)).value(),
                           Profile::Practice)
              .error()
              .code == ErrorCode::ProvisioningOtherRequest);
    for (const QByteArray &part : {text.chopped(1), QByteArray(), pending.request.pem()})
        CHECK(openProvisioning(part, pending, Profile::Practice).error().code ==
              ErrorCode::ProvisioningFileInvalid);
    QByteArray changed = text;
    const qsizetype at = changed.indexOf("\"sealed\":\"") + 200;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    CHECK_FALSE(openProvisioning(changed, pending, Profile::Practice));
    CHECK_FALSE(text.contains(answer.secrets.pepper.toHex()));
}
