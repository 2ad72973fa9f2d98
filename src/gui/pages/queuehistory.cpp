#include "gui/pages/queuehistory.h"

namespace upgradedesk
{
namespace
{

constexpr qint64 keptSeconds = 3600;
/// A busy desk links a passenger every half minute; the chart has some seven hundred pixels.
constexpr qsizetype mostPoints = 2000;

} // namespace

void QueueHistory::note(const QDateTime &at, int waiting, bool offline)
{
    if (!m_points.isEmpty() && at < m_points.last().at)
        m_points.clear();
    if (!m_points.isEmpty() && m_points.last().waiting == waiting &&
        m_points.last().offline == offline)
        return;
    m_points.append({at, waiting, offline});
    // The last point before the hour says how it began.
    while (m_points.size() > mostPoints ||
           (m_points.size() > 1 && m_points.at(1).at.secsTo(at) >= keptSeconds))
        m_points.removeFirst();
}

} // namespace upgradedesk
