#include "support/catch.h"

#include "crypto/csr.h"
#include "crypto/identities.h"
#include "crypto/seal.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using upgradedesk::test::Identities;

namespace
{

/// A request for any key, for what must be refused.
QByteArray requestFor(EVP_PKEY *key, EVP_PKEY *signer)
{
    X509_REQ *request = X509_REQ_new();
    X509_REQ_set_pubkey(request, key);
    X509_REQ_sign(request, signer, EVP_sha256());
    BIO *bio = BIO_new(BIO_s_mem());
    PEM_write_bio_X509_REQ(bio, request);
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    const QByteArray pem(data, size);
    BIO_free(bio);
    X509_REQ_free(request);
    return pem;
}

} // namespace

TEST_CASE("A certificate is issued to the key of a request, with the issuer's words", "[crypto]")
{
    const Identities city(Profile::Practice);
    const KeyPair key = KeyPair::generate().value();
    const auto request = SigningRequest::make(key, u"whatever the desk calls itself"_s);
    REQUIRE(request);

    const auto read = SigningRequest::fromPem(request->pem());
    REQUIRE(read);
    const auto issued = Certificate::issue(
        {Profile::Practice, CertificateRole::Desk, u"desk-7"_s, u"s-1"_s, city.from, city.until},
        *read, city.authority, city.authorityKey);

    REQUIRE(issued);
    CHECK(issued->belongsTo(key));
    CHECK(issued->commonName() == u"desk-7"_s);
    CHECK(issued->hasRole(Profile::Practice, CertificateRole::Desk));
    CHECK_FALSE(issued->hasRole(Profile::Production, CertificateRole::Desk));
    CHECK(issued->isSignedBy(city.authority));
    CHECK(issued->keyHash() == read->keyHash());
}

TEST_CASE("Requests that are cut, changed, or for a key of another kind are refused", "[crypto]")
{
    const KeyPair key = KeyPair::generate().value();
    const QByteArray good = SigningRequest::make(key, u"desk"_s)->pem();

    for (qsizetype size = 0; size < good.size() - 2; size += 5)
        CHECK_FALSE(SigningRequest::fromPem(good.first(size)));
    CHECK_FALSE(SigningRequest::fromPem(QByteArray(100'000, 'A')));
    CHECK(SigningRequest::fromPem("x").error().args == QStringList{u"csr"_s});

    EVP_PKEY *p256 = EVP_EC_gen("P-256");
    EVP_PKEY *other = EVP_EC_gen("P-256");
    EVP_PKEY *p384 = EVP_EC_gen("P-384");
    EVP_PKEY *rsa = EVP_RSA_gen(2048);
    CHECK(SigningRequest::fromPem(requestFor(p256, p256)));
    CHECK_FALSE(SigningRequest::fromPem(requestFor(p256, other)));
    CHECK_FALSE(SigningRequest::fromPem(requestFor(p384, p384)));
    CHECK_FALSE(SigningRequest::fromPem(requestFor(rsa, rsa)));
    for (EVP_PKEY *made : {p256, other, p384, rsa})
        EVP_PKEY_free(made);
}

TEST_CASE("What a hub's key signs its certificate verifies, and nobody else's", "[crypto]")
{
    const Identities city;
    const KeyPair key = KeyPair::generate().value();
    const auto hub = Certificate::issue({Profile::Training,
                                         CertificateRole::Hub,
                                         u"hub-1"_s,
                                         {},
                                         city.from,
                                         city.until,
                                         {u"localhost"_s, u"127.0.0.1"_s}},
                                        key, city.authority, city.authorityKey);
    REQUIRE(hub);
    CHECK(hub->hasRole(Profile::Training, CertificateRole::Hub));
    CHECK_FALSE(hub->hasRole(Profile::Practice, CertificateRole::Hub));
    CHECK_FALSE(hub->hasRole(Profile::Training, CertificateRole::Desk));
    CHECK_FALSE(city.desk.hasRole(Profile::Training, CertificateRole::Hub));

    const QByteArray signature = key.sign("message").value();
    CHECK(hub->verifies("message", signature));
    CHECK_FALSE(hub->verifies("massage", signature));
    CHECK_FALSE(city.desk.verifies("message", signature));
    CHECK_FALSE(hub->verifies("message", signature.first(20)));
    CHECK_FALSE(hub->verifies("message", {}));

    CHECK(hub->isInForce(city.from));
    CHECK_FALSE(hub->isInForce(city.from.addSecs(-1)));
    CHECK_FALSE(hub->isInForce(city.until));
    CHECK(hub->fingerprint() != city.desk.fingerprint());
    CHECK(hub->fingerprint().size() == 32);
    CHECK_FALSE(hub->serial().isEmpty());
}

TEST_CASE("A hub's host that could say more than a name is refused", "[crypto]")
{
    const Identities city;
    const auto host = GENERATE(u"a,DNS:b"_s, u"a b"_s, u""_s, u"*"_s, u"x\n"_s);

    CHECK_FALSE(Certificate::issue(
        {Profile::Training, CertificateRole::Hub, u"hub-1"_s, {}, city.from, city.until, {host}},
        KeyPair::generate().value(), city.authority, city.authorityKey));
}

TEST_CASE("What is sealed to a desk's certificate that desk opens", "[crypto]")
{
    const Identities city;
    const KeyPair hubKey = KeyPair::generate().value();
    const auto hub = Certificate::issue(
        {Profile::Training, CertificateRole::Hub, u"hub-1"_s, {}, city.from, city.until}, hubKey,
        city.authority, city.authorityKey);
    REQUIRE(hub);

    const auto sealed = Sealer(hubKey, *hub, city.desk).seal("provisioning");

    REQUIRE(sealed);
    CHECK(openSealed(*sealed, city.deskKey, city.desk, *hub)->view() == "provisioning");
    CHECK_FALSE(openSealed(*sealed, city.deskKey, city.desk, city.record));
}
