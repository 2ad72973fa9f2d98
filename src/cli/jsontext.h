#pragma once

#include <QJsonValue>
#include <QString>

namespace upgradedesk
{

/// An empty text is null in the JSON of deskctl.
[[nodiscard]] inline QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

} // namespace upgradedesk
