#pragma once

#include "core/result.h"
#include "storage/cardsnapshot.h"
#include "sync/tokenkey.h"

#include <QString>

#include <optional>

namespace upgradedesk::sync
{

/// What the city's snapshot says of a card, offline. Lives in one thread.
class CityCards
{
public:
    /// `folder` is the desk's.
    explicit CityCards(const QString &folder);

    /// By canonical number. Nothing: there is no snapshot here, none of the desk's key, or none
    /// that can be read: then it is removed, and the next download brings a whole one.
    /// CryptoFailed. A desk in training has no city. A key that was replaced meanwhile is noticed.
    [[nodiscard]] Result<std::optional<storage::CardAnswer>> look(const QString &number);

private:
    [[nodiscard]] Result<std::optional<storage::CardAnswer>> lookOnce(const QString &number);

    QString m_folder;
    std::optional<TokenKey> m_key;
    storage::CardSnapshot m_snapshot;
};

} // namespace upgradedesk::sync
