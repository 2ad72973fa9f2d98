#include "wire/recordfile.h"

#include "core/recordid.h"
#include "wire/jsonfields.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace upgradedesk::wire
{
namespace
{

constexpr auto format = "upgradedesk-records"_L1;
constexpr qint64 fileVersion = 1;
constexpr qsizetype longestField = 64;
/// A sealed record is at most 64 KiB of text in an envelope, and Base64 adds a third.
constexpr qint64 longestLine = 256 * 1024;
constexpr qsizetype digestSize = 32;

QByteArray lineOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

/// Line by line, with the hash over all but the last.
class Reader
{
public:
    explicit Reader(QIODevice &file)
        : m_file(file)
    {
    }

    /// Nothing for a line that is no JSON object or is not ended.
    std::optional<QJsonObject> next()
    {
        m_hash.addData(m_line);
        m_line = m_file.readLine(longestLine);
        ++m_number;
        QJsonParseError problem;
        const QJsonDocument document = QJsonDocument::fromJson(m_line, &problem);
        if (!m_line.endsWith('\n') || problem.error != QJsonParseError::NoError ||
            !document.isObject())
            return std::nullopt;
        return document.object();
    }

    [[nodiscard]] QByteArray hashBefore() { return m_hash.result(); }
    [[nodiscard]] bool atEnd() { return m_file.readLine(2).isEmpty(); }
    [[nodiscard]] tl::unexpected<Error> wrong() const
    {
        return fail(ErrorCode::InputInvalid, u"record file"_s, {u"line %1"_s.arg(m_number)});
    }

private:
    QIODevice &m_file;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    QByteArray m_line;
    qint64 m_number = 0;
};

std::optional<RecordFileHead> headOf(const QJsonObject &object)
{
    JsonFields fields(object);
    if (fields.text(u"format"_s, longestField) != format || fields.count(u"v"_s) != fileVersion)
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

QByteArray RecordFileEncoder::counted(QByteArray line)
{
    m_hash.addData(line);
    return line;
}

QByteArray RecordFileEncoder::head(const RecordFileHead &head)
{
    return counted(lineOf({{u"format"_s, format},
                           {u"v"_s, fileVersion},
                           {u"desk"_s, head.desk},
                           {u"hub"_s, head.hub},
                           {u"madeAt"_s, timeText(head.madeAt)}}));
}

QByteArray RecordFileEncoder::record(const QString &id, const QByteArray &sealed)
{
    ++m_records;
    return counted(lineOf({{u"id"_s, id}, {u"sealed"_s, QString::fromLatin1(sealed.toBase64())}}));
}

QByteArray RecordFileEncoder::end()
{
    return lineOf(
        {{u"records"_s, m_records}, {u"sha256"_s, QString::fromLatin1(m_hash.result().toHex())}});
}

Result<RecordFileHead>
readRecordFile(QIODevice &file,
               const std::function<Result<void>(const QString &, const QByteArray &)> &visit)
{
    Reader lines(file);
    auto line = lines.next();
    const auto head = line ? headOf(*line) : std::nullopt;
    if (!head)
        return lines.wrong();

    qint64 records = 0;
    for (line = lines.next(); line && line->contains(u"id"_s); line = lines.next()) {
        JsonFields fields(*line);
        const QString id = fields.text(u"id"_s, longestField);
        const QString text = fields.text(u"sealed"_s, longestLine);
        const auto sealed = QByteArray::fromBase64Encoding(
            text.toLatin1(), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
        if (fields.finish() || !isRecordId(id) || !sealed)
            return lines.wrong();
        ++records;
        if (const auto taken = visit(id, *sealed); !taken)
            return tl::unexpected(taken.error());
    }
    if (!line)
        return lines.wrong();
    JsonFields end(*line);
    const bool whole = end.count(u"records"_s) == records &&
                       end.bytes(u"sha256"_s, digestSize) == lines.hashBefore();
    if (end.finish() || !whole || !lines.atEnd())
        return lines.wrong();
    return *head;
}

} // namespace upgradedesk::wire
