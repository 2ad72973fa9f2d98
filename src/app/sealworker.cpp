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

} // namespace upgradedesk
