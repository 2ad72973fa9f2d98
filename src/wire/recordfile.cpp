#include "wire/recordfile.h"

#include "core/recordid.h"
#include "wire/jsonfields.h"
#include "wire/records.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::wire
{
namespace
{

constexpr auto recordsFormat = "upgradedesk-records"_L1;
constexpr qint64 fileVersion = 1;
constexpr qsizetype longestField = 64;

std::optional<RecordFileHead> headOf(const QJsonObject &object)
{
    JsonFields fields(object);
    if (fields.text(u"format"_s, longestField) != recordsFormat ||
        fields.count(u"v"_s) != fileVersion)
        return std::nullopt;
    RecordFileHead head;
    head.desk = fields.text(u"desk"_s, longestField);
    head.hub = fields.text(u"hub"_s, longestField);
    head.madeAt = fields.time(u"madeAt"_s);
    if (fields.finish())
        return std::nullopt;
    return head;
}

} // namespace

QByteArray RecordFileEncoder::head(const RecordFileHead &head)
{
    return m_lines.line({{u"format"_s, recordsFormat},
                         {u"v"_s, fileVersion},
                         {u"desk"_s, head.desk},
                         {u"hub"_s, head.hub},
                         {u"madeAt"_s, timeText(head.madeAt)}});
}

QByteArray RecordFileEncoder::record(const QString &id, const QByteArray &sealed)
{
    ++m_records;
    return m_lines.line({{u"id"_s, id}, {u"sealed"_s, QString::fromLatin1(sealed.toBase64())}});
}

QByteArray RecordFileEncoder::end()
{
    return m_lines.end(u"records"_s, m_records);
}

Result<RecordFileHead>
readRecordFile(QIODevice &file,
               const std::function<Result<void>(const QString &, const QByteArray &)> &visit)
{
    LineFileReader lines(file, u"record file"_s);
    auto line = lines.next();
    const auto head = line ? headOf(*line) : std::nullopt;
    if (!head)
        return lines.wrong();

    qint64 records = 0;
    for (line = lines.next(); line && line->contains(u"id"_s); line = lines.next()) {
        JsonFields fields(*line);
        const QString id = fields.text(u"id"_s, longestField);
        const QByteArray sealed = fields.base64(u"sealed"_s, largestSealedRecord);
        if (fields.finish() || !isRecordId(id))
            return lines.wrong();
        ++records;
        if (const auto taken = visit(id, sealed); !taken)
            return tl::unexpected(taken.error());
    }
    if (!line || !lines.isWhole(*line, u"records"_s, records))
        return lines.wrong();
    return *head;
}

} // namespace upgradedesk::wire
