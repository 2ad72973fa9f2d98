#pragma once

#include "storage/database.h"
#include "storage/records.h"

#include <QDate>

namespace upgradedesk::storage
{

/// Which cards were read here today, by key. Only one Beijing day is ever kept.
class Readings
{
public:
    explicit Readings(Database &database);

    /// Inside the caller's write transaction: notes the reading and forgets other days.
    void add(const QByteArray &cardKey, const QDateTime &at);
    void forgetOthers(QDate today);

    /// Those of the keys that were read on that day, the latest reading first.
    [[nodiscard]] QList<Reading> find(const QList<QByteArray> &cardKeys, QDate today);

private:
    Database &m_database;
};

} // namespace upgradedesk::storage
