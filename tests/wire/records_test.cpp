#include "support/catch.h"

#include "core/clock.h"
#include "core/recordid.h"
#include "wire/record.h"
#include "wire/receiptfile.h"
#include "wire/records.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::wire;

namespace
{

const QDateTime decided(QDate(2022, 6, 1), QTime(4, 0, 0, 5), Qt::UTC);
const HubStamp hubStamp{decided, u"e-1"_s};

QList<SealedRecord> recordsOf(qsizetype count, qsizetype size = 1000)
{
    QList<SealedRecord> records;
    for (qsizetype i = 0; i < count; ++i)
        records << SealedRecord{newRecordId(SystemClock()), QByteArray(size, char(i))};
    return records;
}

RecordResult resultOf(Outcome outcome, const QString &reason = {})
{
    return {newRecordId(SystemClock()), outcome, reason, decided, "signature"};
}

} // namespace

TEST_CASE("A request of records comes back, and weighs what it is said to weigh", "[wire]")
{
    const auto count = GENERATE(qsizetype(1), qsizetype(2), qsizetype(1000));
    const auto records = recordsOf(count);

    const QByteArray text = encodeRecordsRequest(records);

    CHECK(decodeRecordsRequest(text).value() == records);
    qsizetype weight = 0;
    for (const SealedRecord &record : records)
        weight += weightInRequest(record);
    CHECK(text.size() <= weight + 16);
    CHECK(text.size() + 16 >= weight);
}

TEST_CASE("Requests too long, too large, empty or with an id twice are refused", "[wire]")
{
    CHECK_FALSE(decodeRecordsRequest(encodeRecordsRequest({})));
    CHECK_FALSE(decodeRecordsRequest(encodeRecordsRequest(recordsOf(1001, 10))));
    CHECK_FALSE(decodeRecordsRequest(encodeRecordsRequest(recordsOf(1000, 4000))));
    CHECK_FALSE(decodeRecordsRequest(encodeRecordsRequest(recordsOf(1, largestSealedRecord + 1))));
    auto records = recordsOf(2);
    records[1].id = records[0].id;
    CHECK_FALSE(decodeRecordsRequest(encodeRecordsRequest(records)));
    const QString id = newRecordId(SystemClock());
    for (const char *row :
         {"{}", "1", R"({"id":"x","sealed":"AAAA"})", R"({"id":"%1","sealed":""})",
          R"({"id":"%1","sealed":"A A="})", R"({"id":"%1","sealed":"AB=="})",
          R"({"id":"%1","sealed":"AAB="})", R"({"id":"%1","sealed":"AA==AAAA"})",
          R"({"id":"%1","sealed":"AAAA===="})", R"({"id":"%1","sealed":"AA=A"})",
          R"({"id":"%1","sealed":"AA"})", R"({"id":"%1","sealed":1})", R"({"id":"%1"})",
          R"({"id":"%1","sealed":"AAAA","x":1})"}) {
        const QByteArray text =
            "{\"records\":[" + QString::fromLatin1(row).replace(u"%1"_s, id).toLatin1() + "]}";
        CHECK_FALSE(decodeRecordsRequest(text));
    }
    CHECK(decodeRecordsRequest("{\"records\":[{\"id\":\"" + id.toLatin1() +
                               "\",\"sealed\":\"AA==\"}]}"));
    CHECK_FALSE(decodeRecordsRequest(QByteArray("{\"records\":") + QByteArray(2000, '[')));
}

TEST_CASE("Answers come back; an accepted record has no reason and any other has one", "[wire]")
{
    const RecordsAnswer answer{{resultOf(Outcome::Accepted),
                                resultOf(Outcome::Rejected, u"desk-revoked"_s),
                                resultOf(Outcome::Conflict, u"other-content"_s)},
                               hubStamp};
    CHECK(decodeRecordsAnswer(encodeRecordsAnswer(answer)).value() == answer);

    for (const auto &wrong : {resultOf(Outcome::Accepted, u"x"_s), resultOf(Outcome::Rejected)})
        CHECK_FALSE(decodeRecordsAnswer(encodeRecordsAnswer({{wrong}, hubStamp})));
    const auto one = resultOf(Outcome::Accepted);
    CHECK_FALSE(decodeRecordsAnswer(encodeRecordsAnswer({{one, one}, hubStamp})));
    CHECK_FALSE(decodeRecordsAnswer(encodeRecordsAnswer({{one}, {decided, u""_s}})));
    CHECK(outcomeFromKey(u"conflict") == Outcome::Conflict);
    CHECK_FALSE(outcomeFromKey(u"Accepted"));
}

TEST_CASE("A receipt signs each thing it says", "[wire]")
{
    const RecordResult result = resultOf(Outcome::Rejected, u"desk-revoked"_s);
    const QByteArray hash(32, '\1');
    const QByteArray bytes = receiptBytes(u"hub-1"_s, hash, result);

    CHECK(receiptBytes(u"hub-1"_s, hash, result) == bytes);
    CHECK(receiptBytes(u"hub-2"_s, hash, result) != bytes);
    CHECK(receiptBytes(u"hub-1"_s, QByteArray(32, '\2'), result) != bytes);
    for (const auto change : {+[](RecordResult &made) { made.id = newRecordId(SystemClock()); },
                              +[](RecordResult &made) { made.outcome = Outcome::Accepted; },
                              +[](RecordResult &made) { made.reason = u"superseded"_s; },
                              +[](RecordResult &made) { made.at = made.at.addMSecs(1); }}) {
        RecordResult made = result;
        change(made);
        CHECK(receiptBytes(u"hub-1"_s, hash, made) != bytes);
    }
}

TEST_CASE("A file of receipts comes back whole or not at all", "[wire]")
{
    const ReceiptFileHead head{u"desk-1"_s, u"hub-1"_s, "-----BEGIN X-----\n", hubStamp};
    const QList results{resultOf(Outcome::Accepted), resultOf(Outcome::Conflict, u"other"_s)};
    ReceiptFileEncoder encoder;
    QByteArray file = encoder.head(head);
    for (const RecordResult &result : results)
        file += encoder.result(result);
    file += encoder.end();
    const auto read = [](QByteArray bytes) {
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::ReadOnly);
        QList<RecordResult> seen;
        const auto found = readReceiptFile(buffer, [&seen](const RecordResult &result) {
            seen << result;
            return Result<void>();
        });
        return std::pair(found, seen);
    };

    const auto [found, seen] = read(file);
    REQUIRE(found);
    CHECK(*found == head);
    CHECK(seen == results);
    for (qsizetype size = 0; size < file.size(); size += 3)
        CHECK_FALSE(read(file.first(size)).first);
    CHECK_FALSE(read(file + "x").first);
    QByteArray changed = file;
    changed.replace("accepted", "rejected");
    CHECK_FALSE(read(changed).first);
}

TEST_CASE("A replace names the old card; it and an unlink need no name of the holder", "[wire]")
{
    Record record;
    record.id = newRecordId(SystemClock());
    record.desk = u"desk-1"_s;
    record.hub = u"hub-1"_s;
    record.kind = u"replace"_s;
    record.journalHead = QByteArray(32, '\1');
    record.deskTime = decided;
    record.operatorId = u"1001"_s;
    record.rulesVersion = u"1"_s;
    record.medium = u"physical"_s;
    record.cardBy = u"tap"_s;
    record.reason = u"self"_s;
    record.card = u"3104000000000000001"_s;
    record.product = u"t-union"_s;
    record.holder = {u"passport"_s, u"X0000001"_s, {}};
    record.oldCard = u"3104000000000000002"_s;

    CHECK(decodeRecord(encodeRecord(record)).value() == record);
    Record withoutOld = record;
    withoutOld.oldCard.clear();
    CHECK_FALSE(decodeRecord(encodeRecord(withoutOld)));
    Record unlink = withoutOld;
    unlink.kind = u"unlink"_s;
    CHECK(decodeRecord(encodeRecord(unlink)).value() == unlink);
    Record link = withoutOld;
    link.kind = u"link"_s;
    CHECK(decodeRecord(encodeRecord(link)).error().args == QStringList{u"holder"_s});
}
