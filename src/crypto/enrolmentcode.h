#pragma once

#include "core/result.h"
#include "crypto/certificate.h"

#include <QByteArray>
#include <QString>

namespace upgradedesk
{

/// What an administrator reads out to whoever sets up a desk: 128 random bits that the hub knows
/// again, and 80 bits of the SHA-256 of the authority's public key, by which the desk knows the hub
/// before it says anything. Crockford's base 32 with his check symbol, 43 characters, in groups.
class EnrolmentCode
{
public:
    /// A new one. Fails with CryptoFailed.
    [[nodiscard]] static Result<EnrolmentCode> make(const Certificate &authority);

    /// Case, spaces, hyphens and full-width forms do not matter; O is 0, I and L are 1. Fails with
    /// InputInvalid (args: code) when a character is missing, wrong or exchanged.
    [[nodiscard]] static Result<EnrolmentCode> fromText(const QString &text);

    /// In groups of six, for people.
    [[nodiscard]] QString text() const;

    /// 16 bytes; the hub keeps their SHA-256 only.
    [[nodiscard]] const QByteArray &secret() const { return m_secret; }

    /// Whether this is the authority the code speaks of.
    [[nodiscard]] bool names(const Certificate &authority) const;

private:
    EnrolmentCode(QByteArray secret, QByteArray authority)
        : m_secret(std::move(secret))
        , m_authority(std::move(authority))
    {
    }

    QByteArray m_secret;    ///< 16 bytes
    QByteArray m_authority; ///< 10 bytes
};

} // namespace upgradedesk
