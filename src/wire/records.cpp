#include "wire/records.h"

#include "core/canonical.h"
#include "core/recordid.h"
#include "wire/jsonfields.h"

#include <QSet>

#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk::wire
{
namespace
{

constexpr qsizetype longestReason = 64;
constexpr qsizetype longestReceipt = 128;
constexpr std::array outcomes{Outcome::Accepted, Outcome::Rejected, Outcome::Conflict};

QString takeRecordId(JsonFields &fields)
{
    const QString id = fields.text(u"id"_s, 36);
    if (!isRecordId(id))
        fields.refuse(u"id"_s);
    return id;
}

/// Whether every id is there once.
template <typename List>
bool areDistinct(const List &rows)
{
    QSet<QString> ids;
    for (const auto &row : rows)
        ids.insert(row.id);
    return ids.size() == rows.size();
}

} // namespace

QString outcomeKey(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Accepted:
        return u"accepted"_s;
    case Outcome::Rejected:
        return u"rejected"_s;
    case Outcome::Conflict:
        return u"conflict"_s;
    }
    Q_UNREACHABLE();
}

std::optional<Outcome> outcomeFromKey(QStringView key)
{
    for (const Outcome outcome : outcomes) {
        if (key == outcomeKey(outcome))
            return outcome;
    }
    return std::nullopt;
}

qsizetype weightInRequest(const SealedRecord &record)
{
    // {"id":"…36…","sealed":"…"}, and a comma.
    return 36 + 22 + (record.sealed.size() + 2) / 3 * 4;
}

QByteArray encodeRecordsRequest(const QList<SealedRecord> &records)
{
    QJsonArray array;
    for (const SealedRecord &record : records)
        array << QJsonObject{{u"id"_s, record.id},
                             {u"sealed"_s, QString::fromLatin1(record.sealed.toBase64())}};
    return compact({{u"records"_s, array}});
}

Result<QList<SealedRecord>> decodeRecordsRequest(QByteArrayView text)
{
    return decodeObject(text, largestRequest, u"records"_s, [](JsonFields &fields) {
        QList<SealedRecord> records;
        fields.each(u"records"_s, mostRecords, [&records](JsonFields &row) {
            const QString id = takeRecordId(row);
            records << SealedRecord{id, row.base64(u"sealed"_s, largestSealedRecord)};
        });
        if (records.isEmpty() || !areDistinct(records))
            fields.refuse(u"records"_s);
        return records;
    });
}

QJsonObject encodeResult(const RecordResult &result)
{
    return {{u"id"_s, result.id},
            {u"outcome"_s, outcomeKey(result.outcome)},
            {u"reason"_s, result.reason},
            {u"at"_s, timeText(result.at)},
            {u"receipt"_s, QString::fromLatin1(result.receipt.toBase64())}};
}

RecordResult takeResult(JsonFields &fields)
{
    RecordResult result;
    result.id = takeRecordId(fields);
    const auto outcome = outcomeFromKey(fields.text(u"outcome"_s, longestReason));
    if (!outcome)
        fields.refuse(u"outcome"_s);
    result.outcome = outcome.value_or(Outcome::Rejected);
    result.reason = fields.text(u"reason"_s, longestReason, true);
    if (result.reason.isEmpty() != (result.outcome == Outcome::Accepted))
        fields.refuse(u"reason"_s);
    result.at = fields.time(u"at"_s);
    result.receipt = fields.base64(u"receipt"_s, longestReceipt);
    return result;
}

QByteArray encodeRecordsAnswer(const RecordsAnswer &answer)
{
    QJsonArray array;
    for (const RecordResult &result : answer.results)
        array << encodeResult(result);
    QJsonObject object{{u"results"_s, array}};
    insertStamp(object, answer.stamp);
    return compact(object);
}

Result<RecordsAnswer> decodeRecordsAnswer(QByteArrayView text)
{
    return decodeObject(text, largestAnswer, u"results"_s, [](JsonFields &fields) {
        RecordsAnswer answer;
        fields.each(u"results"_s, mostRecords,
                    [&answer](JsonFields &row) { answer.results << takeResult(row); });
        if (!areDistinct(answer.results))
            fields.refuse(u"results"_s);
        answer.stamp = takeStamp(fields);
        return answer;
    });
}

QByteArray receiptBytes(const QString &hub, const QByteArray &sealedHash,
                        const RecordResult &result)
{
    return Canonical("upgradedesk receipt 1")
        .add(hub)
        .add(result.id)
        .add(sealedHash)
        .add(outcomeKey(result.outcome))
        .add(result.reason)
        .add(result.at.toMSecsSinceEpoch())
        .bytes();
}

} // namespace upgradedesk::wire
