#include "sim/pn532frames.h"

#include <algorithm>
#include <numeric>

namespace upgradedesk
{
namespace
{

constexpr char fromHost = '\xD4';
constexpr char fromChip = '\xD5';
constexpr qsizetype longestHostData = 265;

quint8 sum(const QByteArray &bytes)
{
    return std::accumulate(bytes.begin(), bytes.end(), quint8{0},
                           [](quint8 total, char byte) { return quint8(total + quint8(byte)); });
}

char complement(quint8 value)
{
    return char(quint8(0x100 - value));
}

} // namespace

void HostFrameScanner::append(const QByteArray &bytes)
{
    m_bytes += bytes;
}

void HostFrameScanner::clear()
{
    m_bytes.clear();
}

bool HostFrameScanner::skipPast(char byte)
{
    const qsizetype at = m_bytes.indexOf(byte);
    m_bytes.remove(0, at < 0 ? m_bytes.size() : at + 1);
    return at >= 0;
}

std::optional<HostFrame> HostFrameScanner::next()
{
    static const QByteArray start = QByteArray::fromHex("00FF");
    while (true) {
        const qsizetype at = m_bytes.indexOf(start);
        if (at < 0) {
            // A last zero may be the first half of a start code.
            m_bytes = m_bytes.endsWith('\0') ? QByteArray(1, '\0') : QByteArray{};
            return std::nullopt;
        }
        m_bytes.remove(0, at);
        if (m_bytes.size() < 4)
            return std::nullopt;
        const quint8 length = quint8(m_bytes.at(2));
        const quint8 check = quint8(m_bytes.at(3));
        if ((length == 0x00 && check == 0xFF) || (length == 0xFF && check == 0x00)) {
            m_bytes.remove(0, 4);
            return HostFrame{length == 0 ? HostFrame::Kind::Ack : HostFrame::Kind::Nack, {}};
        }

        qsizetype header = 4;
        qsizetype size = length;
        bool good = quint8(length + check) == 0;
        if (length == 0xFF && check == 0xFF) {
            header = 7;
            if (m_bytes.size() < header)
                return std::nullopt;
            size = quint8(m_bytes.at(4)) * 256 + quint8(m_bytes.at(5));
            good = sum(m_bytes.mid(4, 3)) == 0;
        }
        if (!good || size < 2 || size > longestHostData) {
            m_bytes.remove(0, start.size());
            continue;
        }
        if (m_bytes.size() < header + size + 1)
            return std::nullopt;
        const QByteArray body = m_bytes.mid(header, size + 1);
        if (sum(body) != 0 || body.at(0) != fromHost) {
            // A frame that a dying host left half written must not swallow the good one behind it.
            m_bytes.remove(0, start.size());
            continue;
        }
        m_bytes.remove(0, header + size + 1);
        return HostFrame{HostFrame::Kind::Command, body.mid(1, size - 1)};
    }
}

QByteArray chipFrame(const QByteArray &payload)
{
    const QByteArray body = fromChip + payload;
    const qsizetype size = body.size();
    QByteArray frame = QByteArray::fromHex("0000FF");
    if (size < 0xFF) {
        frame += char(size);
        frame += complement(quint8(size));
    } else {
        const QByteArray length = QByteArray{} + char(size >> 8) + char(size & 0xFF);
        frame += QByteArray::fromHex("FFFF") + length + complement(sum(length));
    }
    return frame + body + complement(sum(body)) + '\0';
}

QByteArray ackFrame()
{
    return QByteArray::fromHex("0000FF00FF00");
}

QByteArray errorFrame()
{
    return QByteArray::fromHex("0000FF01FF7F8100");
}

} // namespace upgradedesk
