#include "crypto/seal.h"

#include "crypto/envelopeshape.h"
#include "crypto/openssl.h"

#include <openssl/err.h>
#include <openssl/rand.h>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

/// sk_X509_free is a macro.
void freeStack(STACK_OF(X509) * certificates)
{
    sk_X509_free(certificates);
}

constexpr qsizetype largestSealed = 1024 * 1024;
constexpr qsizetype largestContent = 64 * 1024;

BioPointer encoded(CMS_ContentInfo *cms)
{
    BioPointer bio = writingBio();
    if (bio && i2d_CMS_bio(bio.get(), cms) != 1)
        bio.reset();
    return bio;
}

/// OpenSSL's default key derivation for EC recipients is SHA-1; we ask for SHA-256.
bool useSha256(CMS_ContentInfo *cms, X509 *recipient)
{
    constexpr unsigned int flags = CMS_KEY_PARAM | CMS_USE_KEYID;
    CMS_RecipientInfo *info = CMS_add1_recipient(cms, recipient, nullptr, nullptr, flags);
    EVP_PKEY_CTX *context = info ? CMS_RecipientInfo_get0_pkey_ctx(info) : nullptr;
    return context && EVP_PKEY_CTX_set_ecdh_kdf_md(context, EVP_sha256()) == 1;
}

/// Whether every point of the key's curve is in its one group of prime order (the cofactor is 1).
bool isPrimeOrderCurve(EVP_PKEY *key)
{
    char group[64];
    size_t size = 0;
    return EVP_PKEY_get_group_name(key, group, sizeof group, &size) == 1 &&
           OBJ_txt2nid(group) == NID_X9_62_prime256v1;
}

/// Gives the derivation the key that the sender made for this envelope. CMS would do so by itself,
/// but would first multiply the point by the order of the curve, which takes as long as the
/// derivation. On P-256 that tells nothing more than that the point is on the curve, and decoding
/// it refuses all others.
bool useSenderKey(CMS_RecipientInfo *info, EVP_PKEY *recordKey)
{
    X509_ALGOR *algorithm = nullptr;
    ASN1_BIT_STRING *point = nullptr;
    if (CMS_RecipientInfo_kari_get0_orig_id(info, &algorithm, &point, nullptr, nullptr, nullptr) !=
            1 ||
        !algorithm || !point)
        return false;
    const ASN1_OBJECT *kind = nullptr;
    int parameters = V_ASN1_UNDEF;
    X509_ALGOR_get0(&kind, &parameters, nullptr, algorithm);
    if (OBJ_obj2nid(kind) != NID_X9_62_id_ecPublicKey || parameters != V_ASN1_UNDEF ||
        !isPrimeOrderCurve(recordKey))
        return true; // whatever else there is, CMS looks at by itself

    const KeyPointer sender(EVP_PKEY_new());
    constexpr int infinity = 1; // bytes of the one point that is no key
    return sender && EVP_PKEY_copy_parameters(sender.get(), recordKey) == 1 &&
           ASN1_STRING_length(point) > infinity &&
           EVP_PKEY_set1_encoded_public_key(sender.get(), ASN1_STRING_get0_data(point),
                                            size_t(ASN1_STRING_length(point))) == 1 &&
           EVP_PKEY_derive_set_peer_ex(CMS_RecipientInfo_get0_pkey_ctx(info), sender.get(), 0) == 1;
}

/// Finds the key of the content, as CMS_decrypt() would; that takes it from the envelope then.
bool unlock(CMS_ContentInfo *envelope, EVP_PKEY *recordKey, X509 *record)
{
    const STACK_OF(CMS_RecipientInfo) *infos = CMS_get0_RecipientInfos(envelope);
    for (int i = 0; i < sk_CMS_RecipientInfo_num(infos); ++i) {
        CMS_RecipientInfo *info = sk_CMS_RecipientInfo_value(infos, i);
        if (CMS_RecipientInfo_type(info) != CMS_RECIPINFO_AGREE)
            continue;
        const STACK_OF(CMS_RecipientEncryptedKey) *keys = CMS_RecipientInfo_kari_get0_reks(info);
        for (int j = 0; j < sk_CMS_RecipientEncryptedKey_num(keys); ++j) {
            CMS_RecipientEncryptedKey *key = sk_CMS_RecipientEncryptedKey_value(keys, j);
            if (CMS_RecipientEncryptedKey_cert_cmp(key, record) != 0)
                continue;
            const bool unlocked = CMS_RecipientInfo_kari_set0_pkey(info, recordKey) == 1 &&
                                  useSenderKey(info, recordKey) &&
                                  CMS_RecipientInfo_kari_decrypt(envelope, info, key) == 1;
            CMS_RecipientInfo_kari_set0_pkey(info, nullptr);
            return unlocked;
        }
    }
    return false;
}

CmsPointer parsed(QByteArrayView der)
{
    const unsigned char *at = toUchar(der);
    CmsPointer cms(d2i_CMS_ContentInfo(nullptr, &at, long(der.size())));
    // Nothing may follow: the hash of the row must stand for one content only.
    if (cms && at != toUchar(der) + der.size())
        cms.reset();
    return cms;
}

/// Whether the bytes are the one way to write it; OpenSSL reads others, too.
bool isCanonical(CMS_ContentInfo *cms, QByteArrayView der)
{
    const BioPointer bio = encoded(cms);
    return bio && contents(bio.get()) == der;
}

tl::unexpected<Error> invalid(const QString &detail)
{
    ERR_clear_error();
    return fail(ErrorCode::SignatureInvalid, detail);
}

} // namespace

Sealer::Sealer(KeyPair deskKey, Certificate desk, Certificate record)
    : m_deskKey(std::move(deskKey))
    , m_desk(std::move(desk))
    , m_record(std::move(record))
{
    // OpenSSL builds its random generators at first use. Two workers sealing at once would each
    // build them, and one set would be lost: so it is done here, before there are workers.
    RAND_status();
}

Result<QByteArray> Sealer::seal(QByteArrayView content) const
{
    if (content.size() > largestContent)
        return fail(ErrorCode::CryptoFailed, u"content too large"_s);

    constexpr unsigned int signing = CMS_NOCERTS | CMS_NOSMIMECAP | CMS_BINARY;
    const BioPointer plain = readingBio(content);
    const CmsPointer signedContent(CMS_sign(m_desk.handle().certificate.get(),
                                            m_deskKey.handle().key.get(), nullptr, plain.get(),
                                            signing));
    if (!signedContent)
        return openSslFailure(u"signing a record"_s);
    const BioPointer inner = encoded(signedContent.get());
    if (!inner)
        return openSslFailure(u"encoding a signed record"_s);

    const CmsPointer envelope(CMS_AuthEnvelopedData_create(EVP_aes_256_gcm()));
    if (!envelope || CMS_set_detached(envelope.get(), 0) != 1 ||
        !useSha256(envelope.get(), m_record.handle().certificate.get()) ||
        CMS_final(envelope.get(), inner.get(), nullptr, CMS_BINARY) != 1)
        return openSslFailure(u"encrypting a record"_s);
    const BioPointer sealed = encoded(envelope.get());
    if (!sealed)
        return openSslFailure(u"encoding a sealed record"_s);
    return contents(sealed.get());
}

Result<Secret> openSealed(QByteArrayView sealed, const KeyPair &recordKey,
                          const Certificate &record, const Certificate &desk)
{
    if (sealed.isEmpty() || sealed.size() > largestSealed)
        return invalid(u"sealed record of impossible size"_s);
    const CmsPointer envelope = parsed(sealed);
    if (!envelope ||
        OBJ_obj2nid(CMS_get0_type(envelope.get())) != NID_id_smime_ct_authEnvelopedData ||
        !hasShapeOfOurs(sealed) || !isCanonical(envelope.get(), sealed))
        return invalid(u"not an authenticated envelope"_s);

    // What CMS_decrypt wrote may be used only after it returned 1: a changed envelope is written
    // out, too.
    const BioPointer inner = writingBio();
    if (!unlock(envelope.get(), recordKey.handle().key.get(), record.handle().certificate.get()) ||
        CMS_decrypt(envelope.get(), nullptr, nullptr, nullptr, inner.get(), CMS_BINARY) != 1)
        return invalid(u"envelope does not open"_s);
    const Secret innerDer(contents(inner.get()));
    const CmsPointer signedContent = parsed(innerDer.view());
    if (!signedContent || OBJ_obj2nid(CMS_get0_type(signedContent.get())) != NID_pkcs7_signed)
        return invalid(u"no signed content in the envelope"_s);

    const OpenSslPointer<STACK_OF(X509), freeStack> signers(sk_X509_new_null());
    if (!signers || sk_X509_push(signers.get(), desk.handle().certificate.get()) == 0)
        return openSslFailure(u"naming the signer"_s);
    const BioPointer content = writingBio();
    // Without CMS_NOINTERN a stranger's certificate carried in the message would do.
    constexpr unsigned int flags = CMS_NO_SIGNER_CERT_VERIFY | CMS_NOINTERN | CMS_BINARY;
    if (CMS_verify(signedContent.get(), signers.get(), nullptr, nullptr, content.get(), flags) != 1)
        return invalid(u"not signed by this desk"_s);
    return Secret(contents(content.get()));
}

} // namespace upgradedesk
