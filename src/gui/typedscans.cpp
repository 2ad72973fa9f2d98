#include "gui/typedscans.h"

#include <chrono>

using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

/// A line of 44 characters at 55 ms a key, and some air.
constexpr auto longestLine = 3s;

} // namespace

TypedScans::TypedScans(QObject *parent)
    : QObject(parent)
{
    m_silence.setSingleShot(true);
    m_silence.setInterval(longestLine);
    connect(&m_silence, &QTimer::timeout, this, [this] { tell(m_splitter.silent()); });
}

void TypedScans::take(const QString &text)
{
    const QList<QByteArray> scans = m_splitter.take(text.toUtf8() + '\n');
    if (m_splitter.isWaiting())
        m_silence.start();
    else
        m_silence.stop();
    tell(scans);
}

void TypedScans::tell(const QList<QByteArray> &scans)
{
    for (const QByteArray &scan : scans)
        emit scanned(readScan(scan));
}

} // namespace upgradedesk
