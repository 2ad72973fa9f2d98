#pragma once

#include "core/jsonfile.h"
#include "core/localtext.h"

#include <QDate>
#include <QJsonObject>
#include <QStringList>

#include <functional>
#include <optional>

namespace upgradedesk
{

/// Reads one object of a JsonFile against its schema: a value that is missing or of another kind,
/// and a key that nobody asked for, is an error with file and line. The first error wins and stays
/// in `error`; after it every call answers an empty value, so that callers check once, at the end.
class JsonReader
{
public:
    /// Both references must outlive the reader.
    JsonReader(const JsonFile &file, std::optional<Error> &error);

    [[nodiscard]] bool has(const QString &key) const { return m_object.contains(key); }

    /// A text that is not empty.
    [[nodiscard]] QString text(const QString &key);
    [[nodiscard]] QString optionalText(const QString &key);
    [[nodiscard]] int number(const QString &key, int from, int to);
    [[nodiscard]] bool flag(const QString &key);
    [[nodiscard]] QList<int> numbers(const QString &key, int from, int to);
    [[nodiscard]] QStringList texts(const QString &key);
    /// `YYYY-MM-DD`; nothing when the key is absent.
    [[nodiscard]] std::optional<QDate> optionalDate(const QString &key);
    /// `{"zh_CN": …, "en": …}`.
    [[nodiscard]] LocalText localText(const QString &key);
    [[nodiscard]] LocalText optionalLocalText(const QString &key);

    /// Calls `read` for each object of an array, then checks that it asked for every key.
    void each(const QString &key, const std::function<void(JsonReader &)> &read);
    /// Calls `read` for the object at `key`, then checks that it asked for every key.
    void object(const QString &key, const std::function<void(JsonReader &)> &read);
    /// All keys of this object, for objects that are tables; each key must still be asked for.
    [[nodiscard]] QStringList keys() const { return m_object.keys(); }

    /// Notes an error at a value of this object, unless there is one already.
    void wrong(const QString &key, const QString &why);

    /// Makes keys nobody asked for an error. Call it last on the root.
    void finish();

private:
    /// The object at `key` of `parent`, and there at `index` where that is a list.
    JsonReader(const JsonReader &parent, const QString &key, qsizetype index, QJsonObject object);

    [[nodiscard]] QJsonValue take(const QString &key);
    [[nodiscard]] QString path() const;
    [[nodiscard]] QString pathOf(const QString &key) const;

    // Files have thousands of objects and hardly ever an error: paths are put together when asked.
    const JsonFile &m_file;
    std::optional<Error> &m_error;
    const JsonReader *m_parent = nullptr;
    QString m_key;
    qsizetype m_index = -1; ///< -1: no list
    QJsonObject m_object;
    QStringList m_asked;
};

} // namespace upgradedesk
