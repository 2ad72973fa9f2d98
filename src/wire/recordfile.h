#pragma once

#include "core/result.h"
#include "wire/linefile.h"

#include <QByteArray>
#include <QDateTime>
#include <QIODevice>
#include <QString>

#include <functional>

namespace upgradedesk::wire
{

// The file that carries records to the hub by hand (`deskctl queue export`). UTF-8 text, one JSON
// object a line, each line ended by LF:
//
//   {"desk":…,"format":"upgradedesk-records","hub":…,"madeAt":…,"v":1}
//   {"id":…,"sealed":…}         one line a record, in the order of the desk's slips
//   {"records":N,"sha256":…}    the last line
//
// `sealed` is the CMS envelope in Base64, the same bytes the desk would send; `id` is its UUIDv7.
// `madeAt` is UTC with milliseconds. `sha256` is over every byte before the last line, in
// lower-case hex; together with `records` it tells a whole file from one that was cut off. Whoever
// takes the file in twice, or a record that came another way meanwhile, answers as the first time.

/// The first line.
struct RecordFileHead {
    QString desk;
    QString hub;
    QDateTime madeAt; ///< UTC

    bool operator==(const RecordFileHead &) const = default;
};

/// The lines of such a file one after the other, so that no queue is too long for it.
class RecordFileEncoder
{
public:
    [[nodiscard]] QByteArray head(const RecordFileHead &head);
    [[nodiscard]] QByteArray record(const QString &id, const QByteArray &sealed);
    [[nodiscard]] QByteArray end();

    [[nodiscard]] qint64 records() const { return m_records; }

private:
    LineFileEncoder m_lines;
    qint64 m_records = 0;
};

/// Reads such a file strictly and hands out its records as they come; they count only when this has
/// returned the head. Fails with InputInvalid (args: `line N`) at the first line that is not as it
/// should be, or when the end is missing; what `visit` returns wrong is passed on.
[[nodiscard]] Result<RecordFileHead>
readRecordFile(QIODevice &file,
               const std::function<Result<void>(const QString &, const QByteArray &)> &visit);

} // namespace upgradedesk::wire
