#pragma once

#include "device/serial/serialports.h"

#include <QList>
#include <QStringList>

namespace upgradedesk
{

/// The connstrings to try when no reader is named anywhere: ports with a device node behind a USB
/// adapter of the kinds that PN532 boards come with, in the order of their paths. Nothing is ever
/// written to another port, nor to one of `others`: whatever is behind it did not ask for it.
[[nodiscard]] QStringList readerCandidates(const QList<SerialPort> &ports,
                                           const QStringList &others = {});

/// Whether one of the paths leads to the port, by whatever name: udev gives each port several.
[[nodiscard]] bool isAmong(const QStringList &paths, const QString &port);

/// The path of the serial line in a connstring such as `pn532_uart:/dev/ttyUSB0:115200`, empty when
/// there is none.
[[nodiscard]] QString serialPathOf(const QString &connstring);

/// A path alone means a PN532 on that line.
[[nodiscard]] QString withDriver(const QString &connstring);

} // namespace upgradedesk
