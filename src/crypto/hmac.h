#pragma once

#include "core/result.h"
#include "crypto/secret.h"

#include <QByteArray>
#include <QList>

namespace upgradedesk
{

[[nodiscard]] Result<QByteArray> hmacSha256(const Secret &key, QByteArrayView message);

/// HMAC-SHA-256 over a purpose and parts, each preceded by its length, so that no two lists of
/// parts meet in one token. 32 bytes.
[[nodiscard]] Result<QByteArray> token(const Secret &key, QByteArrayView purpose,
                                       const QList<QByteArray> &parts);

} // namespace upgradedesk
