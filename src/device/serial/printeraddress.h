#pragma once

#include "core/result.h"

#include <QString>

namespace upgradedesk
{

/// Which printer prints receipts, and what is known of it.
struct PrinterAddress {
    enum class Way {
        None,   ///< no printer is set up
        Serial, ///< ESC/POS on a serial line
        System  ///< a printer of the operating system
    };

    Way way = Way::None;
    QString path; ///< of Serial
    int baud = 9600;
    bool narrow = false;    ///< a roll of 58 mm and not of 80
    bool makesCodes = true; ///< prints QR codes from their text
    QString name;           ///< of System; empty: the system's usual printer

    bool operator==(const PrinterAddress &) const = default;
};

/// `PATH[,paper=58|80][,baud=N][,qr=text|image]`, `system`, `system:NAME`; empty for none.
/// PrinterNameInvalid (args: the words).
[[nodiscard]] Result<PrinterAddress> printerNamed(const QString &words);

} // namespace upgradedesk
