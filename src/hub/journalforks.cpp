#include "hub/journalforks.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

// A desk's journal only grows: an older folder put in its place, or a rewritten one, has another
// head at a number that was seen, or a smaller number in a newer record. Only the hub's time tells
// which is newer: ids follow the desk's clock, which may be set back. And records that are sealed
// at the same moment may have seen different ends of the journal.
constexpr auto rewrittenSql =
    "SELECT DISTINCT ON (desk) desk, id::text, ms(at), seq, seq, count(*) OVER (PARTITION BY desk)"
    " FROM (SELECT desk, id, at, seq, journal_head, lag(journal_head) OVER"
    " (PARTITION BY desk, seq ORDER BY at, id) AS head FROM records) j"
    " WHERE journal_head <> head ORDER BY desk, at, id";
constexpr auto cutSql =
    "SELECT DISTINCT ON (desk) desk, id::text, ms(at), seq, before, count(*) OVER"
    " (PARTITION BY desk) FROM (SELECT desk, id, at, seq, trusted, max(seq) OVER"
    " (PARTITION BY desk ORDER BY trusted RANGE BETWEEN UNBOUNDED PRECEDING"
    " AND interval '1 minute' PRECEDING) AS before FROM records WHERE time_trusted) j"
    " WHERE seq < before ORDER BY desk, trusted, id";
constexpr auto fellSql =
    "SELECT DISTINCT desk FROM (SELECT desk, seq, max(seq) OVER (PARTITION BY desk ORDER BY at"
    " RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP) AS before FROM records) j"
    " WHERE seq < before ORDER BY desk";

} // namespace

QString JournalFork::why() const
{
    return kind == Kind::Rewritten ? u"a desk whose journal was rewritten"_s
                                   : u"a desk whose journal was cut or rolled back"_s;
}

LocalText JournalFork::sentence() const
{
    const QString number = QString::number(seq);
    const QString count = QString::number(records);
    if (kind == Kind::Rewritten)
        return {u"服务台 %1 的日志分叉：第 %2 条来过两次，内容不同（首见于记录 %3，共 %4 条记录）；"
                "可能放回了旧的数据文件夹，也可能日志被改写"_s.arg(desk, number, record, count),
                u"Desk %1: its journal forks, entry %2 came twice and differs (first with record"
                " %3, %4 records in all); an older folder was put back, or it was rewritten"_s.arg(
                    desk, number, record, count)};
    const QString before = QString::number(seen);
    return {u"服务台 %1 的日志从第 %2 条退回第 %3 条（首见于记录 %4，共 %5 条记录）；"
            "可能放回了旧的数据文件夹，也可能日志被截短"_s.arg(desk, before, number, record, count),
            u"Desk %1: its journal went back from entry %2 to %3 (first with record %4, %5 records"
            " in all); an older folder was put back, or it was cut"_s.arg(desk, before, number,
                                                                          record, count)};
}

Result<QList<JournalFork>> journalForks(Session &session)
{
    QList<JournalFork> forks;
    for (const auto &[kind, sql] : {std::pair{JournalFork::Kind::Rewritten, rewrittenSql},
                                    std::pair{JournalFork::Kind::Cut, cutSql}}) {
        const auto rows = session.run(sql);
        if (!rows)
            return tl::unexpected(rows.error());
        for (int row = 0; row < rows->size(); ++row)
            forks << JournalFork{rows->text(row, 0),   kind,
                                 rows->text(row, 1),   rows->time(row, 2),
                                 rows->number(row, 3), rows->number(row, 4),
                                 rows->number(row, 5)};
    }
    return forks;
}

Result<QStringList> journalsThatFell(Session &session)
{
    const auto rows = session.run(fellSql);
    if (!rows)
        return tl::unexpected(rows.error());
    QStringList desks;
    for (int row = 0; row < rows->size(); ++row)
        desks << rows->text(row, 0);
    return desks;
}

} // namespace upgradedesk::hub
