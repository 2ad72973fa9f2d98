#include "sync/recordexport.h"

#include "core/newfile.h"
#include "wire/recordfile.h"

namespace upgradedesk::sync
{

Result<qint64> exportRecords(const DeskIdentity &identity, storage::Store &store,
                             const QString &path, const Clock &clock)
{
    auto file = NewFile::create(path);
    if (!file)
        return tl::unexpected(file.error());
    wire::RecordFileEncoder lines;
    Result<void> written =
        file->write(lines.head({identity.desk(), identity.hub(), clock.now().toUTC()}));
    const auto read = store.eachSealed([&](const QString &id, const QByteArray &sealed) {
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

} // namespace upgradedesk::sync
