#include "hub/commands.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{

Result<void> Opened::open(const QString &configFile)
{
    auto read = Config::load(configFile);
    if (!read)
        return tl::unexpected(read.error());
    config = std::move(*read);
    auto keys = HubKeys::load(config, clock);
    if (!keys)
        return tl::unexpected(keys.error());
    auto opened = Hub::open(config, std::move(*keys), clock);
    if (!opened)
        return tl::unexpected(opened.error());
    hub = std::move(*opened);
    return {};
}

QString timeOrEmpty(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODate) : QString();
}

} // namespace upgradedesk::hub
