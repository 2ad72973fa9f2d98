#include "sync/deskfolder.h"

#include "crypto/privatefile.h"
#include "storage/store.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>

using namespace Qt::StringLiterals;

namespace upgradedesk::sync
{
namespace
{

/// Everything is made here first and then moved to its place, `provisioning.json` last.
QString stagingFolder(const QString &folder)
{
    return folder + u"/provisioning.new"_s;
}

Result<void> makeStore(const QString &folder, const NewDesk &desk, const Clock &clock)
{
    auto store =
        storage::Store::create(folder, {desk.deskKey, Secret(desk.pepper.view().toByteArray())});
    if (!store)
        return tl::unexpected(store.error());
    if (const auto noted = store->note(u"provision"_s, {}, clock.now()); !noted)
        return tl::unexpected(noted.error());
    for (const auto &[person, verifier] : desk.withVerifiers) {
        if (const auto added = store->addOperator(person, verifier, clock.now()); !added)
            return added;
    }
    return store->checkpoint();
}

Result<void> saveSecrets(const QString &staging, const NewDesk &desk)
{
    const auto localKey = Secret::random(secretSize);
    if (!localKey)
        return tl::unexpected(localKey.error());
    if (auto saved = writePrivateFile(localKeyFile(staging), localKey->view()); !saved)
        return saved;
    if (auto saved = writePrivateFile(pepperFile(staging), desk.pepper.view()); !saved)
        return saved;
    if (desk.tokenKey) {
        if (auto saved = desk.tokenKey->save(staging); !saved)
            return saved;
    }
    return {};
}

Result<void> stage(const QString &staging, const std::function<Result<NewDesk>()> &make,
                   const Clock &clock)
{
    if (const auto made = makePrivateFolder(staging); !made)
        return made;
    if (const auto made = makePrivateFolder(keyFolder(staging)); !made)
        return made;
    const auto desk = make();
    if (!desk)
        return tl::unexpected(desk.error());
    if (const auto saved = desk->deskKey.save(deskKeyFile(staging)); !saved)
        return saved;
    if (const auto saved = saveSecrets(staging, *desk); !saved)
        return saved;
    if (const auto made = makeStore(staging, *desk, clock); !made)
        return made;
    if (const auto synced = syncFolder(keyFolder(staging)); !synced)
        return synced;
    // Written last: a staging folder that has it is complete.
    if (const auto written =
            writePrivateFile(provisioningFile(staging), desk->provisioning.toJson());
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

Result<void> installDesk(const QString &folder, const std::function<Result<NewDesk>()> &make,
                         const Clock &clock)
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
        if (const auto staged = stage(staging, make, clock); !staged) {
            QDir(staging).removeRecursively();
            return staged;
        }
    }
    return unstage(staging, folder);
}

} // namespace upgradedesk::sync
