#pragma once

#include <QString>

namespace upgradedesk
{

class VirtualReader;

/// Does what one control line of desksim says and returns the line that answers it: `ok`, `ok NAME
/// NAME …` for `list`, or `error` and why. The words are those of controlLineHelp().
[[nodiscard]] QString obeyControlLine(VirtualReader &reader, const QString &line);

/// One line a word, for --help.
[[nodiscard]] QString controlLineHelp();

} // namespace upgradedesk
