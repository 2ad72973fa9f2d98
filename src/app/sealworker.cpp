#include "app/sealworker.h"

#include "sync/recordsealer.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{

SealWorker::SealWorker(QString folder, const sync::DeskIdentity &identity, Rules rules,
                       const Clock &clock)
    : m_folder(std::move(folder))
    , m_identity(&identity)
    , m_rules(std::move(rules))
    , m_clock(clock)
{
}

void SealWorker::setAnchor(const storage::JournalHead &head)
{
    m_anchor = head;
}

void SealWorker::setRules(const Rules &rules)
{
    m_rules = rules;
}

void SealWorker::renewIdentity()
{
    auto renewed = sync::DeskIdentity::load(m_folder, m_clock);
    // With what cannot be read nothing changes; the network thread tells the trouble.
    if (!renewed)
        return;
    m_renewed = std::make_unique<const sync::DeskIdentity>(std::move(*renewed));
    m_identity = m_renewed.get();
}

void SealWorker::seal(const LinkRequest &request)
{
    const Limits &limits = m_rules.limits(beijingDate(m_clock.now()));
    sync::LinkTerms terms;
    terms.slot =
        m_rules.slot(request.medium) == u"phone" ? storage::Slot::Phone : storage::Slot::Physical;
    terms.quotas = {limits.physicalPerPerson, limits.phonePerPerson, limits.cardsPerAgent};

    const auto record = sync::sealLink(*m_identity, request, terms, m_anchor, m_clock);
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
    const auto made = sync::sealRevoke(*m_identity, {record, operatorId, m_rules.version()}, terms,
                                       m_anchor, m_clock);
    if (made)
        emit sealed(*made);
    else
        emit revokeFailed(made.error());
}

} // namespace upgradedesk
