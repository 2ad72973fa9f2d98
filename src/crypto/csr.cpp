#include "crypto/csr.h"

#include "crypto/openssl.h"

#include <QCryptographicHash>

#include <openssl/err.h>
#include <openssl/pem.h>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

using RequestPointer = OpenSslPointer<X509_REQ, X509_REQ_free>;

constexpr qsizetype largestCsr = 16 * 1024;

bool isP256(EVP_PKEY *key)
{
    char name[32] = "";
    return key && EVP_PKEY_is_a(key, "EC") &&
           EVP_PKEY_get_group_name(key, name, sizeof name, nullptr) == 1 &&
           QByteArrayView(name) == "prime256v1";
}

} // namespace

Result<SigningRequest> SigningRequest::make(const KeyPair &key, const QString &commonName)
{
    const RequestPointer request(X509_REQ_new());
    const QByteArray name = commonName.toUtf8();
    if (!request || X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) != 1 ||
        X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request.get()), "CN", MBSTRING_UTF8,
                                   toUchar(name), int(name.size()), -1, 0) != 1 ||
        X509_REQ_set_pubkey(request.get(), key.handle().key.get()) != 1 ||
        X509_REQ_sign(request.get(), key.handle().key.get(), EVP_sha256()) == 0)
        return openSslFailure(u"making a certificate request"_s);
    const BioPointer bio = writingBio();
    if (!bio || PEM_write_bio_X509_REQ(bio.get(), request.get()) != 1)
        return openSslFailure(u"writing a certificate request"_s);
    return fromPem(contents(bio.get()));
}

Result<SigningRequest> SigningRequest::fromPem(QByteArrayView pem)
{
    const auto refused = [](const QString &why) {
        ERR_clear_error();
        return fail(ErrorCode::InputInvalid, why, {u"csr"_s});
    };
    if (pem.isEmpty() || pem.size() > largestCsr)
        return refused(u"certificate request of impossible size"_s);
    const BioPointer bio = readingBio(pem);
    const RequestPointer request(PEM_read_bio_X509_REQ(bio.get(), nullptr, nullptr, nullptr));
    if (!request)
        return refused(u"no certificate request"_s);
    KeyPointer key(X509_REQ_get_pubkey(request.get()));
    if (!isP256(key.get()))
        return refused(u"the key of the certificate request is not P-256"_s);
    if (X509_REQ_verify(request.get(), key.get()) != 1)
        return refused(u"the certificate request is not signed by its own key"_s);
    return SigningRequest(pem.toByteArray(),
                          std::make_shared<const KeyHandle>(KeyHandle{std::move(key)}));
}

QByteArray SigningRequest::keyHash() const
{
    unsigned char *der = nullptr;
    const int size = i2d_PUBKEY(m_key->key.get(), &der);
    if (size <= 0)
        return {};
    const QByteArray bytes(reinterpret_cast<const char *>(der), size);
    OPENSSL_free(der);
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

} // namespace upgradedesk
