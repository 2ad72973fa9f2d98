#include "crypto/openssl.h"

#include <openssl/crypto.h>
#include <openssl/err.h>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

/// Threads of Qt's network are still ending when main() returns, and give back what OpenSSL keeps
/// for them. So OpenSSL is not torn down under them; the system takes all memory back anyway.
[[maybe_unused]] const int keptUntilTheEnd = OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);

} // namespace

tl::unexpected<Error> openSslFailure(const QString &what)
{
    char text[256] = "no reason given";
    if (const unsigned long code = ERR_peek_last_error())
        ERR_error_string_n(code, text, sizeof text);
    ERR_clear_error();
    return fail(ErrorCode::CryptoFailed, what + u": "_s + QString::fromLatin1(text));
}

BioPointer readingBio(QByteArrayView bytes)
{
    return BioPointer(BIO_new_mem_buf(bytes.data(), int(bytes.size())));
}

BioPointer writingBio()
{
    return BioPointer(BIO_new(BIO_s_secmem()));
}

QByteArray contents(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return QByteArray(data, size);
}

bool signatureIsGood(EVP_PKEY *key, QByteArrayView message, QByteArrayView signature)
{
    const DigestPointer context(EVP_MD_CTX_new());
    const bool good =
        context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
        EVP_DigestVerify(context.get(), toUchar(signature), size_t(signature.size()),
                         toUchar(message), size_t(message.size())) == 1;
    ERR_clear_error();
    return good;
}

} // namespace upgradedesk
