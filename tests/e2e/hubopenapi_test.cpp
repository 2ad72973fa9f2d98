#include "support/catch.h"

#include "e2e/enrolleddesk.h"
#include "hub/api.h"
#include "wire/questions.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// docs/openapi.json, and whether an answer is as it says. Knows the words of JSON Schema that the
/// document uses, and fails at any other.
class Description
{
public:
    Description()
    {
        QFile file(QStringLiteral(UPGRADEDESK_SOURCE_DIR "/docs/openapi.json"));
        REQUIRE(file.open(QIODevice::ReadOnly));
        root = QJsonDocument::fromJson(file.readAll()).object();
        REQUIRE(root.value(u"openapi"_s).toString() == u"3.1.0"_s);
    }

    /// Empty when all is well.
    [[nodiscard]] QString whatIsWrong(const QByteArray &method, const QByteArray &path,
                                      const HttpAnswer &answer) const
    {
        const QJsonObject operation = root.value(u"paths"_s)
                                          .toObject()
                                          .value(QString::fromLatin1(path))
                                          .toObject()
                                          .value(QString::fromLatin1(method).toLower())
                                          .toObject();
        const QJsonObject response = resolved(operation.value(u"responses"_s)
                                                  .toObject()
                                                  .value(QString::number(answer.status))
                                                  .toObject());
        const QString type = QString::fromLatin1(answer.headers.value("content-type"));
        const QJsonObject content = response.value(u"content"_s).toObject();
        if (!content.contains(type))
            return u"status %1 with %2 is not described"_s.arg(answer.status).arg(type);
        const QJsonObject schema = content.value(type).toObject().value(u"schema"_s).toObject();
        if (schema.isEmpty())
            return {};
        return mismatch(answer.json(), schema, u"body"_s);
    }

    QJsonObject root;

private:
    [[nodiscard]] QJsonObject resolved(const QJsonObject &object) const
    {
        if (!object.contains(u"$ref"_s))
            return object;
        QJsonObject at = root;
        for (const QString &step : object.value(u"$ref"_s).toString().mid(2).split(u'/'))
            at = at.value(step).toObject();
        return at;
    }

    [[nodiscard]] QString mismatch(const QJsonValue &value, const QJsonObject &reference,
                                   const QString &where) const
    {
        const QJsonObject schema = resolved(reference);
        const QString type = schema.value(u"type"_s).toString();
        if (type == u"object")
            return objectMismatch(value, schema, where);
        if (type == u"array") {
            if (!value.isArray())
                return where + u" is no array"_s;
            const QJsonArray items = value.toArray();
            for (const QJsonValue &item : items) {
                const QString wrong =
                    mismatch(item, schema.value(u"items"_s).toObject(), where + u"[]"_s);
                if (!wrong.isEmpty())
                    return wrong;
            }
            return {};
        }
        if (type == u"integer")
            return value.isDouble() && value.toDouble() == double(value.toInteger())
                       ? QString()
                       : where + u" is no integer"_s;
        if (type == u"boolean")
            return value.isBool() ? QString() : where + u" is no boolean"_s;
        if (type != u"string" || !value.isString())
            return where + u" is no "_s + type;
        const QJsonArray words = schema.value(u"enum"_s).toArray();
        if (!words.isEmpty() && !words.contains(value))
            return where + u" is another word"_s;
        const QRegularExpression pattern(schema.value(u"pattern"_s).toString());
        return pattern.match(value.toString()).hasMatch() ? QString() : where + u" is malformed"_s;
    }

    [[nodiscard]] QString objectMismatch(const QJsonValue &value, const QJsonObject &schema,
                                         const QString &where) const
    {
        if (!value.isObject())
            return where + u" is no object"_s;
        QJsonObject left = value.toObject();
        const QJsonObject properties = schema.value(u"properties"_s).toObject();
        const QJsonArray required = schema.value(u"required"_s).toArray();
        for (const QJsonValue &key : required) {
            if (!left.contains(key.toString()))
                return where + u'.' + key.toString() + u" is missing"_s;
        }
        for (auto at = properties.begin(); at != properties.end(); ++at) {
            const QJsonValue property = left.take(at.key());
            if (property.isUndefined())
                continue;
            const QString wrong = mismatch(property, at->toObject(), where + u'.' + at.key());
            if (!wrong.isEmpty())
                return wrong;
        }
        return left.isEmpty() ? QString() : where + u" has more than it should"_s;
    }
};

} // namespace

TEST_CASE("The service answers as its OpenAPI document says", "[e2e][hub]")
{
    const Description description;
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    EnrolledDesk desk(hub);
    CHECK(description.whatIsWrong("POST", "/v1/enrolments", desk.answer).isEmpty());
    REQUIRE(desk.send(hub, {desk.desk.seal(desk.link(1, 1))}).size() == 1);

    const QString keyId = desk.desk.enrolment.secrets.tokenKeyId;
    const auto question = [&](const QString &kind) {
        const wire::PersonQuestion asked{newRecordId(desk.clock),
                                         kind,
                                         desk.desk.enrolment.desk,
                                         u"hub-1"_s,
                                         desk.clock.now().toUTC(),
                                         u"resident"_s,
                                         residentNumber(1),
                                         newRecordId(desk.clock),
                                         u"9001"_s};
        return wire::encodeSealedQuestion(
            desk.desk.sealer->seal(wire::encodePersonQuestion(asked)).value());
    };
    const QByteArray csr = SigningRequest::make(desk.desk.key, u"desk"_s)->pem();
    const QList<std::pair<QByteArray, QByteArray>> posts{
        {"/v1/renewals", wire::encodeRenewalRequest({csr})},
        {"/v1/records", wire::encodeRecordsRequest(
                            {desk.desk.seal(desk.link(2, 2)), desk.desk.seal(desk.link(2, 3))})},
        {"/v1/card-status", wire::encodeCardStatusRequest({keyId, {desk.token(1)}})},
        {"/v1/card-status", wire::encodeCardStatusRequest({u"other"_s, {desk.token(1)}})},
        {"/v1/person-status", question(u"person-status"_s)},
        {"/v1/person-status", question(u"health-status"_s)},
        {"/v1/health-status", question(u"health-status"_s)},
        {"/v1/gate-decisions",
         wire::encodeGateRequest({keyId, desk.token(1), u"metro"_s, desk.clock.now().toUTC()})},
    };
    QSet<QByteArray> seen{"POST /v1/enrolments"};
    HubConnection connection(hub.port, desk.identity());
    for (const auto &[path, body] : posts) {
        INFO(path.toStdString());
        const auto answer = connection.post(path, body);
        CHECK(description.whatIsWrong("POST", path, answer) == QString());
        if (answer.status == 200)
            seen.insert("POST " + path);
        CHECK(description.whatIsWrong("POST", path, connection.post(path, "{}")) == QString());
        HubConnection nobody(hub.port, {hub.authority(), {}, {}});
        CHECK(description.whatIsWrong("POST", path, nobody.post(path, body)) == QString());
    }
    for (const QByteArray path : {"/v1/keys", "/v1/rules", "/v1/roster", "/v1/snapshot"}) {
        INFO(path.toStdString());
        const auto answer = connection.get(path == "/v1/snapshot" ? path + "?since=0" : path);
        CHECK(description.whatIsWrong("GET", path, answer) == QString());
        CHECK_FALSE(answer.headers.value("hub-epoch").isEmpty());
        if (answer.status == 200)
            seen.insert("GET " + path);
    }
    CHECK(description.whatIsWrong("GET", "/v1/snapshot", connection.get("/v1/snapshot")) ==
          QString());

    // What is described was seen to work, and what works is described.
    QSet<QByteArray> described;
    const QJsonObject paths = description.root.value(u"paths"_s).toObject();
    for (auto path = paths.begin(); path != paths.end(); ++path) {
        for (const QString &method : path->toObject().keys())
            described.insert((method.toUpper() + u' ' + path.key()).toLatin1());
    }
    CHECK(described == seen);
    const QList<QByteArray> routes = hub::Api::routeNames();
    CHECK(described == QSet<QByteArray>(routes.begin(), routes.end()));
}

TEST_CASE("A renewed certificate works at once, and so does the old one until it ends",
          "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    EnrolledDesk desk(hub);
    HubConnection open(hub.port, desk.identity());
    const wire::SealedRecord before = desk.desk.seal(desk.link(1, 1));
    const KeyPair fresh = KeyPair::generate().value();

    const auto answer = wire::decodeEnrolmentAnswer(
        open.post("/v1/renewals",
                  wire::encodeRenewalRequest({SigningRequest::make(fresh, u"desk"_s)->pem()}))
            .body);

    REQUIRE(answer);
    CHECK(answer->desk == desk.desk.enrolment.desk);
    CHECK(answer->secrets == desk.desk.enrolment.secrets);
    SigningDesk renewed;
    renewed.key = fresh;
    renewed.take(*answer);
    // Sealed before, sent after; sealed with the new key over a connection of the old one.
    const auto sent = open.post(
        "/v1/records", wire::encodeRecordsRequest({before, renewed.seal(desk.link(2, 2))}));
    const auto results = wire::decodeRecordsAnswer(sent.body);
    REQUIRE(results);
    CHECK(results->results[0].reason.isEmpty());
    CHECK(results->results[1].reason.isEmpty());
    HubConnection with(hub.port,
                       {answer->chain, answer->certificate, fresh.pem()->view().toByteArray()});
    CHECK(with.get("/v1/keys").status == 200);
}
