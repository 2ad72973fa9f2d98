#include "card/tlv.h"

namespace upgradedesk
{
namespace
{

constexpr int deepest = 8;
constexpr int longestTag = 3;
constexpr int longestLength = 3;

/// Reads objects one after the other and goes into constructed ones.
class Walk
{
public:
    explicit Walk(quint32 tag)
        : m_tag(tag)
    {
    }

    bool into(QByteArrayView data, int depth)
    {
        if (depth > deepest)
            return false;
        qsizetype at = 0;
        while (at < data.size()) {
            if (data[at] == '\0') {
                ++at;
                continue;
            }
            const bool constructed = (quint8(data[at]) & 0x20) != 0;
            const auto tag = readTag(data, at);
            const auto length = tag ? readLength(data, at) : std::nullopt;
            if (!length || *length > data.size() - at)
                return false;
            const QByteArrayView value = data.sliced(at, *length);
            if (*tag == m_tag)
                m_found << value.toByteArray();
            if (constructed && !into(value, depth + 1))
                return false;
            at += *length;
        }
        return true;
    }

    [[nodiscard]] const QList<QByteArray> &found() const { return m_found; }

private:
    static std::optional<quint32> readTag(QByteArrayView data, qsizetype &at)
    {
        quint32 tag = quint8(data[at]);
        const bool more = (tag & 0x1F) == 0x1F;
        ++at;
        for (int bytes = 1; more; ++bytes) {
            if (at == data.size() || bytes == longestTag)
                return std::nullopt;
            const auto next = quint8(data[at++]);
            tag = (tag << 8) | next;
            if ((next & 0x80) == 0)
                break;
        }
        return tag;
    }

    static std::optional<qsizetype> readLength(QByteArrayView data, qsizetype &at)
    {
        if (at == data.size())
            return std::nullopt;
        const auto first = quint8(data[at++]);
        if (first < 0x80)
            return first;
        const int bytes = first & 0x7F;
        if (bytes == 0 || bytes > longestLength || bytes > data.size() - at)
            return std::nullopt;
        qsizetype length = 0;
        for (int i = 0; i < bytes; ++i)
            length = (length << 8) | quint8(data[at++]);
        return length;
    }

    quint32 m_tag;
    QList<QByteArray> m_found;
};

} // namespace

std::optional<QList<QByteArray>> findTags(const QByteArray &data, quint32 tag)
{
    Walk walk(tag);
    if (!walk.into(data, 0))
        return std::nullopt;
    return walk.found();
}

std::optional<QByteArray> findTag(const QByteArray &data, quint32 tag)
{
    const auto found = findTags(data, tag);
    if (!found || found->isEmpty())
        return std::nullopt;
    return found->first();
}

} // namespace upgradedesk
