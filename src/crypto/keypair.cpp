#include "crypto/keypair.h"

#include "crypto/openssl.h"
#include "crypto/privatefile.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

Result<KeyPair> KeyPair::generate()
{
    KeyPointer key(EVP_EC_gen("P-256"));
    if (!key)
        return openSslFailure(u"key generation"_s);
    return KeyPair(std::make_shared<const KeyHandle>(KeyHandle{std::move(key)}));
}

Result<KeyPair> KeyPair::load(const QString &path)
{
    const auto pem = readPrivateFile(path);
    if (!pem)
        return tl::unexpected(pem.error());
    const BioPointer bio = readingBio(pem->view());
    // The callback keeps OpenSSL from asking a terminal for a password.
    KeyPointer key(PEM_read_bio_PrivateKey(
        bio.get(), nullptr, [](char *, int, int, void *) { return -1; }, nullptr));
    const bool usable = key && EVP_PKEY_is_a(key.get(), "EC");
    ERR_clear_error();
    if (!usable)
        return fail(ErrorCode::KeyUnreadable, path + u": no EC private key in PEM"_s);
    return KeyPair(std::make_shared<const KeyHandle>(KeyHandle{std::move(key)}));
}

Result<Secret> KeyPair::pem() const
{
    const BioPointer bio = writingBio();
    if (!bio || PEM_write_bio_PKCS8PrivateKey(bio.get(), m_key->key.get(), nullptr, nullptr, 0,
                                              nullptr, nullptr) != 1)
        return openSslFailure(u"writing a key"_s);
    return Secret(contents(bio.get()));
}

Result<void> KeyPair::save(const QString &path) const
{
    const auto text = pem();
    if (!text)
        return tl::unexpected(text.error());
    return writePrivateFile(path, text->view());
}

Result<QByteArray> KeyPair::sign(QByteArrayView message) const
{
    const DigestPointer context(EVP_MD_CTX_new());
    size_t size = 0;
    if (!context ||
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key->key.get()) != 1 ||
        EVP_DigestSign(context.get(), nullptr, &size, toUchar(message), size_t(message.size())) !=
            1)
        return openSslFailure(u"signing"_s);
    QByteArray signature(qsizetype(size), '\0');
    if (EVP_DigestSign(context.get(), toUchar(signature), &size, toUchar(message),
                       size_t(message.size())) != 1)
        return openSslFailure(u"signing"_s);
    signature.truncate(qsizetype(size));
    return signature;
}

bool KeyPair::verifies(QByteArrayView message, QByteArrayView signature) const
{
    return signatureIsGood(m_key->key.get(), message, signature);
}

} // namespace upgradedesk
