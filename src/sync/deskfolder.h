#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "crypto/keypair.h"
#include "crypto/secret.h"
#include "storage/records.h"
#include "sync/provisioning.h"
#include "sync/tokenkey.h"

#include <QList>
#include <QString>

#include <functional>
#include <optional>
#include <utility>

namespace upgradedesk::sync
{

/// Everything the data folder of a new desk is made of.
struct NewDesk {
    Provisioning provisioning;
    KeyPair deskKey;
    Secret pepper;
    std::optional<TokenKey> tokenKey;
    QList<std::pair<storage::Operator, QString>> withVerifiers; ///< the first operators
};

/// Makes the folder: keys, an empty database, `provisioning.json`; whole or not at all, also when
/// it is killed in between. `make` is called only when nothing is there yet. AlreadyProvisioned,
/// StoreLocked, DataFolderUnwritable, or what `make` says.
[[nodiscard]] Result<void> installDesk(const QString &folder,
                                       const std::function<Result<NewDesk>()> &make,
                                       const Clock &clock);

} // namespace upgradedesk::sync
