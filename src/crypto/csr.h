#pragma once

#include "core/result.h"
#include "crypto/keypair.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace upgradedesk
{

/// A PKCS#10 request: a public key, and the proof that the sender has its private half. Who the key
/// is for is not the sender's to say.
class SigningRequest
{
public:
    /// Signed with the key it is for. Fails with CryptoFailed.
    [[nodiscard]] static Result<SigningRequest> make(const KeyPair &key, const QString &commonName);

    /// P-256 and signed by its own key, nothing else; at most 16 KiB. Fails with InputInvalid
    /// (args: csr).
    [[nodiscard]] static Result<SigningRequest> fromPem(QByteArrayView pem);

    [[nodiscard]] const QByteArray &pem() const { return m_pem; }
    /// SHA-256 of the public key, as Certificate::keyHash().
    [[nodiscard]] QByteArray keyHash() const;

    /// For this folder only.
    [[nodiscard]] const KeyHandle &key() const { return *m_key; }

private:
    SigningRequest(QByteArray pem, std::shared_ptr<const KeyHandle> key)
        : m_pem(std::move(pem))
        , m_key(std::move(key))
    {
    }

    QByteArray m_pem;
    std::shared_ptr<const KeyHandle> m_key; ///< its public half
};

} // namespace upgradedesk
