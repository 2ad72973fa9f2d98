#include "cli/commands.h"

#include "core/arguments.h"
#include "cli/opendesk.h"
#include "core/sentences.h"

#include <QJsonValue>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

QJsonValue numberOrNull(const std::optional<qint64> &number)
{
    return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Null);
}

QString localTime(const QDateTime &time)
{
    return toBeijing(time).toString(Qt::ISODate);
}

/// What was taken back says so, so that a link is seen to stand or not.
QString kindWords(const Console &console, const storage::QueueRow &row)
{
    const QString kind = row.restores ? u"restore"_s : row.kind;
    return row.active ? kind : kind + console.say(u"（已撤销）"_s, u" (taken back)"_s);
}

/// Why the hub did not take the record that needs staff, and the id that `queue retry` and `revoke`
/// know it by.
QString troubleWords(const Console &console, const storage::QueueRow &row)
{
    if (row.state != storage::RecordState::Attention)
        return {};
    if (!row.needsStaff)
        return console.say(u"  已了结，不用处理"_s, u"  Settled, nothing to do"_s);
    const Language language = console.language();
    return u"  "_s + row.record + u"  "_s + rejectionWord(row.reason, u".text"_s, language) +
           console.say(u"处理："_s, u" To do: "_s) + rejectionWord(row.reason, u".fix"_s, language);
}

void printRow(const Console &console, const storage::QueueRow &row)
{
    const QString state = storage::stateKey(row.state);
    const QString time = localTime(row.queuedAt);
    console.result(
        QJsonObject{
            {u"record"_s, row.record},
            {u"slip"_s, row.slip},
            {u"kind"_s, row.kind},
            {u"restores"_s, row.restores},
            {u"active"_s, row.active},
            {u"state"_s, state},
            {u"queuedAt"_s, time},
            {u"attempts"_s, row.attempts},
            {u"reason"_s, row.reason.isEmpty() ? QJsonValue(QJsonValue::Null) : row.reason},
            {u"maskedName"_s, row.maskedName},
            {u"maskedNumber"_s, row.maskedNumber},
        },
        u"%1  %2  %3  %4  %5  %6"_s.arg(QString::number(row.slip), time, kindWords(console, row),
                                        state, row.maskedNumber, row.maskedName) +
            troubleWords(console, row));
}

} // namespace

int queueStatus(Console &console, const QStringList &arguments)
{
    if (!arguments.isEmpty())
        return console.usage({u"queue status 没有选项"_s, u"queue status takes no options"_s});
    const SystemClock machine;
    auto desk = OpenDesk::open(console, machine);
    if (!desk)
        return console.report(desk.error());
    // Rows carry the desk's time, which need not be the machine's.
    const auto status = desk->store.queueStatus(desk->clock->now());
    if (!status)
        return console.report(status.error());

    console.result(
        QJsonObject{
            {u"queued"_s, status->queued},
            {u"sending"_s, status->sending},
            {u"accepted"_s, status->accepted},
            {u"attention"_s, status->attention},
            {u"oldestSeconds"_s, numberOrNull(status->oldestSeconds)},
            {u"nextTrySeconds"_s, numberOrNull(status->nextTrySeconds)},
        },
        console
            .say(u"待上传 %1，正在上传 %2，已上传 %3，待处理 %4；最早一条 %5 秒前。"_s,
                 u"Queued %1, sending %2, accepted %3, attention %4; the oldest is %5 s old."_s)
            .arg(status->queued)
            .arg(status->sending)
            .arg(status->accepted)
            .arg(status->attention)
            .arg(status->oldestSeconds.value_or(0)));
    return int(ExitCode::Done);
}

int queueList(Console &console, const QStringList &arguments)
{
    const Arguments line = Arguments::parse(arguments, {u"state"_s});
    if (line.wrong)
        return console.usage(*line.wrong);
    if (!line.words.isEmpty())
        return console.usage(
            {u"queue list 只有选项 --state"_s, u"queue list takes --state only"_s});
    std::optional<storage::RecordState> state;
    if (line.has(u"state"_s)) {
        state = storage::stateFromKey(line.value(u"state"_s));
        if (!state)
            return console.usage({u"--state 是 queued、sending、accepted 或 attention"_s,
                                  u"--state is queued, sending, accepted or attention"_s});
    }

    const SystemClock clock;
    auto desk = OpenDesk::open(console, clock);
    if (!desk)
        return console.report(desk.error());
    bool any = false;
    const auto listed = desk->store.eachRow(state, [&](const storage::QueueRow &row) {
        any = true;
        printRow(console, row);
        return true;
    });
    if (!listed)
        return console.report(listed.error());
    // Beside the results, of which there are none.
    if (!any && !console.json())
        console.note(console.say(u"没有记录。"_s, u"Nothing is in the list."_s));
    return int(ExitCode::Done);
}

} // namespace upgradedesk
