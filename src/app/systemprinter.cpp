#include "app/systemprinter.h"

#include "slip/sliprender.h"

#include <QPainter>
#include <QPrinter>
#include <QPrinterInfo>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr double mmPerInch = 25.4;
constexpr int resolution = 203; ///< of receipt printers; others make theirs of it

QPrinterInfo infoOf(const QString &name)
{
    return name.isEmpty() ? QPrinterInfo::defaultPrinter() : QPrinterInfo::printerInfo(name);
}

} // namespace

Result<void> findSystemPrinter(const QString &name)
{
    if (infoOf(name).isNull())
        return fail(ErrorCode::PrinterAbsent, u"the system has no such printer"_s);
    return {};
}

Result<void> printOnSystem(const QString &name, const QList<SlipLine> &lines)
{
    const QPrinterInfo info = infoOf(name);
    if (info.isNull())
        return fail(ErrorCode::PrinterAbsent, u"the system has no such printer"_s);
    // Its own paper: a receipt printer's driver knows its roll, and on a sheet the receipt stands
    // in the corner.
    QPrinter printer(info);
    printer.setResolution(resolution);
    printer.setDocName(u"UpgradeDesk"_s);
    QPainter painter;
    if (!painter.begin(&printer))
        return fail(ErrorCode::PrinterFault, u"the print service did not begin"_s);
    paintSlip(&painter, lines, printer.resolution() / mmPerInch);
    if (!painter.end() || printer.printerState() == QPrinter::Error)
        return fail(ErrorCode::PrinterFault, u"the print service did not take it"_s);
    return {};
}

} // namespace upgradedesk
