#include "hub/quotadrawer.h"

#include "hub/questions.h"

#include <algorithm>

namespace upgradedesk::hub
{
namespace
{

constexpr int portions = 200; ///< of one limit, so little of it can be lost

} // namespace

QuotaDrawer::QuotaDrawer(Hub &hub, int spanSeconds, int limit)
    : m_hub(hub)
    , m_spanSeconds(spanSeconds)
    , m_limit(limit)
{
}

Result<bool> QuotaDrawer::use(const QString &subject, int count)
{
    const qint64 span = m_hub.clock.now().toSecsSinceEpoch() / m_spanSeconds;
    if (draw(subject, span, count))
        return true;
    const int portion = std::max(count, m_limit / portions);
    auto taken = useQuota(m_hub, subject, m_spanSeconds, portion, m_limit);
    if (taken && !*taken && portion > count) // the last of it, no longer a whole portion
        return useQuota(m_hub, subject, m_spanSeconds, count, m_limit);
    if (!taken || !*taken)
        return taken;
    const std::lock_guard lock(m_mutex);
    Portion &mine = m_portions[subject];
    if (mine.span != span)
        mine = {span, 0};
    mine.left += portion - count;
    return true;
}

bool QuotaDrawer::draw(const QString &subject, qint64 span, int count)
{
    const std::lock_guard lock(m_mutex);
    const auto mine = m_portions.find(subject);
    if (mine == m_portions.end() || mine->span != span || mine->left < count)
        return false;
    mine->left -= count;
    return true;
}

} // namespace upgradedesk::hub
