#pragma once

#include "core/datafolder.h"
#include "core/language.h"
#include "core/result.h"

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
    QString control;             ///< training only: socket on which virtual cards are tapped
    bool trace = false;          ///< pages and devices, a line each, to stdout; nothing personal
    bool help = false;
};

[[nodiscard]] Result<Options> parseOptions(const QStringList &arguments);

extern const char *const optionsHelp;

} // namespace upgradedesk
