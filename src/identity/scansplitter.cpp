#include "identity/scansplitter.h"

#include <algorithm>
#include <utility>

namespace upgradedesk
{
namespace
{

/// Lines a zone of that width has: cards have three of 30, documents two of 36 or 44; 0 for others.
qsizetype linesOf(qsizetype width)
{
    return width == 30 ? 3 : width == 36 || width == 44 ? 2 : 0;
}

/// Letters in either case: CapsLock turns those of a scanner that types.
bool isZoneLine(const QByteArray &line)
{
    return linesOf(line.size()) > 0 && std::ranges::all_of(line, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '<';
           });
}

/// A zone begins with the code of a document, which is letters, and has fillers in its first line.
bool beginsZone(const QByteArray &line)
{
    const char first = char(line.isEmpty() ? 0 : line.front() & ~0x20);
    return isZoneLine(line) && first >= 'A' && first <= 'Z' && line.contains('<');
}

} // namespace

QList<QByteArray> ScanSplitter::take(QByteArrayView bytes)
{
    QList<QByteArray> scans;
    for (const char byte : bytes) {
        if (byte == '\r' || byte == '\n')
            endLine(scans);
        else if (m_line.size() <= longest)
            m_line += byte;
    }
    return scans;
}

QList<QByteArray> ScanSplitter::silent()
{
    QList<QByteArray> scans;
    endLine(scans);
    endZone(scans);
    return scans;
}

void ScanSplitter::clear()
{
    m_line.clear();
    m_zone.clear();
}

void ScanSplitter::endLine(QList<QByteArray> &scans)
{
    if (m_line.isEmpty())
        return;
    const QByteArray line = std::exchange(m_line, {});
    if (!m_zone.isEmpty() && (line.size() != m_zone.first().size() || !isZoneLine(line)))
        endZone(scans);
    if (m_zone.isEmpty() && !beginsZone(line)) {
        scans << line;
        return;
    }
    m_zone << line;
    if (m_zone.size() == linesOf(line.size()))
        endZone(scans);
}

void ScanSplitter::endZone(QList<QByteArray> &scans)
{
    if (!m_zone.isEmpty())
        scans << m_zone.join('\n');
    m_zone.clear();
}

} // namespace upgradedesk
