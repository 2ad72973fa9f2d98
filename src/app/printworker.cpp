#include "app/printworker.h"

#include "app/systemprinter.h"
#include "slip/escpos.h"

namespace upgradedesk
{

PrintWorker::PrintWorker(QString station, QString desk, Profile profile)
    : m_station(std::move(station))
    , m_desk(std::move(desk))
    , m_profile(profile)
    , m_serial(this)
{
    connect(&m_serial, &ReceiptPrinter::troubleChanged, this, &PrintWorker::tell);
    connect(&m_serial, &ReceiptPrinter::printed, this, [this] { emit printed(m_record); });
    connect(&m_serial, &ReceiptPrinter::failed, this,
            [this](const Error &error) { emit failed(m_record, error); });
}

void PrintWorker::setPrinter(const PrinterAddress &address)
{
    m_serial.close();
    m_address = address;
    if (address.way == PrinterAddress::Way::Serial) {
        emit told({PrinterState::Kind::Checking, {}});
        m_serial.watch(address.path, address.baud);
    } else {
        tell();
    }
}

void PrintWorker::tell()
{
    std::optional<Error> trouble;
    if (m_address.way == PrinterAddress::Way::None) {
        emit told({});
        return;
    }
    if (m_address.way == PrinterAddress::Way::Serial)
        trouble = m_serial.trouble();
    else if (const auto found = findSystemPrinter(m_address.name); !found)
        trouble = found.error();
    emit told({trouble ? PrinterState::Kind::Trouble : PrinterState::Kind::Ready, trouble});
}

void PrintWorker::print(const storage::QueueRow &row, Language language)
{
    bring(row.record, slipLines({row, m_station, m_desk, m_profile}, language));
}

void PrintWorker::printTest(const QDateTime &at, Language language)
{
    bring({}, testSlipLines(m_station, m_desk, at, language));
}

void PrintWorker::bring(const QString &record, const QList<SlipLine> &lines)
{
    switch (m_address.way) {
    case PrinterAddress::Way::None:
        emit failed(record, Error{ErrorCode::PrinterAbsent, {}, {}});
        return;
    case PrinterAddress::Way::Serial: {
        if (m_serial.isPrinting()) {
            emit failed(record, Error{ErrorCode::PrinterBusy, {}, {}});
            return;
        }
        m_record = record;
        PaperRoll roll = m_address.narrow ? PaperRoll::narrow() : PaperRoll{};
        roll.makesCodes = m_address.makesCodes;
        m_serial.print(escPos(lines, roll));
        return;
    }
    case PrinterAddress::Way::System:
        break;
    }
    const auto done = printOnSystem(m_address.name, lines);
    if (done)
        emit printed(record);
    else
        emit failed(record, done.error());
    tell();
}

} // namespace upgradedesk
