#include "wire/linefile.h"

#include "wire/jsonfields.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace upgradedesk::wire
{
namespace
{

/// A sealed record is at most 64 KiB of text in an envelope, and Base64 adds a third.
constexpr qint64 longestLine = 256 * 1024;
constexpr qsizetype digestSize = 32;

} // namespace

QByteArray LineFileEncoder::line(const QJsonObject &object)
{
    const QByteArray text = compact(object) + '\n';
    m_hash.addData(text);
    return text;
}

QByteArray LineFileEncoder::end(const QString &countKey, qint64 count)
{
    return compact(
               {{countKey, count}, {u"sha256"_s, QString::fromLatin1(m_hash.result().toHex())}}) +
           '\n';
}

LineFileReader::LineFileReader(QIODevice &file, const QString &what)
    : m_file(file)
    , m_what(what)
{
}

std::optional<QJsonObject> LineFileReader::next()
{
    m_hash.addData(m_line);
    m_line = m_file.readLine(longestLine);
    ++m_number;
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(m_line, &problem);
    if (!m_line.endsWith('\n') || problem.error != QJsonParseError::NoError || !document.isObject())
        return std::nullopt;
    return document.object();
}

bool LineFileReader::isWhole(const QJsonObject &last, const QString &countKey, qint64 count)
{
    JsonFields fields(last);
    const bool agrees =
        fields.count(countKey) == count && fields.bytes(u"sha256"_s, digestSize) == m_hash.result();
    return !fields.finish() && agrees && m_file.readLine(2).isEmpty();
}

tl::unexpected<Error> LineFileReader::wrong() const
{
    return fail(ErrorCode::InputInvalid, m_what, {u"line %1"_s.arg(m_number)});
}

} // namespace upgradedesk::wire
