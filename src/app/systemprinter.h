#pragma once

#include "core/result.h"
#include "slip/slip.h"

namespace upgradedesk
{

// Printers of the operating system, through Qt PrintSupport. Both calls block as long as its print
// service does: never on the GUI thread.

/// Whether there is a printer of this name; empty: the usual one. PrinterAbsent.
[[nodiscard]] Result<void> findSystemPrinter(const QString &name);

/// Hands the receipt to the print service, which takes it from there: what the paper does is not
/// heard of. PrinterAbsent, PrinterFault when it was not taken.
[[nodiscard]] Result<void> printOnSystem(const QString &name, const QList<SlipLine> &lines);

} // namespace upgradedesk
