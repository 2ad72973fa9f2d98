#pragma once

#include "core/datafolder.h"
#include "core/localtext.h"
#include "core/result.h"
#include "device/serial/printeraddress.h"

#include <QStringList>

#include <optional>

namespace upgradedesk
{

/// How the window was started.
struct Options {
    Profile profile = Profile::Production;
    QString dataFolder;
    // What is given here is stronger than what was chosen on the screen before.
    std::optional<Language> language;
    std::optional<bool> dark;
    std::optional<int> textSize; ///< per cent
    QString reader;              ///< connection string; empty: what libnfc finds
    QString idReader;            ///< serial port of the ID reader; empty: the one with that role
    PrinterAddress printer;      ///< of receipts; none unless given
    bool receiptAtOnce = false;  ///< print each receipt without being asked
    QString control;             ///< training only: socket on which virtual cards are tapped
    bool trace = false;          ///< pages and devices, a line each, to stdout; nothing personal
    bool help = false;
    bool version = false;
};

/// Leaves out what QApplication will take away itself, such as `-platform xcb`; with one dash or
/// two.
[[nodiscard]] QStringList withoutOptionsOfQt(const QStringList &arguments);

/// The error says why the line is not usable.
[[nodiscard]] tl::expected<Options, LocalText> parseOptions(const QStringList &arguments);

/// What --lang asks for, wherever it stands in a line that need not be usable; else the system's.
[[nodiscard]] Language languageOf(const QStringList &arguments);

extern const char *const optionsHelp;

} // namespace upgradedesk
