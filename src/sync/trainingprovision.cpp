#include "sync/trainingprovision.h"

#include "crypto/certificate.h"
#include "crypto/pinhash.h"
#include "crypto/privatefile.h"
#include "storage/store.h"
#include "sync/provisioning.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>

using namespace Qt::StringLiterals;

namespace upgradedesk::sync
{
namespace
{

constexpr int daysValid = 3650;
constexpr auto hubId = "training-hub";

/// Everything is made here first and then moved to its place, `provisioning.json` last.
QString stagingFolder(const QString &folder)
{
    return folder + u"/provisioning.new"_s;
}

struct Made {
    Provisioning provisioning;
    KeyPair deskKey;
};

/// Who the practice desk is, with certificates of the training profile.
Result<Made> makeIdentity(const Clock &clock)
{
    const auto deskId = Secret::random(4);
    const auto authorityKey = KeyPair::generate();
    const auto deskKey = KeyPair::generate();
    const auto recordKey = KeyPair::generate();
    for (const auto *key : {&authorityKey, &deskKey, &recordKey}) {
        if (!*key)
            return tl::unexpected(key->error());
    }
    if (!deskId)
        return tl::unexpected(deskId.error());

    Provisioning made;
    made.profile = Profile::Training;
    made.desk = u"training-"_s + QString::fromLatin1(deskId->view().toByteArray().toHex());
    made.deskName = u"1 号服务台"_s;
    made.station = u"training-station"_s;
    made.stationName = u"演示站"_s;
    made.hub = QString::fromLatin1(hubId);
    made.validUntil = clock.now().addDays(daysValid);

    // A desk whose clock is set right a little later must not find its certificate not yet valid.
    const QDateTime from = clock.now().addDays(-1);
    const QDateTime until = made.validUntil.addDays(1);
    const auto authority = Certificate::selfSigned(
        {Profile::Training, CertificateRole::Authority, u"training-authority"_s, {}, from, until},
        *authorityKey);
    if (!authority)
        return tl::unexpected(authority.error());
    const auto desk = Certificate::issue(
        {Profile::Training, CertificateRole::Desk, made.desk, made.station, from, until}, *deskKey,
        *authority, *authorityKey);
    if (!desk)
        return tl::unexpected(desk.error());
    const auto record =
        Certificate::issue({Profile::Training, CertificateRole::Record, made.hub, {}, from, until},
                           *recordKey, *authority, *authorityKey);
    if (!record)
        return tl::unexpected(record.error());

    made.deskCertificate = desk->pem();
    made.caCertificate = authority->pem();
    made.recordCertificate = record->pem();
    return Made{made, *deskKey};
}

Result<Secret> saveNewSecret(const QString &path)
{
    auto secret = Secret::random(secretSize);
    if (!secret)
        return secret;
    if (const auto written = writePrivateFile(path, secret->view()); !written)
        return tl::unexpected(written.error());
    return secret;
}

Result<void> makeStore(const QString &folder, const KeyPair &deskKey, Secret pepper,
                       const Clock &clock)
{
    const auto verifier = hashPin(u"135790"_s, pepper);
    if (!verifier)
        return tl::unexpected(verifier.error());
    auto store = storage::Store::create(folder, {deskKey, std::move(pepper)});
    if (!store)
        return tl::unexpected(store.error());
    if (const auto noted = store->note(u"provision"_s, {}, clock.now()); !noted)
        return tl::unexpected(noted.error());
    const storage::Operator trainee{u"9001"_s, u"测试员01"_s, u"supervisor"_s};
    if (const auto added = store->addOperator(trainee, *verifier, clock.now()); !added)
        return added;
    return store->checkpoint();
}

Result<void> stage(const QString &staging, const Clock &clock)
{
    if (const auto made = makePrivateFolder(staging); !made)
        return made;
    if (const auto made = makePrivateFolder(keyFolder(staging)); !made)
        return made;
    const auto identity = makeIdentity(clock);
    if (!identity)
        return tl::unexpected(identity.error());
    if (const auto saved = identity->deskKey.save(deskKeyFile(staging)); !saved)
        return saved;
    if (const auto saved = saveNewSecret(localKeyFile(staging)); !saved)
        return tl::unexpected(saved.error());
    auto pepper = saveNewSecret(pepperFile(staging));
    if (!pepper)
        return tl::unexpected(pepper.error());
    if (const auto made = makeStore(staging, identity->deskKey, std::move(*pepper), clock); !made)
        return made;
    if (const auto synced = syncFolder(keyFolder(staging)); !synced)
        return synced;
    // Written last: a staging folder that has it is complete.
    if (const auto written =
            writePrivateFile(provisioningFile(staging), identity->provisioning.toJson());
        !written)
        return written;
    return syncFolder(staging);
}

/// Moves a complete staging folder to its place; going on where an earlier run was cut off is the
/// same work.
Result<void> unstage(const QString &staging, const QString &folder)
{
    QStringList names =
        QDir(staging).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    const QString last = QFileInfo(provisioningFile(staging)).fileName();
    names.removeAll(last);
    names << last;
    for (const QString &name : std::as_const(names)) {
        if (name == last) {
            if (const auto synced = syncFolder(folder); !synced)
                return synced;
        }
        if (!QDir().rename(staging + u'/' + name, folder + u'/' + name))
            return fail(ErrorCode::StoreReadOnly, u"cannot move "_s + name, {folder});
    }
    QDir().rmdir(staging);
    return syncFolder(folder);
}

/// The folder is what somebody chose, its contents nobody knows of yet.
tl::unexpected<Error> unwritable(const QString &folder, const Error &error)
{
    if (error.code == ErrorCode::StoreFull)
        return tl::unexpected(error);
    return fail(ErrorCode::DataFolderUnwritable, error.detail, {folder});
}

} // namespace

Result<void> provisionTraining(const QString &folder, const Clock &clock)
{
    if (const auto made = makePrivateFolder(folder); !made)
        return unwritable(folder, made.error());
    if (QFileInfo::exists(provisioningFile(folder)))
        return fail(ErrorCode::AlreadyProvisioned, u"provisioning.json is there"_s);

    QLockFile lock(folder + u"/provisioning.lock"_s);
    if (!lock.tryLock(10000)) {
        if (lock.error() == QLockFile::LockFailedError)
            return fail(ErrorCode::StoreLocked, u"cannot lock"_s);
        return fail(ErrorCode::DataFolderUnwritable, u"cannot lock"_s, {folder});
    }
    // Asked again: another program may have been faster.
    if (QFileInfo::exists(provisioningFile(folder)))
        return fail(ErrorCode::AlreadyProvisioned, u"provisioning.json is there"_s);

    const QString staging = stagingFolder(folder);
    if (!QFileInfo::exists(provisioningFile(staging))) {
        if (QFileInfo::exists(storage::Store::fileIn(folder)) ||
            QFileInfo::exists(keyFolder(folder)))
            return fail(ErrorCode::AlreadyProvisioned, u"keys or a database are there"_s);
        QDir(staging).removeRecursively();
        if (const auto staged = stage(staging, clock); !staged) {
            QDir(staging).removeRecursively();
            return staged;
        }
    }
    return unstage(staging, folder);
}

} // namespace upgradedesk::sync
