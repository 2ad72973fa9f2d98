#pragma once

#include "core/result.h"
#include "crypto/secret.h"
#include "storage/cardsnapshot.h"

#include <QString>

#include <optional>

namespace upgradedesk::sync
{

/// What the city's snapshot says of a card, offline. Lives in one thread.
class CityCards
{
public:
    /// `tokenKey` is the city's, by which the hub knows cards; `folder` the desk's.
    CityCards(const QString &folder, Secret tokenKey, QString tokenKeyId);

    /// By canonical number. Nothing: there is no snapshot here, none of the desk's key, or none
    /// that can be read: then it is removed, and the next download brings a whole one.
    /// CryptoFailed.
    [[nodiscard]] Result<std::optional<storage::CardAnswer>> look(const QString &number);

private:
    QString m_folder;
    Secret m_tokenKey;
    QString m_tokenKeyId;
    storage::CardSnapshot m_snapshot;
};

} // namespace upgradedesk::sync
