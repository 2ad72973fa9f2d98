#include "core/jsonreader.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

bool isWhole(const QJsonValue &value, int from, int to)
{
    return value.isDouble() && value.toDouble() == value.toInt(from - 1) && value.toInt() >= from &&
           value.toInt() <= to;
}

} // namespace

JsonReader::JsonReader(const JsonFile &file, std::optional<Error> &error)
    : m_file(file)
    , m_error(error)
    , m_object(file.root())
{
}

JsonReader::JsonReader(const JsonReader &parent, const QString &key, qsizetype index,
                       QJsonObject object)
    : m_file(parent.m_file)
    , m_error(parent.m_error)
    , m_parent(&parent)
    , m_key(key)
    , m_index(index)
    , m_object(std::move(object))
{
}

QString JsonReader::text(const QString &key)
{
    const QString value = take(key).toString();
    if (value.isEmpty())
        wrong(key, u"a text is needed"_s);
    return value;
}

QString JsonReader::optionalText(const QString &key)
{
    return has(key) ? text(key) : QString();
}

int JsonReader::number(const QString &key, int from, int to)
{
    const QJsonValue value = take(key);
    if (isWhole(value, from, to))
        return value.toInt();
    wrong(key, u"a whole number from %1 to %2 is needed"_s.arg(from).arg(to));
    return from;
}

bool JsonReader::flag(const QString &key)
{
    const QJsonValue value = take(key);
    if (!value.isBool())
        wrong(key, u"true or false is needed"_s);
    return value.toBool();
}

QList<int> JsonReader::numbers(const QString &key, int from, int to)
{
    const QJsonValue value = take(key);
    if (!value.isArray())
        wrong(key, u"a list of numbers is needed"_s);
    QList<int> result;
    const QJsonArray items = value.toArray();
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (!isWhole(items[i], from, to))
            wrong(key + u'/' + QString::number(i),
                  u"a whole number from %1 to %2 is needed"_s.arg(from).arg(to));
        result << items[i].toInt();
    }
    return result;
}

QStringList JsonReader::texts(const QString &key)
{
    const QJsonValue value = take(key);
    if (!value.isArray())
        wrong(key, u"a list of texts is needed"_s);
    QStringList result;
    const QJsonArray items = value.toArray();
    result.reserve(items.size());
    for (qsizetype i = 0; i < items.size(); ++i) {
        result << items[i].toString();
        if (result.last().isEmpty())
            wrong(key + u'/' + QString::number(i), u"a text is needed"_s);
    }
    return result;
}

std::optional<QDate> JsonReader::optionalDate(const QString &key)
{
    if (!has(key))
        return std::nullopt;
    static const QRegularExpression shape(u"^[0-9]{4}-[0-9]{2}-[0-9]{2}\\z"_s);
    const QString value = text(key);
    const QDate date = QDate::fromString(value, Qt::ISODate);
    if (!shape.match(value).hasMatch() || !date.isValid()) {
        wrong(key, u"a date YYYY-MM-DD is needed"_s);
        return std::nullopt;
    }
    return date;
}

LocalText JsonReader::localText(const QString &key)
{
    LocalText result;
    object(key, [&result](JsonReader &texts) {
        result.chinese = texts.text(u"zh_CN"_s);
        result.english = texts.text(u"en"_s);
    });
    return result;
}

LocalText JsonReader::optionalLocalText(const QString &key)
{
    return has(key) ? localText(key) : LocalText();
}

void JsonReader::each(const QString &key, const std::function<void(JsonReader &)> &read)
{
    const QJsonValue value = take(key);
    if (!value.isArray())
        wrong(key, u"a list is needed"_s);
    const QJsonArray items = value.toArray();
    for (qsizetype i = 0; i < items.size() && !m_error; ++i) {
        if (!items[i].isObject()) {
            wrong(key + u'/' + QString::number(i), u"an object is needed"_s);
            return;
        }
        JsonReader reader(*this, key, i, items[i].toObject());
        read(reader);
        reader.finish();
    }
}

void JsonReader::object(const QString &key, const std::function<void(JsonReader &)> &read)
{
    const QJsonValue value = take(key);
    if (!value.isObject())
        wrong(key, u"an object is needed"_s);
    if (m_error)
        return;
    JsonReader reader(*this, key, -1, value.toObject());
    read(reader);
    reader.finish();
}

void JsonReader::wrong(const QString &key, const QString &why)
{
    if (!m_error)
        m_error = m_file.schemaError(pathOf(key), why);
}

void JsonReader::finish()
{
    for (auto entry = m_object.constBegin(); entry != m_object.constEnd(); ++entry) {
        if (!m_asked.contains(entry.key()))
            wrong(entry.key(), u"this key is not known"_s);
    }
}

QJsonValue JsonReader::take(const QString &key)
{
    m_asked.append(key);
    return m_object.value(key);
}

QString JsonReader::path() const
{
    if (!m_parent)
        return {};
    const QString path = m_parent->pathOf(m_key);
    return m_index < 0 ? path : path + u'/' + QString::number(m_index);
}

QString JsonReader::pathOf(const QString &key) const
{
    const QString parent = path();
    return parent.isEmpty() ? key : parent + u'/' + key;
}

} // namespace upgradedesk
