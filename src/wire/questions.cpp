#include "wire/questions.h"

#include "core/recordid.h"
#include "wire/jsonfields.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::wire
{
namespace
{

constexpr qsizetype longestQuestionWord = 64;
constexpr qsizetype longestMessage = 400;
constexpr qsizetype tokenSize = 32;
constexpr qsizetype largestSealedQuestion = 16 * 1024;
constexpr qsizetype mostPersonCards = 100;

QString hexOf(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

int takeSmall(JsonFields &fields, const QString &key)
{
    const qint64 count = fields.count(key);
    if (count > 1'000'000)
        fields.refuse(key);
    return int(count);
}

} // namespace

QByteArray encodeCardStatusRequest(const CardStatusRequest &request)
{
    QJsonArray cards;
    for (const QByteArray &token : request.cards)
        cards << hexOf(token);
    QJsonObject object{{u"cards"_s, cards}};
    if (!request.tokenKeyId.isEmpty())
        object.insert(u"tokenKeyId"_s, request.tokenKeyId);
    return compact(object);
}

Result<CardStatusRequest> decodeCardStatusRequest(QByteArrayView text)
{
    return decodeObject(text, largestQuestion, u"question"_s, [](JsonFields &fields) {
        CardStatusRequest request;
        request.tokenKeyId = fields.optionalText(u"tokenKeyId"_s, longestQuestionWord);
        const QJsonArray cards = fields.array(u"cards"_s, mostCards);
        for (const QJsonValue card : cards) {
            JsonFields one(QJsonObject{{u"card"_s, card}});
            request.cards << one.bytes(u"card"_s, tokenSize);
            if (one.finish())
                fields.refuse(u"cards"_s);
        }
        if (cards.isEmpty())
            fields.refuse(u"cards"_s);
        return request;
    });
}

QByteArray encodeCardStatusAnswer(const CardStatusAnswer &answer)
{
    QJsonArray cards;
    for (const CardState &card : answer.cards)
        cards << QJsonObject{{u"token"_s, hexOf(card.token)},
                             {u"state"_s, card.state},
                             {u"issued"_s, card.issued},
                             {u"asOf"_s, timeText(card.asOf)}};
    QJsonObject object{{u"cards"_s, cards}};
    insertStamp(object, answer.stamp);
    return compact(object);
}

Result<CardStatusAnswer> decodeCardStatusAnswer(QByteArrayView text)
{
    return decodeObject(text, largestQuestion, u"answer"_s, [](JsonFields &fields) {
        CardStatusAnswer answer;
        fields.each(u"cards"_s, mostCards, [&answer](JsonFields &row) {
            CardState card;
            card.token = row.bytes(u"token"_s, tokenSize);
            card.state = row.word(u"state"_s,
                                  {u"none"_s, u"linked"_s, u"exempt"_s, u"new"_s, u"registered"_s});
            card.issued = row.flag(u"issued"_s);
            card.asOf = row.time(u"asOf"_s);
            answer.cards << card;
        });
        answer.stamp = takeStamp(fields);
        return answer;
    });
}

QByteArray encodePersonQuestion(const PersonQuestion &question)
{
    return compact({{u"id"_s, question.id},
                    {u"kind"_s, question.kind},
                    {u"desk"_s, question.desk},
                    {u"hub"_s, question.hub},
                    {u"askedAt"_s, timeText(question.askedAt)},
                    {u"docKind"_s, question.documentKind},
                    {u"docNumber"_s, question.documentNumber},
                    {u"record"_s, question.record},
                    {u"operator"_s, question.operatorId}});
}

Result<PersonQuestion> decodePersonQuestion(QByteArrayView text)
{
    return decodeObject(text, largestSealedQuestion, u"question"_s, [](JsonFields &fields) {
        PersonQuestion question;
        question.id = fields.text(u"id"_s, longestQuestionWord);
        question.kind = fields.word(u"kind"_s, {u"person-status"_s, u"health-status"_s});
        question.desk = fields.text(u"desk"_s, longestQuestionWord);
        question.hub = fields.text(u"hub"_s, longestQuestionWord);
        question.askedAt = fields.time(u"askedAt"_s);
        question.documentKind = fields.text(u"docKind"_s, longestQuestionWord);
        question.documentNumber = fields.text(u"docNumber"_s, longestQuestionWord);
        question.record = fields.text(u"record"_s, longestQuestionWord);
        question.operatorId = fields.text(u"operator"_s, longestQuestionWord);
        if (!isRecordId(question.id))
            fields.refuse(u"id"_s);
        if (!isRecordId(question.record))
            fields.refuse(u"record"_s);
        return question;
    });
}

QByteArray encodeSealedQuestion(const QByteArray &sealed)
{
    return compact({{u"sealed"_s, QString::fromLatin1(sealed.toBase64())}});
}

Result<QByteArray> decodeSealedQuestion(QByteArrayView text)
{
    return decodeObject(text, largestQuestion, u"question"_s, [](JsonFields &fields) {
        return fields.base64(u"sealed"_s, largestSealedQuestion);
    });
}

QByteArray encodePersonStatusAnswer(const PersonStatusAnswer &answer)
{
    QJsonArray cards;
    for (const PersonCard &card : answer.cards)
        cards << QJsonObject{{u"last4"_s, card.last4},
                             {u"medium"_s, card.medium},
                             {u"since"_s, timeText(card.since)}};
    QJsonObject object{{u"physical"_s, answer.physical},
                       {u"phone"_s, answer.phone},
                       {u"asAgent"_s, answer.asAgent},
                       {u"cards"_s, cards}};
    insertStamp(object, answer.stamp);
    return compact(object);
}

Result<PersonStatusAnswer> decodePersonStatusAnswer(QByteArrayView text)
{
    return decodeObject(text, largestQuestion, u"answer"_s, [](JsonFields &fields) {
        PersonStatusAnswer answer;
        answer.physical = takeSmall(fields, u"physical"_s);
        answer.phone = takeSmall(fields, u"phone"_s);
        answer.asAgent = takeSmall(fields, u"asAgent"_s);
        fields.each(u"cards"_s, mostPersonCards, [&answer](JsonFields &row) {
            PersonCard card;
            card.last4 = row.text(u"last4"_s, 4, true);
            card.medium = row.text(u"medium"_s, longestQuestionWord);
            card.since = row.time(u"since"_s);
            answer.cards << card;
        });
        answer.stamp = takeStamp(fields);
        return answer;
    });
}

QByteArray encodeHealthStatusAnswer(const HealthStatusAnswer &answer)
{
    QJsonObject object{{u"level"_s, answer.level}, {u"source"_s, answer.source}};
    if (answer.testDay)
        object.insert(u"testDay"_s, answer.testDay->toString(Qt::ISODate));
    if (answer.asOf)
        object.insert(u"asOf"_s, timeText(*answer.asOf));
    insertStamp(object, answer.stamp);
    return compact(object);
}

Result<HealthStatusAnswer> decodeHealthStatusAnswer(QByteArrayView text)
{
    return decodeObject(text, largestQuestion, u"answer"_s, [](JsonFields &fields) {
        HealthStatusAnswer answer;
        answer.level =
            fields.word(u"level"_s, {u"normal"_s, u"abnormal"_s, u"no-result"_s, u"pending"_s});
        answer.testDay = fields.optionalDate(u"testDay"_s);
        answer.asOf = fields.optionalTime(u"asOf"_s);
        answer.source = fields.text(u"source"_s, longestQuestionWord, true);
        answer.stamp = takeStamp(fields);
        return answer;
    });
}

QByteArray encodeGateRequest(const GateRequest &request)
{
    QJsonObject object{{u"token"_s, hexOf(request.token)}, {u"venue"_s, request.venue}};
    if (!request.tokenKeyId.isEmpty())
        object.insert(u"tokenKeyId"_s, request.tokenKeyId);
    if (request.at)
        object.insert(u"at"_s, timeText(*request.at));
    return compact(object);
}

Result<GateRequest> decodeGateRequest(QByteArrayView text)
{
    return decodeObject(text, largestQuestion, u"question"_s, [](JsonFields &fields) {
        GateRequest request;
        request.tokenKeyId = fields.optionalText(u"tokenKeyId"_s, longestQuestionWord);
        request.token = fields.bytes(u"token"_s, tokenSize);
        request.venue = fields.word(u"venue"_s, {u"metro"_s, u"bus"_s, u"none"_s});
        request.at = fields.optionalTime(u"at"_s);
        return request;
    });
}

QByteArray encodeGateDecisionAnswer(const GateDecisionAnswer &answer)
{
    QJsonObject object{{u"decision"_s, answer.decision},
                       {u"code"_s, answer.code},
                       {u"message"_s, QJsonObject{{u"zh_CN"_s, answer.message.chinese},
                                                  {u"en"_s, answer.message.english}}},
                       {u"basis"_s, u"hub"_s},
                       {u"asOf"_s, timeText(answer.asOf)}};
    insertStamp(object, answer.stamp);
    return compact(object);
}

Result<GateDecisionAnswer> decodeGateDecisionAnswer(QByteArrayView text)
{
    return decodeObject(text, largestQuestion, u"answer"_s, [](JsonFields &fields) {
        GateDecisionAnswer answer;
        answer.decision =
            fields.word(u"decision"_s, {u"pass"_s, u"manual"_s, u"refuse"_s, u"unknown"_s});
        answer.code = fields.text(u"code"_s, longestQuestionWord);
        JsonFields message(fields.optionalObject(u"message"_s).value_or(QJsonObject()));
        answer.message.chinese = message.text(u"zh_CN"_s, longestMessage, true);
        answer.message.english = message.text(u"en"_s, longestMessage, true);
        if (message.finish())
            fields.refuse(u"message"_s);
        (void)fields.word(u"basis"_s, {u"hub"_s});
        answer.asOf = fields.time(u"asOf"_s);
        answer.stamp = takeStamp(fields);
        return answer;
    });
}

} // namespace upgradedesk::wire
