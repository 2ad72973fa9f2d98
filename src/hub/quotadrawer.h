#pragma once

#include "hub/hub.h"

#include <QHash>

#include <mutex>

namespace upgradedesk::hub
{

/// The quota of a question that is asked often: it is taken from the database in portions, so that
/// not every question writes there. Over all processes never more than the limit is asked in a
/// span; what is left of a portion at its end is lost. May be used from several threads.
class QuotaDrawer
{
public:
    QuotaDrawer(Hub &hub, int spanSeconds, int limit);

    /// False when the subject would ask more than its limit.
    [[nodiscard]] Result<bool> use(const QString &subject, int count);

private:
    struct Portion {
        qint64 span = 0; ///< in which it was taken
        int left = 0;
    };
    [[nodiscard]] bool draw(const QString &subject, qint64 span, int count);

    Hub &m_hub;
    const int m_spanSeconds;
    const int m_limit;
    std::mutex m_mutex;
    QHash<QString, Portion> m_portions;
};

} // namespace upgradedesk::hub
