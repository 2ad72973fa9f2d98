#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "crypto/certificate.h"
#include "crypto/csr.h"
#include "sync/provisioning.h"
#include "wire/enrolment.h"
#include "wire/signeddocument.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace upgradedesk::sync
{

/// The key and request of a desk that wants an identity. The key is kept in the folder: when the
/// answer is lost, the same request is answered again. A desk that has an identity asks with the
/// key it has: its certificate may have ended, and its records and journal are signed with that
/// key.
struct PendingDesk {
    KeyPair key;
    SigningRequest request;
    std::optional<Provisioning> before = {};
};

/// AlreadyProvisioned for a desk in training; DataFolderUnwritable, ProvisioningInvalid,
/// KeyUnreadable, KeyExposed, CryptoFailed.
[[nodiscard]] Result<PendingDesk> pendingDesk(const QString &folder);

/// Makes the folder of the desk the hub has named, or gives the desk that is there its new
/// certificates; everything else in the folder stays as it is. `authority` is the one that was
/// proved, by the code or by eye. ProfileMismatch when the answer is of another profile;
/// ProvisioningInvalid when its certificates do not fit; EnrolmentOtherDesk (args: desk) when the
/// folder is another desk's.
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

/// ProvisioningFileInvalid, SignatureInvalid, ProfileMismatch; ProvisioningOtherRequest when it
/// answers one that this folder has not made.
[[nodiscard]] Result<OpenedProvisioning>
openProvisioning(QByteArrayView file, const PendingDesk &pending, Profile profile);

} // namespace upgradedesk::sync
