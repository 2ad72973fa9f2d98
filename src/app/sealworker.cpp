#include "app/sealworker.h"

#include "sync/recordsealer.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{

SealWorker::SealWorker(const sync::DeskIdentity &identity, const Rules &rules, const Clock &clock)
    : m_identity(identity)
    , m_rules(rules)
    , m_clock(clock)
{
}

void SealWorker::setAnchor(const storage::JournalHead &head)
{
    m_anchor = head;
}

void SealWorker::seal(const LinkRequest &request)
{
    const Limits &limits = m_rules.limits(beijingDate(m_clock.now()));
    sync::LinkTerms terms;
    terms.slot =
        m_rules.slot(request.medium) == u"phone" ? storage::Slot::Phone : storage::Slot::Physical;
    terms.quotas = {limits.physicalPerPerson, limits.phonePerPerson, limits.cardsPerAgent};

    const auto record = sync::sealLink(m_identity, request, terms, m_anchor, m_clock);
    if (record)
        emit sealed(*record);
    else
        emit failed(record.error());
}

void SealWorker::sealRevoke(const QString &record, const QString &operatorId)
{
    const Limits &limits = m_rules.limits(beijingDate(m_clock.now()));
    const sync::RevokeTerms terms{
        std::chrono::minutes(limits.undoMinutes),
        {limits.physicalPerPerson, limits.phonePerPerson, limits.cardsPerAgent}};
    const auto made = sync::sealRevoke(m_identity, {record, operatorId, m_rules.version()}, terms,
                                       m_anchor, m_clock);
    if (made)
        emit sealed(*made);
    else
        emit revokeFailed(made.error());
}

} // namespace upgradedesk
