#include "hub/commands.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{

CommandLine CommandLine::parse(const QStringList &arguments, const QStringList &options,
                               const QStringList &flags)
{
    CommandLine line;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        if (!argument.startsWith(u"--")) {
            line.words << argument;
            continue;
        }
        const QString name = argument.mid(2);
        const bool takesValue = options.contains(name);
        if (line.has(name) || (!takesValue && !flags.contains(name)) ||
            (takesValue && i + 1 == arguments.size())) {
            line.wrong = true;
            return line;
        }
        line.options.insert(name, takesValue ? arguments[++i] : QString());
    }
    return line;
}

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

} // namespace upgradedesk::hub
