#include "device/serial/printeraddress.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

bool takeOption(PrinterAddress &address, const QString &option)
{
    constexpr int slowest = 1200;
    constexpr int fastest = 921600;
    const QString key = option.section(u'=', 0, 0);
    const QString value = option.section(u'=', 1);
    if (key == u"paper" && (value == u"58" || value == u"80")) {
        address.narrow = value == u"58";
        return true;
    }
    if (key == u"qr" && (value == u"text" || value == u"image")) {
        address.makesCodes = value == u"text";
        return true;
    }
    if (key == u"baud") {
        address.baud = value.toInt();
        return address.baud >= slowest && address.baud <= fastest;
    }
    return false;
}

} // namespace

Result<PrinterAddress> printerNamed(const QString &words)
{
    PrinterAddress address;
    if (words.isEmpty())
        return address;
    if (words == u"system" || words.startsWith("system:"_L1)) {
        address.way = PrinterAddress::Way::System;
        address.name = words.section(u':', 1);
        return address;
    }
    const QStringList parts = words.split(u',');
    address.way = PrinterAddress::Way::Serial;
    address.path = parts.first();
    bool good = !address.path.isEmpty();
    for (const QString &option : parts.sliced(1))
        good = good && takeOption(address, option);
    if (!good)
        return fail(ErrorCode::PrinterNameInvalid, u"the words name no printer"_s, {words});
    return address;
}

} // namespace upgradedesk
