#pragma once

#include "device/ports/rolebook.h"
#include "doctor/check.h"

#include <QMap>

#include <optional>

namespace upgradedesk::doctor
{

/// What the checks of the counter's devices look at; a test gives its own. No port is opened.
struct CounterPlaces {
    QList<SerialPort> ports;
    RoleBook roles;
    QMap<DeviceRole, QString> named; ///< paths that options name; they come before the roles
    QString procFolder = QStringLiteral("/proc");

    /// Those of this machine, with the roles of that data folder.
    [[nodiscard]] static CounterPlaces ofThisMachine(const QString &dataFolder);
};

/// Another program that has a port open.
struct Holder {
    qint64 process = 0;
    QString name; ///< of the program, as the kernel has it

    bool operator==(const Holder &) const = default;
};

/// The first other process that has the file open, as far as this user may see; nothing when there
/// is none.
[[nodiscard]] std::optional<Holder> holderOf(const QString &path, const QString &procFolder);

/// Whether a device has the role, is plugged in, may be opened and is held by nobody else. Named
/// after the role: `id-reader`, `scanner`, `printer`, `card-reader`. A role that no device has is
/// good: a desk need not have every device.
[[nodiscard]] Check deviceCheck(DeviceRole role, const CounterPlaces &places);

/// `groups`: whether this user may open what plugged-in devices make, and which group may.
[[nodiscard]] Check groupsCheck(const CounterPlaces &places);

/// `unknown-ports`: what is plugged in and has no role; it is never opened before somebody says
/// what it is.
[[nodiscard]] Check unknownPortsCheck(const CounterPlaces &places);

/// All of them but the one of the card reader, which readerChecks() looks at.
[[nodiscard]] QList<Check> counterChecks(const CounterPlaces &places);

} // namespace upgradedesk::doctor
