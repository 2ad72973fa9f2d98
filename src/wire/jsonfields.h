#pragma once

#include "core/result.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace upgradedesk::wire
{

/// Takes the keys of one JSON object one by one, each once, and remembers the first that is not as
/// it should be, and in the end whether any was left over. After a failure every further call
/// returns an empty value.
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
    /// Base64, strict, of one to `longest` bytes.
    [[nodiscard]] QByteArray base64(const QString &key, qsizetype longest);
    /// Printable ASCII and line feeds: certificates and requests as PEM.
    [[nodiscard]] QByteArray pem(const QString &key);
    /// One of `words`, which are ours.
    [[nodiscard]] QString word(const QString &key, const QStringList &words);
    [[nodiscard]] QDateTime time(const QString &key);
    /// `YYYY-MM-DD`; nothing when the key is absent.
    [[nodiscard]] std::optional<QDate> optionalDate(const QString &key);
    [[nodiscard]] std::optional<QDateTime> optionalTime(const QString &key);
    [[nodiscard]] std::optional<QJsonObject> optionalObject(const QString &key);
    [[nodiscard]] QJsonArray array(const QString &key, qsizetype longest);
    /// Calls `read` with each object of a list of at most `longest`, and refuses the key when one
    /// of them is no object, or is not as it should be.
    void each(const QString &key, qsizetype longest, const std::function<void(JsonFields &)> &read);

    void refuse(const QString &key);

    /// What was wrong, also when a key is left that nobody asked for.
    [[nodiscard]] std::optional<Error> finish();

private:
    [[nodiscard]] QJsonValue take(const QString &key);

    QJsonObject m_object;
    qsizetype m_asked = 0; ///< keys that were there
    QString m_path;
    std::optional<Error> m_error;
};

/// The object that `bytes` are, and nothing else. Fails with InputInvalid, `what` as its argument,
/// when they are none or more than `largest` bytes.
[[nodiscard]] Result<QJsonObject> objectOf(QByteArrayView bytes, qsizetype largest,
                                           const QString &what);

/// What `read` makes of the fields of the object that `bytes` are. Fails like objectOf(), or when a
/// field is not as `read` wants it, or one is left over.
template <typename Read>
[[nodiscard]] auto decodeObject(QByteArrayView bytes, qsizetype largest, const QString &what,
                                const Read &read)
    -> Result<std::invoke_result_t<Read, JsonFields &>>
{
    const auto object = objectOf(bytes, largest, what);
    if (!object)
        return tl::unexpected(object.error());
    JsonFields fields(*object);
    auto value = read(fields);
    if (auto error = fields.finish())
        return tl::unexpected(std::move(*error));
    return value;
}

[[nodiscard]] QByteArray compact(const QJsonObject &object);

/// UTC, ISO 8601 with milliseconds and Z.
[[nodiscard]] QString timeText(const QDateTime &time);

} // namespace upgradedesk::wire
