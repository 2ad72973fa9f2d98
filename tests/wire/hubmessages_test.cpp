#include "support/catch.h"

#include "wire/enrolment.h"
#include "wire/problem.h"
#include "wire/provisioningfile.h"
#include "wire/questions.h"
#include "wire/signeddocument.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::wire;

namespace
{

const QDateTime noon(QDate(2022, 6, 1), QTime(4, 0, 0, 123), Qt::UTC);
const HubStamp stamp{noon, u"epoch-1"_s};
const QByteArray pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
const QString recordId = u"017f22e2-79b0-7cc3-98c4-dc0c0c07398f"_s;

QJsonObject objectIn(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

QByteArray textOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// A message comes back; without a key, with one more, or cut it is refused.
template <typename Message, typename Encode, typename Decode>
void checkStrict(const Message &message, Encode encode, Decode decode,
                 const QStringList &optional = {})
{
    const QByteArray text = encode(message);
    const auto decoded = decode(text);
    REQUIRE(decoded);
    CHECK(*decoded == message);
    CHECK(encode(*decoded) == text);

    for (const QString &key : objectIn(text).keys()) {
        INFO(key.toStdString());
        QJsonObject without = objectIn(text);
        without.remove(key);
        CHECK(decode(textOf(without)).has_value() == optional.contains(key));
        QJsonObject other = objectIn(text);
        other.insert(key, QJsonObject{{u"x"_s, 1}});
        CHECK_FALSE(decode(textOf(other)));
        other.insert(key, QJsonValue::Null);
        CHECK_FALSE(decode(textOf(other)));
    }
    QJsonObject more = objectIn(text);
    more.insert(u"surprise"_s, 1);
    CHECK_FALSE(decode(textOf(more)));
    for (qsizetype size = 0; size < text.size(); size += 1 + text.size() / 50)
        CHECK_FALSE(decode(text.first(size)));
    CHECK_FALSE(decode(text + "{}"));
    CHECK_FALSE(decode(QByteArray(20'000, '[')));
    CHECK_FALSE(decode(QByteArray(4'500'000, ' ') + text));
}

SignedDocument document()
{
    return {u"roster"_s, u"hub-1"_s, u"station-1"_s, 7, "{\"operators\":[]}", pem, "signature"};
}

} // namespace

TEST_CASE("Messages of enrolment are strict", "[wire]")
{
    const DeskSecrets secrets{u"k1"_s, QByteArray(32, '\1'), QByteArray(32, '\xFE')};
    checkStrict(EnrolmentRequest{u"ABC-DEF"_s, pem}, encodeEnrolmentRequest,
                decodeEnrolmentRequest);
    checkStrict(EnrolmentRequest{u"ABC-DEF"_s, pem, u"desk-1"_s}, encodeEnrolmentRequest,
                decodeEnrolmentRequest, {u"desk"_s});
    checkStrict(RenewalRequest{pem}, encodeRenewalRequest, decodeRenewalRequest);
    checkStrict(EnrolmentAnswer{u"desk-1"_s, u"1 号服务台"_s, u"s-1"_s, u"西直门"_s, u"hub-1"_s,
                                Profile::Practice, pem, pem, pem, secrets, stamp},
                encodeEnrolmentAnswer, decodeEnrolmentAnswer);
    checkStrict(KeysAnswer{secrets, pem, stamp}, encodeKeysAnswer, decodeKeysAnswer);
}

TEST_CASE("No hub makes a training desk", "[wire]")
{
    EnrolmentAnswer answer;
    answer.profile = Profile::Training;
    CHECK_FALSE(decodeEnrolmentAnswer(encodeEnrolmentAnswer(answer)));
}

TEST_CASE("Problems are strict", "[wire]")
{
    checkStrict(Problem{u"about:blank"_s, u"Forbidden"_s, 403, u"desk is revoked"_s,
                        u"desk-revoked"_s, u"r-1"_s, stamp},
                encodeProblem, decodeProblem);
    Problem odd;
    odd.status = 200;
    CHECK_FALSE(decodeProblem(encodeProblem(odd)));
}

TEST_CASE("Signed documents are strict, and their signature is over all they say", "[wire]")
{
    checkStrict(document(), encodeDocument, decodeDocument);
    const QByteArray before = signedBytes(document());
    for (const auto change : {+[](SignedDocument &made) { made.kind = u"rules"_s; },
                              +[](SignedDocument &made) { made.hub = u"hub-2"_s; },
                              +[](SignedDocument &made) { made.scope = u"station-2"_s; },
                              +[](SignedDocument &made) { made.version = 8; },
                              +[](SignedDocument &made) { made.body += ' '; }}) {
        SignedDocument made = document();
        change(made);
        CHECK(signedBytes(made) != before);
    }
    SignedDocument rules = document();
    rules.kind = u"rules"_s;
    CHECK_FALSE(decodeDocument(encodeDocument(rules)));
    rules.scope.clear();
    CHECK(decodeDocument(encodeDocument(rules)));
}

TEST_CASE("A roster is strict and names nobody twice", "[wire]")
{
    const RosterOperator one{u"1001"_s, u"测试员01"_s, u"staff"_s, u"scrypt:15:8:1:aa:bb"_s};
    checkStrict(QList{one}, encodeRoster, decodeRoster);
    CHECK_FALSE(decodeRoster(encodeRoster({one, one})));
    RosterOperator chief = one;
    chief.role = u"chief"_s;
    CHECK_FALSE(decodeRoster(encodeRoster({chief})));
    CHECK(decodeRoster(encodeRoster({})));
}

TEST_CASE("Provisioning files are strict", "[wire]")
{
    checkStrict(ProvisioningFile{pem, pem, pem, "sealed", {document()}}, encodeProvisioningFile,
                decodeProvisioningFile);
}

TEST_CASE("Questions and their answers are strict", "[wire]")
{
    const QByteArray token(32, '\x5A');
    checkStrict(CardStatusRequest{u"k1"_s, {token, token}}, encodeCardStatusRequest,
                decodeCardStatusRequest, {u"tokenKeyId"_s});
    checkStrict(CardStatusAnswer{{{token, u"linked"_s, true, noon}}, stamp}, encodeCardStatusAnswer,
                decodeCardStatusAnswer);
    checkStrict(PersonQuestion{recordId, u"health-status"_s, u"desk-1"_s, u"hub-1"_s, noon,
                               u"passport"_s, u"X0000001"_s, recordId, u"1001"_s},
                encodePersonQuestion, decodePersonQuestion);
    checkStrict(QByteArray("sealed"), encodeSealedQuestion, decodeSealedQuestion);
    checkStrict(PersonStatusAnswer{1, 0, 5, {{u"1234"_s, u"physical"_s, noon}}, stamp},
                encodePersonStatusAnswer, decodePersonStatusAnswer);
    checkStrict(HealthStatusAnswer{u"normal"_s, QDate(2022, 5, 31), noon, u"provider"_s, stamp},
                encodeHealthStatusAnswer, decodeHealthStatusAnswer, {u"testDay"_s, u"asOf"_s});
    checkStrict(GateRequest{u"k1"_s, token, u"metro"_s, noon}, encodeGateRequest, decodeGateRequest,
                {u"tokenKeyId"_s, u"at"_s});
    checkStrict(
        GateDecisionAnswer{u"pass"_s, u"ok"_s, {u"请通行"_s, u"Please pass"_s}, noon, stamp},
        encodeGateDecisionAnswer, decodeGateDecisionAnswer);
}

TEST_CASE("A question for more cards than allowed is refused", "[wire]")
{
    CardStatusRequest request{u"k1"_s, QList<QByteArray>(mostCards, QByteArray(32, '\1'))};
    CHECK(decodeCardStatusRequest(encodeCardStatusRequest(request)));
    request.cards << QByteArray(32, '\2');
    CHECK_FALSE(decodeCardStatusRequest(encodeCardStatusRequest(request)));
    CHECK_FALSE(decodeCardStatusRequest(encodeCardStatusRequest({u"k1"_s, {}})));
    CHECK_FALSE(decodeCardStatusRequest(encodeCardStatusRequest({u"k1"_s, {"short"}})));
}
