#include "device/nfc/nfcmessages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr qsizetype lengthBytes = 4;
constexpr qsizetype longestText = 200;
constexpr qsizetype longestPath = 1000;
constexpr qsizetype mostArguments = 3;
constexpr int longestReadMs = 600'000;

template <typename... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
// Release 14 of clang does not make this guide by itself.
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

QJsonValue dateValue(const std::optional<QDate> &date)
{
    return date ? QJsonValue{date->toString(Qt::ISODate)} : QJsonValue{};
}

QJsonObject toJson(const CardSighting &sighting)
{
    return {{u"type"_s, u"arrived"_s},
            {u"outcome"_s, outcomeKey(sighting.outcome)},
            {u"product"_s, sighting.product},
            {u"number"_s, sighting.number},
            {u"issuer"_s, sighting.issuer},
            {u"issuerPrefix"_s, sighting.issuerPrefix},
            {u"warning"_s, sighting.warning},
            {u"reason"_s, sighting.reason},
            {u"validFrom"_s, dateValue(sighting.validFrom)},
            {u"validUntil"_s, dateValue(sighting.validUntil)},
            {u"elapsedMs"_s, sighting.elapsedMs}};
}

bool hasKeys(const QJsonObject &object, const QStringList &keys)
{
    return object.size() == keys.size() &&
           std::ranges::all_of(keys, [&](const QString &key) { return object.contains(key); });
}

std::optional<QString> text(const QJsonObject &object, const QString &key)
{
    const QJsonValue value = object.value(key);
    if (!value.isString() || value.toString().size() > longestText)
        return std::nullopt;
    return value.toString();
}

std::optional<QStringList> texts(const QJsonValue &value)
{
    const QJsonArray array = value.toArray();
    if (!value.isArray() || array.size() > mostArguments)
        return std::nullopt;
    QStringList list;
    for (const auto &item : array) {
        if (!item.isString() || item.toString().size() > longestPath)
            return std::nullopt;
        list << item.toString();
    }
    return list;
}

bool isWord(const QString &word)
{
    return std::ranges::all_of(word, [](QChar letter) {
        return (letter >= u'a' && letter <= u'z') || (letter >= u'0' && letter <= u'9') ||
               letter == u'-';
    });
}

bool isDigits(const QString &number)
{
    return std::ranges::all_of(number, [](QChar digit) { return digit >= u'0' && digit <= u'9'; });
}

/// False when the value is neither null nor an ISO date.
bool takeDate(const QJsonValue &value, std::optional<QDate> &date)
{
    if (value.isNull())
        return true;
    const QDate parsed = QDate::fromString(value.toString(), Qt::ISODate);
    if (!parsed.isValid())
        return false;
    date = parsed;
    return true;
}

std::optional<CardSighting> sightingFrom(const QJsonObject &object)
{
    if (!hasKeys(object, {u"type"_s, u"outcome"_s, u"product"_s, u"number"_s, u"issuer"_s,
                          u"issuerPrefix"_s, u"warning"_s, u"reason"_s, u"validFrom"_s,
                          u"validUntil"_s, u"elapsedMs"_s}))
        return std::nullopt;
    const auto outcome = outcomeFromKey(object.value(u"outcome"_s).toString());
    const auto product = text(object, u"product"_s);
    const auto number = text(object, u"number"_s);
    const auto issuer = text(object, u"issuer"_s);
    const auto prefix = text(object, u"issuerPrefix"_s);
    const auto warning = text(object, u"warning"_s);
    const auto reason = text(object, u"reason"_s);
    const QJsonValue elapsed = object.value(u"elapsedMs"_s);
    if (!outcome || !product || !number || !issuer || !prefix || !warning || !reason ||
        !elapsed.isDouble())
        return std::nullopt;
    const int elapsedMs = elapsed.toInt(-1);
    if (!isWord(*product) || !isWord(*warning) || !isWord(*reason) || !isDigits(*number) ||
        !isDigits(*prefix) || elapsedMs < 0 || elapsedMs > longestReadMs ||
        number->isEmpty() == (*outcome == CardSighting::Outcome::Number))
        return std::nullopt;

    CardSighting sighting;
    sighting.outcome = *outcome;
    sighting.product = *product;
    sighting.number = *number;
    sighting.issuer = *issuer;
    sighting.issuerPrefix = *prefix;
    sighting.warning = *warning;
    sighting.reason = *reason;
    sighting.elapsedMs = elapsedMs;
    if (!takeDate(object.value(u"validFrom"_s), sighting.validFrom) ||
        !takeDate(object.value(u"validUntil"_s), sighting.validUntil))
        return std::nullopt;
    return sighting;
}

std::optional<NfcMessage> messageFrom(const QJsonObject &object)
{
    const QString type = object.value(u"type"_s).toString();
    if (type == u"arrived") {
        if (const auto sighting = sightingFrom(object))
            return NfcArrived{*sighting};
        return std::nullopt;
    }
    if (type == u"ready" && hasKeys(object, {u"type"_s, u"name"_s})) {
        if (const auto name = text(object, u"name"_s))
            return NfcReady{*name};
        return std::nullopt;
    }
    if (type == u"trouble" && hasKeys(object, {u"type"_s, u"error"_s, u"args"_s})) {
        const auto code = errorFromKey(object.value(u"error"_s).toString());
        const auto args = texts(object.value(u"args"_s));
        if (code && args)
            return NfcTrouble{*code, *args};
        return std::nullopt;
    }
    if (type == u"left" && object.size() == 1)
        return NfcLeft{};
    if (type == u"alive" && object.size() == 1)
        return NfcAlive{};
    return std::nullopt;
}

} // namespace

QByteArray encodeNfcMessage(const NfcMessage &message)
{
    const QJsonObject object = std::visit(
        Overloaded{
            [](const NfcReady &ready) {
                return QJsonObject{{u"type"_s, u"ready"_s},
                                   {u"name"_s, ready.name.left(longestText)}};
            },
            [](const NfcTrouble &trouble) {
                return QJsonObject{{u"type"_s, u"trouble"_s},
                                   {u"error"_s, errorKey(trouble.code)},
                                   {u"args"_s, QJsonArray::fromStringList(trouble.args)}};
            },
            [](const NfcArrived &arrived) { return toJson(arrived.sighting); },
            [](const NfcLeft &) {
                return QJsonObject{{u"type"_s, u"left"_s}};
            },
            [](const NfcAlive &) {
                return QJsonObject{{u"type"_s, u"alive"_s}};
            },
        },
        message);
    const QByteArray body = QJsonDocument{object}.toJson(QJsonDocument::Compact);
    QByteArray frame(lengthBytes, '\0');
    qToBigEndian(quint32(body.size()), frame.data());
    return frame + body;
}

void NfcMessageReader::append(const QByteArray &bytes)
{
    if (!m_failed)
        m_bytes += bytes;
}

Result<std::optional<NfcMessage>> NfcMessageReader::next()
{
    const auto damaged = [this](const QString &why) {
        m_failed = true;
        m_bytes.clear();
        return fail(ErrorCode::ReaderLost, why);
    };
    if (m_failed)
        return damaged(u"the stream of the reader process was damaged before"_s);
    if (m_bytes.size() < lengthBytes)
        return std::nullopt;
    const qsizetype length = qFromBigEndian<quint32>(m_bytes.constData());
    if (length < 2 || length > longestBody)
        return damaged(u"the reader process sent a message of impossible length"_s);
    if (m_bytes.size() < lengthBytes + length)
        return std::nullopt;

    const QJsonDocument document = QJsonDocument::fromJson(m_bytes.mid(lengthBytes, length));
    const auto message = document.isObject() ? messageFrom(document.object()) : std::nullopt;
    if (!message)
        return damaged(u"the reader process sent a message that is not understood"_s);
    m_bytes.remove(0, lengthBytes + length);
    return message;
}

void NfcMessageReader::clear()
{
    m_bytes.clear();
    m_failed = false;
}

} // namespace upgradedesk
