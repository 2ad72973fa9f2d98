#include "support/catch.h"

#include "crypto/identities.h"
#include "crypto/seal.h"

#include <openssl/cms.h>
#include <openssl/pem.h>

using namespace upgradedesk;
using upgradedesk::test::Identities;

namespace
{

constexpr auto content = "{\"card\":\"0000000000000000\"}";

QByteArray printed(const QByteArray &sealed)
{
    const auto *at = reinterpret_cast<const unsigned char *>(sealed.constData());
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(nullptr, &at, long(sealed.size()));
    BIO *bio = BIO_new(BIO_s_mem());
    CMS_ContentInfo_print_ctx(bio, cms, 0, nullptr);
    char *text = nullptr;
    const long size = BIO_get_mem_data(bio, &text);
    const QByteArray result(text, size);
    BIO_free(bio);
    CMS_ContentInfo_free(cms);
    return result;
}

/// What a stranger sends: correct in itself, with his own certificate inside.
QByteArray sealedByStrangerWithCertificate(const Identities &hub, const Identities &stranger)
{
    const auto load = [](const Certificate &certificate) {
        const QByteArray pem = certificate.pem();
        BIO *bio = BIO_new_mem_buf(pem.constData(), int(pem.size()));
        X509 *read = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
        BIO_free(bio);
        return read;
    };
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *own = load(stranger.desk);
    X509_set_pubkey(own, key);
    X509_sign(own, key, EVP_sha256());
    X509 *record = load(hub.record);
    BIO *plain = BIO_new_mem_buf(content, -1);
    CMS_ContentInfo *inner = CMS_sign(own, key, nullptr, plain, CMS_BINARY);
    BIO *der = BIO_new(BIO_s_mem());
    i2d_CMS_bio(der, inner);
    STACK_OF(X509) *recipients = sk_X509_new_null();
    sk_X509_push(recipients, record);
    CMS_ContentInfo *envelope = CMS_encrypt(recipients, der, EVP_aes_256_gcm(), CMS_BINARY);
    BIO *out = BIO_new(BIO_s_mem());
    i2d_CMS_bio(out, envelope);
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(out, &bytes);
    const QByteArray sealed(bytes, size);
    CMS_ContentInfo_free(envelope);
    CMS_ContentInfo_free(inner);
    sk_X509_free(recipients);
    BIO_free(out);
    BIO_free(der);
    BIO_free(plain);
    X509_free(own);
    X509_free(record);
    EVP_PKEY_free(key);
    return sealed;
}

/// The envelope with another key of its sender: `change` gets the bits and the algorithm.
template <typename Change>
QByteArray withSenderKey(const QByteArray &sealed, const Change &change)
{
    const auto *at = reinterpret_cast<const unsigned char *>(sealed.constData());
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(nullptr, &at, long(sealed.size()));
    CMS_RecipientInfo *info = sk_CMS_RecipientInfo_value(CMS_get0_RecipientInfos(cms), 0);
    X509_ALGOR *algorithm = nullptr;
    ASN1_BIT_STRING *point = nullptr;
    CMS_RecipientInfo_kari_get0_orig_id(info, &algorithm, &point, nullptr, nullptr, nullptr);
    change(point, algorithm);
    unsigned char *der = nullptr;
    const int size = i2d_CMS_ContentInfo(cms, &der);
    const QByteArray changed(reinterpret_cast<const char *>(der), size);
    OPENSSL_free(der);
    CMS_ContentInfo_free(cms);
    return changed;
}

QByteArray pointOf(const ASN1_BIT_STRING *point)
{
    return QByteArray(reinterpret_cast<const char *>(ASN1_STRING_get0_data(point)),
                      ASN1_STRING_length(point));
}

} // namespace

TEST_CASE("The hub opens what a desk sealed, and knows which desk", "[crypto]")
{
    const Identities made;
    const Sealer sealer(made.deskKey, made.desk, made.record);

    const auto sealed = sealer.seal(content);

    REQUIRE(sealed);
    CHECK_FALSE(sealed->contains("0000000000000000"));
    const auto opened = openSealed(*sealed, made.recordKey, made.record, made.desk);
    REQUIRE(opened);
    CHECK(opened->view() == QByteArrayView(content));
}

TEST_CASE("Neither the desk's key nor another record key opens a record", "[crypto]")
{
    const Identities made;
    const Identities other;
    const QByteArray sealed = Sealer(made.deskKey, made.desk, made.record).seal(content).value();

    CHECK_FALSE(openSealed(sealed, made.deskKey, made.desk, made.desk));
    CHECK_FALSE(openSealed(sealed, made.deskKey, made.record, made.desk));
    CHECK_FALSE(openSealed(sealed, other.recordKey, other.record, made.desk));
}

TEST_CASE("A record signed by another desk is refused, also with its certificate inside",
          "[crypto]")
{
    const Identities made;
    const Identities stranger;
    const QByteArray sealed =
        Sealer(stranger.deskKey, stranger.desk, made.record).seal(content).value();

    CHECK(openSealed(sealed, made.recordKey, made.record, made.desk).error().code ==
          ErrorCode::SignatureInvalid);
    CHECK(openSealed(sealedByStrangerWithCertificate(made, stranger), made.recordKey, made.record,
                     made.desk)
              .error()
              .code == ErrorCode::SignatureInvalid);
}

TEST_CASE("No changed, cut or lengthened record opens", "[crypto]")
{
    const Identities made;
    const QByteArray sealed = Sealer(made.deskKey, made.desk, made.record).seal(content).value();

    for (qsizetype at = 0; at < sealed.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray changed = sealed;
            changed[at] = char(changed[at] ^ (1 << bit));
            if (openSealed(changed, made.recordKey, made.record, made.desk))
                FAIL_CHECK("bit " << bit << " of byte " << at << " may be changed");
        }
        if (openSealed(sealed.left(at), made.recordKey, made.record, made.desk))
            FAIL_CHECK("the first " << at << " bytes open");
    }
    CHECK_FALSE(openSealed(sealed + '\0', made.recordKey, made.record, made.desk));
    CHECK_FALSE(openSealed({}, made.recordKey, made.record, made.desk));
}

TEST_CASE("A sender's key that is no point of the curve is refused, whatever it is", "[crypto]")
{
    const Identities made;
    const QByteArray sealed = Sealer(made.deskKey, made.desk, made.record).seal(content).value();
    const auto opens = [&made](const QByteArray &bytes) {
        return openSealed(bytes, made.recordKey, made.record, made.desk).has_value();
    };
    const auto withPoint = [&sealed](const auto &change) {
        return withSenderKey(sealed, [&change](ASN1_BIT_STRING *point, X509_ALGOR *) {
            QByteArray bytes = pointOf(point);
            change(bytes);
            ASN1_BIT_STRING_set(point, reinterpret_cast<unsigned char *>(bytes.data()),
                                int(bytes.size()));
        });
    };
    REQUIRE(opens(withPoint([](QByteArray &) {})));

    CHECK_FALSE(opens(withPoint([](QByteArray &bytes) { bytes[64] = char(bytes[64] ^ 1); })));
    CHECK_FALSE(opens(withPoint([](QByteArray &bytes) { bytes[1] = char(bytes[1] ^ 1); })));
    CHECK_FALSE(opens(withPoint([](QByteArray &bytes) { bytes = QByteArray(1, '\0'); })));
    CHECK_FALSE(opens(withPoint([](QByteArray &bytes) { bytes = QByteArray(65, '\0'); })));
    CHECK_FALSE(opens(withPoint([](QByteArray &bytes) { bytes.fill(char(0xFF), 65); })));
    CHECK_FALSE(opens(withPoint([](QByteArray &bytes) { bytes.chop(1); })));
    CHECK_FALSE(opens(withPoint([](QByteArray &bytes) { bytes += '\0'; })));
    // The curve's order is prime, so the generator is a key like any other: only not this one.
    CHECK_FALSE(opens(withPoint([](QByteArray &bytes) {
        bytes = QByteArray::fromHex("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898"
                                    "c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837"
                                    "bf51f5");
    })));
}

TEST_CASE("A sender may name the curve of the key, but no other one", "[crypto]")
{
    const Identities made;
    const QByteArray sealed = Sealer(made.deskKey, made.desk, made.record).seal(content).value();
    const auto withCurve = [&sealed](int curve, int kind = NID_X9_62_id_ecPublicKey) {
        return withSenderKey(sealed, [=](ASN1_BIT_STRING *, X509_ALGOR *algorithm) {
            X509_ALGOR_set0(algorithm, OBJ_nid2obj(kind), V_ASN1_OBJECT, OBJ_nid2obj(curve));
        });
    };

    CHECK(openSealed(withCurve(NID_X9_62_prime256v1), made.recordKey, made.record, made.desk));
    CHECK_FALSE(openSealed(withCurve(NID_secp384r1), made.recordKey, made.record, made.desk));
    CHECK_FALSE(openSealed(withCurve(NID_secp256k1), made.recordKey, made.record, made.desk));
    CHECK_FALSE(openSealed(withCurve(NID_X9_62_prime256v1, NID_rsaEncryption), made.recordKey,
                           made.record, made.desk));
}

TEST_CASE("A record uses AES-256-GCM and SHA-256 throughout, and carries no certificate",
          "[crypto]")
{
    const Identities made;

    const QByteArray text =
        printed(Sealer(made.deskKey, made.desk, made.record).seal(content).value());

    CHECK(text.contains("id-smime-ct-authEnvelopedData"));
    CHECK(text.contains("aes-256-gcm"));
    CHECK(text.contains("dhSinglePass-stdDH-sha256kdf-scheme"));
    CHECK(text.contains("id-aes256-wrap"));
    CHECK_FALSE(text.contains("sha1"));
    CHECK_FALSE(text.contains("BEGIN CERTIFICATE"));
}

TEST_CASE("The same content is sealed differently each time", "[crypto]")
{
    const Identities made;
    const Sealer sealer(made.deskKey, made.desk, made.record);

    CHECK(sealer.seal(content).value() != sealer.seal(content).value());
}

TEST_CASE("Content of any size up to the limit comes back", "[crypto]")
{
    const Identities made;
    const Sealer sealer(made.deskKey, made.desk, made.record);
    const int size = GENERATE(0, 1, 15, 16, 17, 1000, 65536);
    const QByteArray large(size, 'x');

    const auto opened =
        openSealed(sealer.seal(large).value(), made.recordKey, made.record, made.desk);

    REQUIRE(opened);
    CHECK(opened->view() == QByteArrayView(large));
    CHECK_FALSE(sealer.seal(QByteArray(65537, 'x')));
}
