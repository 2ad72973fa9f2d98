#include "hub/commands.h"
#include "hub/evidence.h"
#include "hub/ledger.h"
#include "hub/subjecttext.h"

#include "identity/documentcheck.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

struct Subject {
    QString documentKind;
    QString documentNumber;
    QByteArray token;
};

/// Who is meant; nothing when the line does not say it.
std::optional<Arguments> lineOf(const QStringList &arguments)
{
    Arguments line = Arguments::parse(arguments, {u"doc-kind"_s, u"doc-number"_s});
    if (line.wrong || !line.words.isEmpty() || !line.has(u"doc-kind"_s) ||
        !line.has(u"doc-number"_s))
        return std::nullopt;
    return line;
}

Result<Subject> subjectOf(const Hub &hub, const Arguments &line)
{
    const QString kind = line.value(u"doc-kind"_s);
    const DocumentCheck check = checkDocument(hub.documents, kind, line.value(u"doc-number"_s),
                                              beijingDate(hub.clock.now()));
    if (!check.valid)
        return fail(ErrorCode::DocumentInvalid, {}, {u'#' + check.reasons.value(0)});
    const auto token = hub.keys.personToken(kind, check.normalized);
    if (!token)
        return tl::unexpected(token.error());
    return Subject{kind, check.normalized, *token};
}

int wrongLine(const Console &console)
{
    return console.usage({u"需要 --doc-kind 种类 --doc-number 号码"_s,
                          u"--doc-kind K and --doc-number N are needed"_s});
}

} // namespace

int subjectExport(const Console &console, const QStringList &arguments)
{
    const auto line = lineOf(arguments);
    if (!line)
        return wrongLine(console);
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    Hub &hub = *opened.hub;
    const auto subject = subjectOf(hub, *line);
    if (!subject)
        return console.report(subject.error());
    const auto rows = hub.database.run(
        "SELECT r.desk, e.sealed, ms(r.at), coalesce(r.reason, ''), r.live FROM records r"
        " JOIN envelope e ON e.id = r.id WHERE r.person = $1::bytea AND r.kind <> 'revoke'"
        " ORDER BY r.at, r.id",
        Parameters().bytes(subject->token));
    if (!rows)
        return console.report(rows.error());
    Desks desks(hub);
    Evidence evidence(hub, desks);
    for (int row = 0; row < rows->size(); ++row) {
        const auto record = evidence.open(rows->text(row, 0), rows->bytes(row, 1));
        if (!record)
            return console.report(record.error());
        const RecordFate fate{rows->time(row, 2), rows->text(row, 3), rows->flag(row, 4)};
        console.result(subjectJson(*record, fate), subjectText(*record, fate, hub.documents));
    }
    const auto health = hub.database.run(
        "SELECT level, to_char(test_day, 'YYYY-MM-DD'), ms(as_of), source FROM health"
        " WHERE person = $1::bytea",
        Parameters().bytes(subject->token));
    if (!health)
        return console.report(health.error());
    if (!health->isEmpty()) {
        console.result({{u"level"_s, health->text(0, 0)},
                        {u"testDay"_s, health->text(0, 1)},
                        {u"asOf"_s, health->time(0, 2).toString(Qt::ISODateWithMs)},
                        {u"source"_s, health->text(0, 3)}},
                       subjectHealth(health->text(0, 0), health->text(0, 1), health->time(0, 2),
                                     health->text(0, 3)));
    }
    if (!rows->isEmpty() || !health->isEmpty())
        return int(ExitCode::Done);
    console.note(subjectUnknown());
    return int(ExitCode::No);
}

int subjectErase(const Console &console, const QStringList &arguments)
{
    const auto line = lineOf(arguments);
    if (!line)
        return wrongLine(console);
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    Hub &hub = *opened.hub;
    const auto subject = subjectOf(hub, *line);
    if (!subject)
        return console.report(subject.error());
    const auto erased = erasePerson(hub.database, hub.config, subject->token, hub.clock.now());
    if (!erased)
        return console.report(erased.error());
    const qint64 count = *erased;
    console.result({{u"erased"_s, count}}, {u"已删除 %1 条记录里的个人信息"_s.arg(count),
                                            u"Personal data of %1 records is erased"_s.arg(count)});
    return int(count == 0 ? ExitCode::No : ExitCode::Done);
}

} // namespace upgradedesk::hub
