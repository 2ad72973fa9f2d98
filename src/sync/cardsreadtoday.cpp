#include "sync/cardsreadtoday.h"

#include <QHash>

namespace upgradedesk::sync
{

Result<void> rememberReading(const DeskIdentity &identity, storage::Store &store,
                             const QString &number, const Clock &clock)
{
    const auto key = identity.cardKey(number);
    if (!key)
        return tl::unexpected(key.error());
    return store.rememberReading(*key, clock.now());
}

Result<QList<CardReadToday>> cardsReadToday(const DeskIdentity &identity, storage::Store &store,
                                            const QStringList &numbers, const Clock &clock)
{
    QHash<QByteArray, QString> numberOfKey;
    for (const QString &number : numbers) {
        const auto key = identity.cardKey(number);
        if (!key)
            return tl::unexpected(key.error());
        numberOfKey.insert(*key, number);
    }
    const auto readings = store.readToday(numberOfKey.keys(), clock.now());
    if (!readings)
        return tl::unexpected(readings.error());

    QList<CardReadToday> cards;
    for (const storage::Reading &reading : *readings)
        cards << CardReadToday{numberOfKey.value(reading.cardKey), reading.at, reading.linkedHere};
    return cards;
}

} // namespace upgradedesk::sync
