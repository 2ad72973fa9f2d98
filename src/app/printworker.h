#pragma once

#include "core/datafolder.h"
#include "core/language.h"
#include "device/serial/printeraddress.h"
#include "device/serial/receiptprinter.h"
#include "gui/receipttasks.h"
#include "slip/slip.h"
#include "storage/records.h"

#include <QObject>

namespace upgradedesk
{

/// The printer's thread: turns a committed row into a slip and brings it to paper. Opening a line
/// and talking to the system's print service may take the time they take; whoever asks gets the
/// answer as a signal.
class PrintWorker final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PrintWorker)

public:
    PrintWorker(QString station, QString desk, Profile profile);

    /// The printer from now on; answers with told(). What is being printed fails.
    void setPrinter(const PrinterAddress &address);
    /// Answers with printed() or failed().
    void print(const storage::QueueRow &row, Language language);
    /// A slip that names nobody; its record is empty.
    void printTest(const QDateTime &at, Language language);

signals:
    void told(const upgradedesk::PrinterState &state);
    void printed(const QString &record);
    void failed(const QString &record, const upgradedesk::Error &error);

private:
    void bring(const QString &record, const QList<SlipLine> &lines);
    void tell();

    const QString m_station;
    const QString m_desk;
    const Profile m_profile;
    PrinterAddress m_address;
    ReceiptPrinter m_serial;
    QString m_record; ///< of the slip the serial printer is at
};

} // namespace upgradedesk
