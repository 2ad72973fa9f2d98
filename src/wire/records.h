#pragma once

#include "core/result.h"
#include "wire/hubstamp.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

class QJsonObject;

namespace upgradedesk::wire
{

class JsonFields;

/// One record as it travels: its id outside, all else inside the envelope.
struct SealedRecord {
    QString id;        ///< UUIDv7
    QByteArray sealed; ///< CMS, DER

    bool operator==(const SealedRecord &) const = default;
};

enum class Outcome {
    Accepted,
    Rejected, ///< for good, with a reason
    Conflict  ///< another content has this id
};

/// `accepted`, `rejected`, `conflict`.
[[nodiscard]] QString outcomeKey(Outcome outcome);
[[nodiscard]] std::optional<Outcome> outcomeFromKey(QStringView key);

/// What the hub says of one record.
struct RecordResult {
    QString id;
    Outcome outcome = Outcome::Accepted;
    QString reason;     ///< stable word of contracts.md; empty when accepted
    QDateTime at;       ///< UTC, when the hub decided
    QByteArray receipt; ///< ECDSA P-256 over receiptBytes() by the hub's certificate, DER

    bool operator==(const RecordResult &) const = default;
};

/// The answer to `POST /v1/records`; one result a record, in the order of the request.
struct RecordsAnswer {
    QList<RecordResult> results;
    HubStamp stamp;

    bool operator==(const RecordsAnswer &) const = default;
};

constexpr qsizetype mostRecords = 1000;               ///< in one request
constexpr qsizetype largestRequest = 4 * 1024 * 1024; ///< bytes of its body
/// Bytes of DER: the longest record there can be, and what sealing adds to it.
constexpr qsizetype largestSealedRecord = 68 * 1024;
constexpr qsizetype largestAnswer = 1024 * 1024; ///< bytes of the answer's body

/// Bytes that one record adds to the body of a request.
[[nodiscard]] qsizetype weightInRequest(const SealedRecord &record);

[[nodiscard]] QByteArray encodeRecordsRequest(const QList<SealedRecord> &records);
/// Strict: 1 to 1000 records, no id twice, at most 4 MiB. Fails with InputInvalid.
[[nodiscard]] Result<QList<SealedRecord>> decodeRecordsRequest(QByteArrayView text);

[[nodiscard]] QByteArray encodeRecordsAnswer(const RecordsAnswer &answer);
/// Strict. Fails with InputInvalid.
[[nodiscard]] Result<RecordsAnswer> decodeRecordsAnswer(QByteArrayView text);

/// What a receipt signs: hub, id, SHA-256 of the sealed bytes, outcome, reason and time, each
/// preceded by its length.
[[nodiscard]] QByteArray receiptBytes(const QString &hub, const QByteArray &sealedHash,
                                      const RecordResult &result);

/// One result as an object, also a line of a file of receipts.
[[nodiscard]] QJsonObject encodeResult(const RecordResult &result);
[[nodiscard]] RecordResult takeResult(JsonFields &fields);

} // namespace upgradedesk::wire
