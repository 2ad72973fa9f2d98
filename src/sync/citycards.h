#pragma once

#include "core/result.h"
#include "storage/cardsnapshot.h"
#include "sync/deskidentity.h"

#include <QString>

#include <optional>

namespace upgradedesk::sync
{

/// What the city's snapshot says of a card, offline. Lives in one thread.
class CityCards
{
public:
    /// `identity` must outlive it; `folder` is the desk's.
    CityCards(const QString &folder, const DeskIdentity &identity);

    /// By canonical number. Nothing: there is no snapshot here, none of the desk's key, or none
    /// that can be read: then it is removed, and the next download brings a whole one.
    /// CryptoFailed.
    [[nodiscard]] Result<std::optional<storage::CardAnswer>> look(const QString &number);

private:
    QString m_folder;
    const DeskIdentity &m_identity;
    storage::CardSnapshot m_snapshot;
};

} // namespace upgradedesk::sync
