#include "support/catch.h"

#include "crypto/identities.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using upgradedesk::test::Identities;

TEST_CASE("A certificate keeps who it is for, until when, and whose key it is", "[crypto]")
{
    const Identities made;

    const auto read = Certificate::fromPem(made.desk.pem());

    REQUIRE(read);
    CHECK(read->commonName() == u"desk-1"_s);
    CHECK(read->unit() == u"station-1"_s);
    CHECK(read->from() == made.from);
    CHECK(read->until() == made.until);
    CHECK(read->belongsTo(made.deskKey));
    CHECK_FALSE(read->belongsTo(made.recordKey));
    CHECK(read->isSignedBy(made.authority));
    CHECK_FALSE(read->isSignedBy(Identities().authority));
    CHECK_FALSE(read->isSignedBy(made.record));
}

TEST_CASE("Profiles and roles refuse each other's certificates", "[crypto]")
{
    const auto profile = GENERATE(Profile::Production, Profile::Practice, Profile::Training);
    const auto other = GENERATE(Profile::Production, Profile::Practice, Profile::Training);
    const Identities made(profile);

    CHECK(made.authority.hasRole(other, CertificateRole::Authority) == (profile == other));
    CHECK(made.desk.hasRole(other, CertificateRole::Desk) == (profile == other));
    CHECK(made.record.hasRole(other, CertificateRole::Record) == (profile == other));
    CHECK_FALSE(made.desk.hasRole(other, CertificateRole::Record));
    CHECK_FALSE(made.desk.hasRole(other, CertificateRole::Authority));
    CHECK_FALSE(made.record.hasRole(other, CertificateRole::Desk));
    CHECK_FALSE(made.authority.hasRole(other, CertificateRole::Desk));
}

TEST_CASE("Text that is no certificate is refused", "[crypto]")
{
    CHECK_FALSE(Certificate::fromPem(""));
    CHECK_FALSE(
        Certificate::fromPem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
    CHECK(Certificate::fromPem("x").error().code == ErrorCode::CryptoFailed);
}
