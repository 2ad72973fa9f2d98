#include "sync/deskidentity.h"

#include "crypto/cardtoken.h"
#include "crypto/hmac.h"
#include "crypto/privatefile.h"
#include "sync/provisioning.h"
#include "sync/tokenkey.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::sync
{
namespace
{

struct Certificates {
    Certificate authority;
    Certificate desk;
    Certificate record;
};

tl::unexpected<Error> invalid(const QString &detail)
{
    return fail(ErrorCode::ProvisioningInvalid, detail);
}

Result<Certificates> certificatesOf(const Provisioning &provisioning)
{
    auto authority = Certificate::fromPem(provisioning.caCertificate);
    auto desk = Certificate::fromPem(provisioning.deskCertificate);
    auto record = Certificate::fromPem(provisioning.recordCertificate);
    if (!authority || !desk || !record)
        return invalid(u"a certificate cannot be read"_s);

    const Profile profile = provisioning.profile;
    if (!authority->hasRole(profile, CertificateRole::Authority) ||
        !desk->hasRole(profile, CertificateRole::Desk) ||
        !record->hasRole(profile, CertificateRole::Record))
        return invalid(u"a certificate is not of this profile and role"_s);
    if (!authority->isSignedBy(*authority) || !desk->isSignedBy(*authority) ||
        !record->isSignedBy(*authority))
        return invalid(u"a certificate is not of this authority"_s);
    if (desk->commonName() != provisioning.desk || desk->unit() != provisioning.station ||
        record->commonName() != provisioning.hub)
        return invalid(u"a certificate is somebody else's"_s);
    if (desk->until() < provisioning.validUntil || record->until() < provisioning.validUntil)
        return invalid(u"a certificate ends too early"_s);
    return Certificates{*authority, *desk, *record};
}

Result<Secret> loadSecret(const QString &path)
{
    auto secret = readPrivateFile(path);
    if (secret && secret->size() != secretSize)
        return fail(ErrorCode::KeyUnreadable, path + u": not 32 bytes"_s);
    return secret;
}

Secret copyOf(const Secret &secret)
{
    return Secret(secret.view().toByteArray());
}

} // namespace

DeskIdentity::DeskIdentity(KeyPair deskKey, Certificate certificate, Certificate authority,
                           Certificate record, Secret localKey, Secret pepper)
    : m_deskKey(std::move(deskKey))
    , m_certificate(std::move(certificate))
    , m_authority(std::move(authority))
    , m_record(std::move(record))
    , m_sealer(m_deskKey, m_certificate, m_record)
    , m_localKey(std::move(localKey))
    , m_pepper(std::move(pepper))
{
}

Result<DeskIdentity> DeskIdentity::load(const QString &folder, const Clock &clock)
{
    const auto provisioning = Provisioning::load(folder);
    if (!provisioning)
        return tl::unexpected(provisioning.error());
    const auto certificates = certificatesOf(*provisioning);
    if (!certificates)
        return tl::unexpected(certificates.error());

    auto deskKey = KeyPair::load(deskKeyFile(folder));
    if (!deskKey)
        return tl::unexpected(deskKey.error());
    if (!certificates->desk.belongsTo(*deskKey))
        return invalid(u"the desk's certificate is not of its key"_s);
    auto localKey = loadSecret(localKeyFile(folder));
    if (!localKey)
        return tl::unexpected(localKey.error());
    auto pepper = loadSecret(pepperFile(folder));
    if (!pepper)
        return tl::unexpected(pepper.error());
    if (clock.now() >= provisioning->validUntil)
        return fail(ErrorCode::ProvisioningExpired, u"validUntil has passed"_s);

    DeskIdentity identity(*deskKey, certificates->desk, certificates->authority,
                          certificates->record, std::move(*localKey), std::move(*pepper));
    if (provisioning->profile != Profile::Training) {
        auto tokenKey = TokenKey::load(folder);
        if (!tokenKey)
            return tl::unexpected(tokenKey.error());
        identity.m_tokenKeyId = tokenKey->id;
        identity.m_tokenKey = std::move(tokenKey->key);
    }
    identity.m_profile = provisioning->profile;
    identity.m_desk = provisioning->desk;
    identity.m_deskName = provisioning->deskName;
    identity.m_station = provisioning->station;
    identity.m_stationName = provisioning->stationName;
    identity.m_hub = provisioning->hub;
    identity.m_hubUrl = provisioning->hubUrl;
    identity.m_validUntil = provisioning->validUntil;
    return identity;
}

Result<void> DeskIdentity::check(const Provisioning &provisioning)
{
    const auto certificates = certificatesOf(provisioning);
    if (!certificates)
        return tl::unexpected(certificates.error());
    return {};
}

Result<QByteArray> DeskIdentity::cardToken(const QString &cardNumber) const
{
    if (m_tokenKeyId.isEmpty())
        return fail(ErrorCode::HubAbsent, u"no token key"_s);
    return cityCardToken(m_tokenKey, cardNumber);
}

storage::StoreKeys DeskIdentity::storeKeys() const
{
    return {m_deskKey, copyOf(m_pepper)};
}

Result<QByteArray> DeskIdentity::cardKey(const QString &cardNumber) const
{
    return token(m_localKey, "card", {cardNumber.toUtf8()});
}

Result<QByteArray> DeskIdentity::personKey(const QString &documentKind,
                                           const QString &documentNumber) const
{
    return token(m_localKey, "person", {documentKind.toUtf8(), documentNumber.toUtf8()});
}

} // namespace upgradedesk::sync
