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
