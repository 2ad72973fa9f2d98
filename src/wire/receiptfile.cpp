#include "wire/receiptfile.h"

#include "wire/jsonfields.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::wire
{
namespace
{

constexpr auto receiptsFormat = "upgradedesk-receipts"_L1;
constexpr qint64 receiptsVersion = 1;
constexpr qsizetype longestHeadWord = 64;

std::optional<ReceiptFileHead> receiptsHeadOf(const QJsonObject &object)
{
    JsonFields fields(object);
    if (fields.text(u"format"_s, longestHeadWord) != receiptsFormat ||
        fields.count(u"v"_s) != receiptsVersion)
        return std::nullopt;
    ReceiptFileHead head;
    head.desk = fields.text(u"desk"_s, longestHeadWord);
    head.hub = fields.text(u"hub"_s, longestHeadWord);
    head.certificate = fields.pem(u"certificate"_s);
    head.stamp = takeStamp(fields);
    if (fields.finish())
        return std::nullopt;
    return head;
}

} // namespace

QByteArray ReceiptFileEncoder::head(const ReceiptFileHead &head)
{
    QJsonObject object{{u"format"_s, receiptsFormat},
                       {u"v"_s, receiptsVersion},
                       {u"desk"_s, head.desk},
                       {u"hub"_s, head.hub},
                       {u"certificate"_s, QString::fromLatin1(head.certificate)}};
    insertStamp(object, head.stamp);
    return m_lines.line(object);
}

QByteArray ReceiptFileEncoder::result(const RecordResult &result)
{
    ++m_results;
    return m_lines.line(encodeResult(result));
}

QByteArray ReceiptFileEncoder::end()
{
    return m_lines.end(u"receipts"_s, m_results);
}

Result<ReceiptFileHead>
readReceiptFile(QIODevice &file, const std::function<Result<void>(const RecordResult &)> &visit)
{
    LineFileReader lines(file, u"receipt file"_s);
    auto line = lines.next();
    const auto head = line ? receiptsHeadOf(*line) : std::nullopt;
    if (!head)
        return lines.wrong();

    qint64 results = 0;
    for (line = lines.next(); line && line->contains(u"id"_s); line = lines.next()) {
        JsonFields fields(*line);
        const RecordResult result = takeResult(fields);
        if (fields.finish())
            return lines.wrong();
        ++results;
        if (const auto taken = visit(result); !taken)
            return tl::unexpected(taken.error());
    }
    if (!line || !lines.isWhole(*line, u"receipts"_s, results))
        return lines.wrong();
    return *head;
}

} // namespace upgradedesk::wire
