#pragma once

#include "core/result.h"
#include "slip/qrcode.h"
#include "slip/slip.h"

#include <QImage>

class QIODevice;
class QPainter;

namespace upgradedesk
{

// Receipts as pictures. Everything here needs a QGuiApplication for its fonts, and may run on any
// thread.

/// Width of the paper and of what is printed on it.
constexpr double slipPaperMm = 80;
constexpr double slipPrintMm = 72;

/// Paints the lines from (0, 0) down, `slipPrintMm` wide, with so many dots a millimetre. Returns
/// their height in dots; a null painter only measures.
double paintSlip(QPainter *painter, const QList<SlipLine> &lines, double dotsPerMm);

/// One page as long as the receipt, with the fonts it uses in it. FileUnwritable.
[[nodiscard]] Result<void> writeSlipPdf(const QList<SlipLine> &lines, QIODevice &device);

/// One line of text of a printer's size as one bit a dot (set where it prints), as wide as the
/// paper.
[[nodiscard]] QImage drawnLine(const QString &text, int dots, bool large);

/// The code with its quiet zone, one bit a dot.
[[nodiscard]] QImage drawnCode(const QrCode &code, int dotsPerModule);

} // namespace upgradedesk
