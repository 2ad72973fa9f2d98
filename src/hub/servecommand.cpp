#include "hub/api.h"
#include "hub/commands.h"
#include "hub/httpserver.h"
#include "hub/log.h"

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <thread>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{

namespace
{

constexpr auto pauseBetweenLookUps = std::chrono::seconds(2);
constexpr auto pauseAfterTrouble = std::chrono::seconds(30);
constexpr int lookUpsATime = 20;

/// Asks the health service for whoever waits, until it is told to stop.
class LookUps
{
public:
    explicit LookUps(Hub &hub)
        : m_hub(hub)
        , m_desks(hub)
        , m_provider(healthProviderOf(hub.config))
    {
        if (m_provider)
            m_thread = std::thread([this] { run(); });
    }
    ~LookUps()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_wake.notify_all();
        if (m_thread.joinable())
            m_thread.join();
    }
    LookUps(const LookUps &) = delete;
    LookUps &operator=(const LookUps &) = delete;

private:
    void run()
    {
        std::unique_lock lock(m_mutex);
        while (!m_stopping) {
            lock.unlock();
            const auto pause = step();
            lock.lock();
            m_wake.wait_for(lock, pause, [this] { return m_stopping; });
        }
    }
    std::chrono::seconds step()
    {
        Evidence evidence(m_hub, m_desks);
        const auto done = lookUpPending(m_hub, evidence, *m_provider, lookUpsATime);
        if (!done) {
            log(u"warning"_s, u"health-look-up-failed"_s,
                {{u"code"_s, errorKey(done.error().code)}});
            return pauseAfterTrouble;
        }
        return *done == lookUpsATime ? std::chrono::seconds(0) : pauseBetweenLookUps;
    }

    Hub &m_hub;
    Desks m_desks;
    std::unique_ptr<HealthProvider> m_provider;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false; ///< under the mutex
    std::thread m_thread;
};

} // namespace

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
    std::optional<LookUps> lookUps(std::in_place, hub);
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
