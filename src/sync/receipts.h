#pragma once

#include "core/result.h"
#include "crypto/certificate.h"
#include "storage/hubstore.h"
#include "sync/deskidentity.h"
#include "wire/records.h"

#include <QIODevice>
#include <QString>

namespace upgradedesk::sync
{

/// Whether the receipt is the hub's, for these sealed bytes and this outcome.
[[nodiscard]] bool receiptIsGood(const wire::RecordResult &result, const QByteArray &sealedHash,
                                 const QString &hub, const Certificate &signer);

/// What a verified result means for the row.
[[nodiscard]] storage::Settlement settlementOf(const wire::RecordResult &result);

struct ReceiptsTaken {
    qint64 settled = 0; ///< rows
    qint64 unknown = 0; ///< receipts for records that are not held here
};

/// Takes the hub's receipts from a file (`deskctl queue receipts`): all or nothing. InputInvalid,
/// SignatureInvalid when a receipt or its certificate is not of this desk's hub.
[[nodiscard]] Result<ReceiptsTaken> takeReceipts(QIODevice &file, const DeskIdentity &identity,
                                                 storage::HubStore &store, const Clock &clock);

} // namespace upgradedesk::sync
