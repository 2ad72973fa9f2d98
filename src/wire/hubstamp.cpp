#include "wire/hubstamp.h"

#include "wire/jsonfields.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::wire
{

void insertStamp(QJsonObject &object, const HubStamp &stamp)
{
    object.insert(u"hubTime"_s, timeText(stamp.hubTime));
    object.insert(u"epoch"_s, stamp.epoch);
}

HubStamp takeStamp(JsonFields &fields)
{
    HubStamp stamp;
    stamp.hubTime = fields.time(u"hubTime"_s);
    stamp.epoch = fields.text(u"epoch"_s, 64);
    return stamp;
}

} // namespace upgradedesk::wire
