#pragma once

#include "core/result.h"
#include "crypto/secret.h"

#include <QString>

namespace upgradedesk::sync
{

/// The city's key of card tokens. The space of card numbers is small, so whoever has it can try
/// them all: a stolen desk that is revoked makes the hub start another.
struct TokenKey {
    QString id;
    Secret key; ///< 32 bytes

    /// KeyUnreadable, KeyExposed.
    [[nodiscard]] static Result<TokenKey> load(const QString &folder);

    /// In the place of the one before, if there is one.
    [[nodiscard]] Result<void> save(const QString &folder) const;
};

} // namespace upgradedesk::sync
