#include "storage/readings.h"

#include "core/clock.h"
#include "storage/journal.h"
#include "storage/outbox.h"

#include <algorithm>

namespace upgradedesk::storage
{

Readings::Readings(Database &database)
    : m_database(database)
{
}

void Readings::add(const QByteArray &cardKey, const QDateTime &at)
{
    const QDate today = beijingDate(at);
    forgetOthers(today);
    m_database
        .query("INSERT INTO reading (day, card_key, read_at) VALUES (?, ?, ?)"
               " ON CONFLICT (day, card_key) DO UPDATE SET read_at = excluded.read_at")
        .bind(dayNumber(today))
        .bind(cardKey)
        .bind(stored(at))
        .run();
}

void Readings::forgetOthers(QDate today)
{
    // Later days too: they come from a clock that was wrong.
    m_database.query("DELETE FROM reading WHERE day <> ?").bind(dayNumber(today)).run();
}

QList<Reading> Readings::find(const QList<QByteArray> &cardKeys, QDate today)
{
    QList<Reading> found;
    for (const QByteArray &key : cardKeys) {
        Query row =
            m_database.query("SELECT read_at, EXISTS (SELECT 1 FROM link WHERE card_key = ?)"
                             " FROM reading WHERE day = ? AND card_key = ?");
        if (row.bind(key).bind(dayNumber(today)).bind(key).step())
            found << Reading{key, timeOf(row.integer(0)), row.integer(1) != 0};
    }
    std::ranges::stable_sort(found, std::ranges::greater(), &Reading::at);
    return found;
}

} // namespace upgradedesk::storage
