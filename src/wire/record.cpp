#include "wire/record.h"

#include "core/recordid.h"
#include "wire/jsonfields.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace upgradedesk::wire
{
namespace
{

constexpr qint64 version = 1;
constexpr qsizetype longestRecord = 64 * 1024;
constexpr qsizetype longestWord = 64;
constexpr qsizetype longestName = 240;
constexpr qsizetype longestToken = 8 * 1024;
constexpr qsizetype hashSize = 32;
constexpr qsizetype mostConsents = 16;

QJsonObject encode(const Person &person)
{
    return {{u"docKind"_s, person.documentKind},
            {u"docNumber"_s, person.documentNumber},
            {u"name"_s, person.name}};
}

QJsonObject encode(const Consent &consent)
{
    return {{u"purpose"_s, consent.purpose}, {u"version"_s, consent.version},
            {u"hash"_s, consent.hash},       {u"lang"_s, consent.language},
            {u"by"_s, consent.by},           {u"at"_s, timeText(consent.at)}};
}

Person decodePerson(JsonFields &outer, const QJsonObject &object, const QString &key,
                    bool mayBeNameless = false)
{
    JsonFields fields(object);
    const Person person{fields.text(u"docKind"_s, longestWord),
                        fields.text(u"docNumber"_s, longestWord),
                        fields.text(u"name"_s, longestName, mayBeNameless)};
    if (fields.finish())
        outer.refuse(key);
    return person;
}

std::optional<Person> decodeOptionalPerson(JsonFields &outer, const QString &key)
{
    const auto object = outer.optionalObject(key);
    if (!object)
        return std::nullopt;
    return decodePerson(outer, *object, key);
}

Consent decodeConsent(JsonFields &outer, const QJsonValue &value)
{
    JsonFields fields(value.toObject());
    Consent consent;
    consent.purpose = fields.text(u"purpose"_s, longestWord);
    consent.version = fields.text(u"version"_s, longestWord);
    consent.hash = QString::fromLatin1(fields.bytes(u"hash"_s, hashSize).toHex());
    consent.language = fields.text(u"lang"_s, longestWord);
    consent.by = fields.text(u"by"_s, longestWord);
    consent.at = fields.time(u"at"_s);
    if (!value.isObject() || fields.finish())
        outer.refuse(u"consents"_s);
    return consent;
}

QString optionalRecordId(JsonFields &fields, const QString &key)
{
    const QString id = fields.optionalText(key, longestWord);
    if (!id.isEmpty() && !isRecordId(id))
        fields.refuse(key);
    return id;
}

void insertText(QJsonObject &object, const QString &key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(key, text);
}

void encodePassenger(QJsonObject &object, const Record &record)
{
    QJsonArray consents;
    for (const Consent &consent : record.consents)
        consents << encode(consent);
    object.insert(u"consents"_s, consents);
    object.insert(u"medium"_s, record.medium);
    object.insert(u"cardBy"_s, record.cardBy);
    object.insert(u"reason"_s, record.reason);
    object.insert(u"card"_s, record.card);
    object.insert(u"product"_s, record.product);
    object.insert(u"holder"_s, encode(record.holder));
    object.insert(u"health"_s, record.health);
    if (record.guardian)
        object.insert(u"guardian"_s, encode(*record.guardian));
    if (record.agent)
        object.insert(u"agent"_s, encode(*record.agent));
    insertText(object, u"healthCode"_s, record.healthCode);
    if (record.isReplace())
        object.insert(u"oldCard"_s, record.oldCard);
}

void decodePassenger(JsonFields &fields, Record &record)
{
    for (const auto &value : fields.array(u"consents"_s, mostConsents))
        record.consents << decodeConsent(fields, value);
    record.medium = fields.text(u"medium"_s, longestWord);
    record.cardBy = fields.text(u"cardBy"_s, longestWord);
    record.reason = fields.text(u"reason"_s, longestWord);
    record.card = fields.text(u"card"_s, longestWord);
    record.product = fields.text(u"product"_s, longestWord);
    const auto holder = fields.optionalObject(u"holder"_s);
    if (!holder)
        fields.refuse(u"holder"_s);
    record.holder =
        decodePerson(fields, holder.value_or(QJsonObject()), u"holder"_s, record.changesLink());
    if (record.isReplace())
        record.oldCard = fields.text(u"oldCard"_s, longestWord);
    record.guardian = decodeOptionalPerson(fields, u"guardian"_s);
    record.agent = decodeOptionalPerson(fields, u"agent"_s);
    record.healthCode = fields.optionalText(u"healthCode"_s, longestToken);
    record.health = fields.text(u"health"_s, longestWord);
}

} // namespace

QByteArray encodeRecord(const Record &record)
{
    QJsonObject object{
        {u"v"_s, version},
        {u"id"_s, record.id},
        {u"desk"_s, record.desk},
        {u"hub"_s, record.hub},
        {u"kind"_s, record.kind},
        {u"seq"_s, record.seq},
        {u"journalHead"_s, QString::fromLatin1(record.journalHead.toHex())},
        {u"deskTime"_s, timeText(record.deskTime)},
        {u"bootTicks"_s, record.bootTicks},
        {u"timeTrusted"_s, record.timeTrusted},
        {u"operator"_s, record.operatorId},
        {u"rulesVersion"_s, record.rulesVersion},
    };
    if (record.lastHubTime)
        object.insert(u"lastHubTime"_s, timeText(*record.lastHubTime));
    insertText(object, u"supersedes"_s, record.supersedes);
    insertText(object, u"of"_s, record.of);
    if (record.namesPassenger())
        encodePassenger(object, record);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<Record> decodeRecord(QByteArrayView text)
{
    const auto object = objectOf(text, longestRecord, u"record"_s);
    if (!object)
        return tl::unexpected(object.error());

    JsonFields fields(*object);
    if (fields.count(u"v"_s) != version)
        fields.refuse(u"v"_s);

    Record record;
    record.id = fields.text(u"id"_s, longestWord);
    if (!isRecordId(record.id))
        fields.refuse(u"id"_s);
    record.desk = fields.text(u"desk"_s, longestWord);
    record.hub = fields.text(u"hub"_s, longestWord);
    record.kind = fields.text(u"kind"_s, longestWord);
    record.seq = fields.count(u"seq"_s);
    record.journalHead = fields.bytes(u"journalHead"_s, hashSize);
    record.deskTime = fields.time(u"deskTime"_s);
    record.bootTicks = fields.count(u"bootTicks"_s);
    record.lastHubTime = fields.optionalTime(u"lastHubTime"_s);
    record.timeTrusted = fields.flag(u"timeTrusted"_s);
    record.operatorId = fields.text(u"operator"_s, longestWord);
    record.rulesVersion = fields.text(u"rulesVersion"_s, longestWord);
    record.supersedes = optionalRecordId(fields, u"supersedes"_s);
    record.of = optionalRecordId(fields, u"of"_s);
    if (record.namesPassenger())
        decodePassenger(fields, record);
    else if (record.of.isEmpty())
        fields.refuse(u"of"_s);
    if (auto error = fields.finish())
        return tl::unexpected(std::move(*error));
    return record;
}

} // namespace upgradedesk::wire
