#pragma once

#include "core/result.h"
#include "wire/signeddocument.h"

#include <QByteArray>
#include <QList>

namespace upgradedesk::wire
{

/// What `upgradehub provision DESK CSR FILE` writes for a desk without network. `sealed` is an
/// EnrolmentAnswer, signed by the hub's key and encrypted to the desk's new certificate as a Sealer
/// does; the authority's fingerprint is compared by eye.
struct ProvisioningFile {
    QByteArray certificate;          ///< PEM of the desk, role Desk: what `sealed` is encrypted to
    QByteArray hubCertificate;       ///< PEM, role Hub: who signed `sealed`
    QByteArray chain;                ///< PEM of the authority
    QByteArray sealed;               ///< DER
    QList<SignedDocument> documents; ///< rules and the station's roster

    bool operator==(const ProvisioningFile &) const = default;
};

constexpr qsizetype largestProvisioningFile = 3 * 1024 * 1024;

[[nodiscard]] QByteArray encodeProvisioningFile(const ProvisioningFile &file);
/// Strict, at most 3 MiB. Fails with InputInvalid.
[[nodiscard]] Result<ProvisioningFile> decodeProvisioningFile(QByteArrayView text);

} // namespace upgradedesk::wire
