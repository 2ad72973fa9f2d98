#include "sim/virtualscanner.h"

#include <QHash>

#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int longestPace = 1000;

QString refused(const QString &why)
{
    return u"error "_s + why;
}

/// `\r`, `\n`, `\t`, `\\` and `\xHH` stand for bytes a line of text cannot hold.
std::optional<QByteArray> unescaped(const QString &text)
{
    const QByteArray raw = text.toUtf8();
    QByteArray bytes;
    for (qsizetype i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\') {
            bytes += raw[i];
            continue;
        }
        const char kind = ++i < raw.size() ? raw[i] : '\0';
        if (kind == 'x' && i + 2 < raw.size()) {
            bool good = false;
            bytes += char(raw.mid(i + 1, 2).toUInt(&good, 16));
            if (!good)
                return std::nullopt;
            i += 2;
            continue;
        }
        constexpr QByteArrayView kinds("rnt\\");
        const qsizetype at = kinds.indexOf(kind);
        if (kind == '\0' || at < 0)
            return std::nullopt;
        bytes += "\r\n\t\\"[at];
    }
    return bytes;
}

} // namespace

VirtualScanner::VirtualScanner(QString link, QObject *parent)
    : QObject(parent)
    , m_link(std::move(link))
{
    m_next.setTimerType(Qt::PreciseTimer);
    connect(&m_next, &QTimer::timeout, this, &VirtualScanner::sendNext);
}

Result<void> VirtualScanner::plug()
{
    if (m_terminal)
        return {};
    Result<PseudoTerminal> terminal = PseudoTerminal::open(m_link);
    if (!terminal)
        return tl::unexpected(terminal.error());
    m_terminal.emplace(std::move(*terminal));
    return {};
}

void VirtualScanner::unplug()
{
    m_next.stop();
    m_queue.clear();
    m_terminal.reset();
}

void VirtualScanner::scan(const QByteArray &bytes)
{
    send(bytes + m_suffix);
}

void VirtualScanner::send(const QByteArray &bytes)
{
    if (!m_terminal)
        return;
    if (m_pace == 0 && m_queue.isEmpty()) {
        m_terminal->write(bytes);
        return;
    }
    m_queue += bytes;
    if (!m_next.isActive())
        m_next.start(m_pace);
}

void VirtualScanner::setPace(int milliseconds)
{
    m_pace = milliseconds;
}

void VirtualScanner::sendNext()
{
    if (m_queue.isEmpty()) {
        m_next.stop();
        return;
    }
    m_terminal->write(m_queue.first(1));
    m_queue.remove(0, 1);
}

QString obeyScannerLine(VirtualScanner &scanner, const QString &line)
{
    const QString word = line.section(u' ', 0, 0);
    const QString rest = line.section(u' ', 1);
    if (word == u"plug")
        return scanner.plug() ? u"ok"_s : refused(u"the terminal or its link cannot be made"_s);
    if (word == u"unplug") {
        scanner.unplug();
        return u"ok"_s;
    }
    if (word == u"scan" || word == u"send") {
        const auto bytes = unescaped(rest);
        if (!bytes)
            return refused(u"a backslash stands before r, n, t, another one, or xHH"_s);
        if (word == u"scan")
            scanner.scan(*bytes);
        else
            scanner.send(*bytes);
        return u"ok"_s;
    }
    if (word == u"suffix") {
        static const QHash<QString, QByteArray> suffixes{
            {u"cr"_s, "\r"}, {u"lf"_s, "\n"}, {u"crlf"_s, "\r\n"}, {u"none"_s, ""}};
        if (!suffixes.contains(rest))
            return refused(u"the suffix is cr, lf, crlf or none"_s);
        scanner.setSuffix(suffixes.value(rest));
        return u"ok"_s;
    }
    if (word == u"pace") {
        bool good = false;
        const int pace = rest.toInt(&good);
        if (!good || pace < 0 || pace > longestPace)
            return refused(u"a number from 0 to %1 is needed"_s.arg(longestPace));
        scanner.setPace(pace);
        return u"ok"_s;
    }
    return refused(u"no such word; there are scan, send, suffix, pace, unplug, plug"_s);
}

QString scannerLineHelp()
{
    return u"  scan TEXT     send the text and the suffix; \\r \\n \\t \\\\ \\xHH stand for bytes\n"
           u"  send TEXT     the same without the suffix\n"
           u"  suffix WORD   cr (at first), lf, crlf or none\n"
           u"  pace MS       from byte to byte; 0: all at once\n"
           u"  unplug, plug  pull the cable out, put it in again\n"_s;
}

} // namespace upgradedesk
