#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QObject>
#include <QSerialPort>
#include <QString>

namespace upgradedesk
{

/// One serial line, 8N1 without flow control, for whatever device speaks on it. Lives in any thread
/// with an event loop; nothing here waits. It does not open again by itself: that is the caller's.
class SerialLine final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SerialLine)

public:
    explicit SerialLine(QObject *parent = nullptr);
    ~SerialLine() override;

    /// Opens the line for this process alone, in place of one that was open. Fails with
    /// PortNotFound, PortBusy, PortNotPermitted (its args: path, the group that may) or PortFailed.
    [[nodiscard]] Result<void> open(const QString &path, int baud);
    void close();

    [[nodiscard]] bool isOpen() const { return m_port.isOpen(); }

    /// Of the line that is open, or was last tried.
    [[nodiscard]] QString path() const { return m_path; }

    /// Hands the bytes to the system as it takes them. Nothing happens while the line is closed.
    void write(const QByteArray &bytes);

    /// Hands over at once what the system can take without waiting.
    void flush();

    /// What write() was given and the system has not yet taken: grows while a device stalls.
    [[nodiscard]] qint64 unwritten() const { return m_port.bytesToWrite(); }

    /// Throws away what write() was given and what has come in and was not announced.
    void clear();

signals:
    /// What has come in, in pieces of any size. It is wiped afterwards unless somebody kept it.
    void received(const QByteArray &bytes);

    /// The open line is gone and is closed now: PortLost when it was unplugged, else PortFailed.
    void lost(const upgradedesk::Error &error);

private:
    void read();
    void failed();

    QSerialPort m_port;
    QString m_path;
};

} // namespace upgradedesk
