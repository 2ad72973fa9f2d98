#include "cli/commands.h"

#include "cli/opendesk.h"
#include "sync/recordexport.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{
int queueExport(Console &console, const QStringList &arguments)
{
    if (arguments.size() != 1 || arguments.first().startsWith(u'-') || arguments.first().isEmpty())
        return console.usage({u"queue export 要一个文件名"_s, u"queue export takes one file"_s});
    const SystemClock machine;
    auto desk = OpenDesk::open(console, machine);
    if (!desk)
        return console.report(desk.error());
    const auto records =
        sync::exportRecords(desk->identity, desk->store, arguments.first(), *desk->clock);
    if (!records)
        return console.report(records.error());

    console.result(
        QJsonObject{{u"file"_s, arguments.first()}, {u"records"_s, *records}},
        console
            .say(
                u"已导出 %1 条加密的记录；本机队列没有改动，联网后仍会上传。"_s,
                u"%1 sealed records exported; the queue is unchanged and still uploads when online."_s)
            .arg(*records));
    return int(ExitCode::Done);
}

} // namespace upgradedesk
