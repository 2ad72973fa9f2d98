#pragma once

#include "core/result.h"
#include "crypto/secret.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace upgradedesk
{

struct KeyHandle;

/// A P-256 key pair. Copies share the key; it may be used from several threads.
class KeyPair
{
public:
    [[nodiscard]] static Result<KeyPair> generate();

    /// From a PEM file that only this user may read: KeyUnreadable, KeyExposed.
    [[nodiscard]] static Result<KeyPair> load(const QString &path);

    /// PKCS#8, for a TLS library that reads keys itself. Fails with CryptoFailed.
    [[nodiscard]] Result<Secret> pem() const;

    /// To a new PEM file of mode 0600.
    [[nodiscard]] Result<void> save(const QString &path) const;

    /// ECDSA with SHA-256, DER. Fails with CryptoFailed.
    [[nodiscard]] Result<QByteArray> sign(QByteArrayView message) const;
    [[nodiscard]] bool verifies(QByteArrayView message, QByteArrayView signature) const;

    /// For this folder only.
    [[nodiscard]] const KeyHandle &handle() const { return *m_key; }

private:
    explicit KeyPair(std::shared_ptr<const KeyHandle> key)
        : m_key(std::move(key))
    {
    }

    std::shared_ptr<const KeyHandle> m_key;
};

} // namespace upgradedesk
