#pragma once

#include <QString>

#include <optional>

namespace upgradedesk
{

constexpr int pn532SlowSpeed = 115200; ///< what the chip has after power-on
constexpr int pn532FastSpeed = 460800; ///< the highest that libnfc opens a line at

/// Looks whether a PN532 answers on this serial line, at whatever speed a process that died may
/// have left it, and brings it to `wanted` baud. Returns the speed it is left at, which is the slow
/// one when the other is not reliable, and nothing when no PN532 answers. Writes nothing but
/// frames of the PN532 and blocks for at most 0.9 s. The caller holds the line for itself.
[[nodiscard]] std::optional<int> tunePn532Line(const QString &path, int wanted);

} // namespace upgradedesk
