#include "app/desk.h"

#include "app/printworker.h"
#include "app/storeworker.h"

// The desk's share of what passes between window, store and printer.

namespace upgradedesk
{

void Desk::connectReceipts()
{
    ReceiptTasks &receipts = m_tasks.receipts();
    m_print->moveToThread(&m_printThread);
    connect(&m_printThread, &QThread::finished, m_print, &QObject::deleteLater);

    connect(m_print, &PrintWorker::told, &receipts, &ReceiptTasks::setPrinter);
    connect(m_print, &PrintWorker::printed, &receipts, &ReceiptTasks::setPrinted);
    connect(m_print, &PrintWorker::failed, &receipts, &ReceiptTasks::setFailed);
    // What stands on the paper is what stands in the store at that moment.
    connect(&receipts, &ReceiptTasks::printRequested, m_store, &StoreWorker::findForReceipt);
    connect(m_store, &StoreWorker::foundForReceipt, m_print, &PrintWorker::print);
    connect(m_store, &StoreWorker::notFoundForReceipt, &receipts, &ReceiptTasks::setFailed);
    connect(&receipts, &ReceiptTasks::testRequested, m_print,
            [this](Language language) { m_print->printTest(m_clock.now(), language); });
    // A printer that staff gave a port to, where no option names one.
    connect(
        &m_devices, &DeskDevices::portChanged, this, [this](DeviceRole role, const QString &path) {
            if (role != DeviceRole::Printer || m_options.printer.way != PrinterAddress::Way::None)
                return;
            PrinterAddress address;
            if (!path.isEmpty()) {
                address.way = PrinterAddress::Way::Serial;
                address.path = path;
            }
            setPrinter(address);
        });
    connect(m_print, &PrintWorker::told, this, [this](const PrinterState &state) {
        if (state.trouble)
            m_devices.troubled(DeviceRole::Printer, *state.trouble);
        else if (state.kind == PrinterState::Kind::Ready)
            m_devices.opened(DeviceRole::Printer);
    });
    connect(&m_tasks.devices(), &CounterDevices::testPrintRequested, this, [this] {
        const Language language = m_appearance.look().language;
        QMetaObject::invokeMethod(m_print, [print = m_print, now = m_clock.now(), language] {
            print->printTest(now, language);
        });
    });
    if (m_options.trace) {
        connect(m_print, &PrintWorker::told, this, [this](const PrinterState &state) {
            trace(QStringLiteral("printer ") + (state.trouble ? errorKey(state.trouble->code)
                                                : state.kind == PrinterState::Kind::Ready
                                                    ? QStringLiteral("ready")
                                                    : QStringLiteral("none yet")));
        });
    }
    if (m_options.receiptAtOnce) {
        connect(m_store, &StoreWorker::committed, &receipts,
                [this, &receipts](const storage::Committed &committed) {
                    const auto &consent = m_procedure.state().consent;
                    const bool english = consent && consent->language == QStringLiteral("en");
                    receipts.print(committed.record,
                                   english ? Language::English : Language::Chinese);
                });
    }
}

void Desk::setPrinter(const PrinterAddress &address)
{
    QMetaObject::invokeMethod(m_print, [print = m_print, address] { print->setPrinter(address); });
}

} // namespace upgradedesk
