#pragma once

#include "core/cardstate.h"
#include "core/result.h"
#include "crypto/secret.h"

#include <QByteArray>
#include <QString>

namespace upgradedesk
{

/// How the whole city recognises a card without its number: HMAC under the city's token key over
/// the canonical number. 32 bytes. The space of numbers is small, so whoever has the key can find
/// the number: a pseudonym, not encryption.
[[nodiscard]] Result<QByteArray> cityCardToken(const Secret &tokenKey, const QString &number);

/// What snapshots keep of such a token; it must have 32 bytes.
[[nodiscard]] CardToken snapshotToken(QByteArrayView cityToken);

} // namespace upgradedesk
