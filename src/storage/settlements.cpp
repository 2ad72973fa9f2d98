#include "storage/settlements.h"

#include "core/canonical.h"
#include "storage/records.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::storage
{

bool stateMatches(const QString &kind, const QString &state, bool isVoid)
{
    if (isVoid != (kind == u"voided"))
        return false;
    if (kind == u"accepted")
        return state == stateKey(RecordState::Accepted);
    if (kind == u"requeued")
        return state == stateKey(RecordState::Queued) || state == stateKey(RecordState::Sending);
    return state == stateKey(RecordState::Attention);
}

QByteArray settlementHash(const QString &kind, const QString &reason, qint64 judgedAt,
                          const QByteArray &receipt)
{
    return Canonical("upgradedesk settlement 1")
        .add(kind)
        .add(reason)
        .add(judgedAt)
        .add(receipt)
        .hash();
}

} // namespace upgradedesk::storage
