#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "storage/store.h"
#include "sync/deskidentity.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

namespace upgradedesk::sync
{

/// A card of which somebody named the number and which was read at this desk today.
struct CardReadToday {
    QString number;
    QDateTime at;
    bool linkedHere = false;
};

/// Notes a reading by the desk's own key of the card; the number itself is kept nowhere.
[[nodiscard]] Result<void> rememberReading(const DeskIdentity &identity, storage::Store &store,
                                           const QString &number, const Clock &clock);

/// Which of these numbers were read here today, the latest first. Nothing else can be asked: a key
/// does not tell its card. 200 numbers take about a millisecond.
[[nodiscard]] Result<QList<CardReadToday>> cardsReadToday(const DeskIdentity &identity,
                                                          storage::Store &store,
                                                          const QStringList &numbers,
                                                          const Clock &clock);

} // namespace upgradedesk::sync
