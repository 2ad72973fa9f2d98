#include "hub/personquestions.h"

#include "hub/questions.h"
#include "identity/documentcheck.h"

#include <QUuid>

#include <algorithm>
#include <array>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

constexpr int hour = 3600;
/// A desk's clock may be wrong by hours; far less than housekeeping keeps ids.
constexpr qint64 mostAgeSeconds = 24 * 3600;

/// Counts for as long as it lives.
class Taken
{
public:
    explicit Taken(std::atomic<int> &counter)
        : m_counter(counter)
        , m_number(++counter)
    {
    }
    ~Taken() { --m_counter; }
    Taken(const Taken &) = delete;
    Taken &operator=(const Taken &) = delete;

    [[nodiscard]] int number() const { return m_number; }

private:
    std::atomic<int> &m_counter;
    int m_number;
};

} // namespace

Result<wire::PersonQuestion> PersonQuestions::accept(const QByteArray &sealed, const Caller &caller,
                                                     const QString &kind)
{
    const auto content = openOf(caller.signer, sealed, m_hub.keys);
    if (!content)
        return fail(ErrorCode::SignatureInvalid, u"not sealed by this desk"_s);
    auto asked = wire::decodePersonQuestion(content->view());
    if (!asked)
        return asked;
    if (asked->kind != kind || asked->desk != caller.signer.desk || asked->hub != m_hub.config.hub)
        return fail(ErrorCode::InputInvalid, u"for something else"_s, {u"kind, desk or hub"_s});

    // Ids are remembered for a while only.
    if (std::abs(asked->askedAt.secsTo(m_hub.clock.now())) > mostAgeSeconds)
        return fail(ErrorCode::InputInvalid, u"asked long ago"_s, {u"askedAt"_s});

    if (const auto fresh = checkFresh(*asked, caller.station); !fresh)
        return tl::unexpected(fresh.error());
    // Before it is noted: what is beyond the quota leaves nothing behind, and may be asked again.
    const std::array quotas{
        std::pair{u"persons desk "_s + asked->desk, m_hub.config.questionsPerHour},
        std::pair{u"persons operator "_s + asked->operatorId,
                  m_hub.config.questionsPerOperatorHour}};
    for (const auto &[subject, limit] : quotas) {
        const auto may = useQuota(m_hub, subject, hour, 1, limit);
        if (!may)
            return tl::unexpected(may.error());
        if (!*may)
            return fail(ErrorCode::QuotaExceeded, u"too many questions"_s);
    }
    if (const auto noted = note(*asked, kind); !noted)
        return tl::unexpected(noted.error());
    return asked;
}

/// A replay, or an operator who may not ask, counts against no quota.
Result<void> PersonQuestions::checkFresh(const wire::PersonQuestion &asked,
                                         const QString &station) const
{
    const auto rows = m_hub.database.run(
        "SELECT EXISTS (SELECT 1 FROM question WHERE id = $1::uuid), EXISTS (SELECT 1 FROM"
        " operators o WHERE o.id = $2::text AND o.station = $3::text AND o.disabled IS NULL)",
        Parameters().text(asked.id).text(asked.operatorId).text(station));
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->flag(0, 0))
        return fail(ErrorCode::QuestionReplayed);
    if (!rows->flag(0, 1))
        return fail(ErrorCode::OperatorUnknown);
    return {};
}

Result<void> PersonQuestions::note(const wire::PersonQuestion &asked, const QString &kind) const
{
    // The statement may be run twice when its connection breaks; `attempt` knows it again.
    const auto noted = m_hub.database.run(
        "INSERT INTO question AS q (id, kind, desk, operator, record, at, attempt) VALUES"
        " ($1::uuid, $2::text, $3::text, $4::text, $5::uuid, $6::timestamptz, $7::uuid)"
        " ON CONFLICT (id) DO UPDATE SET at = excluded.at WHERE q.attempt = excluded.attempt",
        Parameters()
            .text(asked.id)
            .text(kind)
            .text(asked.desk)
            .text(asked.operatorId)
            .text(asked.record)
            .time(m_hub.clock.now())
            .text(QUuid::createUuid().toString(QUuid::WithoutBraces)));
    if (!noted)
        return tl::unexpected(noted.error());
    // The same question came twice at once.
    if (noted->affected() == 0)
        return fail(ErrorCode::QuestionReplayed);
    return {};
}

Result<QByteArray> PersonQuestions::tokenOf(const wire::PersonQuestion &asked) const
{
    const DocumentCheck check = checkDocument(m_hub.documents, asked.documentKind,
                                              asked.documentNumber, beijingDate(m_hub.clock.now()));
    return m_hub.keys.personToken(asked.documentKind, check.normalized);
}

Result<wire::PersonStatusAnswer> PersonQuestions::personStatus(const wire::PersonQuestion &asked)
{
    const auto token = tokenOf(asked);
    if (!token)
        return tl::unexpected(token.error());
    const auto rows = m_hub.database.run(
        "SELECT c.slot, ms(c.since), r.medium, c.record FROM holding h JOIN card c"
        " ON c.card = h.card JOIN records r ON r.id = c.record WHERE h.person = $1::bytea"
        " ORDER BY c.since, c.card LIMIT 100",
        Parameters().bytes(*token));
    if (!rows)
        return tl::unexpected(rows.error());
    const auto agency = m_hub.database.run("SELECT count(*) FROM agency WHERE agent = $1::bytea",
                                           Parameters().bytes(*token));
    if (!agency)
        return tl::unexpected(agency.error());
    wire::PersonStatusAnswer answer;
    answer.asAgent = int(agency->number(0, 0));
    Evidence evidence(m_hub, m_desks);
    for (int row = 0; row < rows->size(); ++row) {
        ++(rows->text(row, 0) == u"phone" ? answer.phone : answer.physical);
        const auto record = evidence.open(m_hub.database, rows->text(row, 3));
        // Another desk's evidence that does not open is no fault of whoever asks: the link counts,
        // the last digits of its card are not known.
        if (!record && !isUnreadable(record.error()))
            return tl::unexpected(record.error());
        answer.cards << wire::PersonCard{record ? record->card.right(4) : QString(),
                                         rows->text(row, 2), rows->time(row, 1)};
    }
    answer.stamp = m_hub.stamp();
    return answer;
}

Result<void> PersonQuestions::askProvider(const wire::PersonQuestion &asked,
                                          const QByteArray &personToken)
{
    if (!m_provider)
        return {};
    // A service that has become slow must not have all workers wait for it.
    const Taken taken(m_asking);
    if (taken.number() > std::max(1, m_hub.config.workers / 2))
        return {};
    const DocumentCheck check = checkDocument(m_hub.documents, asked.documentKind,
                                              asked.documentNumber, beijingDate(m_hub.clock.now()));
    const auto erasures = erasuresSoFar(m_hub);
    if (!erasures)
        return tl::unexpected(erasures.error());
    const auto report = m_provider->ask({asked.documentKind, check.normalized, {}}, {});
    // When the service does not answer, what it said before is better than nothing.
    if (!report)
        return {};
    return keepAnswer(m_hub, personToken, *report, *erasures);
}

Result<wire::HealthStatusAnswer> PersonQuestions::healthStatus(const wire::PersonQuestion &asked)
{
    const auto token = tokenOf(asked);
    if (!token)
        return tl::unexpected(token.error());
    if (const auto asking = askProvider(asked, *token); !asking)
        return tl::unexpected(asking.error());
    const auto rows = m_hub.database.run(
        "SELECT level, to_char(test_day, 'YYYY-MM-DD'), ms(as_of), source FROM health"
        " WHERE person = $1::bytea",
        Parameters().bytes(*token));
    if (!rows)
        return tl::unexpected(rows.error());
    wire::HealthStatusAnswer answer;
    answer.stamp = m_hub.stamp();
    answer.level = u"pending"_s;
    if (rows->isEmpty())
        return answer;
    answer.level = rows->text(0, 0);
    const QDate testDay = QDate::fromString(rows->text(0, 1), Qt::ISODate);
    if (testDay.isValid())
        answer.testDay = testDay;
    answer.asOf = rows->time(0, 2);
    answer.source = rows->text(0, 3);
    return answer;
}

} // namespace upgradedesk::hub
