#pragma once

#include "core/result.h"
#include "crypto/secret.h"

#include <QString>

namespace upgradedesk
{

/// Work of one scrypt run: memory is 128 · 2^logN · r bytes.
struct ScryptCost {
    int logN = 15;
    int r = 8;
    int p = 1;
};

/// Verifier of a PIN: scrypt over HMAC(pepper, PIN) with a salt of its own, as text
/// `scrypt:logN:r:p:salt:hash`. Takes some 80 ms at the default cost.
[[nodiscard]] Result<QString> hashPin(const QString &pin, const Secret &pepper,
                                      const ScryptCost &cost = {});

/// Whether the PIN is the one of the verifier; CryptoFailed when the verifier is not readable.
/// Takes as long as the cost stored in it asks for.
[[nodiscard]] Result<bool> pinMatches(const QString &pin, const Secret &pepper,
                                      const QString &verifier);

} // namespace upgradedesk
