#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace upgradedesk
{

/// Cuts what a scanner sends into scans: at CR, LF or both, or where it falls silent, in pieces of
/// any size. The lines of a machine-readable zone, which some scanners send one by one, come out as
/// one scan, parted by line feeds. The clock is the caller's: silent() is due `gap` after the last
/// byte. Pure; holds no more than 8 KiB.
class ScanSplitter
{
public:
    /// A scan without an end of line ends so many milliseconds after its last byte.
    static constexpr int gap = 80;
    static constexpr qsizetype longest = 8192;

    /// Takes the next bytes; returns the scans that are whole now. One that is too long comes out
    /// as its first 8193 bytes, so that readScan() says so; what follows of it is dropped.
    [[nodiscard]] QList<QByteArray> take(QByteArrayView bytes);

    /// Nothing came for a while: what is held is whole.
    [[nodiscard]] QList<QByteArray> silent();

    /// Something is held that silent() would return.
    [[nodiscard]] bool isWaiting() const { return !m_line.isEmpty() || !m_zone.isEmpty(); }

    /// At least one line of a zone has come and another is to come.
    [[nodiscard]] bool isMidZone() const { return !m_zone.isEmpty(); }

    /// Forgets what is held, such as when the scanner is unplugged.
    void clear();

private:
    void endLine(QList<QByteArray> &scans);
    void endZone(QList<QByteArray> &scans);

    QByteArray m_line;
    QList<QByteArray> m_zone; ///< lines of a zone that is not whole yet
};

} // namespace upgradedesk
