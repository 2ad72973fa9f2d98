#pragma once

#include <QString>

namespace upgradedesk
{

class VirtualIdReader;

/// Does what one control line says to the virtual ID reader, and returns the line that answers it:
/// `ok`, `ok NAME …` for `list`, or `error` and why. The words are those of idReaderLineHelp().
[[nodiscard]] QString obeyIdReaderLine(VirtualIdReader &reader, const QString &line);

/// One line a word, for --help.
[[nodiscard]] QString idReaderLineHelp();

} // namespace upgradedesk
