#include "sync/hubtrust.h"

#include "sync/deskidentity.h"

#include <QSslCertificate>
#include <QSslKey>

using namespace Qt::StringLiterals;

namespace upgradedesk::sync
{

HubTrust::HubTrust(const Certificate &authority, Profile profile, QString hub)
    : m_authority(authority)
    , m_profile(profile)
    , m_hub(std::move(hub))
{
    m_configuration = QSslConfiguration::defaultConfiguration();
    m_configuration.setProtocol(QSsl::TlsV1_3OrLater);
    m_configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    m_configuration.setCaCertificates({QSslCertificate(authority.pem(), QSsl::Pem)});
    m_configuration.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
}

HubTrust HubTrust::firstContact(const Certificate &authority, Profile profile)
{
    return HubTrust(authority, profile, {});
}

Result<HubTrust> HubTrust::of(const DeskIdentity &identity)
{
    HubTrust trust(identity.authority(), identity.profile(), identity.hub());
    const auto pem = identity.key().pem();
    if (!pem)
        return tl::unexpected(pem.error());
    const QSslKey key(pem->view().toByteArray(), QSsl::Ec, QSsl::Pem);
    const QSslCertificate certificate(identity.certificate().pem(), QSsl::Pem);
    if (key.isNull() || certificate.isNull())
        return fail(ErrorCode::CryptoFailed, u"Qt does not read the desk's key or certificate"_s);
    trust.m_configuration.setLocalCertificate(certificate);
    trust.m_configuration.setPrivateKey(key);
    return trust;
}

std::optional<Certificate> HubTrust::hubOf(const QSslConfiguration &connection) const
{
    const QSslCertificate peer = connection.peerCertificate();
    if (peer.isNull())
        return std::nullopt;
    auto certificate = Certificate::fromPem(peer.toPem());
    if (!certificate || !certificate->hasRole(m_profile, CertificateRole::Hub) ||
        !certificate->isSignedBy(m_authority) ||
        (!m_hub.isEmpty() && certificate->commonName() != m_hub))
        return std::nullopt;
    return *certificate;
}

QList<QSslError> HubTrust::forgivable(const QList<QSslError> &errors)
{
    QList<QSslError> found;
    for (const QSslError &error : errors) {
        if (error.error() == QSslError::HostNameMismatch ||
            error.error() == QSslError::CertificateNotYetValid)
            found << error;
    }
    return found;
}

} // namespace upgradedesk::sync
