#pragma once

#include "core/result.h"

#include <QString>

namespace upgradedesk
{

/// A name as it is stored and compared: trimmed, the dots people type for · made U+00B7. Fails with
/// NameInvalid unless it has 1 to 60 characters (code points) and no control, lone surrogate or
/// direction character.
[[nodiscard]] Result<QString> normaliseName(const QString &typed);

} // namespace upgradedesk
