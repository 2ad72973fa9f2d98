#include "cli/commands.h"

#include "cli/dayoption.h"
#include "cli/opendesk.h"
#include "core/arguments.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr qint64 longestPeriod = 366; // days

QByteArray csvOf(const storage::ReportRow &row)
{
    return u"%1,%2,%3,%4,%5"_s
        .arg(row.day.toString(Qt::ISODate), QString::number(row.hour), row.kind, row.outcome,
             QString::number(row.count))
        .toUtf8();
}

QByteArray jsonOf(const storage::ReportRow &row)
{
    return QJsonDocument(QJsonObject{{u"day"_s, row.day.toString(Qt::ISODate)},
                                     {u"hour"_s, row.hour},
                                     {u"kind"_s, row.kind},
                                     {u"outcome"_s, row.outcome},
                                     {u"count"_s, row.count}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

int report(Console &console, const QStringList &arguments)
{
    const Arguments line = Arguments::parse(arguments, {u"from"_s, u"to"_s, u"format"_s});
    if (line.wrong)
        return console.usage(*line.wrong);
    const auto from = dayOf(line.value(u"from"_s));
    const auto to = dayOf(line.value(u"to"_s));
    if (!line.words.isEmpty() || !from || !to || from->daysTo(*to) < 0 ||
        from->daysTo(*to) >= longestPeriod)
        return console.usage(
            {u"--from 和 --to 是日期，如 2022-06-01，先后相隔最多一年"_s,
             u"--from and --to are dates such as 2022-06-01, in this order, a year at most"_s});
    const QString format = line.value(u"format"_s, u"json"_s);
    if (format != u"json" && format != u"csv")
        return console.usage({u"--format 是 json 或 csv"_s, u"--format is json or csv"_s});
    const SystemClock clock;
    auto desk = OpenDesk::open(console, clock);
    if (!desk)
        return console.report(desk.error());
    const auto rows = desk->store.report(*from, *to);
    if (!rows)
        return console.report(rows.error());
    const bool csv = format == u"csv";
    if (csv)
        console.line("day,hour,kind,outcome,count");
    for (const storage::ReportRow &row : *rows)
        console.line(csv ? csvOf(row) : jsonOf(row));
    return int(ExitCode::Done);
}

} // namespace upgradedesk
