#pragma once

#include "device/serial/serialports.h"

#include <QObject>
#include <QThread>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>

namespace upgradedesk
{

/// Lists the ports of a computer; called on a thread of PortWatch's own.
using PortLister = std::function<QList<SerialPort>()>;

/// Tells which serial ports there are, and every change within a second: Qt SerialPort announces
/// none. Listing asks the system and may wait, so it has a thread of its own. No port is opened.
class PortWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PortWatch)

public:
    /// `named` are paths that are watched too although the system does not list them: what an
    /// option names, such as a pseudo terminal. They are listed without USB ids while they exist.
    explicit PortWatch(QStringList named = {}, PortLister lister = serialPorts,
                       QObject *parent = nullptr);

    /// Waits for a listing that is under way.
    ~PortWatch() override;

    /// changed() follows at once, even when there is no port.
    void start();

    [[nodiscard]] const QList<SerialPort> &ports() const { return m_ports; }

    static constexpr std::chrono::milliseconds interval{500};

signals:
    void changed(const QList<upgradedesk::SerialPort> &ports);

private:
    void look();

    const QStringList m_named;
    const PortLister m_lister;
    QList<SerialPort> m_ports;
    std::optional<QList<SerialPort>> m_seen; ///< on the thread
    QTimer *m_timer = nullptr;               ///< lives on the thread
    QThread m_thread;
};

} // namespace upgradedesk

Q_DECLARE_METATYPE(QList<upgradedesk::SerialPort>)
