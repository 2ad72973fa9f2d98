#include "cli/linereader.h"

#include <algorithm>
#include <array>
#include <cerrno>

#ifdef Q_OS_UNIX
#include <unistd.h>
#else
#include <io.h>
#endif

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr qsizetype longestLine = 64 * 1024;
constexpr std::array byteOrderMark{'\xEF', '\xBB', '\xBF'};

/// One system call: QFile would wait until the whole buffer is full, also on a pipe that has a line
/// ready.
qint64 readOnce(int file, char *buffer, size_t size)
{
#ifdef Q_OS_UNIX
    ssize_t got = 0;
    do {
        got = ::read(file, buffer, size);
    } while (got < 0 && errno == EINTR);
    return got;
#else
    return ::_read(file, buffer, unsigned(size));
#endif
}

} // namespace

bool LineReader::open(const QString &path)
{
    if (path == u"-")
        return m_file.open(fileno(stdin), QIODevice::ReadOnly | QIODevice::Unbuffered);
    m_file.setFileName(path);
    return m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

std::optional<LineReader::Line> LineReader::next()
{
    if (m_lines.empty())
        return std::nullopt;
    Line line = std::move(m_lines.front());
    m_lines.pop_front();
    return line;
}

bool LineReader::readMore()
{
    std::array<char, 64 * 1024> buffer;
    if (m_atEnd)
        return false;
    const qint64 got = readOnce(m_file.handle(), buffer.data(), buffer.size());
    if (got > 0) {
        take(buffer.data(), got);
        return true;
    }
    m_failed = got < 0;
    m_atEnd = true;
    if (m_partial.isEmpty() && !m_partialTooLong)
        return false;
    endLine();
    return true;
}

void LineReader::take(const char *piece, qsizetype size)
{
    const char *const end = piece + size;
    while (piece != end) {
        const char *const lineEnd = std::find(piece, end, '\n');
        if (!m_partialTooLong && m_partial.size() + (lineEnd - piece) > longestLine) {
            m_partialTooLong = true;
            m_partial.clear();
        }
        if (!m_partialTooLong)
            m_partial.append(piece, lineEnd - piece);
        if (lineEnd == end)
            return;
        endLine();
        piece = lineEnd + 1;
    }
}

void LineReader::endLine()
{
    if (m_partial.endsWith('\r'))
        m_partial.chop(1);
    if (++m_number == 1 && m_partial.startsWith(QByteArrayView(byteOrderMark)))
        m_partial.remove(0, byteOrderMark.size());
    m_lines.push_back({m_number, m_partialTooLong, std::exchange(m_partial, {})});
    m_partialTooLong = false;
}

} // namespace upgradedesk
