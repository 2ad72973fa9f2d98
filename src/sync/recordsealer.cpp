#include "sync/recordsealer.h"

#include "core/masking.h"
#include "core/recordid.h"
#include "wire/record.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::sync
{
namespace
{

wire::Record contentOf(const DeskIdentity &identity, const LinkRequest &request,
                       const storage::JournalHead &anchor, const Clock &clock)
{
    wire::Record content;
    content.id = newRecordId(clock);
    content.desk = identity.desk();
    content.hub = identity.hub();
    content.kind = request.reason == u"first-topup" ? u"first-topup"_s : u"link"_s;
    content.seq = anchor.seq;
    content.journalHead = anchor.hash;
    content.deskTime = clock.now().toUTC();
    content.bootTicks = clock.sinceBoot().count();
    content.operatorId = request.operatorId;
    content.consents = request.consents;
    content.rulesVersion = request.rulesVersion;
    content.medium = request.medium;
    content.reason = request.reason;
    content.card = request.cardNumber;
    content.product = request.product;
    content.holder = request.holder;
    content.guardian = request.guardian;
    content.agent = request.agent;
    content.healthCode = request.healthCode;
    return content;
}

} // namespace

Result<storage::NewRecord> sealLink(const DeskIdentity &identity, const LinkRequest &request,
                                    const LinkTerms &terms, const storage::JournalHead &anchor,
                                    const Clock &clock)
{
    return sealLink(identity, identity.sealer(), request, terms, anchor, clock);
}

Result<storage::NewRecord> sealLink(const DeskIdentity &identity, const Sealer &sealer,
                                    const LinkRequest &request, const LinkTerms &terms,
                                    const storage::JournalHead &anchor, const Clock &clock)
{
    const wire::Record content = contentOf(identity, request, anchor, clock);
    const Secret plain(wire::encodeRecord(content));
    auto sealed = sealer.seal(plain.view());
    if (!sealed)
        return tl::unexpected(sealed.error());
    auto cardKey = identity.cardKey(request.cardNumber);
    if (!cardKey)
        return tl::unexpected(cardKey.error());
    auto personKey = identity.personKey(request.holder.documentKind, request.holder.documentNumber);
    if (!personKey)
        return tl::unexpected(personKey.error());

    storage::NewRecord record;
    if (request.agent) {
        auto agentKey =
            identity.personKey(request.agent->documentKind, request.agent->documentNumber);
        if (!agentKey)
            return tl::unexpected(agentKey.error());
        record.agentKey = *agentKey;
    }
    record.id = content.id;
    record.kind = content.kind;
    record.operatorId = request.operatorId;
    record.medium = request.medium;
    record.slot = terms.slot;
    record.quotas = terms.quotas;
    record.maskedName = maskName(request.holder.name);
    record.maskedNumber = maskCardNumber(request.cardNumber);
    record.sealed = std::move(*sealed);
    record.cardKey = *cardKey;
    record.personKey = *personKey;
    record.at = content.deskTime;
    return record;
}

} // namespace upgradedesk::sync
