#include "identity/ga450frame.h"

#include "core/wipe.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace upgradedesk
{
namespace
{

constexpr QByteArrayView preamble("\xAA\xAA\xAA\x96\x69", 5);
constexpr qsizetype headSize = 7; // preamble and length
constexpr qsizetype longestFrame = 4096;

char exclusiveOr(QByteArrayView bytes)
{
    return char(std::accumulate(bytes.begin(), bytes.end(), 0,
                                [](int sum, char byte) { return sum ^ quint8(byte); }));
}

/// How many bytes at the end may be the start of a preamble.
qsizetype startedPreamble(QByteArrayView bytes)
{
    for (qsizetype size = std::min(bytes.size(), preamble.size() - 1); size > 0; --size) {
        if (bytes.last(size) == preamble.first(size))
            return size;
    }
    return 0;
}

} // namespace

QByteArray ga450Frame(QByteArrayView body)
{
    const qsizetype size = body.size() + 1;
    QByteArray frame = preamble.toByteArray();
    frame.reserve(headSize + size);
    frame += char(size >> 8);
    frame += char(size & 0xFF);
    frame += body;
    frame += exclusiveOr(QByteArrayView(frame).sliced(preamble.size()));
    return frame;
}

Ga450Scanner::Ga450Scanner(Direction direction)
    // Three status bytes or two of a command, and the check.
    : m_shortest{direction == Direction::Replies ? 4 : 3}
{
}

Ga450Scanner::~Ga450Scanner()
{
    clear();
}

void Ga450Scanner::append(QByteArrayView bytes)
{
    drop(std::exchange(m_told, 0));
    const qsizetype size = m_bytes.size() + bytes.size();
    if (size > m_bytes.capacity()) {
        // Growing by itself it would leave the old bytes behind unwiped.
        QByteArray grown;
        grown.reserve(std::max(size, headSize + longestFrame));
        grown += m_bytes;
        wipe(m_bytes);
        m_bytes = std::move(grown);
    }
    m_bytes += bytes;
}

std::optional<Ga450Frame> Ga450Scanner::next()
{
    drop(std::exchange(m_told, 0));
    const qsizetype at = QByteArrayView(m_bytes).indexOf(preamble);
    if (at < 0) {
        drop(m_bytes.size() - startedPreamble(m_bytes));
        return std::nullopt;
    }
    drop(at);
    if (m_bytes.size() < headSize)
        return std::nullopt;
    const qsizetype size = quint8(m_bytes[5]) << 8 | quint8(m_bytes[6]);
    if (size < m_shortest || size > longestFrame) {
        drop(preamble.size());
        return Ga450Frame{Ga450Frame::Kind::BadLength, {}};
    }
    if (m_bytes.size() < headSize + size)
        return std::nullopt;
    const QByteArrayView frame = QByteArrayView(m_bytes).first(headSize + size);
    if (exclusiveOr(frame.sliced(preamble.size())) != 0) {
        drop(preamble.size());
        return Ga450Frame{Ga450Frame::Kind::BadChecksum, {}};
    }
    m_told = frame.size();
    return Ga450Frame{Ga450Frame::Kind::Whole, frame.sliced(headSize).chopped(1)};
}

bool Ga450Scanner::expire()
{
    drop(std::exchange(m_told, 0));
    const bool begun = m_bytes.startsWith(preamble);
    drop(begun ? preamble.size() : 0);
    return begun;
}

void Ga450Scanner::clear()
{
    m_told = 0;
    wipe(m_bytes);
}

void Ga450Scanner::drop(qsizetype count)
{
    if (count <= 0)
        return;
    const qsizetype rest = m_bytes.size() - count;
    char *const bytes = m_bytes.data();
    std::copy_n(bytes + count, rest, bytes);
    wipe(bytes + rest, count);
    m_bytes.resize(rest);
}

} // namespace upgradedesk
