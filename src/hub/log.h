#pragma once

#include <QJsonObject>
#include <QString>

namespace upgradedesk::hub
{

/// One JSON object a line on stderr: `time`, `level`, `event` and what the caller adds. Names of
/// routes, ids of desks and requests, codes and numbers may be added; nothing of a body ever. May
/// be called from several threads.
void log(const QString &level, const QString &event, QJsonObject more = {});

} // namespace upgradedesk::hub
