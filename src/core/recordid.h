#pragma once

#include "core/clock.h"

#include <QString>

namespace upgradedesk
{

/// A new UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, the rest from the system's random source.
[[nodiscard]] QString newRecordId(const Clock &clock);

/// Lower-case canonical form of a UUIDv7, nothing else.
[[nodiscard]] bool isRecordId(QStringView text);

} // namespace upgradedesk
