#include "sync/enrolment.h"

#include "crypto/privatefile.h"
#include "crypto/seal.h"
#include "sync/deskfolder.h"
#include "sync/deskidentity.h"
#include "storage/store.h"
#include "wire/provisioningfile.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace upgradedesk::sync
{
namespace
{

Provisioning provisioningOf(const wire::EnrolmentAnswer &answer, const QString &hubUrl,
                            const Certificate &authority, const Certificate &own)
{
    Provisioning made;
    made.profile = answer.profile;
    made.desk = answer.desk;
    made.deskName = answer.deskName;
    made.station = answer.station;
    made.stationName = answer.stationName;
    made.hub = answer.hub;
    made.hubUrl = hubUrl;
    made.validUntil = own.until();
    made.deskCertificate = answer.certificate;
    made.caCertificate = authority.pem();
    made.recordCertificate = answer.recordCertificate;
    return made;
}

Result<PendingDesk> deskThatIsThere(const QString &folder)
{
    auto before = Provisioning::load(folder);
    if (!before)
        return tl::unexpected(before.error());
    if (before->profile == Profile::Training)
        return fail(ErrorCode::AlreadyProvisioned, u"a desk in training"_s);
    const auto key = KeyPair::load(deskKeyFile(folder));
    if (!key)
        return tl::unexpected(key.error());
    const auto request = SigningRequest::make(*key, before->desk);
    if (!request)
        return tl::unexpected(request.error());
    return PendingDesk{*key, *request, std::move(*before)};
}

/// The same desk of the same hub with new certificates; its queue, journal and other keys stay.
Result<void> renewFolder(const QString &folder, const Provisioning &before, const Provisioning &now,
                         const wire::EnrolmentAnswer &answer, const Clock &clock)
{
    if (now.desk != before.desk || now.station != before.station || now.hub != before.hub ||
        now.profile != before.profile || now.caCertificate != before.caCertificate)
        return fail(ErrorCode::EnrolmentOtherDesk, u"not for the desk in this folder"_s,
                    {before.desk});
    const TokenKey tokenKey{answer.secrets.tokenKeyId, Secret(QByteArray(answer.secrets.tokenKey))};
    if (auto saved = tokenKey.save(folder); !saved)
        return saved;
    if (auto replaced = now.replace(folder); !replaced)
        return replaced;
    const auto identity = DeskIdentity::load(folder, clock);
    if (!identity)
        return tl::unexpected(identity.error());
    auto store = storage::Store::open(folder, identity->storeKeys());
    if (!store)
        return tl::unexpected(store.error());
    const auto noted = store->note(u"provision"_s, {}, clock.now());
    return noted ? Result<void>() : tl::unexpected(noted.error());
}

} // namespace

Result<PendingDesk> pendingDesk(const QString &folder)
{
    if (QFileInfo::exists(provisioningFile(folder)))
        return deskThatIsThere(folder);
    if (const auto made = makePrivateFolder(folder); !made)
        return fail(ErrorCode::DataFolderUnwritable, made.error().detail, {folder});
    const QString path = pendingKeyFile(folder);
    if (!QFileInfo::exists(path)) {
        const auto made = KeyPair::generate();
        if (!made)
            return tl::unexpected(made.error());
        // Somebody else may be faster; then theirs is the key.
        if (const auto saved = made->save(path); !saved && !QFileInfo::exists(path))
            return fail(ErrorCode::DataFolderUnwritable, saved.error().detail, {folder});
    }
    const auto key = KeyPair::load(path);
    if (!key)
        return tl::unexpected(key.error());
    const auto request = SigningRequest::make(*key, u"upgradedesk"_s);
    if (!request)
        return tl::unexpected(request.error());
    return PendingDesk{*key, *request};
}

Result<void> installEnrolled(const QString &folder, Profile profile, const QString &hubUrl,
                             const Certificate &authority, const PendingDesk &pending,
                             const wire::EnrolmentAnswer &answer, const Clock &clock)
{
    if (answer.profile != profile)
        return fail(ErrorCode::ProfileMismatch, u"the hub is of another profile"_s,
                    {u"#profile-"_s + profileKey(answer.profile)});
    const auto own = Certificate::fromPem(answer.certificate);
    if (!own || !own->belongsTo(pending.key))
        return fail(ErrorCode::ProvisioningInvalid, u"the certificate is not of our key"_s);
    Provisioning provisioning = provisioningOf(answer, hubUrl, authority, *own);
    const auto record = Certificate::fromPem(answer.recordCertificate);
    if (record)
        provisioning.validUntil = std::min(own->until(), record->until());
    if (const auto good = DeskIdentity::check(provisioning); !good)
        return good;

    if (pending.before) {
        if (provisioning.hubUrl.isEmpty())
            provisioning.hubUrl = pending.before->hubUrl;
        return renewFolder(folder, *pending.before, provisioning, answer, clock);
    }
    const auto make = [&]() -> Result<NewDesk> {
        return NewDesk{
            provisioning,
            pending.key,
            Secret(QByteArray(answer.secrets.pepper)),
            TokenKey{answer.secrets.tokenKeyId, Secret(QByteArray(answer.secrets.tokenKey))},
            {}};
    };
    const auto installed = installDesk(folder, make, clock);
    if (installed)
        QFile::remove(pendingKeyFile(folder));
    return installed;
}

Result<OpenedProvisioning> openProvisioning(QByteArrayView file, const PendingDesk &pending,
                                            Profile profile)
{
    const auto decoded = wire::decodeProvisioningFile(file);
    if (!decoded)
        return fail(ErrorCode::ProvisioningFileInvalid, decoded.error().detail);
    const auto authority = Certificate::fromPem(decoded->chain);
    const auto hub = Certificate::fromPem(decoded->hubCertificate);
    const auto own = Certificate::fromPem(decoded->certificate);
    if (!authority || !hub || !own || !authority->isSignedBy(*authority) ||
        !hub->isSignedBy(*authority) || !own->isSignedBy(*authority))
        return fail(ErrorCode::SignatureInvalid, u"the certificates do not fit"_s);
    if (!authority->hasRole(profile, CertificateRole::Authority) ||
        !hub->hasRole(profile, CertificateRole::Hub))
        return fail(ErrorCode::ProfileMismatch, u"provisioning of another profile"_s,
                    {u"#profile-"_s +
                     profileKey(authority->hasRole(Profile::Practice, CertificateRole::Authority)
                                    ? Profile::Practice
                                    : Profile::Production)});
    if (!own->belongsTo(pending.key))
        return fail(ErrorCode::ProvisioningOtherRequest, u"the certificate is not of our key"_s);
    const auto plain = openSealed(decoded->sealed, pending.key, *own, *hub);
    if (!plain)
        return tl::unexpected(plain.error());
    const auto answer = wire::decodeEnrolmentAnswer(plain->view());
    if (!answer)
        return fail(ErrorCode::ProvisioningFileInvalid, answer.error().detail);
    if (answer->certificate != decoded->certificate || hub->commonName() != answer->hub)
        return fail(ErrorCode::SignatureInvalid, u"inside and outside differ"_s);
    return OpenedProvisioning{*authority, *answer, decoded->documents};
}

} // namespace upgradedesk::sync
