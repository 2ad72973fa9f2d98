#include "sim/virtualprinter.h"

#include <QStringDecoder>

#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr char dle = 0x10;
constexpr char esc = 0x1B;
constexpr char fs = 0x1C;
constexpr char gs = 0x1D;

/// DLE DC4 8: throw away what is in memory.
const QByteArray clearCommand("\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", 10);

/// A command whose bytes have not all come.
constexpr qsizetype incomplete = 0;

} // namespace

void VirtualPrinter::receive(const QByteArray &bytes)
{
    for (const char byte : bytes) {
        m_input += byte;
        obeyRealTime(byte);
    }
}

/// Also inside of pictures and codes, as printers do.
void VirtualPrinter::obeyRealTime(char byte)
{
    if (m_realTime.isEmpty() && byte != dle)
        return;
    m_realTime += byte;
    if (m_realTime == clearCommand) {
        m_input.clear();
        m_text.clear();
        m_realTime.clear();
        return;
    }
    if (m_realTime.size() == 3 && m_realTime.at(1) == 4) {
        if (byte >= 1 && byte <= 4)
            m_answers += statusOf(byte);
        m_realTime.clear();
        return;
    }
    const bool asks = m_realTime.size() <= 2 && (m_realTime.size() == 1 || byte == 4);
    if (!asks && !clearCommand.startsWith(m_realTime))
        m_realTime.clear();
}

char VirtualPrinter::statusOf(int question) const
{
    // Bits 1 and 4 are always set.
    int status = 0x12;
    if (question == 1 && (!m_online || m_coverOpen || m_fault || isPaperOut()))
        status |= 0x08;
    if (question == 2)
        status |= (m_coverOpen ? 0x04 : 0) | (isPaperOut() ? 0x20 : 0) | (m_fault ? 0x40 : 0);
    if (question == 3 && m_fault)
        status |= 0x08;
    if (question == 4 && isPaperOut())
        status |= 0x6C;
    return char(status);
}

bool VirtualPrinter::mayPrint() const
{
    return m_online && !m_coverOpen && !m_fault && !isPaperOut();
}

bool VirtualPrinter::step()
{
    m_printed = false;
    while (!m_printed && mayPrint() && !m_input.isEmpty()) {
        const qsizetype taken = obey();
        if (taken == incomplete)
            break;
        m_input.remove(0, taken);
    }
    return m_printed;
}

QByteArray VirtualPrinter::takeAnswers()
{
    return std::exchange(m_answers, {});
}

void VirtualPrinter::reset()
{
    m_input.clear();
    m_realTime.clear();
    m_answers.clear();
    m_text.clear();
    m_code.clear();
    m_chinese = false;
}

int VirtualPrinter::at(qsizetype place) const
{
    return place < m_input.size() ? uchar(m_input.at(place)) : -1;
}

qsizetype VirtualPrinter::obey()
{
    switch (m_input.at(0)) {
    case esc:
        return obeyEscape();
    case fs:
        return obeyChinese();
    case gs:
        return obeyGroup();
    case dle:
        // Obeyed when it came.
        if (m_input.size() < 3)
            return incomplete;
        return m_input.at(1) == 4 ? 3 : 1;
    case '\n': {
        QStringDecoder decoder(m_chinese ? "GB18030" : "ISO-8859-1");
        printLine(decoder.decode(std::exchange(m_text, {})));
        return 1;
    }
    default:
        m_text += m_input.at(0);
        return 1;
    }
}

qsizetype VirtualPrinter::obeyEscape()
{
    switch (at(1)) {
    case -1:
        return incomplete;
    case '@':
        m_text.clear();
        m_chinese = false;
        return 2;
    case 'a':
    case 'E':
    case 'd':
        return at(2) < 0 ? incomplete : 3;
    default:
        ++m_unknown;
        return 2;
    }
}

qsizetype VirtualPrinter::obeyChinese()
{
    const int word = at(1);
    if (word < 0)
        return incomplete;
    if (word == '&' || word == '.')
        m_chinese = word == '&';
    else
        ++m_unknown;
    return 2;
}

qsizetype VirtualPrinter::obeyGroup()
{
    switch (at(1)) {
    case -1:
        return incomplete;
    case '!':
        return at(2) < 0 ? incomplete : 3;
    case 'r':
        if (at(2) < 0)
            return incomplete;
        m_answers += char(isPaperOut() ? 0x0F : 0);
        return 3;
    case 'V':
        if (at(3) < 0)
            return incomplete;
        m_slips << std::exchange(m_lines, {});
        m_printed = true;
        return 4;
    case '(':
        return obeyCode();
    case 'v':
        return obeyPicture();
    default:
        ++m_unknown;
        return 2;
    }
}

/// GS ( k, QR codes only.
qsizetype VirtualPrinter::obeyCode()
{
    constexpr qsizetype head = 5;
    if (at(head - 1) < 0)
        return incomplete;
    const qsizetype whole = head + at(3) + 256 * at(4);
    if (m_input.size() < whole)
        return incomplete;
    const QByteArray parameters = m_input.mid(head, whole - head);
    if (at(2) != 'k' || !parameters.startsWith('1'))
        ++m_unknown;
    else if (parameters.at(1) == 'P')
        m_code = QString::fromUtf8(parameters.mid(3));
    else if (parameters.at(1) == 'Q')
        printLine(u"[QR %1]"_s.arg(m_code));
    return whole;
}

/// GS v 0.
qsizetype VirtualPrinter::obeyPicture()
{
    constexpr qsizetype head = 8;
    if (at(head - 1) < 0)
        return incomplete;
    const qsizetype bytesWide = at(4) + 256 * at(5);
    const qsizetype rows = at(6) + 256 * at(7);
    const qsizetype whole = head + bytesWide * rows;
    if (m_input.size() < whole)
        return incomplete;
    printLine(u"[picture %1x%2]"_s.arg(bytesWide * 8).arg(rows));
    return whole;
}

void VirtualPrinter::printLine(const QString &line)
{
    m_lines << line;
    if (m_paper)
        --*m_paper;
    m_printed = true;
}

} // namespace upgradedesk
