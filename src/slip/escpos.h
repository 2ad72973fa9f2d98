#pragma once

#include "slip/slip.h"

#include <QByteArray>

#include <optional>

namespace upgradedesk
{

/// What a receipt printer can.
struct PaperRoll {
    int columns = 48;       ///< half-width characters a line: 48 on 80 mm, 32 on 58 mm
    int dots = 576;         ///< likewise 576, 384
    bool makesCodes = true; ///< makes QR codes itself (GS ( k); else they are sent as a picture

    [[nodiscard]] static PaperRoll narrow(bool makesCodes = true) { return {32, 384, makesCodes}; }

    bool operator==(const PaperRoll &) const = default;
};

/// The text in GB18030 when a printer's fonts have all of it: ASCII and two-byte characters, of
/// which each byte takes one column. Nothing for other characters, and control characters.
[[nodiscard]] std::optional<QByteArray> printerText(const QString &text);

/// The lines as ESC/POS from reset to cut. A line with a character that printers have no font for
/// is drawn and sent as a picture; needs a QGuiApplication for that.
[[nodiscard]] QByteArray escPos(const QList<SlipLine> &lines, const PaperRoll &roll);

} // namespace upgradedesk
