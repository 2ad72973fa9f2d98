#include "hub/questions.h"

#include "flow/gatedecision.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

CardStatus statusOf(const QString &state)
{
    if (state == u"linked")
        return CardStatus::Linked;
    if (state == u"registered")
        return CardStatus::Registered;
    if (state == u"exempt")
        return CardStatus::Exempt;
    return CardStatus::NotLinked;
}

std::optional<HealthLevel> levelOf(const QString &level)
{
    if (level == u"normal")
        return HealthLevel::Normal;
    if (level == u"abnormal")
        return HealthLevel::Abnormal;
    if (level == u"no-result")
        return HealthLevel::NoResult;
    return std::nullopt;
}

} // namespace

Result<bool> useQuota(Hub &hub, const QString &subject, int spanSeconds, int count, int limit)
{
    const qint64 seconds = hub.clock.now().toSecsSinceEpoch();
    const QDateTime span = QDateTime::fromSecsSinceEpoch(seconds - seconds % spanSeconds, Qt::UTC);
    // Losing the last few counts in a crash of the database costs nobody anything.
    const auto rows = hub.database.run(
        "INSERT INTO quota AS q SELECT $1::text, $2::timestamptz, $3::integer"
        " FROM set_config('synchronous_commit', 'off', true) WHERE $3::integer <= $4::integer"
        " ON CONFLICT (subject, span) DO UPDATE SET used = q.used + $3::integer"
        " WHERE q.used + $3::integer <= $4::integer RETURNING used",
        Parameters().text(subject).time(span).number(count).number(limit));
    if (!rows)
        return tl::unexpected(rows.error());
    return !rows->isEmpty();
}

namespace
{

Result<QHash<QByteArray, QString>> statesBy(const char *sql, Hub &hub, const Parameters &tokens)
{
    const auto rows = hub.database.run(sql, tokens);
    if (!rows)
        return tl::unexpected(rows.error());
    QHash<QByteArray, QString> states;
    for (int row = 0; row < rows->size(); ++row)
        states.insert(rows->bytes(row, 0), rows->text(row, 1));
    return states;
}

} // namespace

Result<wire::CardStatusAnswer> cardStatus(Hub &hub, const QList<QByteArray> &tokens)
{
    Column asked(Column::Type::Bytea);
    for (const QByteArray &token : tokens)
        asked.bytes(token);
    // Nearly always one card: a list of any length is planned anew at each question.
    auto states = tokens.size() == 1
                      ? statesBy("SELECT token, state FROM card WHERE token = $1::bytea", hub,
                                 Parameters().bytes(tokens.first()))
                      : statesBy("SELECT token, state FROM card WHERE token = ANY ($1::bytea[])",
                                 hub, Parameters().column(asked));
    // A card may have its next token already while the key of the question is still in force. That
    // takes longer to ask than all the rest, so only for those that were not found.
    if (states && states->size() < tokens.size())
        states = statesBy("SELECT token, state FROM card WHERE token = ANY ($1::bytea[])"
                          " UNION ALL SELECT o.token, (SELECT c.state FROM card c WHERE c.card ="
                          " o.card) FROM old_token o WHERE o.token = ANY ($1::bytea[])",
                          hub, Parameters().column(asked));
    if (!states)
        return tl::unexpected(states.error());
    wire::CardStatusAnswer answer;
    answer.stamp = hub.stamp();
    for (const QByteArray &token : tokens)
        answer.cards << wire::CardState{token, states->value(token, u"none"_s), true,
                                        answer.stamp.hubTime};
    return answer;
}

Result<wire::GateDecisionAnswer> gateDecision(Hub &hub, const wire::GateRequest &request)
{
    const auto book = hub.rules();
    if (!book)
        return tl::unexpected(book.error());
    const auto rows =
        hub.database.run("SELECT c.state, h.level, to_char(h.test_day, 'YYYY-MM-DD') FROM card c"
                         " LEFT JOIN health h ON h.person = c.person WHERE c.card = coalesce("
                         "(SELECT k.card FROM card k WHERE k.token = $1::bytea),"
                         " (SELECT o.card FROM old_token o WHERE o.token = $1::bytea LIMIT 1))",
                         Parameters().bytes(request.token));
    if (!rows)
        return tl::unexpected(rows.error());

    GateTap tap;
    tap.card = CardStatus::NotLinked;
    tap.venue = venueFromKey(request.venue).value_or(Venue::None);
    tap.at = request.at.value_or(hub.clock.now());
    if (!rows->isEmpty()) {
        tap.card = statusOf(rows->text(0, 0));
        // There is nobody else to ask: what the hub has not, the gate has not.
        tap.health = HolderHealth{};
        if (const auto level = levelOf(rows->text(0, 1))) {
            const QDate testDay = QDate::fromString(rows->text(0, 2), Qt::ISODate);
            tap.health =
                HolderHealth{*level, testDay.isValid() ? std::optional(testDay) : std::nullopt};
        }
    }
    const GateAnswer decided = decideGate(tap, (*book)->newest().rules);
    wire::GateDecisionAnswer answer;
    answer.decision = decisionKey(decided.decision);
    answer.code = decided.code;
    answer.message = gateMessage(decided.code);
    answer.stamp = hub.stamp();
    answer.asOf = answer.stamp.hubTime;
    return answer;
}

} // namespace upgradedesk::hub
