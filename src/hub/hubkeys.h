#pragma once

#include "core/clock.h"
#include "crypto/certificate.h"
#include "crypto/keypair.h"
#include "hub/config.h"

namespace upgradedesk::hub
{

/// The keys of a hub. They lie in one folder, every file 0600; nothing of them is in the database.
struct HubKeys {
    Profile profile = Profile::Production;
    KeyPair authorityKey;
    Certificate authority;
    KeyPair hubKey; ///< TLS, receipts, rules and rosters
    Certificate hub;
    KeyPair recordKey;
    Certificate record;
    Secret master; ///< all symmetric keys are made of it

    /// Makes all of them in a new folder. Fails with AlreadyInitialised or like a private file.
    [[nodiscard]] static Result<HubKeys> make(const Config &config, Profile profile,
                                              const Clock &clock);
    /// Fails with HubKeyExposed (args: path) or HubKeysUnusable (args: path, why).
    [[nodiscard]] static Result<HubKeys> load(const Config &config, const Clock &clock);
    [[nodiscard]] static bool arePresent(const Config &config);

    /// How the hub itself knows people and cards; these two never leave it. 32 bytes.
    [[nodiscard]] Result<QByteArray> personToken(const QString &kind, const QString &number) const;
    [[nodiscard]] Result<QByteArray> cardToken(const QString &digits) const;

    /// The key under which desks know cards; each number gives another. 32 bytes.
    [[nodiscard]] Result<Secret> tokenKey(qint64 number) const;
    /// Of the PINs of one station's roster. 32 bytes.
    [[nodiscard]] Result<Secret> pepper(const QString &station) const;
};

} // namespace upgradedesk::hub
