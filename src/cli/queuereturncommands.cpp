#include "cli/commands.h"

#include "cli/opendesk.h"
#include "cli/recordname.h"
#include "storage/hubstore.h"
#include "sync/receipts.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

int queueRetry(Console &console, const QStringList &arguments)
{
    if (arguments.size() != 1 || arguments.first().startsWith(u'-'))
        return console.usage(
            {u"queue retry 要一个记录编号或单号"_s, u"queue retry takes one record or slip"_s});
    const SystemClock machine;
    auto desk = OpenDesk::open(console, machine);
    if (!desk)
        return console.report(desk.error());
    const auto record = recordNamed(desk->store, arguments.first());
    if (!record)
        return console.report(record.error());
    const auto final = desk->store.hub().finalReason(*record);
    if (!final)
        return console.report(final.error());
    if (!final->isEmpty())
        return console.report(Error{ErrorCode::RecordDecided, {}, {*final}});
    if (const auto queued = desk->store.hub().retry(*record, desk->clock->now()); !queued)
        return console.report(queued.error());
    console.result(QJsonObject{{u"record"_s, *record},
                               {u"state"_s, storage::stateKey(storage::RecordState::Queued)}},
                   console.say(u"已放回队列，联网后再次上传。"_s,
                               u"Back in the queue; it uploads again when online."_s));
    return int(ExitCode::Done);
}

int queueReceipts(Console &console, const QStringList &arguments)
{
    if (arguments.size() != 1 || arguments.first().startsWith(u'-') || arguments.first().isEmpty())
        return console.usage(
            {u"queue receipts 要一个文件名"_s, u"queue receipts takes one file"_s});
    const SystemClock machine;
    auto desk = OpenDesk::open(console, machine);
    if (!desk)
        return console.report(desk.error());
    QFile file(arguments.first());
    if (!file.open(QIODevice::ReadOnly))
        return console.report(Error{ErrorCode::FileUnreadable, {}, {arguments.first()}});
    const auto taken = sync::takeReceipts(file, desk->identity, desk->store.hub(), *desk->clock);
    if (!taken)
        return console.report(taken.error());
    console.result(QJsonObject{{u"settled"_s, taken->settled}, {u"unknown"_s, taken->unknown}},
                   console
                       .say(u"中心的回执已收下：%1 条已了结，%2 条不是本机的。"_s,
                            u"Receipts taken in: %1 records settled, %2 are not held here."_s)
                       .arg(taken->settled)
                       .arg(taken->unknown));
    return int(ExitCode::Done);
}

} // namespace upgradedesk
