#include "sync/receipts.h"

#include "wire/receiptfile.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::sync
{

bool receiptIsGood(const wire::RecordResult &result, const QByteArray &sealedHash,
                   const QString &hub, const Certificate &signer)
{
    return signer.verifies(wire::receiptBytes(hub, sealedHash, result), result.receipt);
}

storage::Settlement settlementOf(const wire::RecordResult &result)
{
    const bool accepted = result.outcome == wire::Outcome::Accepted;
    return {result.id,
            accepted ? storage::Settlement::Kind::Accepted : storage::Settlement::Kind::Rejected,
            result.reason, result.at, result.receipt};
}

Result<ReceiptsTaken> takeReceipts(QIODevice &file, const DeskIdentity &identity,
                                   storage::HubStore &store, const Clock &clock)
{
    QList<wire::RecordResult> results;
    const auto head = wire::readReceiptFile(file, [&results](const wire::RecordResult &result) {
        results << result;
        return Result<void>();
    });
    if (!head)
        return tl::unexpected(head.error());
    const auto signer = Certificate::fromPem(head->certificate);
    if (!signer || head->hub != identity.hub() || head->desk != identity.desk() ||
        signer->commonName() != identity.hub() ||
        !signer->hasRole(identity.profile(), CertificateRole::Hub) ||
        !signer->isSignedBy(identity.authority()))
        return fail(ErrorCode::SignatureInvalid, u"receipts of another hub or desk"_s);

    ReceiptsTaken taken;
    QList<storage::Settlement> settlements;
    for (const wire::RecordResult &result : std::as_const(results)) {
        const auto hash = store.sealedHash(result.id);
        if (!hash)
            return tl::unexpected(hash.error());
        if (hash->isEmpty()) {
            ++taken.unknown;
            continue;
        }
        if (!receiptIsGood(result, *hash, identity.hub(), *signer))
            return fail(ErrorCode::SignatureInvalid, u"a receipt is not signed by this hub"_s);
        settlements << settlementOf(result);
    }
    // The hub's time is not taken from a file: nobody knows how long it was under way.
    if (const auto settled = store.settle(settlements, head->stamp.epoch, clock.now()); !settled)
        return tl::unexpected(settled.error());
    taken.settled = settlements.size();
    return taken;
}

} // namespace upgradedesk::sync
