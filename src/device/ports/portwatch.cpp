#include "device/ports/portwatch.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace upgradedesk
{

PortWatch::PortWatch(QStringList named, PortLister lister, QObject *parent)
    : QObject(parent)
    , m_named(std::move(named))
    , m_lister(std::move(lister))
{
    m_thread.setObjectName(QStringLiteral("ports"));
}

PortWatch::~PortWatch()
{
    m_thread.quit();
    m_thread.wait();
}

void PortWatch::start()
{
    if (m_timer)
        return;
    m_timer = new QTimer;
    m_timer->setInterval(interval);
    m_timer->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_timer, &QObject::deleteLater);
    // The timer as context: what is called runs on its thread.
    connect(m_timer, &QTimer::timeout, m_timer, [this] { look(); });
    connect(&m_thread, &QThread::started, m_timer, [this] {
        look();
        m_timer->start();
    });
    m_thread.start(QThread::LowPriority);
}

void PortWatch::look()
{
    QList<SerialPort> ports = m_lister();
    for (const QString &path : m_named) {
        const bool listed = std::ranges::any_of(
            ports, [&path](const SerialPort &port) { return port.path == path; });
        if (!listed && QFileInfo::exists(path)) {
            SerialPort port;
            port.path = path;
            ports << port;
        }
    }
    std::ranges::sort(ports, {}, &SerialPort::path);
    if (m_seen == ports)
        return;
    m_seen = ports;
    QMetaObject::invokeMethod(this, [this, ports] {
        m_ports = ports;
        emit changed(m_ports);
    });
}

} // namespace upgradedesk
