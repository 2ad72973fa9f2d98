#include "device/serial/receiptprinter.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

// Commands and bits as in the manuals of ESC/POS printers.

namespace upgradedesk
{
namespace
{

struct Question {
    char about;
    quint8 paperOut; ///< bits of the answer, 0 for none
    quint8 coverOpen;
    quint8 fault;
    quint8 offline;
};

/// DLE EOT n. Offline comes last: it also says whatever the others have said better.
constexpr std::array questions{
    Question{4, 0x60, 0, 0, 0},       // roll
    Question{2, 0x20, 0x04, 0x40, 0}, // why it is offline
    Question{1, 0, 0, 0, 0x08},       // printer
};

/// Bits that tell answers to DLE EOT from anything else.
constexpr quint8 fixedBits = 0x93;
constexpr quint8 fixedValue = 0x12;

/// GS r 1: what the printer answers when all before it is on paper.
const QByteArray whenDone("\x1Dr\x01");
constexpr quint8 doneBits = 0xF0;

/// DLE DC4 8: throw away what is in memory, also while offline.
const QByteArray clearMemory("\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", 10);

constexpr qint64 bitsOnWire = 10; ///< of a byte: start, eight, stop

std::optional<ErrorCode> troubleIn(const Question &question, quint8 status)
{
    if (status & question.paperOut)
        return ErrorCode::PrinterNoPaper;
    if (status & question.coverOpen)
        return ErrorCode::PrinterCoverOpen;
    if (status & question.fault)
        return ErrorCode::PrinterFault;
    if (status & question.offline)
        return ErrorCode::PrinterOffline;
    return std::nullopt;
}

} // namespace

ReceiptPrinter::ReceiptPrinter(QObject *parent)
    : ReceiptPrinter(Times{}, parent)
{
}

ReceiptPrinter::ReceiptPrinter(Times times, QObject *parent)
    : QObject(parent)
    , m_times(times)
    , m_line(this)
    , m_look(this)
    , m_answer(this)
    , m_whole(this)
{
    for (QTimer *timer : {&m_look, &m_answer, &m_whole})
        timer->setSingleShot(true);
    m_look.setInterval(times.watch);
    connect(&m_look, &QTimer::timeout, this, &ReceiptPrinter::look);
    connect(&m_answer, &QTimer::timeout, this, &ReceiptPrinter::silent);
    connect(&m_whole, &QTimer::timeout, this, &ReceiptPrinter::silent);
    connect(&m_line, &SerialLine::received, this, &ReceiptPrinter::take);
    connect(&m_line, &SerialLine::lost, this, &ReceiptPrinter::gone);
}

ReceiptPrinter::~ReceiptPrinter() = default;

void ReceiptPrinter::watch(const QString &path, int baud)
{
    close();
    m_path = path;
    m_baud = baud;
    m_told = false;
    look();
}

void ReceiptPrinter::close()
{
    for (QTimer *timer : {&m_look, &m_answer, &m_whole})
        timer->stop();
    m_line.close();
    m_path.clear();
    if (m_printing)
        end(Error{ErrorCode::PrinterAbsent, u"the printer was put away"_s, {}});
}

void ReceiptPrinter::print(const QByteArray &bytes)
{
    if (m_printing) {
        emit failed(Error{ErrorCode::PrinterBusy, u"one slip at a time"_s, {}});
        return;
    }
    m_printing = true;
    m_sent = false;
    m_bytes = bytes;
    m_whole.start(m_times.whole);
    // A look that is under way is as good as a new one.
    if (!m_answer.isActive())
        look();
}

/// From the first question on, or from the line when it is not open.
void ReceiptPrinter::look()
{
    m_look.stop();
    if (m_path.isEmpty()) {
        if (m_printing)
            end(Error{ErrorCode::PrinterAbsent, u"no printer is set up"_s, {}});
        return;
    }
    if (!m_line.isOpen()) {
        const auto opened = m_line.open(m_path, m_baud);
        if (!opened) {
            gone(opened.error());
            return;
        }
    }
    m_question = 0;
    m_found.reset();
    ask();
}

void ReceiptPrinter::ask()
{
    write(QByteArray("\x10\x04") + questions.at(m_question).about);
    // The question waits behind whatever is still on its way.
    m_answer.start(m_times.answer + int(std::max<qint64>(0, m_onWire.remainingTime())));
}

void ReceiptPrinter::write(const QByteArray &order)
{
    m_behind += order.size();
    m_line.write(order);
}

void ReceiptPrinter::take(const QByteArray &bytes)
{
    for (const char byte : bytes) {
        const auto status = quint8(byte);
        if ((status & fixedBits) == fixedValue)
            takeStatus(status);
        else if ((status & doneBits) == 0)
            takeDone();
        // Anything else is noise, or the answer to somebody else's question.
    }
}

void ReceiptPrinter::takeStatus(quint8 status)
{
    if (!m_answer.isActive())
        return;
    m_answer.stop();
    if (const auto trouble = troubleIn(questions.at(m_question), status))
        m_found = m_found.value_or(Error{*trouble, u"as the printer says"_s, {}});
    if (++m_question < questions.size()) {
        ask();
        return;
    }
    m_look.start();
    tell(m_found);
    if (!m_printing)
        return;
    if (m_found)
        end(m_found);
    else if (!m_sent)
        send();
}

/// A printer that has not thrown a failed slip away also answers for it, and nothing tells that
/// answer from one for this slip but their number.
void ReceiptPrinter::takeDone()
{
    const bool mayBeOfThis = m_sent && m_line.unwritten() <= m_behind;
    if (!mayBeOfThis)
        m_owed = std::max(0, m_owed - 1);
    else if (++m_heard > m_owed)
        end(std::nullopt);
    else
        write(whenDone);
}

void ReceiptPrinter::send()
{
    m_sent = true;
    m_heard = 0;
    m_behind = 0;
    m_line.write(m_bytes + whenDone);
    const qint64 wireTime = m_bytes.size() * bitsOnWire * 1000 / m_baud;
    m_onWire.setRemainingTime(wireTime);
    m_whole.start(m_times.whole + int(wireTime));
}

void ReceiptPrinter::gone(const Error &error)
{
    m_answer.stop();
    m_look.start();
    tell(error);
    if (m_printing)
        end(error);
}

void ReceiptPrinter::silent()
{
    m_answer.stop();
    const Error error{ErrorCode::PrinterSilent, u"no answer in time"_s, {}};
    m_look.start();
    tell(error);
    if (m_printing)
        end(error);
}

void ReceiptPrinter::end(const std::optional<Error> &error)
{
    const bool wasSent = m_sent;
    m_whole.stop();
    m_printing = false;
    m_sent = false;
    m_bytes.clear();
    m_onWire = {};
    if (!error) {
        emit printed();
        return;
    }
    // It was asked once more than it has answered.
    if (wasSent)
        ++m_owed;
    if (wasSent && m_line.isOpen()) {
        m_line.clear();
        m_line.write(clearMemory);
        // Whoever hears of the failure may close the line.
        m_line.flush();
    }
    emit failed(*error);
}

void ReceiptPrinter::tell(const std::optional<Error> &trouble)
{
    const auto code = [](const std::optional<Error> &error) {
        return error ? std::optional(error->code) : std::nullopt;
    };
    const bool same = m_told && code(trouble) == code(m_trouble);
    m_trouble = trouble;
    m_told = true;
    if (!same)
        emit troubleChanged();
}

} // namespace upgradedesk
