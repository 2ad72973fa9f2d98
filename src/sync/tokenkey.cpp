#include "sync/tokenkey.h"

#include "crypto/privatefile.h"
#include "sync/provisioning.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::sync
{

// The file is the 32 bytes of the key and then its id.

Result<TokenKey> TokenKey::load(const QString &folder)
{
    const QString path = tokenKeyFile(folder);
    const auto bytes = readPrivateFile(path);
    if (!bytes)
        return tl::unexpected(bytes.error());
    const QByteArrayView view = bytes->view();
    if (view.size() <= secretSize || view.size() > secretSize + 64)
        return fail(ErrorCode::KeyUnreadable, path + u": not a key with its id"_s);
    return TokenKey{QString::fromUtf8(view.sliced(secretSize)),
                    Secret(view.first(secretSize).toByteArray())};
}

Result<void> TokenKey::save(const QString &folder) const
{
    const Secret bytes(QByteArray(key.view().toByteArray() + id.toUtf8()));
    return replacePrivateFile(tokenKeyFile(folder), bytes.view());
}

} // namespace upgradedesk::sync
