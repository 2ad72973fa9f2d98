#pragma once

#include "doctor/check.h"

#include <QStringList>

namespace upgradedesk::doctor
{

/// A serial line as the system lists it; it is never opened for these checks, because an unknown
/// device could take that for a command.
struct SerialLine {
    QString path;        ///< `/dev/ttyUSB0`
    QString description; ///< of the USB device, may be empty
    bool mayOpen = false;
    bool hasNode = true; ///< false when the kernel knows it and /dev does not
};

/// What the reader checks look at; a test gives its own.
struct ReaderPlaces {
    QList<SerialLine> lines;
    QString configured; ///< what LIBNFC_DEVICE or --reader names, empty for nothing
    QString nfcFolder = QStringLiteral("/etc/nfc");
    QString procFolder = QStringLiteral("/proc");
    bool training = false; ///< the desk in the data folder uses its virtual reader

    /// Those of this machine.
    [[nodiscard]] static ReaderPlaces ofThisMachine(bool training);
};

/// `readers`, `ports`, `pcscd`, `kernel-driver`, `reader-lock`.
[[nodiscard]] QList<Check> readerChecks(const ReaderPlaces &places);

/// Connection strings in libnfc.conf and devices.d of that folder.
[[nodiscard]] QStringList configuredReaders(const QString &nfcFolder);

} // namespace upgradedesk::doctor
