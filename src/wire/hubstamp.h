#pragma once

#include <QDateTime>
#include <QString>

class QJsonObject;

namespace upgradedesk::wire
{

class JsonFields;

/// What every answer of the hub carries.
struct HubStamp {
    QDateTime hubTime; ///< UTC, when the hub answered
    QString epoch;     ///< another word after each restore of the hub's database

    bool operator==(const HubStamp &) const = default;
};

void insertStamp(QJsonObject &object, const HubStamp &stamp);
[[nodiscard]] HubStamp takeStamp(JsonFields &fields);

} // namespace upgradedesk::wire
