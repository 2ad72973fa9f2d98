#pragma once

#include "core/datafolder.h"
#include "core/result.h"
#include "crypto/certificate.h"

#include <QList>
#include <QSslConfiguration>
#include <QSslError>
#include <QString>

#include <optional>

namespace upgradedesk::sync
{

class DeskIdentity;

/// Whom a connection believes and what it shows: TLS 1.3, one authority, a certificate of role Hub.
class HubTrust
{
public:
    /// With the desk's certificate. Fails with CryptoFailed.
    [[nodiscard]] static Result<HubTrust> of(const DeskIdentity &identity);
    /// Before the desk has one.
    [[nodiscard]] static HubTrust firstContact(const Certificate &authority, Profile profile);

    [[nodiscard]] const QSslConfiguration &configuration() const { return m_configuration; }

    /// The hub's certificate, when what the other side shows is one.
    [[nodiscard]] std::optional<Certificate> hubOf(const QSslConfiguration &connection) const;

    /// Those that need not end a connection to a hub that hubOf() knows: it is known by authority
    /// and role, whatever address it is reached under, and a desk whose clock is slow may meet a
    /// certificate that is younger than its clock.
    [[nodiscard]] static QList<QSslError> forgivable(const QList<QSslError> &errors);

private:
    HubTrust(const Certificate &authority, Profile profile, QString hub);

    QSslConfiguration m_configuration;
    Certificate m_authority;
    Profile m_profile;
    QString m_hub; ///< id; empty: not known yet
};

} // namespace upgradedesk::sync
