#include "device/serial/scanner.h"

#include "core/error.h"

#include <chrono>

using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

constexpr auto againAfter = 400ms;

} // namespace

Scanner::Scanner(QObject *parent)
    : QObject(parent)
    , m_line(this)
    , m_again(this)
    , m_silence(this)
{
    qRegisterMetaType<ScanPayload>();
    m_again.setSingleShot(true);
    m_again.setInterval(againAfter);
    connect(&m_again, &QTimer::timeout, this, &Scanner::tryOpen);
    m_silence.setSingleShot(true);
    m_silence.setInterval(ScanSplitter::gap);
    connect(&m_silence, &QTimer::timeout, this, [this] { tell(m_splitter.silent()); });
    connect(&m_line, &SerialLine::received, this, &Scanner::take);
    connect(&m_line, &SerialLine::lost, this, &Scanner::lose);
}

void Scanner::setPort(const QString &path, int baud)
{
    if (m_line.isOpen() && path == m_path && baud == m_baud)
        return;
    m_line.close();
    m_splitter.clear();
    m_silence.stop();
    m_again.stop();
    if (path != m_path)
        m_told.reset();
    m_path = path;
    m_baud = baud;
    if (!m_path.isEmpty())
        tryOpen();
}

void Scanner::tryOpen()
{
    const auto open = m_line.open(m_path, m_baud);
    if (!open) {
        lose(open.error());
        return;
    }
    // At the other speed it is as garbled as before until a good scan says otherwise.
    if (m_told == ErrorCode::ScanGarbled)
        return;
    m_told.reset();
    emit opened(m_path);
}

void Scanner::lose(const Error &error)
{
    m_splitter.clear();
    m_silence.stop();
    m_again.start();
    // A line that is gone is soon one that is not found: for staff that is the same loss.
    const bool same = m_told == error.code ||
                      (m_told == ErrorCode::PortLost && error.code == ErrorCode::PortNotFound);
    if (same)
        return;
    m_told = error.code;
    emit troubled(error);
}

void Scanner::take(const QByteArray &bytes)
{
    const QList<QByteArray> scans = m_splitter.take(bytes);
    if (m_splitter.isWaiting())
        m_silence.start();
    else
        m_silence.stop();
    tell(scans);
}

void Scanner::tell(const QList<QByteArray> &scans)
{
    for (const QByteArray &scan : scans) {
        const ScanPayload payload = readScan(scan);
        emit scanned(payload);
        if (payload.reason == ScanPayload::Reason::NotText) {
            changeSpeed();
        } else if (m_told == ErrorCode::ScanGarbled) {
            m_told.reset();
            emit opened(m_path);
        }
    }
}

/// At another speed than the scanner's every byte is wrong: the next scan is heard at the other.
void Scanner::changeSpeed()
{
    if (!m_line.isOpen())
        return;
    const bool told = m_told == ErrorCode::ScanGarbled;
    m_told = ErrorCode::ScanGarbled;
    setPort(m_path, m_baud == usualBaud ? fastBaud : usualBaud);
    if (m_line.isOpen() && !told)
        emit troubled(Error{ErrorCode::ScanGarbled, {}, {m_path}});
}

} // namespace upgradedesk
