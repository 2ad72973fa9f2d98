#include "hub/api.h"

#include "hub/log.h"
#include "hub/questions.h"
#include "wire/signeddocument.h"

#include <QElapsedTimer>

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

constexpr int renewalsPerDay = 10;     ///< of one desk
constexpr int snapshotsPerHour = 120;  ///< streams and their rests one desk may ask for
constexpr int wrongCodesPerHour = 600; ///< from one address, which may be a balancer's
constexpr int kilobytesOfRecord = 4;   ///< on average; most have little more than half of it
/// A tap that is asked about is of now; a desk's clock may be wrong by hours.
constexpr qint64 secondsOfTap = 24 * 3600;

QString titleOf(int status)
{
    switch (status) {
    case 400:
        return u"The request is not right"_s;
    case 401:
        return u"A certificate of this hub is needed"_s;
    case 403:
        return u"Not permitted"_s;
    case 404:
        return u"There is no such thing"_s;
    case 405:
        return u"Another method is needed"_s;
    case 409:
        return u"The state of the hub is another"_s;
    case 413:
        return u"The body is too large"_s;
    case 415:
        return u"JSON is needed"_s;
    case 429:
        return u"Too many questions"_s;
    case 431:
        return u"The header is too large"_s;
    case 503:
        return u"Try again later"_s;
    default:
        return u"The hub failed"_s;
    }
}

QString codeOf(int status)
{
    switch (status) {
    case 401:
        return u"certificate-missing"_s;
    case 413:
        return u"body-too-large"_s;
    case 431:
        return u"header-too-large"_s;
    default:
        return u"bad-request"_s;
    }
}

HttpResponse turnedAway(HttpResponse response)
{
    response.isLast = true;
    return response;
}

bool isPassingTrouble(ErrorCode code)
{
    return code == ErrorCode::DatabaseUnreachable || code == ErrorCode::DatabaseRefused ||
           code == ErrorCode::DatabaseMissing || code == ErrorCode::DatabaseBusy ||
           code == ErrorCode::DatabaseFailed || code == ErrorCode::SnapshotBusy;
}

} // namespace

struct Api::Route {
    QByteArray method;
    QByteArray path;
    Body body;
    bool needsCertificate = true;
};

const std::vector<Api::Route> &Api::routes()
{
    static const std::vector<Route> table{
        {"POST", "/v1/enrolments", &Api::enrolments, false},
        {"POST", "/v1/renewals", &Api::renewals},
        {"GET", "/v1/keys", &Api::keys},
        {"POST", "/v1/records", &Api::records},
        {"POST", "/v1/card-status", &Api::cardStatus},
        {"POST", "/v1/person-status", &Api::personStatus},
        {"POST", "/v1/health-status", &Api::healthStatus},
        {"GET", "/v1/snapshot", &Api::snapshot},
        {"POST", "/v1/gate-decisions", &Api::gateDecisions},
        {"GET", "/v1/rules", &Api::rules},
        {"GET", "/v1/roster", &Api::roster},
    };
    return table;
}

QList<QByteArray> Api::routeNames()
{
    QList<QByteArray> names;
    for (const Route &route : routes())
        names << route.method + ' ' + route.path;
    return names;
}

Api::Api(Hub &hub)
    : m_hub(hub)
    , m_desks(hub)
    , m_cardQuestions(hub, 60, hub.config.cardQuestionsPerMinute)
    , m_gateQuestions(hub, 60, hub.config.gateQuestionsPerMinute)
    , m_recordCount(hub, 3600, hub.config.recordsPerHour)
    , m_recordKilobytes(hub, 3600, hub.config.recordsPerHour * kilobytesOfRecord)
    , m_records(hub)
    , m_persons(hub, m_desks)
    , m_snapshots(hub)
{
}

HttpResponse Api::good(const QByteArray &body) const
{
    return good(body, m_hub.stamp());
}

HttpResponse Api::good(const QByteArray &body, const wire::HubStamp &stamp)
{
    HttpResponse response;
    response.body = body;
    // For answers whose body is signed as it is, and for whoever does not read bodies.
    response.headers = {{"Hub-Time", stamp.hubTime.toString(Qt::ISODateWithMs).toLatin1()},
                        {"Hub-Epoch", stamp.epoch.toLatin1()}};
    return response;
}

HttpResponse Api::problem(const HttpRequest &request, int status, const QString &code,
                          const QString &detail) const
{
    wire::Problem problem;
    problem.title = titleOf(status);
    problem.status = status;
    problem.detail = detail;
    problem.code = code;
    problem.requestId = request.id;
    problem.stamp = m_hub.stamp();
    HttpResponse response = good(wire::encodeProblem(problem));
    response.status = status;
    response.contentType = wire::problemMediaType;
    return response;
}

HttpResponse Api::failed(const HttpRequest &request, const Error &error) const
{
    if (error.code == ErrorCode::InputInvalid)
        return problem(request, 400, u"bad-request"_s,
                       u"not right: "_s + error.args.value(0).left(100));
    if (error.code == ErrorCode::DeskRevoked)
        return problem(request, 403, u"desk-revoked"_s);
    if (error.code == ErrorCode::EnrolmentRefused || error.code == ErrorCode::EnrolmentOtherDesk ||
        error.code == ErrorCode::OperatorUnknown)
        return problem(request, 403, errorKey(error.code));
    if (error.code == ErrorCode::SignatureInvalid)
        return problem(request, 400, u"bad-signature"_s);
    if (error.code == ErrorCode::QuestionReplayed)
        return problem(request, 409, errorKey(error.code));
    if (error.code == ErrorCode::QuotaExceeded)
        return quotaExceeded(request);
    log(u"error"_s, u"request-failed"_s,
        {{u"requestId"_s, request.id},
         {u"code"_s, errorKey(error.code)},
         {u"detail"_s, error.detail.left(200)}});
    if (isPassingTrouble(error.code)) {
        HttpResponse response = problem(request, 503, errorKey(error.code));
        response.headers << std::pair<QByteArray, QByteArray>{"Retry-After", "5"};
        return response;
    }
    return problem(request, 500, errorKey(error.code));
}

HttpResponse Api::quotaExceeded(const HttpRequest &request) const
{
    HttpResponse response = problem(request, 429, errorKey(ErrorCode::QuotaExceeded));
    response.headers << std::pair<QByteArray, QByteArray>{"Retry-After", "60"};
    return response;
}

HttpResponse Api::refusal(int status, const QString &id) const
{
    HttpRequest request;
    request.id = id;
    return problem(request, status, codeOf(status));
}

HttpResponse Api::answer(const HttpRequest &request)
{
    QElapsedTimer timer;
    timer.start();
    const QByteArray path = request.path();
    const Route *route = nullptr;
    bool known = false;
    QByteArray allowed;
    for (const Route &candidate : routes()) {
        if (candidate.path != path)
            continue;
        known = true;
        allowed = candidate.method;
        if (candidate.method == request.method)
            route = &candidate;
    }

    QString desk;
    HttpResponse response;
    if (route) {
        response = dispatch(request, *route, desk);
    } else if (known) {
        response = problem(request, 405, u"method-not-allowed"_s);
        response.headers << std::pair<QByteArray, QByteArray>{"Allow", allowed};
    } else {
        response = problem(request, 404, u"not-found"_s);
    }
    // A path nobody knows could be anything, so it is not repeated.
    const QString name = known ? QString::fromLatin1(path) : u"unknown"_s;
    m_hub.metrics.request(name, response.status,
                          std::chrono::microseconds(timer.nsecsElapsed() / 1000));
    log(response.status < 500 ? u"info"_s : u"error"_s, u"request"_s,
        {{u"requestId"_s, request.id},
         {u"route"_s, name},
         {u"status"_s, response.status},
         {u"desk"_s, desk},
         {u"bytes"_s, request.body.size()},
         {u"ms"_s, timer.elapsed()}});
    return response;
}

HttpResponse Api::dispatch(const HttpRequest &request, const Route &route, QString &desk)
{
    if (route.method == "POST" &&
        request.contentType.split(';').first().trimmed().toLower() != "application/json")
        return problem(request, 415, u"content-type"_s);
    Caller caller;
    if (route.needsCertificate) {
        if (request.peer->certificate.isEmpty())
            return turnedAway(problem(request, 401, u"certificate-missing"_s));
        const auto certificate = m_desks.certificateOf(request.peer->certificate);
        // Asked again here: a connection may outlive the certificate it began with.
        if (!certificate || !certificate->hasRole(m_hub.keys.profile, CertificateRole::Desk) ||
            !certificate->isInForce(m_hub.clock.now()))
            return turnedAway(problem(request, 403, u"certificate-refused"_s));
        auto found = m_desks.byCertificate(*certificate);
        if (!found)
            return failed(request, found.error());
        if (!*found)
            return turnedAway(problem(request, 403, u"desk-unknown"_s));
        caller = std::move(**found);
        desk = caller.signer.desk;
        if (caller.revoked)
            return turnedAway(problem(request, 403, u"desk-revoked"_s));
        // Also for the epoch, which every answer tells.
        if (const auto looked = m_hub.rules(); !looked)
            return failed(request, looked.error());
    }
    return (this->*route.body)(request, caller);
}

HttpResponse Api::enrolments(const HttpRequest &request, const Caller & /*caller*/)
{
    const auto asked = wire::decodeEnrolmentRequest(request.body);
    if (!asked)
        return failed(request, asked.error());
    const auto answer = m_desks.enrol(*asked);
    if (answer)
        return good(wire::encodeEnrolmentAnswer(*answer));
    if (answer.error().code != ErrorCode::EnrolmentRefused)
        return failed(request, answer.error());
    // 96 random bits need no such limit; whoever guesses all the same is told that it was seen.
    // Only wrong codes count, and no right one is kept out: whoever asks may have the guesser's
    // address, that of a balancer.
    const auto may =
        useQuota(m_hub, u"enrolments "_s + request.peer->address, 3600, 1, wrongCodesPerHour);
    if (!may)
        return failed(request, may.error());
    return *may ? failed(request, answer.error()) : quotaExceeded(request);
}

HttpResponse Api::renewals(const HttpRequest &request, const Caller &caller)
{
    const auto asked = wire::decodeRenewalRequest(request.body);
    if (!asked)
        return failed(request, asked.error());
    // Once a year is enough; each one is kept for ever.
    const auto may =
        useQuota(m_hub, u"renewals "_s + caller.signer.desk, 24 * 3600, 1, renewalsPerDay);
    if (!may)
        return failed(request, may.error());
    if (!*may)
        return quotaExceeded(request);
    const auto answer = m_desks.renew(caller, *asked);
    if (!answer)
        return failed(request, answer.error());
    return good(wire::encodeEnrolmentAnswer(*answer));
}

HttpResponse Api::keys(const HttpRequest &request, const Caller &caller)
{
    const auto answer = m_desks.keysFor(caller);
    if (!answer)
        return failed(request, answer.error());
    return good(wire::encodeKeysAnswer(*answer));
}

HttpResponse Api::records(const HttpRequest &request, const Caller &caller)
{
    const auto records = wire::decodeRecordsRequest(request.body);
    if (!records)
        return failed(request, records.error());
    qint64 bytes = 0;
    for (const wire::SealedRecord &record : *records)
        bytes += record.sealed.size();
    const QString &desk = caller.signer.desk;
    if (auto refusal = refusalBy(m_recordCount, request, u"records "_s + desk, records->size()))
        return std::move(*refusal);
    if (auto refusal =
            refusalBy(m_recordKilobytes, request, u"record KiB "_s + desk, (bytes + 1023) / 1024))
        return std::move(*refusal);
    const wire::HubStamp stamp = m_hub.stamp();
    const auto results = m_records.take(*records, caller.signer, m_hub.clock.now().toUTC());
    if (!results)
        return failed(request, results.error());
    return good(wire::encodeRecordsAnswer({*results, stamp}), stamp);
}

std::optional<HttpResponse> Api::refusalOfCards(const HttpRequest &request, const Caller &caller,
                                                const QString &tokenKeyId, int cards)
{
    // Whoever does not say has the tokens under the key in force.
    if (!tokenKeyId.isEmpty() && tokenKeyId != caller.tokenKey)
        return problem(request, 409, u"token-key-replaced"_s);
    return refusalBy(m_cardQuestions, request, u"cards "_s + caller.signer.desk, cards);
}

std::optional<HttpResponse> Api::refusalBy(QuotaDrawer &quota, const HttpRequest &request,
                                           const QString &subject, qint64 count)
{
    const auto may = quota.use(subject, int(count));
    if (!may)
        return failed(request, may.error());
    if (!*may)
        return quotaExceeded(request);
    return std::nullopt;
}

HttpResponse Api::cardStatus(const HttpRequest &request, const Caller &caller)
{
    const auto asked = wire::decodeCardStatusRequest(request.body);
    if (!asked)
        return failed(request, asked.error());
    if (auto refusal = refusalOfCards(request, caller, asked->tokenKeyId, int(asked->cards.size())))
        return std::move(*refusal);
    const auto answer = hub::cardStatus(m_hub, asked->cards);
    if (!answer)
        return failed(request, answer.error());
    return good(wire::encodeCardStatusAnswer(*answer));
}

HttpResponse Api::gateDecisions(const HttpRequest &request, const Caller &caller)
{
    const auto asked = wire::decodeGateRequest(request.body);
    if (!asked)
        return failed(request, asked.error());
    if (asked->at && std::abs(asked->at->secsTo(m_hub.clock.now())) > secondsOfTap)
        return problem(request, 400, u"bad-request"_s, u"not right: at"_s);
    if (auto refusal = refusalOfCards(request, caller, asked->tokenKeyId, 1))
        return std::move(*refusal);
    if (auto refusal = refusalBy(m_gateQuestions, request, u"gates "_s + caller.signer.desk, 1))
        return std::move(*refusal);
    const auto answer = gateDecision(m_hub, *asked);
    if (!answer)
        return failed(request, answer.error());
    return good(wire::encodeGateDecisionAnswer(*answer));
}

HttpResponse Api::personStatus(const HttpRequest &request, const Caller &caller)
{
    const auto sealed = wire::decodeSealedQuestion(request.body);
    if (!sealed)
        return failed(request, sealed.error());
    const auto asked = m_persons.accept(*sealed, caller, u"person-status"_s);
    if (!asked)
        return failed(request, asked.error());
    const auto answer = m_persons.personStatus(*asked);
    if (!answer)
        return failed(request, answer.error());
    return good(wire::encodePersonStatusAnswer(*answer));
}

HttpResponse Api::healthStatus(const HttpRequest &request, const Caller &caller)
{
    const auto sealed = wire::decodeSealedQuestion(request.body);
    if (!sealed)
        return failed(request, sealed.error());
    const auto asked = m_persons.accept(*sealed, caller, u"health-status"_s);
    if (!asked)
        return failed(request, asked.error());
    const auto answer = m_persons.healthStatus(*asked);
    if (!answer)
        return failed(request, answer.error());
    return good(wire::encodeHealthStatusAnswer(*answer));
}

HttpResponse Api::snapshot(const HttpRequest &request, const Caller &caller)
{
    const auto asked = Snapshots::requestOf(request);
    if (!asked)
        return problem(request, 400, u"bad-request"_s, u"not right: since, to or block"_s);
    const auto may =
        useQuota(m_hub, u"snapshots "_s + caller.signer.desk, 3600, 1, snapshotsPerHour);
    if (!may)
        return failed(request, may.error());
    if (!*may)
        return quotaExceeded(request);
    auto answer = m_snapshots.answer(*asked);
    if (!answer)
        return failed(request, answer.error());
    answer->headers = good({}).headers;
    return std::move(*answer);
}

HttpResponse Api::document(const HttpRequest &request, const QString &kind, const QString &scope)
{
    const auto made = newestDocument(m_hub, kind, scope);
    if (!made)
        return failed(request, made.error());
    return good(wire::encodeDocument(*made));
}

HttpResponse Api::rules(const HttpRequest &request, const Caller & /*caller*/)
{
    return document(request, u"rules"_s, {});
}

HttpResponse Api::roster(const HttpRequest &request, const Caller &caller)
{
    return document(request, u"roster"_s, caller.station);
}

HttpResponse Api::admin(const HttpRequest &request)
{
    HttpResponse response;
    response.contentType = "text/plain; charset=utf-8";
    const QByteArray path = request.path();
    if (request.method != "GET") {
        response.status = 405;
        response.headers = {{"Allow", "GET"}};
    } else if (path == "/healthz") {
        response.body = "ok\n";
    } else if (path == "/readyz") {
        const bool ready = m_hub.database.run("SELECT 1").has_value();
        response.status = ready ? 200 : 503;
        response.body = ready ? "ok\n" : "the database does not answer\n";
    } else if (path == "/metrics") {
        response.contentType = "text/plain; version=0.0.4; charset=utf-8";
        response.body = m_hub.metrics.text() + databaseMetrics(m_hub);
    } else {
        response.status = 404;
    }
    return response;
}

} // namespace upgradedesk::hub
