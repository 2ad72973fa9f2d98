#include "hub/housekeeping.h"

#include <array>

namespace upgradedesk::hub
{
namespace
{

struct Task {
    const char *sql;
    int days;
};

constexpr std::array tasks{
    Task{"DELETE FROM quota WHERE span < $1::timestamptz", 2},
    Task{"DELETE FROM question WHERE at < $1::timestamptz", 90},
    Task{"DELETE FROM health WHERE as_of < $1::timestamptz AND fetched < $1::timestamptz", 90},
    Task{"DELETE FROM snapshot_version WHERE at < $1::timestamptz", 30},
};

} // namespace

Result<qint64> tidyDatabase(Hub &hub)
{
    const QDateTime now = hub.clock.now();
    qint64 gone = 0;
    const auto done = hub.database.transact([&](Session &session) -> Result<void> {
        gone = 0;
        const auto mine = session.run("SELECT pg_try_advisory_xact_lock(7304, 0)");
        if (!mine)
            return tl::unexpected(mine.error());
        if (!mine->flag(0, 0))
            return {};
        if (const auto patient = session.script("SET LOCAL statement_timeout = 0"); !patient)
            return patient;
        for (const Task &task : tasks) {
            const auto rows = session.run(task.sql, Parameters().time(now.addDays(-task.days)));
            if (!rows)
                return tl::unexpected(rows.error());
            gone += rows->affected();
        }
        return {};
    });
    if (!done)
        return tl::unexpected(done.error());
    return gone;
}

} // namespace upgradedesk::hub
