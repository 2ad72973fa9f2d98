#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "crypto/certificate.h"
#include "crypto/csr.h"
#include "wire/enrolment.h"
#include "wire/signeddocument.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace upgradedesk::sync
{

/// The key and request of a desk that has no identity yet. The key is kept in the folder: when the
/// answer is lost, the same request is answered again.
struct PendingDesk {
    KeyPair key;
    SigningRequest request;
};

/// AlreadyProvisioned, DataFolderUnwritable, KeyExposed, CryptoFailed.
[[nodiscard]] Result<PendingDesk> pendingDesk(const QString &folder);

/// Makes the folder of the desk the hub has named. `authority` is the one that was proved, by the
/// code or by eye. ProfileMismatch when the answer is of another profile; ProvisioningInvalid when
/// its certificates do not fit.
[[nodiscard]] Result<void> installEnrolled(const QString &folder, Profile profile,
                                           const QString &hubUrl, const Certificate &authority,
                                           const PendingDesk &pending,
                                           const wire::EnrolmentAnswer &answer, const Clock &clock);

/// What a provisioning file is for this desk, with everything checked but the authority itself.
struct OpenedProvisioning {
    Certificate authority; ///< its fingerprint is to be compared by eye
    wire::EnrolmentAnswer answer;
    QList<wire::SignedDocument> documents;
};

/// InputInvalid, SignatureInvalid; KeyUnreadable when this desk has not asked.
[[nodiscard]] Result<OpenedProvisioning>
openProvisioning(QByteArrayView file, const PendingDesk &pending, Profile profile);

} // namespace upgradedesk::sync
