#include "hub/personquestions.h"

#include "crypto/seal.h"
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
    std::optional<wire::PersonQuestion> asked;
    for (const Certificate &certificate : caller.signer.certificates) {
        const auto content =
            openSealed(sealed, m_hub.keys.recordKey, m_hub.keys.record, certificate);
        if (!content)
            continue;
        const auto question = wire::decodePersonQuestion(content->view());
        if (!question)
            return tl::unexpected(question.error());
        asked = *question;
        break;
    }
    if (!asked)
        return fail(ErrorCode::SignatureInvalid, u"not sealed by this desk"_s);
    if (asked->kind != kind || asked->desk != caller.signer.desk || asked->hub != m_hub.config.hub)
        return fail(ErrorCode::InputInvalid, u"for something else"_s, {u"kind, desk or hub"_s});

    // Ids are remembered for a while only.
    if (std::abs(asked->askedAt.secsTo(m_hub.clock.now())) > mostAgeSeconds)
        return fail(ErrorCode::InputInvalid, u"asked long ago"_s, {u"askedAt"_s});

    // The statement may be run twice when its connection breaks; `attempt` knows it again.
    const auto noted = m_hub.database.run(
        "INSERT INTO question AS q (id, kind, desk, operator, record, at, attempt) SELECT $1::uuid,"
        " $2::text, $3::text, $4::text, $5::uuid, $6::timestamptz, $8::uuid WHERE EXISTS"
        " (SELECT 1 FROM operators o WHERE o.id = $4::text AND o.station = $7::text"
        " AND o.disabled IS NULL) ON CONFLICT (id) DO UPDATE SET at = excluded.at"
        " WHERE q.attempt = excluded.attempt",
        Parameters()
            .text(asked->id)
            .text(kind)
            .text(asked->desk)
            .text(asked->operatorId)
            .text(asked->record)
            .time(m_hub.clock.now())
            .text(caller.station)
            .text(QUuid::createUuid().toString(QUuid::WithoutBraces)));
    if (!noted)
        return tl::unexpected(noted.error());
    if (noted->affected() == 0) {
        const auto there = m_hub.database.run("SELECT 1 FROM question WHERE id = $1::uuid",
                                              Parameters().text(asked->id));
        if (!there)
            return tl::unexpected(there.error());
        return fail(there->isEmpty() ? ErrorCode::OperatorUnknown : ErrorCode::QuestionReplayed);
    }
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
    return *asked;
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
        if (!record)
            return tl::unexpected(record.error());
        answer.cards << wire::PersonCard{record->card.right(4), rows->text(row, 2),
                                         rows->time(row, 1)};
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
