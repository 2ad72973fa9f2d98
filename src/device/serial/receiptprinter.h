#pragma once

#include "core/error.h"
#include "device/serial/serialline.h"

#include <QByteArray>
#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <optional>

namespace upgradedesk
{

/// A receipt printer on a serial line, and whether it could print now. It says that something was
/// printed only when the printer has said so itself: its answer to a question that it takes up in
/// its turn, behind the last line. What fails is thrown away, here and in the printer's memory: a
/// slip that comes out later, when there is paper again, would be another passenger's surprise.
/// Lives in any thread with an event loop; opening the line may take the time a broken device
/// takes.
class ReceiptPrinter final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReceiptPrinter)

public:
    /// How long things may take, for tests.
    struct Times {
        int answer = 1000; ///< ms for an answer to a question in real time
        int watch = 500;   ///< ms between two looks at the printer
        int whole = 30000; ///< ms for one slip
    };

    explicit ReceiptPrinter(QObject *parent = nullptr);
    ReceiptPrinter(Times times, QObject *parent);
    ~ReceiptPrinter() override;

    /// Watches this printer from now on, in place of the one before; opens the line and keeps it
    /// until close(). When it cannot be opened, or is lost, it is tried again by itself.
    void watch(const QString &path, int baud);
    void close();

    /// Prints the bytes, or fails at once when something is being printed. One of printed() and
    /// failed() follows.
    void print(const QByteArray &bytes);
    [[nodiscard]] bool isPrinting() const { return m_printing; }

    /// Why nothing can be printed now; nothing: it can.
    [[nodiscard]] const std::optional<Error> &trouble() const { return m_trouble; }

signals:
    void printed();
    /// Port…, or PrinterNoPaper, PrinterCoverOpen, PrinterOffline, PrinterFault, PrinterSilent,
    /// PrinterBusy, PrinterAbsent.
    void failed(const upgradedesk::Error &error);
    /// After a look at the printer, when its state is another one. The first look always tells.
    void troubleChanged();

private:
    void open();
    void look();
    void ask();
    void write(const QByteArray &order);
    void take(const QByteArray &bytes);
    void takeStatus(quint8 status);
    void takeDone();
    void gone(const Error &error);
    void silent();
    void send();
    void end(const std::optional<Error> &error);
    void tell(const std::optional<Error> &trouble);

    const Times m_times;
    SerialLine m_line;
    QString m_path;
    int m_baud = 0;
    QTimer m_look;           ///< the next look, or the next try to open the line
    QTimer m_answer;         ///< an answer is waited for
    QTimer m_whole;          ///< the slip is waited for
    QDeadlineTimer m_onWire; ///< until what was sent has gone through the line
    std::size_t m_question = 0;
    std::optional<Error> m_found; ///< by the look that goes on
    QByteArray m_bytes;           ///< to be sent when the first look is over
    qint64 m_behind = 0;          ///< bytes written after the slip
    int m_heard = 0;              ///< answers since the slip was sent
    int m_owed = 0;               ///< so many of them at most may be for slips before it
    bool m_printing = false;
    bool m_sent = false;
    bool m_told = false;
    std::optional<Error> m_trouble;
};

} // namespace upgradedesk
