#pragma once

#include "core/changerequest.h"
#include "core/clock.h"
#include "core/linkrequest.h"
#include "core/result.h"
#include "storage/records.h"
#include "sync/deskidentity.h"

#include <chrono>

namespace upgradedesk::sync
{

/// What the rules say about the card on the day of the link.
struct LinkTerms {
    storage::Slot slot = storage::Slot::Physical;
    storage::Quotas quotas;
};

/// Makes the row of the outbox for a link that has passed every check: signed, sealed, masked, with
/// a new id. `anchor` is the journal's head as it was lately; it need not be the newest. Touches no
/// file and may run in any thread. Fails with CryptoFailed, or ProvisioningExpired when a
/// certificate of the desk has ended.
[[nodiscard]] Result<storage::NewRecord>
sealLink(const DeskIdentity &identity, const LinkRequest &request, const LinkTerms &terms,
         const storage::JournalHead &anchor, const Clock &clock);

/// The same with another sealer than the identity's own.
[[nodiscard]] Result<storage::NewRecord>
sealLink(const DeskIdentity &identity, const Sealer &sealer, const LinkRequest &request,
         const LinkTerms &terms, const storage::JournalHead &anchor, const Clock &clock);

/// The same for a record that ends a link, or puts another card in the place of one.
[[nodiscard]] Result<storage::NewRecord>
sealChange(const DeskIdentity &identity, const ChangeRequest &request, const LinkTerms &terms,
           const storage::JournalHead &anchor, const Clock &clock);

/// What takes a record back. It names nobody.
struct RevokeRequest {
    QString of; ///< id of the record
    QString operatorId;
    QString rulesVersion;
};

/// What the rules say on the day of the revoke; the quotas are for a link that counts again.
struct RevokeTerms {
    std::chrono::milliseconds window{};
    storage::Quotas quotas;
};

/// The same for a record that takes another back; whether it may is decided at the commit.
[[nodiscard]] Result<storage::NewRecord>
sealRevoke(const DeskIdentity &identity, const RevokeRequest &request, const RevokeTerms &terms,
           const storage::JournalHead &anchor, const Clock &clock);
[[nodiscard]] Result<storage::NewRecord>
sealRevoke(const DeskIdentity &identity, const Sealer &sealer, const RevokeRequest &request,
           const RevokeTerms &terms, const storage::JournalHead &anchor, const Clock &clock);

} // namespace upgradedesk::sync
