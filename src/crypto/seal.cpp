#include "crypto/seal.h"

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

CmsPointer parsed(QByteArrayView der)
{
    const unsigned char *at = toUchar(der);
    CmsPointer cms(d2i_CMS_ContentInfo(nullptr, &at, long(der.size())));
    // Nothing may follow: the hash of the row must stand for one content only.
    if (cms && at != toUchar(der) + der.size())
        cms.reset();
    return cms;
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
        OBJ_obj2nid(CMS_get0_type(envelope.get())) != NID_id_smime_ct_authEnvelopedData)
        return invalid(u"not an authenticated envelope"_s);

    // What CMS_decrypt wrote may be used only after it returned 1: a changed envelope is written
    // out, too.
    const BioPointer inner = writingBio();
    if (CMS_decrypt(envelope.get(), recordKey.handle().key.get(), record.handle().certificate.get(),
                    nullptr, inner.get(), CMS_BINARY) != 1)
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
