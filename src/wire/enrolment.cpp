#include "wire/enrolment.h"

#include "wire/jsonfields.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::wire
{
namespace
{

constexpr qsizetype longestCode = 128;
constexpr qsizetype longestId = 64;
constexpr qsizetype secretBytes = 32;

void insertSecrets(QJsonObject &object, const DeskSecrets &secrets)
{
    object.insert(u"tokenKeyId"_s, secrets.tokenKeyId);
    object.insert(u"tokenKey"_s, QString::fromLatin1(secrets.tokenKey.toHex()));
    object.insert(u"pepper"_s, QString::fromLatin1(secrets.pepper.toHex()));
}

DeskSecrets takeSecrets(JsonFields &fields)
{
    DeskSecrets secrets;
    secrets.tokenKeyId = fields.text(u"tokenKeyId"_s, longestId);
    secrets.tokenKey = fields.bytes(u"tokenKey"_s, secretBytes);
    secrets.pepper = fields.bytes(u"pepper"_s, secretBytes);
    return secrets;
}

Profile takeProfile(JsonFields &fields)
{
    // A hub serves no training desk.
    const QString practice = profileKey(Profile::Practice);
    const QString word = fields.word(u"profile"_s, {profileKey(Profile::Production), practice});
    return word == practice ? Profile::Practice : Profile::Production;
}

} // namespace

QByteArray encodeEnrolmentRequest(const EnrolmentRequest &request)
{
    QJsonObject object{{u"code"_s, request.code}, {u"csr"_s, QString::fromLatin1(request.csr)}};
    if (!request.desk.isEmpty())
        object.insert(u"desk"_s, request.desk);
    return compact(object);
}

QByteArray encodeRenewalRequest(const RenewalRequest &request)
{
    return compact({{u"csr"_s, QString::fromLatin1(request.csr)}});
}

QByteArray encodeEnrolmentAnswer(const EnrolmentAnswer &answer)
{
    QJsonObject object{
        {u"desk"_s, answer.desk},
        {u"deskName"_s, answer.deskName},
        {u"station"_s, answer.station},
        {u"stationName"_s, answer.stationName},
        {u"hub"_s, answer.hub},
        {u"profile"_s, profileKey(answer.profile)},
        {u"certificate"_s, QString::fromLatin1(answer.certificate)},
        {u"chain"_s, QString::fromLatin1(answer.chain)},
        {u"recordCertificate"_s, QString::fromLatin1(answer.recordCertificate)},
    };
    insertSecrets(object, answer.secrets);
    insertStamp(object, answer.stamp);
    return compact(object);
}

QByteArray encodeKeysAnswer(const KeysAnswer &answer)
{
    QJsonObject object{{u"recordCertificate"_s, QString::fromLatin1(answer.recordCertificate)}};
    insertSecrets(object, answer.secrets);
    insertStamp(object, answer.stamp);
    return compact(object);
}

Result<EnrolmentRequest> decodeEnrolmentRequest(QByteArrayView text)
{
    return decodeObject(text, largestEnrolment, u"enrolment"_s, [](JsonFields &fields) {
        EnrolmentRequest request;
        request.code = fields.text(u"code"_s, longestCode);
        request.csr = fields.pem(u"csr"_s);
        request.desk = fields.optionalText(u"desk"_s, longestId);
        return request;
    });
}

Result<RenewalRequest> decodeRenewalRequest(QByteArrayView text)
{
    return decodeObject(text, largestEnrolment, u"renewal"_s, [](JsonFields &fields) {
        RenewalRequest request{fields.pem(u"csr"_s)};
        return request;
    });
}

Result<EnrolmentAnswer> decodeEnrolmentAnswer(QByteArrayView text)
{
    return decodeObject(text, largestEnrolment, u"enrolment"_s, [](JsonFields &fields) {
        EnrolmentAnswer answer;
        answer.desk = fields.text(u"desk"_s, longestId);
        answer.deskName = fields.text(u"deskName"_s, longestId);
        answer.station = fields.text(u"station"_s, longestId);
        answer.stationName = fields.text(u"stationName"_s, longestId);
        answer.hub = fields.text(u"hub"_s, longestId);
        answer.profile = takeProfile(fields);
        answer.certificate = fields.pem(u"certificate"_s);
        answer.chain = fields.pem(u"chain"_s);
        answer.recordCertificate = fields.pem(u"recordCertificate"_s);
        answer.secrets = takeSecrets(fields);
        answer.stamp = takeStamp(fields);
        return answer;
    });
}

Result<KeysAnswer> decodeKeysAnswer(QByteArrayView text)
{
    return decodeObject(text, largestEnrolment, u"keys"_s, [](JsonFields &fields) {
        KeysAnswer answer;
        answer.recordCertificate = fields.pem(u"recordCertificate"_s);
        answer.secrets = takeSecrets(fields);
        answer.stamp = takeStamp(fields);
        return answer;
    });
}

} // namespace upgradedesk::wire
