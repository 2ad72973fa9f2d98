#pragma once

#include "identity/documentcheck.h"

namespace upgradedesk
{

// Documents whose numbers have a shape but no check digit outside a machine-readable zone. Each
// takes a normalised number, ASCII but for the military one, and answers FORMAT when it does not
// fit.

[[nodiscard]] DocumentCheck checkHomeReturnPermit(const QString &number);
[[nodiscard]] DocumentCheck checkTaiwanPermit(const QString &number);

/// Officers' and soldiers' cards, such as 军字第1234567号. Their rules are not published: any
/// number of 4 to 20 Han characters, letters and digits is taken, always with the warning
/// UNCHECKED. 号 at the end may be left out.
[[nodiscard]] DocumentCheck checkMilitary(const QString &number);

/// Passports of China by their series; any other of 1 to 9 letters and digits is `foreign`, because
/// no pattern may be imposed on those.
[[nodiscard]] DocumentCheck checkPassport(const QString &number);

} // namespace upgradedesk
