#include "wire/jsonfields.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace upgradedesk::wire
{
namespace
{

constexpr double largestExact = 9007199254740991.0; // 2^53 - 1

bool isClean(const QString &text)
{
    return text.isValidUtf16() && std::ranges::none_of(text, [](QChar character) {
               return character.category() == QChar::Other_Control;
           });
}

} // namespace

JsonFields::JsonFields(QJsonObject object, QString path)
    : m_left(std::move(object))
    , m_path(std::move(path))
{
}

void JsonFields::refuse(const QString &key)
{
    if (!m_error) {
        const QString name = m_path + key;
        m_error = Error{ErrorCode::InputInvalid, u"key %1 is missing or wrong"_s.arg(name), {name}};
    }
}

QJsonValue JsonFields::take(const QString &key)
{
    return m_left.take(key);
}

QString JsonFields::text(const QString &key, qsizetype longest, bool mayBeEmpty)
{
    const QJsonValue value = take(key);
    const QString text = value.toString();
    if (!value.isString() || text.size() > longest || (text.isEmpty() && !mayBeEmpty) ||
        !isClean(text)) {
        refuse(key);
        return {};
    }
    return text;
}

QString JsonFields::optionalText(const QString &key, qsizetype longest)
{
    return m_left.contains(key) ? text(key, longest) : QString();
}

qint64 JsonFields::count(const QString &key)
{
    const QJsonValue value = take(key);
    const double number = value.toDouble(-1);
    if (!value.isDouble() || number < 0 || number > largestExact || number != std::floor(number)) {
        refuse(key);
        return 0;
    }
    return qint64(number);
}

bool JsonFields::flag(const QString &key)
{
    const QJsonValue value = take(key);
    if (!value.isBool())
        refuse(key);
    return value.toBool();
}

QByteArray JsonFields::bytes(const QString &key, qsizetype size)
{
    static const QRegularExpression hex(u"^[0-9a-f]*\\z"_s);
    const QString digits = text(key, 2 * size);
    if (digits.size() != 2 * size || !hex.match(digits).hasMatch()) {
        refuse(key);
        return {};
    }
    return QByteArray::fromHex(digits.toLatin1());
}

QDateTime JsonFields::time(const QString &key)
{
    static const QRegularExpression shape(
        u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\\z"_s);
    const QString written = text(key, 24);
    const QDateTime time = QDateTime::fromString(written, Qt::ISODateWithMs);
    if (!shape.match(written).hasMatch() || !time.isValid()) {
        refuse(key);
        return {};
    }
    return time.toUTC();
}

std::optional<QDateTime> JsonFields::optionalTime(const QString &key)
{
    if (!m_left.contains(key))
        return std::nullopt;
    return time(key);
}

std::optional<QJsonObject> JsonFields::optionalObject(const QString &key)
{
    if (!m_left.contains(key))
        return std::nullopt;
    const QJsonValue value = take(key);
    if (!value.isObject())
        refuse(key);
    return value.toObject();
}

QJsonArray JsonFields::array(const QString &key, qsizetype longest)
{
    const QJsonValue value = take(key);
    if (!value.isArray() || value.toArray().size() > longest)
        refuse(key);
    return value.toArray();
}

std::optional<Error> JsonFields::finish()
{
    // The name of a key we do not know could be anything, so it is not repeated.
    if (!m_error && !m_left.isEmpty())
        refuse(u"(unknown key)"_s);
    return m_error;
}

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

} // namespace upgradedesk::wire
