#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace upgradedesk
{

/// A serial port of this computer, as Qt SerialPort tells it.
struct SerialPort {
    QString path;
    quint16 vendor = 0; ///< USB ids; 0 when the port is not on USB
    quint16 product = 0;
    bool hasNode = true; ///< false when the kernel knows it and /dev does not
};

/// The connstrings to try when no reader is named anywhere: ports with a device node behind a USB
/// adapter of the kinds that PN532 boards come with, in the order of their paths. Nothing is ever
/// written to another port: whatever is behind it did not ask for it.
[[nodiscard]] QStringList readerCandidates(const QList<SerialPort> &ports);

} // namespace upgradedesk
