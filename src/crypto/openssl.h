#pragma once

#include "core/result.h"

#include <QByteArray>

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace upgradedesk
{

/// Frees an OpenSSL object with the function its type asks for.
template <auto Free>
struct OpenSslDeleter {
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

template <typename T, auto Free>
using OpenSslPointer = std::unique_ptr<T, OpenSslDeleter<Free>>;

using BioPointer = OpenSslPointer<BIO, BIO_free_all>;
using CmsPointer = OpenSslPointer<CMS_ContentInfo, CMS_ContentInfo_free>;
using DigestPointer = OpenSslPointer<EVP_MD_CTX, EVP_MD_CTX_free>;
using KeyPointer = OpenSslPointer<EVP_PKEY, EVP_PKEY_free>;
using X509Pointer = OpenSslPointer<X509, X509_free>;

struct KeyHandle {
    KeyPointer key;
};

struct CertificateHandle {
    X509Pointer certificate;
};

/// CryptoFailed with OpenSSL's own reason in the detail; empties this thread's error queue.
[[nodiscard]] tl::unexpected<Error> openSslFailure(const QString &what);

/// Reads from `bytes`, which must outlive it.
[[nodiscard]] BioPointer readingBio(QByteArrayView bytes);

/// A memory BIO; its bytes are cleared when it goes.
[[nodiscard]] BioPointer writingBio();

[[nodiscard]] QByteArray contents(BIO *bio);

/// ECDSA or whatever the key is, over SHA-256.
[[nodiscard]] bool signatureIsGood(EVP_PKEY *key, QByteArrayView message, QByteArrayView signature);

[[nodiscard]] inline unsigned char *toUchar(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

[[nodiscard]] inline const unsigned char *toUchar(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

} // namespace upgradedesk
