#pragma once

#include "cli/console.h"

#include <QString>

namespace upgradedesk
{

/// `link --from`: one link a line of the file (`-` is the rest of stdin). Each result is printed
/// only after its commit, in the order of the lines; bad lines are named and skipped. Killed at any
/// moment, what was printed is stored. Returns the exit code.
[[nodiscard]] int linkBulk(Console &console, const QString &file, const QString &operatorId);

} // namespace upgradedesk
