#pragma once

#include "device/serial/serialports.h"

#include <QList>
#include <QStringList>

namespace upgradedesk
{

/// The connstrings to try when no reader is named anywhere: ports with a device node behind a USB
/// adapter of the kinds that PN532 boards come with, in the order of their paths. Nothing is ever
/// written to another port: whatever is behind it did not ask for it.
[[nodiscard]] QStringList readerCandidates(const QList<SerialPort> &ports);

} // namespace upgradedesk
