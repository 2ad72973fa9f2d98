#include "hub/api.h"
#include "hub/commands.h"
#include "hub/httpserver.h"
#include "hub/log.h"

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{

int serve(const Console &console, const QStringList &arguments)
{
    if (!arguments.isEmpty())
        return console.usage({u"serve 没有参数"_s, u"serve takes no arguments"_s});
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    Hub &hub = *opened.hub;
    Api api(hub);
    const HttpServer::Service service{
        [&api](const HttpRequest &request) { return api.answer(request); },
        [&api](int status, const QString &id) { return api.refusal(status, id); },
        [&api](const HttpRequest &request) { return api.admin(request); },
    };
    HttpServer server(hub.config, hub.keys, service, hub.metrics);
    if (const auto listening = server.listen(); !listening)
        return console.report(listening.error());
    log(u"info"_s, u"serving"_s,
        {{u"hub"_s, hub.config.hub},
         {u"profile"_s, profileKey(hub.keys.profile)},
         {u"port"_s, hub.config.listen.port}});
    const bool clean = server.run();
    log(u"info"_s, u"stopped"_s, {{u"clean"_s, clean}});
    if (!clean) {
        // Something still runs and was given its time: its answer is lost, its record is not.
        std::fflush(nullptr);
        std::_Exit(int(ExitCode::Done));
    }
    return int(ExitCode::Done);
}

} // namespace upgradedesk::hub
