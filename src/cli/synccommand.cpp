#include "cli/commands.h"

#include "core/arguments.h"
#include "cli/syncrun.h"
#include "core/sentences.h"
#include "storage/hubstore.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{

int synchronise(Console &console, const QStringList &arguments)
{
    const Arguments line = Arguments::parse(arguments, {}, {u"once"_s, u"until-empty"_s});
    if (line.wrong)
        return console.usage(*line.wrong);
    if (!line.words.isEmpty() || line.options.size() > 1)
        return console.usage(
            {u"sync 只有选项 --once 或 --until-empty"_s, u"sync takes --once or --until-empty"_s});
    const SystemClock machine;
    auto desk = OpenDesk::open(console, machine);
    if (!desk)
        return console.report(desk.error());
    const auto tell = [&console](const Error &error) {
        console.note(sentence(error, console.language()));
    };
    const bool untilEmpty = line.has(u"until-empty"_s);
    const auto done =
        runSync(*desk, console.dataFolder(), untilEmpty ? SyncUntil::Empty : SyncUntil::Once, tell);
    if (!done)
        return console.report(done.error());
    const auto queue = desk->store.queueStatus(desk->clock->now());
    if (!queue)
        return console.report(queue.error());
    const qint64 left = queue->queued + queue->sending;
    console.result(QJsonObject{{u"sent"_s, done->sent},
                               {u"accepted"_s, done->accepted},
                               {u"rejected"_s, done->rejected},
                               {u"left"_s, left}},
                   console
                       .say(u"发送 %1 条，中心收下 %2，退回 %3，还剩 %4。"_s,
                            u"Sent %1; accepted %2, refused %3, left %4."_s)
                       .arg(done->sent)
                       .arg(done->accepted)
                       .arg(done->rejected)
                       .arg(left));
    if (!untilEmpty || left == 0)
        return int(ExitCode::Done);
    const auto inTheWay = desk->store.hub().inTheWay(desk->clock->now());
    if (!inTheWay)
        return console.report(inTheWay.error());
    // Else something was stored meanwhile, which the next run takes.
    return *inTheWay ? console.report({ErrorCode::QueueHeld, {}, {QString::number(**inTheWay)}})
                     : int(ExitCode::Done);
}

} // namespace upgradedesk
