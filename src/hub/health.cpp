#include "hub/health.h"

#include "hub/log.h"
#include "wire/jsonfields.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

constexpr int patience = 10000; ///< milliseconds for the whole exchange
constexpr qsizetype largestReport = 64 * 1024;
constexpr int mostDays = 36500;

tl::unexpected<Error> unreachable(const QString &why)
{
    return fail(ErrorCode::HealthUnreachable, why);
}

int left(const QDeadlineTimer &deadline)
{
    return int(deadline.remainingTime());
}

/// Everything until the other side closes, as it does in HTTP/1.0.
Result<QByteArray> exchange(QSslSocket &socket, const QByteArray &request,
                            const QDeadlineTimer &deadline)
{
    socket.write(request);
    QByteArray answer;
    while (socket.bytesToWrite() > 0 && socket.waitForBytesWritten(left(deadline))) {
    }
    while (socket.bytesAvailable() > 0 || socket.waitForReadyRead(left(deadline))) {
        answer += socket.readAll();
        if (answer.size() > largestReport)
            return unreachable(u"the answer is too large"_s);
    }
    if (socket.state() == QAbstractSocket::ConnectedState)
        return unreachable(u"no whole answer in time"_s);
    return answer;
}

/// For the log, where nothing but a number may stand.
QString statusText(const QByteArray &status)
{
    bool isNumber = false;
    const int number = status.toInt(&isNumber);
    return isNumber && number > 0 && number < 1000 ? QString::number(number) : u"none"_s;
}

Result<HealthReport> read(const QByteArray &answer)
{
    const qsizetype end = answer.indexOf("\r\n\r\n");
    const QByteArray status = answer.left(answer.indexOf("\r\n")).split(' ').value(1);
    // It has understood, and will not say; "too many" and "too slow" are for all.
    if (end >= 0 && status.startsWith('4') && status != "429" && status != "408")
        return fail(ErrorCode::InputInvalid,
                    u"the service refuses the question, status "_s + statusText(status));
    if (end < 0 || status != "200")
        return unreachable(u"status "_s + statusText(status));
    const auto object = wire::objectOf(answer.mid(end + 4), largestReport, u"report"_s);
    if (!object)
        return tl::unexpected(object.error());
    wire::JsonFields fields(*object);
    const QString level = fields.word(u"level"_s, {u"normal"_s, u"abnormal"_s, u"no-result"_s});
    // JsonFields counts from 0; "no result" is the absence of days.
    const auto days = object->contains(u"days"_s) ? fields.count(u"days"_s) : -1;
    const QDateTime asOf = fields.time(u"asOf"_s);
    if (days > mostDays)
        fields.refuse(u"days"_s);
    if (auto error = fields.finish())
        return tl::unexpected(std::move(*error));
    return reportOf(level, int(days), asOf, u"service"_s);
}

} // namespace

HealthReport reportOf(const QString &level, int days, const QDateTime &asOf, const QString &source)
{
    HealthReport report{level, {}, asOf.toUTC(), source};
    if (level != u"no-result" && days >= 0)
        report.testDay = beijingDate(asOf).addDays(-days);
    return report;
}

Result<HealthReport> HttpHealthProvider::ask(const Person &person, const QString &healthCode)
{
    auto report = askOnce(person, healthCode);
    if (!report)
        log(u"warning"_s, u"health-question-failed"_s,
            {{u"code"_s, errorKey(report.error().code)}, {u"detail"_s, report.error().detail}});
    return report;
}

Result<HealthReport> HttpHealthProvider::askOnce(const Person &person,
                                                 const QString &healthCode) const
{
    QJsonObject question{{u"docKind"_s, person.documentKind},
                         {u"docNumber"_s, person.documentNumber}};
    if (!healthCode.isEmpty())
        question.insert(u"healthCode"_s, healthCode);
    const QByteArray body = wire::compact(question);
    const bool secure = m_url.scheme() == u"https";
    const QByteArray path = m_url.path(QUrl::FullyEncoded).toLatin1();
    // In HTTP/1.1 a service may answer in chunks, whatever it is asked for.
    const QByteArray request =
        "POST " + (path.isEmpty() ? QByteArray("/") : path) +
        " HTTP/1.0\r\nHost: " + m_url.host(QUrl::FullyEncoded).toLatin1() +
        "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
        QByteArray::number(body.size()) + "\r\n\r\n" + body;

    const QDeadlineTimer deadline(patience);
    QSslSocket socket;
    const auto port = quint16(m_url.port(secure ? 443 : 80));
    if (secure) {
        if (!m_authority.isEmpty()) {
            QSslConfiguration configuration = socket.sslConfiguration();
            configuration.setCaCertificates(QSslCertificate::fromPath(m_authority));
            socket.setSslConfiguration(configuration);
        }
        socket.connectToHostEncrypted(m_url.host(), port);
    } else {
        socket.connectToHost(m_url.host(), port);
    }
    const bool connected =
        secure ? socket.waitForEncrypted(left(deadline)) : socket.waitForConnected(left(deadline));
    if (!connected)
        return unreachable(u"no connection"_s);
    const auto answer = exchange(socket, request, deadline);
    if (!answer)
        return tl::unexpected(answer.error());
    return read(*answer);
}

std::unique_ptr<HealthProvider> healthProviderOf(const Config &config)
{
    if (config.healthProvider.isEmpty())
        return nullptr;
    return std::make_unique<HttpHealthProvider>(config.healthProvider, config.healthAuthority);
}

bool isOfFuture(const HealthReport &report, const QDateTime &now)
{
    constexpr int secondsAhead = 300; // clocks of others may be before ours by so much
    return report.asOf > now.addSecs(secondsAhead) || report.testDay > beijingDate(report.asOf);
}

Result<void> keepReport(Session &session, const QByteArray &personToken, const HealthReport &report,
                        const QDateTime &now)
{
    const auto kept = session.run(
        "INSERT INTO health AS h VALUES ($1::bytea, $2, $3::date, $4::timestamptz, $5,"
        " $6::timestamptz) ON CONFLICT (person) DO UPDATE SET level = excluded.level,"
        " test_day = excluded.test_day, as_of = excluded.as_of, source = excluded.source,"
        " fetched = excluded.fetched WHERE excluded.as_of >= h.as_of",
        Parameters()
            .bytes(personToken)
            .text(report.level)
            .optionalText(report.testDay.toString(Qt::ISODate))
            .time(report.asOf)
            .text(report.source)
            .time(now));
    if (!kept)
        return tl::unexpected(kept.error());
    const auto done = session.run("DELETE FROM health_task WHERE person = $1::bytea",
                                  Parameters().bytes(personToken));
    if (!done)
        return tl::unexpected(done.error());
    return {};
}

namespace
{

/// The service may take seconds to answer, and the person may be erased meanwhile: kept only when
/// `stillSql` finds a row while nobody is being erased.
Result<void> keepUnlessErased(Hub &hub, const QByteArray &person, const HealthReport &report,
                              const char *stillSql, const Parameters &parameters)
{
    return hub.database.transact([&](Session &session) -> Result<void> {
        if (const auto set = session.script("SELECT pg_advisory_xact_lock_shared(7303, 0)"); !set)
            return set;
        const auto still = session.run(stillSql, parameters);
        if (!still)
            return tl::unexpected(still.error());
        return still->isEmpty() ? Result<void>()
                                : keepReport(session, person, report, hub.clock.now());
    });
}

} // namespace

Result<qint64> erasuresSoFar(Hub &hub)
{
    return hub.database.run("SELECT count(*) FROM ledger").map([](const Rows &rows) {
        return rows.number(0, 0);
    });
}

namespace
{

/// Of the future, which is told as any other trouble with the service's answers.
bool isRefused(const HealthReport &report, const QDateTime &now)
{
    if (!isOfFuture(report, now))
        return false;
    log(u"warning"_s, u"health-question-failed"_s,
        {{u"code"_s, errorKey(ErrorCode::InputInvalid)},
         {u"detail"_s, u"asOf or the test day is of the future"_s}});
    return true;
}

} // namespace

Result<void> keepAnswer(Hub &hub, const QByteArray &person, const HealthReport &report,
                        qint64 erasures)
{
    if (isRefused(report, hub.clock.now()))
        return {};
    return keepUnlessErased(hub, person, report,
                            "SELECT WHERE (SELECT count(*) FROM ledger) = $1::bigint",
                            Parameters().number(erasures));
}

namespace
{

/// Whoever was put off without being asked is due again.
Result<void> giveBack(Hub &hub, const Rows &tasks, int from, const QDateTime &due)
{
    for (int row = from; row < tasks.size(); ++row) {
        const auto back =
            hub.database.run("UPDATE health_task SET due = $2::timestamptz, tries = tries - 1"
                             " WHERE person = $1::bytea AND tries > 0",
                             Parameters().bytes(tasks.bytes(row, 0)).time(due));
        if (!back)
            return tl::unexpected(back.error());
    }
    return {};
}

/// True when it was answered, or never can be; false when it stays put off.
Result<bool> lookUp(Hub &hub, Evidence &evidence, HealthProvider &provider,
                    const QByteArray &person, const QString &recordId)
{
    const auto record = evidence.open(hub.database, recordId);
    if (!record) {
        if (!isUnreadable(record.error()))
            return tl::unexpected(record.error());
        const auto dropped = hub.database.run("DELETE FROM health_task WHERE person = $1::bytea",
                                              Parameters().bytes(person));
        return dropped ? Result<bool>(true) : tl::unexpected(dropped.error());
    }
    const auto report = provider.ask(record->holder, record->healthCode);
    if (!report && report.error().code == ErrorCode::InputInvalid)
        return false;
    if (!report)
        return tl::unexpected(report.error());
    if (isRefused(*report, hub.clock.now()))
        return false;
    const auto kept =
        keepUnlessErased(hub, person, *report, "SELECT FROM health_task WHERE person = $1::bytea",
                         Parameters().bytes(person));
    return kept ? Result<bool>(true) : tl::unexpected(kept.error());
}

} // namespace

Result<int> lookUpPending(Hub &hub, Evidence &evidence, HealthProvider &provider, int most,
                          const std::function<bool()> &stopping)
{
    const QDateTime now = hub.clock.now();
    // Put off before it is asked: whoever is killed while asking leaves it for later, with pauses
    // that double from a minute to half a day.
    const auto tasks = hub.database.run(
        "UPDATE health_task t SET tries = t.tries + 1,"
        " due = $1::timestamptz + least(interval '12 hours',"
        " interval '1 minute' * power(2, least(t.tries, 20)))"
        " FROM (SELECT person FROM health_task WHERE due <= $1::timestamptz ORDER BY due"
        " LIMIT $2::integer FOR UPDATE SKIP LOCKED) due"
        " WHERE t.person = due.person RETURNING t.person, t.record",
        Parameters().time(now).number(most));
    if (!tasks)
        return tl::unexpected(tasks.error());
    for (int row = 0; row < tasks->size(); ++row) {
        const bool stop = stopping();
        const auto done =
            stop ? Result<bool>(false)
                 : lookUp(hub, evidence, provider, tasks->bytes(row, 0), tasks->text(row, 1));
        if (done && !stop)
            continue;
        // The others would be met by the same trouble.
        if (const auto back = giveBack(hub, *tasks, stop ? row : row + 1, now); !back)
            return tl::unexpected(back.error());
        if (!done)
            return tl::unexpected(done.error());
        return row;
    }
    return tasks->size();
}

} // namespace upgradedesk::hub
