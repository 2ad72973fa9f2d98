#include "wire/jsonfields.h"

#include "wire/base64.h"

#include <QJsonDocument>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace upgradedesk::wire
{
namespace
{

constexpr double largestExact = 9007199254740991.0; // 2^53 - 1
constexpr qsizetype longestPem = 16 * 1024;

bool isClean(const QString &text)
{
    return text.isValidUtf16() && std::ranges::none_of(text, [](QChar character) {
               return character.category() == QChar::Other_Control;
           });
}

bool isDigit(QChar character)
{
    return character >= u'0' && character <= u'9';
}

bool isHexDigit(QChar character)
{
    return isDigit(character) || (character >= u'a' && character <= u'f');
}

/// Whether `text` is written like `shape`, where 0 stands for any digit.
bool hasShape(QStringView text, QStringView shape)
{
    return std::ranges::equal(text, shape, [](QChar character, QChar wanted) {
        return wanted == u'0' ? isDigit(character) : character == wanted;
    });
}

} // namespace

JsonFields::JsonFields(QJsonObject object, QString path)
    : m_object(std::move(object))
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
    // Counted, not taken out: an object that others share would be copied for that.
    const QJsonValue value = m_object.value(key);
    if (!value.isUndefined())
        ++m_asked;
    return value;
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
    return m_object.contains(key) ? text(key, longest) : QString();
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
    const QString digits = text(key, 2 * size);
    if (digits.size() != 2 * size || !std::ranges::all_of(digits, isHexDigit)) {
        refuse(key);
        return {};
    }
    return QByteArray::fromHex(digits.toLatin1());
}

QByteArray JsonFields::base64(const QString &key, qsizetype longest)
{
    const QJsonValue value = take(key);
    auto bytes = decodeBase64(value.toString().toLatin1());
    if (!bytes || bytes->isEmpty() || bytes->size() > longest) {
        refuse(key);
        return {};
    }
    return std::move(*bytes);
}

QByteArray JsonFields::pem(const QString &key)
{
    const QJsonValue value = take(key);
    const QString text = value.toString();
    const bool good = !text.isEmpty() && text.size() <= longestPem &&
                      std::ranges::all_of(text, [](QChar character) {
                          return character == u'\n' || (character >= u' ' && character <= u'~');
                      });
    if (!good) {
        refuse(key);
        return {};
    }
    return text.toLatin1();
}

QString JsonFields::word(const QString &key, const QStringList &words)
{
    const QString text = take(key).toString();
    if (!words.contains(text)) {
        refuse(key);
        return {};
    }
    return text;
}

QDateTime JsonFields::time(const QString &key)
{
    const QString written = text(key, 24);
    const QDateTime time = QDateTime::fromString(written, Qt::ISODateWithMs);
    if (!hasShape(written, u"0000-00-00T00:00:00.000Z") || !time.isValid()) {
        refuse(key);
        return {};
    }
    return time.toUTC();
}

std::optional<QDateTime> JsonFields::optionalTime(const QString &key)
{
    if (!m_object.contains(key))
        return std::nullopt;
    return time(key);
}

std::optional<QDate> JsonFields::optionalDate(const QString &key)
{
    if (!m_object.contains(key))
        return std::nullopt;
    const QString written = text(key, 10);
    const QDate date = QDate::fromString(written, Qt::ISODate);
    if (!date.isValid() || date.toString(Qt::ISODate) != written) {
        refuse(key);
        return std::nullopt;
    }
    return date;
}

std::optional<QJsonObject> JsonFields::optionalObject(const QString &key)
{
    if (!m_object.contains(key))
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

void JsonFields::each(const QString &key, qsizetype longest,
                      const std::function<void(JsonFields &)> &read)
{
    const QJsonArray values = array(key, longest);
    for (const QJsonValue value : values) {
        JsonFields fields(value.toObject());
        if (value.isObject())
            read(fields);
        if (!value.isObject() || fields.finish()) {
            refuse(key);
            return;
        }
    }
}

std::optional<Error> JsonFields::finish()
{
    // The name of a key we do not know could be anything, so it is not repeated.
    if (!m_error && m_asked < m_object.size())
        refuse(u"(unknown key)"_s);
    return m_error;
}

Result<QJsonObject> objectOf(QByteArrayView bytes, qsizetype largest, const QString &what)
{
    if (bytes.size() > largest)
        return fail(ErrorCode::InputInvalid, what + u" is too large"_s, {what});
    QJsonParseError problem;
    const QJsonDocument document =
        QJsonDocument::fromJson(QByteArray::fromRawData(bytes.data(), bytes.size()), &problem);
    if (problem.error != QJsonParseError::NoError || !document.isObject())
        return fail(ErrorCode::InputInvalid, what + u" is no JSON object"_s, {what});
    return document.object();
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

} // namespace upgradedesk::wire
