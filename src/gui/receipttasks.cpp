#include "gui/receipttasks.h"

namespace upgradedesk
{

ReceiptTasks::ReceiptTasks(QObject *parent)
    : QObject(parent)
{
}

ReceiptTasks::Stand ReceiptTasks::standOf(const QString &record) const
{
    return !record.isEmpty() && record == m_record ? m_stand : Stand::None;
}

void ReceiptTasks::print(const QString &record, Language language)
{
    if (!hasPrinter() || isPrinting() || record.isEmpty())
        return;
    m_record = record;
    become(Stand::Printing, std::nullopt);
    emit printRequested(record, language);
}

void ReceiptTasks::printTest(Language language)
{
    if (!hasPrinter() || isPrinting())
        return;
    m_record.clear();
    become(Stand::Printing, std::nullopt);
    emit testRequested(language);
}

void ReceiptTasks::setPrinter(const PrinterState &state)
{
    m_printer = state;
    emit printerChanged();
    emit changed();
}

void ReceiptTasks::setPrinted(const QString &record)
{
    if (record != m_record)
        return;
    become(Stand::Printed, std::nullopt);
    if (record.isEmpty())
        emit testTold(std::nullopt);
}

void ReceiptTasks::setFailed(const QString &record, const Error &error)
{
    if (record != m_record)
        return;
    become(Stand::Failed, error);
    if (record.isEmpty())
        emit testTold(error);
}

void ReceiptTasks::become(Stand stand, const std::optional<Error> &failure)
{
    m_stand = stand;
    m_failure = failure;
    emit changed();
}

} // namespace upgradedesk
