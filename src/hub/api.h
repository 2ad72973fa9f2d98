#pragma once

#include "hub/desks.h"
#include "hub/http.h"
#include "hub/personquestions.h"
#include "hub/quotadrawer.h"
#include "hub/recordstore.h"
#include "hub/snapshots.h"
#include "wire/problem.h"

#include <optional>

namespace upgradedesk::hub
{

/// The routes of contracts.md. Every function may be called from several threads.
class Api
{
public:
    explicit Api(Hub &hub);

    /// `POST /v1/records` and the like, every route for desks; docs/openapi.json describes them.
    [[nodiscard]] static QList<QByteArray> routeNames();

    [[nodiscard]] HttpResponse answer(const HttpRequest &request);
    /// For what never became a request.
    [[nodiscard]] HttpResponse refusal(int status, const QString &id) const;
    /// healthz, readyz, metrics.
    [[nodiscard]] HttpResponse admin(const HttpRequest &request);

private:
    struct Route;
    using Body = HttpResponse (Api::*)(const HttpRequest &, const Caller &);
    [[nodiscard]] static const std::vector<Route> &routes();

    [[nodiscard]] HttpResponse dispatch(const HttpRequest &request, const Route &route,
                                        QString &desk);
    [[nodiscard]] HttpResponse problem(const HttpRequest &request, int status, const QString &code,
                                       const QString &detail = {}) const;
    [[nodiscard]] HttpResponse failed(const HttpRequest &request, const Error &error) const;
    [[nodiscard]] HttpResponse quotaExceeded(const HttpRequest &request) const;
    /// Why a question about so many cards is not answered; nothing when it may be.
    [[nodiscard]] std::optional<HttpResponse> refusalOfCards(const HttpRequest &request,
                                                             const Caller &caller,
                                                             const QString &tokenKeyId, int cards);
    /// The same for so many of what has a quota of its own.
    [[nodiscard]] std::optional<HttpResponse>
    refusalBy(QuotaDrawer &quota, const HttpRequest &request, const QString &subject, qint64 count);
    [[nodiscard]] HttpResponse good(const QByteArray &body) const;
    [[nodiscard]] static HttpResponse good(const QByteArray &body, const wire::HubStamp &stamp);

    HttpResponse enrolments(const HttpRequest &request, const Caller &caller);
    HttpResponse renewals(const HttpRequest &request, const Caller &caller);
    HttpResponse keys(const HttpRequest &request, const Caller &caller);
    HttpResponse records(const HttpRequest &request, const Caller &caller);
    HttpResponse personStatus(const HttpRequest &request, const Caller &caller);
    HttpResponse healthStatus(const HttpRequest &request, const Caller &caller);
    HttpResponse snapshot(const HttpRequest &request, const Caller &caller);
    HttpResponse cardStatus(const HttpRequest &request, const Caller &caller);
    HttpResponse gateDecisions(const HttpRequest &request, const Caller &caller);
    HttpResponse rules(const HttpRequest &request, const Caller &caller);
    HttpResponse roster(const HttpRequest &request, const Caller &caller);
    [[nodiscard]] HttpResponse document(const HttpRequest &request, const QString &kind,
                                        const QString &scope);

    Hub &m_hub;
    Desks m_desks;
    QuotaDrawer m_cardQuestions;
    QuotaDrawer m_gateQuestions;
    QuotaDrawer m_recordCount;
    QuotaDrawer m_recordKilobytes;
    RecordStore m_records;
    PersonQuestions m_persons;
    Snapshots m_snapshots;
};

} // namespace upgradedesk::hub
