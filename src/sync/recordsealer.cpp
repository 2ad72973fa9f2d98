#include "sync/recordsealer.h"

#include "core/masking.h"
#include "core/recordid.h"
#include "wire/record.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::sync
{
namespace
{

/// What every record says of the desk, whatever its kind.
wire::Record newContent(const DeskIdentity &identity, const QString &kind,
                        const storage::JournalHead &anchor, const Clock &clock)
{
    wire::Record content;
    content.id = newRecordId(clock);
    content.desk = identity.desk();
    content.hub = identity.hub();
    content.kind = kind;
    content.seq = anchor.seq;
    content.journalHead = anchor.hash;
    content.deskTime = clock.now().toUTC();
    content.bootTicks = clock.sinceBoot().count();
    content.timeTrusted = clock.isTrusted();
    content.lastHubTime = clock.lastHubTime();
    return content;
}

/// What every row of the outbox holds of its record.
Result<storage::NewRecord> newRow(const DeskIdentity &identity, const wire::Record &content,
                                  const Sealer &sealer, const Clock &clock)
{
    // What is signed or sealed with a certificate that has ended nobody need believe.
    if (clock.now() >= identity.validUntil())
        return fail(ErrorCode::ProvisioningExpired, u"a certificate has ended"_s);
    const Secret plain(wire::encodeRecord(content));
    auto sealed = sealer.seal(plain.view());
    if (!sealed)
        return tl::unexpected(sealed.error());
    storage::NewRecord record;
    record.id = content.id;
    record.kind = content.kind;
    record.operatorId = content.operatorId;
    record.of = content.of;
    record.sealed = std::move(*sealed);
    record.at = content.deskTime;
    record.bootId = clock.bootId();
    record.sinceBoot = std::chrono::milliseconds(content.bootTicks);
    return record;
}

wire::Record contentOf(const DeskIdentity &identity, const LinkRequest &request,
                       const storage::JournalHead &anchor, const Clock &clock)
{
    wire::Record content = newContent(
        identity, request.reason == u"first-topup" ? u"first-topup"_s : u"link"_s, anchor, clock);
    if (!request.record.isEmpty())
        content.id = request.record;
    content.supersedes = request.supersedes;
    content.operatorId = request.operatorId;
    content.consents = request.consents;
    content.rulesVersion = request.rulesVersion;
    content.medium = request.medium;
    content.cardBy = request.cardBy;
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
    auto record = newRow(identity, contentOf(identity, request, anchor, clock), sealer, clock);
    if (!record)
        return record;
    auto cardKey = identity.cardKey(request.cardNumber);
    if (!cardKey)
        return tl::unexpected(cardKey.error());
    auto personKey = identity.personKey(request.holder.documentKind, request.holder.documentNumber);
    if (!personKey)
        return tl::unexpected(personKey.error());
    if (request.agent) {
        auto agentKey =
            identity.personKey(request.agent->documentKind, request.agent->documentNumber);
        if (!agentKey)
            return tl::unexpected(agentKey.error());
        record->agentKey = *agentKey;
    }
    record->medium = request.medium;
    record->slot = terms.slot;
    record->quotas = terms.quotas;
    record->supersedes = request.supersedes;
    record->maskedName = maskName(request.holder.name);
    record->maskedNumber = maskCardNumber(request.cardNumber);
    record->cardKey = *cardKey;
    record->personKey = *personKey;
    return record;
}

Result<storage::NewRecord> sealChange(const DeskIdentity &identity, const ChangeRequest &request,
                                      const LinkTerms &terms, const storage::JournalHead &anchor,
                                      const Clock &clock)
{
    wire::Record content = newContent(identity, request.kind, anchor, clock);
    content.operatorId = request.operatorId;
    content.rulesVersion = request.rulesVersion;
    content.medium = request.medium;
    content.cardBy = request.cardBy;
    content.reason = u"self"_s;
    content.card = request.cardNumber;
    content.product = request.product;
    content.oldCard = request.oldCard;
    content.holder = request.holder;
    auto record = newRow(identity, content, identity.sealer(), clock);
    if (!record)
        return record;
    const auto ended = identity.cardKey(request.endedCard());
    const auto linked = identity.cardKey(request.cardNumber);
    const auto person =
        identity.personKey(request.holder.documentKind, request.holder.documentNumber);
    for (const auto *key : {&ended, &linked, &person}) {
        if (!*key)
            return tl::unexpected(key->error());
    }
    record->medium = request.medium;
    record->slot = terms.slot;
    record->quotas = terms.quotas;
    record->maskedNumber = maskCardNumber(request.cardNumber);
    record->endedCardKey = *ended;
    record->personKey = *person;
    if (content.isReplace())
        record->cardKey = *linked;
    return record;
}

Result<storage::NewRecord> sealRevoke(const DeskIdentity &identity, const RevokeRequest &request,
                                      const RevokeTerms &terms, const storage::JournalHead &anchor,
                                      const Clock &clock)
{
    return sealRevoke(identity, identity.sealer(), request, terms, anchor, clock);
}

Result<storage::NewRecord> sealRevoke(const DeskIdentity &identity, const Sealer &sealer,
                                      const RevokeRequest &request, const RevokeTerms &terms,
                                      const storage::JournalHead &anchor, const Clock &clock)
{
    wire::Record content = newContent(identity, u"revoke"_s, anchor, clock);
    content.operatorId = request.operatorId;
    content.rulesVersion = request.rulesVersion;
    content.of = request.of;
    auto record = newRow(identity, content, sealer, clock);
    if (!record)
        return record;
    record->undoWindow = terms.window;
    record->quotas = terms.quotas;
    return record;
}

} // namespace upgradedesk::sync
