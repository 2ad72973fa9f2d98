#pragma once

#include "hub/intake.h"

#include <QHash>

namespace upgradedesk::hub
{

/// Takes the records of one desk in: opens, checks, lets the database decide, signs receipts.
class RecordStore
{
public:
    explicit RecordStore(Hub &hub)
        : m_hub(hub)
    {
    }

    /// One result a record, in their order. `imported` records came by hand and may be of a desk
    /// that was revoked since: those are rejected with `desk-revoked`, all others refused with the
    /// error DeskRevoked.
    [[nodiscard]] Result<QList<wire::RecordResult>>
    take(const QList<wire::SealedRecord> &records, const DeskSigner &signer, const QDateTime &now,
         bool imported = false, bool revoked = false);

private:
    [[nodiscard]] Result<std::vector<Examined>> examineAll(const QList<wire::SealedRecord> &records,
                                                           const DeskSigner &signer,
                                                           const QDateTime &now,
                                                           const Secret &tokenKey);
    [[nodiscard]] Result<void> decide(QList<wire::RecordResult> &results,
                                      const std::vector<Examined> &examined,
                                      const DeskSigner &signer, qint64 tokenKey,
                                      const QDateTime &now, bool imported);
    [[nodiscard]] Result<QList<wire::RecordResult>>
    tryOnce(const QList<wire::SealedRecord> &records, const DeskSigner &signer,
            const QDateTime &now, bool imported, bool revoked);

    Hub &m_hub;
};

} // namespace upgradedesk::hub
