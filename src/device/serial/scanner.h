#pragma once

#include "device/serial/serialline.h"
#include "identity/scanpayload.h"
#include "identity/scansplitter.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace upgradedesk
{

/// A barcode scanner on a serial line. Any thread with an event loop; nothing here waits. It never
/// writes to the line. A line that is gone is tried again until it is back.
class Scanner final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Scanner)

public:
    /// What scanners with a real serial cable are set to when they leave the factory; the other
    /// usual speed is tried by itself when what comes is no text. USB takes any.
    static constexpr int usualBaud = 9600;
    static constexpr int fastBaud = 115200;

    explicit Scanner(QObject *parent = nullptr);

public slots:
    /// Listens there from now on; an empty path closes the line. The same port again changes
    /// nothing but tries at once where it waits.
    void setPort(const QString &path, int baud = upgradedesk::Scanner::usualBaud);

signals:
    /// The line is open, or a good scan has ended ScanGarbled. Whether a scanner is behind an open
    /// line shows with its first scan.
    void opened(const QString &path);

    /// Once per loss and once per change of the reason; ScanGarbled while the line stays open.
    void troubled(const upgradedesk::Error &error);

    /// One scan, whatever it is.
    void scanned(const upgradedesk::ScanPayload &payload);

private:
    void tryOpen();
    void lose(const Error &error);
    void take(const QByteArray &bytes);
    void tell(const QList<QByteArray> &scans);
    void changeSpeed();

    QString m_path;
    int m_baud = usualBaud;
    SerialLine m_line;
    ScanSplitter m_splitter;
    QTimer m_again;
    QTimer m_silence;
    std::optional<ErrorCode> m_told;
};

} // namespace upgradedesk

Q_DECLARE_METATYPE(upgradedesk::ScanPayload)
