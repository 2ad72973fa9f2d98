#pragma once

#include "core/datafolder.h"
#include "core/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace upgradedesk::sync
{

/// What `provisioning.json` says: who this desk is and whose certificates it uses. No secret.
struct Provisioning {
    Profile profile = Profile::Training;
    QString desk;
    QString deskName;
    QString station;
    QString stationName;
    QString hub;
    QString hubUrl;             ///< `https://…`; empty in training, which has no network
    QDateTime validUntil;       ///< UTC
    QByteArray deskCertificate; ///< PEM, as the two below
    QByteArray caCertificate;
    QByteArray recordCertificate;

    [[nodiscard]] QByteArray toJson() const;

    /// Takes the place of the file in one step. Fails as writePrivateFile() does.
    [[nodiscard]] Result<void> replace(const QString &folder) const;

    /// NotProvisioned (args: the option --data for this folder, or empty) when there is no file;
    /// ProvisioningInvalid when it is not as it should be.
    [[nodiscard]] static Result<Provisioning> load(const QString &folder);
};

/// Bytes of the local key and of the pepper.
constexpr qsizetype secretSize = 32;

// Names inside the data folder.
[[nodiscard]] QString provisioningFile(const QString &folder);
[[nodiscard]] QString keyFolder(const QString &folder);
[[nodiscard]] QString deskKeyFile(const QString &folder);
/// HMAC key under which this desk alone recognises cards and persons.
[[nodiscard]] QString localKeyFile(const QString &folder);
[[nodiscard]] QString pepperFile(const QString &folder);
/// The city's key of card tokens with its id; absent in training.
[[nodiscard]] QString tokenKeyFile(const QString &folder);
/// The key of a desk that has asked for its identity and has none yet.
[[nodiscard]] QString pendingKeyFile(const QString &folder);

} // namespace upgradedesk::sync
