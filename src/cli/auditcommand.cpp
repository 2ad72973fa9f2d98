#include "cli/commands.h"
#include "cli/jsontext.h"

#include "cli/opendesk.h"

#include <QJsonValue>
#include <QSet>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

void printEntry(const Console &console, const storage::JournalEntry &entry, bool restores)
{
    const QString time = toBeijing(entry.at).toString(Qt::ISODateWithMs);
    const QString slip = entry.slip > 0 ? QString::number(entry.slip) : u"-"_s;
    const QString hash = QString::fromLatin1(entry.hash.toHex());
    console.result(
        QJsonObject{
            {u"seq"_s, entry.seq},
            {u"at"_s, time},
            {u"kind"_s, entry.kind},
            {u"restores"_s, restores},
            {u"record"_s, textOrNull(entry.record)},
            {u"slip"_s, entry.slip > 0 ? QJsonValue(entry.slip) : QJsonValue(QJsonValue::Null)},
            {u"operator"_s, textOrNull(entry.operatorId)},
            {u"medium"_s, textOrNull(entry.medium)},
            {u"hash"_s, hash},
        },
        u"%1  %2  %3  %4  %5  %6"_s.arg(QString::number(entry.seq), time,
                                        restores ? u"restore"_s : entry.kind, slip,
                                        entry.operatorId, hash.left(16)));
}

} // namespace

int auditVerify(Console &console, const QStringList &arguments)
{
    if (!arguments.isEmpty())
        return console.usage({u"audit verify 没有选项"_s, u"audit verify takes no options"_s});
    const SystemClock clock;
    auto desk = OpenDesk::open(console, clock);
    if (!desk)
        return console.report(desk.error());
    const auto verified = desk->store.verify();
    if (!verified)
        return console.report(verified.error());

    const bool good = verified->ok();
    console.result(
        QJsonObject{
            {u"entries"_s, verified->entries},
            {u"ok"_s, good},
            {u"firstBad"_s, good ? QJsonValue(QJsonValue::Null) : QJsonValue(*verified->firstBad)}},
        good ? console.say(u"日志 %1 条，全部连续完好。"_s, u"Journal entries: %1, all sound."_s)
                   .arg(verified->entries)
             : console
                   .say(u"日志 %1 条，第 %2 条对不上。"_s,
                        u"Journal entries: %1, entry %2 is wrong."_s)
                   .arg(verified->entries)
                   .arg(*verified->firstBad));
    if (good)
        return int(ExitCode::Done);
    return console.report(
        Error{ErrorCode::JournalBroken, verified->why, {QString::number(*verified->firstBad)}});
}

int auditList(Console &console, const QStringList &arguments)
{
    if (!arguments.isEmpty())
        return console.usage({u"audit list 没有选项"_s, u"audit list takes no options"_s});
    const SystemClock clock;
    auto desk = OpenDesk::open(console, clock);
    if (!desk)
        return console.report(desk.error());
    // The journal says `revoke` of both; which way each goes is told by what it takes back.
    QSet<QString> restoring;
    const auto known = desk->store.eachRow({}, [&](const storage::QueueRow &row) {
        if (row.restores)
            restoring << row.record;
        return true;
    });
    if (!known)
        return console.report(known.error());
    const auto listed = desk->store.eachEntry([&](const storage::JournalEntry &entry) {
        printEntry(console, entry, entry.kind == u"revoke" && restoring.contains(entry.record));
        return true;
    });
    if (!listed)
        return console.report(listed.error());
    return int(ExitCode::Done);
}

} // namespace upgradedesk
