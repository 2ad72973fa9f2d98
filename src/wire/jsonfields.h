#pragma once

#include "core/result.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace upgradedesk::wire
{

/// Takes the keys of one JSON object one by one and remembers the first that is not as it should
/// be, and in the end whether any was left over. After a failure every further call returns an
/// empty value.
class JsonFields
{
public:
    /// `path` stands before the names of keys in errors.
    JsonFields(QJsonObject object, QString path = {});

    /// Text of at most `longest` UTF-16 units; empty only when `mayBeEmpty`. Control characters are
    /// refused.
    [[nodiscard]] QString text(const QString &key, qsizetype longest, bool mayBeEmpty = false);
    /// The same, or empty when the key is absent.
    [[nodiscard]] QString optionalText(const QString &key, qsizetype longest);
    /// Not negative and exact in a JSON number.
    [[nodiscard]] qint64 count(const QString &key);
    [[nodiscard]] bool flag(const QString &key);
    /// Lower-case hex of exactly `size` bytes.
    [[nodiscard]] QByteArray bytes(const QString &key, qsizetype size);
    [[nodiscard]] QDateTime time(const QString &key);
    [[nodiscard]] std::optional<QDateTime> optionalTime(const QString &key);
    [[nodiscard]] std::optional<QJsonObject> optionalObject(const QString &key);
    [[nodiscard]] QJsonArray array(const QString &key, qsizetype longest);

    void refuse(const QString &key);

    /// What was wrong, also when a key is left that nobody asked for.
    [[nodiscard]] std::optional<Error> finish();

private:
    [[nodiscard]] QJsonValue take(const QString &key);

    QJsonObject m_left;
    QString m_path;
    std::optional<Error> m_error;
};

/// UTC, ISO 8601 with milliseconds and Z.
[[nodiscard]] QString timeText(const QDateTime &time);

} // namespace upgradedesk::wire
