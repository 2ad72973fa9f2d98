#include "hub/log.h"

#include <QDateTime>
#include <QJsonDocument>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{

void log(const QString &level, const QString &event, QJsonObject more)
{
    more.insert(u"time"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs));
    more.insert(u"level"_s, level);
    more.insert(u"event"_s, event);
    // In one piece: stdio locks the stream for one call only.
    const QByteArray line = QJsonDocument(more).toJson(QJsonDocument::Compact) + '\n';
    std::fwrite(line.constData(), 1, size_t(line.size()), stderr);
}

} // namespace upgradedesk::hub
