#include "crypto/privatefile.h"
#include "hub/api.h"
#include "hub/commands.h"
#include "hub/housekeeping.h"
#include "hub/httpserver.h"
#include "hub/log.h"

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{

namespace
{

constexpr auto pauseBetweenLookUps = std::chrono::seconds(2);
constexpr auto pauseAfterTrouble = std::chrono::seconds(30);
constexpr auto pauseBetweenTidying = std::chrono::hours(1);
constexpr auto pauseBetweenRetokenings = std::chrono::seconds(30);
constexpr int lookUpsATime = 20;

/// Does something again and again on a thread of its own, until this is destroyed.
class Repeating
{
public:
    using Stopping = std::function<bool()>;
    /// Returns how long to wait before the next time.
    using Step = std::function<std::chrono::seconds(const Stopping &)>;

    explicit Repeating(Step step)
        : m_step(std::move(step))
        , m_thread([this] { run(); })
    {
    }
    ~Repeating()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_wake.notify_all();
        m_thread.join();
    }
    Repeating(const Repeating &) = delete;
    Repeating &operator=(const Repeating &) = delete;

private:
    void run()
    {
        const Stopping stopping = [this] {
            const std::lock_guard lock(m_mutex);
            return m_stopping;
        };
        while (!stopping()) {
            const auto pause = m_step(stopping);
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, pause, [this] { return m_stopping; });
        }
    }

    Step m_step;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false; ///< under the mutex
    std::thread m_thread;    ///< last: it uses all the others
};

/// Asks the health service for whoever waits.
Repeating::Step lookUps(Hub &hub, Desks &desks, HealthProvider &provider)
{
    return [&](const Repeating::Stopping &stopping) {
        Evidence evidence(hub, desks);
        const auto done = lookUpPending(hub, evidence, provider, lookUpsATime, stopping);
        if (!done) {
            log(u"warning"_s, u"health-look-up-failed"_s,
                {{u"code"_s, errorKey(done.error().code)}});
            return pauseAfterTrouble;
        }
        return *done == lookUpsATime ? std::chrono::seconds(0) : pauseBetweenLookUps;
    };
}

Repeating::Step housekeeping(Hub &hub)
{
    return [&](const Repeating::Stopping &) -> std::chrono::seconds {
        const auto gone = tidyDatabase(hub);
        if (!gone)
            log(u"warning"_s, u"housekeeping-failed"_s, {{u"code"_s, errorKey(gone.error().code)}});
        else if (*gone > 0)
            log(u"info"_s, u"housekeeping"_s, {{u"rows"_s, *gone}});
        return pauseBetweenTidying;
    };
}

/// Ends a revocation that was cut off, whoever had begun it. Until then no snapshots are made.
Repeating::Step retokenings(Desks &desks)
{
    return [&](const Repeating::Stopping &stopping) {
        const auto done = desks.finishRetokeningBeside(stopping);
        if (!done)
            log(u"warning"_s, u"retokening-failed"_s, {{u"code"_s, errorKey(done.error().code)}});
        else if (done->cards > 0)
            log(done->unreadable > 0 ? u"warning"_s : u"info"_s, u"retokened"_s,
                {{u"cards"_s, done->cards}, {u"unreadable"_s, done->unreadable}});
        return pauseBetweenRetokenings;
    };
}

} // namespace

int serve(const Console &console, const QStringList &arguments)
{
    if (!arguments.isEmpty())
        return console.usage({u"serve 没有参数"_s, u"serve takes no arguments"_s});
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    Hub &hub = *opened.hub;
    // What only desks would notice, hours later.
    if (const auto folder = makePrivateFolder(hub.config.cache); !folder)
        return console.report(folder.error());
    Desks desks(hub);
    const auto mayServe = desks.mayServe();
    if (!mayServe)
        return console.report(mayServe.error());
    if (!*mayServe) {
        if (const auto retokened = desks.finishRetokening(); !retokened)
            return console.report(retokened.error());
    }
    Api api(hub);
    const HttpServer::Service service{
        [&api](const HttpRequest &request) { return api.answer(request); },
        [&api](int status, const QString &id) { return api.refusal(status, id); },
        [&api](const HttpRequest &request) { return api.admin(request); },
    };
    HttpServer server(hub.config, hub.keys, service, hub.metrics);
    if (const auto listening = server.listen(); !listening)
        return console.report(listening.error());
    const auto provider = healthProviderOf(hub.config);
    std::optional<Repeating> asking;
    if (provider)
        asking.emplace(lookUps(hub, desks, *provider));
    const Repeating tidying(housekeeping(hub));
    const Repeating retokening(retokenings(desks));
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
