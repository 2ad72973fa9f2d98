#include "hub/commands.h"
#include "hub/evidence.h"
#include "hub/journalforks.h"

#include <QJsonArray>

#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

constexpr int recordsATime = 500;

struct Audit {
    qint64 records = 0;
    QString firstBad; ///< id of a record, or the head of a card's token of the hub
    LocalText why;
    QList<JournalFork> forks;
    QStringList fell;     ///< desks, see journalsThatFell()
    qint64 questions = 0; ///< about a person, without a record

    [[nodiscard]] bool isUntouched() const { return why.english.isEmpty(); }
    [[nodiscard]] bool ok() const { return isUntouched() && forks.isEmpty(); }
};

/// A question whose answer is the first row that should not be.
struct AuditQuestion {
    const char *why;
    const char *chinese;
    const char *sql;
};

constexpr std::array checks{
    AuditQuestion{"a decision without its evidence", "有决定，没有原件",
                  "SELECT r.id::text FROM records r LEFT JOIN envelope e ON e.id = r.id"
                  " WHERE e.id IS NULL OR e.desk <> r.desk ORDER BY r.id LIMIT 1"},
    AuditQuestion{"evidence without a decision", "有原件，没有决定",
                  "SELECT e.id::text FROM envelope e LEFT JOIN records r ON r.id = e.id"
                  " WHERE r.id IS NULL ORDER BY e.id LIMIT 1"},
    AuditQuestion{
        "evidence that was changed", "原件被改动",
        "SELECT id::text FROM envelope WHERE length(sealed) > 0 AND sha256(sealed) <> sha256"
        " ORDER BY id LIMIT 1"},
    AuditQuestion{"a link that no record holds up", "关联没有记录支持",
                  "SELECT coalesce(c.record::text, left(encode(c.card, 'hex'), 16)) FROM card c"
                  " LEFT JOIN records r ON r.id = c.record AND r.live"
                  " AND r.card = c.card AND r.person = c.person"
                  " WHERE c.person IS NOT NULL AND r.id IS NULL LIMIT 1"},
    AuditQuestion{
        "a record whose link is not there", "记录有效，关联不在",
        "SELECT r.id::text FROM records r LEFT JOIN card c ON c.card = r.card AND c.person ="
        " r.person WHERE r.live AND r.kind IN ('link', 'first-topup', 'replace')"
        " AND c.card IS NULL LIMIT 1"},
    AuditQuestion{
        "a link without its place", "关联没有占用名额",
        "SELECT coalesce(c.record::text, left(encode(c.card, 'hex'), 16)) FROM card c"
        " LEFT JOIN holding h ON h.card = c.card AND h.person = c.person AND h.slot = c.slot"
        " AND h.place = c.place"
        " WHERE c.person IS NOT NULL AND h.card IS NULL LIMIT 1"},
    AuditQuestion{
        "a place that no link takes", "名额没有关联占用",
        "SELECT coalesce(k.record::text, left(encode(h.card, 'hex'), 16)) FROM holding h"
        " LEFT JOIN card k ON k.card = h.card"
        " LEFT JOIN card c ON c.card = h.card AND c.person ="
        " h.person AND c.slot = h.slot AND c.place = h.place WHERE c.card IS NULL LIMIT 1"},
    AuditQuestion{
        "a link whose agent has no place", "代办的关联没有占用代办名额",
        "SELECT coalesce(c.record::text, left(encode(c.card, 'hex'), 16)) FROM card c"
        " LEFT JOIN agency a ON a.card = c.card AND a.agent = c.agent AND a.place ="
        " c.agent_place WHERE c.person IS NOT NULL AND num_nonnulls(c.agent, c.agent_place) "
        "> 0 AND a.card IS NULL LIMIT 1"},
    AuditQuestion{
        "an agent's place that no link takes", "代办名额没有关联占用",
        "SELECT coalesce(k.record::text, left(encode(a.card, 'hex'), 16)) FROM agency a"
        " LEFT JOIN card k ON k.card = a.card"
        " LEFT JOIN card c ON c.card = a.card AND c.person IS NOT NULL AND c.agent = a.agent"
        " AND c.agent_place = a.place WHERE c.card IS NULL LIMIT 1"},
    AuditQuestion{"a link that is not as its record says", "关联和记录不一致",
                  "SELECT r.id::text FROM card c JOIN records r ON r.id = c.record"
                  " WHERE c.person IS NOT NULL AND ((c.state, c.slot, c.agent) IS DISTINCT FROM"
                  " (r.state, r.slot, r.agent) OR c.state <> CASE r.kind WHEN 'first-topup' THEN"
                  " 'registered' ELSE 'linked' END) LIMIT 1"},
    AuditQuestion{
        "a card that nobody has and that is not free", "卡无人关联，却不空闲",
        "SELECT coalesce(record::text, left(encode(card, 'hex'), 16)) FROM card"
        " WHERE person IS NULL AND (num_nonnulls(slot, place, agent, agent_place, since) > 0"
        " OR state NOT IN ('none', 'new') OR state = 'new' AND NOT listed) LIMIT 1"},
    AuditQuestion{
        "a refused record that did something", "退回的记录却起了作用",
        "SELECT id::text FROM ("
        "SELECT id FROM records WHERE reason IS NOT NULL AND (live OR ended_by IS NOT NULL)"
        " UNION ALL SELECT r.id FROM records e JOIN records r ON r.id = e.ended_by"
        " WHERE r.reason IS NOT NULL"
        " UNION ALL SELECT r.id FROM records v JOIN records r ON r.id = v.of"
        " WHERE v.kind = 'revoke' AND v.reason IS NULL AND r.reason IS NOT NULL) bad"
        " ORDER BY id LIMIT 1"},
    AuditQuestion{"a record that holds though it was ended or taken back",
                  "记录已终止或撤销，却仍然有效",
                  "SELECT id::text FROM ("
                  "SELECT id FROM records WHERE live AND ended_by IS NOT NULL"
                  " UNION ALL SELECT r.id FROM records v JOIN records r ON r.id = v.of"
                  " WHERE v.kind = 'revoke' AND v.live AND r.live) bad ORDER BY id LIMIT 1"},
    // When a person is erased, also the unlinks and revokes of those who had the card before hold
    // no longer: such records are looked at only where nobody was erased.
    AuditQuestion{"an accepted record that nothing ended", "收下的记录失效，却没有原因",
                  "SELECT r.id::text FROM records r JOIN envelope e ON e.id = r.id"
                  " WHERE r.reason IS NULL AND NOT r.live AND r.ended_by IS NULL"
                  " AND length(e.sealed) > 0 AND (r.kind IN ('link', 'first-topup', 'replace')"
                  " OR NOT EXISTS (SELECT FROM envelope WHERE length(sealed) = 0)) AND NOT EXISTS"
                  " (SELECT FROM records v WHERE v.of = r.id AND v.kind = 'revoke'"
                  " AND v.reason IS NULL) ORDER BY r.id LIMIT 1"},
    AuditQuestion{"a link that was ended by what is not about it", "终止关联的记录与它无关",
                  "SELECT e.id::text FROM records e LEFT JOIN records r ON r.id = e.ended_by"
                  " AND r.kind IN ('unlink', 'replace') AND r.person IS NOT DISTINCT FROM e.person"
                  " AND coalesce(r.old_card, r.card) IS NOT DISTINCT FROM e.card"
                  " WHERE e.ended_by IS NOT NULL AND r.id IS NULL ORDER BY e.id LIMIT 1"},
};

Result<Audit> audit(Hub &hub)
{
    Audit audit;
    Result<void> done = hub.database.transact([&](Session &session) -> Result<void> {
        if (const auto patient = session.script("SET LOCAL statement_timeout = 0"); !patient)
            return patient;
        const auto count = session.run("SELECT count(*) FROM records");
        if (!count)
            return tl::unexpected(count.error());
        audit.records = count->number(0, 0);
        for (const auto &[why, chinese, sql] : checks) {
            const auto rows = session.run(sql);
            if (!rows)
                return tl::unexpected(rows.error());
            if (!rows->isEmpty()) {
                audit.firstBad = rows->text(0, 0);
                audit.why = {QString::fromUtf8(chinese), QString::fromLatin1(why)};
                break;
            }
        }
        const auto forks = journalForks(session);
        const auto fell = journalsThatFell(session);
        if (!forks || !fell)
            return tl::unexpected(forks ? fell.error() : forks.error());
        audit.forks = *forks;
        audit.fell = *fell;
        // Questions about a person that no record followed within a day: somebody may have been
        // curious.
        const auto curious =
            session.run("SELECT count(*) FROM question q WHERE q.at < $1::timestamptz AND NOT"
                        " EXISTS (SELECT 1 FROM envelope e WHERE e.id = q.record)",
                        Parameters().time(hub.clock.now().addDays(-1)));
        if (!curious)
            return tl::unexpected(curious.error());
        audit.questions = curious->number(0, 0);
        return {};
    });
    if (!done)
        return tl::unexpected(done.error());
    return audit;
}

/// Whether each envelope still opens, was signed by its desk and says where in the desk's journal
/// it stands, as its decision does: the part that takes time.
Result<void> auditSignatures(Hub &hub, Audit &audit)
{
    Desks desks(hub);
    Evidence evidence(hub, desks);
    QString last = u"00000000-0000-0000-0000-000000000000"_s;
    while (true) {
        const auto rows = hub.database.run(
            "SELECT e.id::text, e.desk, e.sealed, r.seq, r.journal_head, r.operator"
            " FROM envelope e JOIN records r ON r.id = e.id WHERE e.id > $1::uuid"
            " AND length(e.sealed) > 0 ORDER BY e.id LIMIT $2::integer",
            Parameters().text(last).number(recordsATime));
        if (!rows)
            return tl::unexpected(rows.error());
        for (int row = 0; row < rows->size(); ++row) {
            last = rows->text(row, 0);
            const auto record = evidence.open(rows->text(row, 1), rows->bytes(row, 2));
            if (!record && !isUnreadable(record.error()))
                return tl::unexpected(record.error());
            if (!record || record->id != last) {
                audit.firstBad = last;
                audit.why = {u"原件不是服务台签的"_s, u"evidence that its desk did not sign"_s};
                return {};
            }
            // Or somebody could make a desk's journal look forked, or hide that it is.
            if (record->seq != rows->number(row, 3) || record->journalHead != rows->bytes(row, 4)) {
                audit.firstBad = last;
                audit.why = {u"服务台日志的位置和原件不一致"_s,
                             u"a place in a desk's journal that is not as its record says"_s};
                return {};
            }
            if (record->operatorId != rows->text(row, 5)) {
                audit.firstBad = last;
                audit.why = {u"经办人和原件不符"_s,
                             u"an operator who is not the one of its record"_s};
                return {};
            }
        }
        if (rows->size() < recordsATime)
            return {};
    }
}

/// The first line says whether anything was changed here, the others which journals forked.
LocalText inWords(const Audit &audit)
{
    const QString count = QString::number(audit.records);
    const QString fell = QString::number(audit.fell.size());
    LocalText text =
        audit.isUntouched()
            ? LocalText{u"%1 条记录，签名和决定全部相符；%2 个服务台的日志序号曾变小"_s.arg(count,
                                                                                            fell),
                        u"%1 records, signatures and decisions all agree; journals of %2 desks to"
                        " look at"_s.arg(count, fell)}
            : LocalText{u"不相符：%1（%2）"_s.arg(audit.firstBad, audit.why.chinese),
                        u"Not right: %1, %2"_s.arg(audit.why.english, audit.firstBad)};
    for (const JournalFork &fork : audit.forks) {
        text.chinese += u'\n' + fork.sentence().chinese;
        text.english += u'\n' + fork.sentence().english;
    }
    return text;
}

QJsonArray inJson(const QList<JournalFork> &forks)
{
    QJsonArray list;
    for (const JournalFork &fork : forks)
        list << QJsonObject{
            {u"desk"_s, fork.desk},      {u"why"_s, fork.why()},
            {u"record"_s, fork.record},  {u"at"_s, fork.at.toString(Qt::ISODateWithMs)},
            {u"seq"_s, fork.seq},        {u"seqSeen"_s, fork.seen},
            {u"records"_s, fork.records}};
    return list;
}

} // namespace

int auditVerify(const Console &console, const QStringList &arguments)
{
    if (!arguments.isEmpty())
        return console.usage({u"audit verify 没有参数"_s, u"audit verify takes no arguments"_s});
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    auto result = audit(*opened.hub);
    if (!result)
        return console.report(result.error());
    if (result->isUntouched()) {
        if (const auto signatures = auditSignatures(*opened.hub, *result); !signatures)
            return console.report(signatures.error());
    }
    // A journal that forked is named only where nothing here was changed: that is worse.
    const bool onlyForks = result->isUntouched() && !result->ok();
    const QString firstBad = onlyForks ? result->forks.first().desk : result->firstBad;
    console.result({{u"records"_s, result->records},
                    {u"ok"_s, result->ok()},
                    {u"firstBad"_s, result->ok() ? QJsonValue() : QJsonValue(firstBad)},
                    {u"why"_s, onlyForks ? result->forks.first().why() : result->why.english},
                    {u"journalForks"_s, inJson(result->forks)},
                    {u"journalsToLookAt"_s, QJsonArray::fromStringList(result->fell)},
                    {u"questionsWithoutRecord"_s, result->questions}},
                   inWords(*result));
    return int(result->ok() ? ExitCode::Done : ExitCode::No);
}

} // namespace upgradedesk::hub
