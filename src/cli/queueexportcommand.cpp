#include "cli/commands.h"

#include "cli/opendesk.h"
#include "core/newfile.h"
#include "wire/recordfile.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

/// Every record the hub has not accepted, whole and in order; the store is only read.
Result<qint64> exportQueue(OpenDesk &desk, const QString &path, const Clock &clock)
{
    auto file = NewFile::create(path);
    if (!file)
        return tl::unexpected(file.error());
    wire::RecordFileEncoder lines;
    Result<void> written =
        file->write(lines.head({desk.identity.desk(), desk.identity.hub(), clock.now().toUTC()}));
    const auto read = desk.store.eachSealed([&](const QString &id, const QByteArray &sealed) {
        if (written)
            written = file->write(lines.record(id, sealed));
        return written.has_value();
    });
    if (!read)
        return tl::unexpected(read.error());
    if (written)
        written = file->write(lines.end());
    if (written)
        written = file->finish();
    if (!written)
        return tl::unexpected(written.error());
    return lines.records();
}

} // namespace

int queueExport(Console &console, const QStringList &arguments)
{
    if (arguments.size() != 1 || arguments.first().startsWith(u'-') || arguments.first().isEmpty())
        return console.usage({u"queue export 要一个文件名"_s, u"queue export takes one file"_s});
    const SystemClock clock;
    auto desk = OpenDesk::open(console, clock);
    if (!desk)
        return console.report(desk.error());
    const auto records = exportQueue(*desk, arguments.first(), clock);
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
