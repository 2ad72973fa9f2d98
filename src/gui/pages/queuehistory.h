#pragma once

#include "gui/widgets/queuesteps.h"

namespace upgradedesk
{

/// How long the queue was in the last hour, as it was told since the start of the program.
class QueueHistory
{
public:
    /// From `at` on. A clock that was set back begins a new history: the old one has no place on
    /// its scale.
    void note(const QDateTime &at, int waiting, bool offline);

    [[nodiscard]] const QList<QueuePoint> &points() const { return m_points; }

private:
    QList<QueuePoint> m_points;
};

} // namespace upgradedesk
