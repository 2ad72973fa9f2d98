#include "support/stallwatch.h"

#include <QCoreApplication>
#include <QEvent>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace upgradedesk::test
{
namespace
{

using namespace std::chrono_literals;

constexpr auto frame = 16ms;
const auto pingType = QEvent::Type(QEvent::registerEventType());

std::chrono::nanoseconds sinceBoot()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

/// How long the thread was ready to run and had no processor; 0 where the kernel does not tell.
qint64 starvedFor(const QByteArray &path)
{
    const int file = ::open(path.constData(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    std::array<char, 96> text{};
    const auto length = ::read(file, text.data(), text.size() - 1);
    ::close(file);
    long long onProcessor = 0;
    long long waiting = 0;
    if (length <= 0 || std::sscanf(text.data(), "%lld %lld", &onProcessor, &waiting) != 2)
        return 0;
    return waiting;
}

void raise(std::atomic<qint64> &most, qint64 value)
{
    // One writer at a time: the pinger, or reset() between two of its pings.
    most.store(std::max(most.load(), value));
}

} // namespace

StallWatch::StallWatch()
    : m_schedule("/proc/self/task/" + QByteArray::number(qint64(::syscall(SYS_gettid))) +
                 "/schedstat")
    , m_pinger([this](const std::stop_token &stop) { ping(stop); })
{
}

StallWatch::~StallWatch()
{
    m_pinger.request_stop();
    // A ping that waits must not hold the thread back.
    m_answered.store(true);
    m_pinger.join();
}

void StallWatch::reset()
{
    for (std::atomic<qint64> *value : {&m_longest, &m_longestElapsed, &m_pings, &m_over})
        value->store(0);
}

StallReport StallWatch::report() const
{
    const auto micro = [](qint64 nanoseconds) {
        return std::chrono::duration_cast<std::chrono::microseconds>(Nanoseconds(nanoseconds));
    };
    return {micro(m_longest), micro(m_longestElapsed), m_pings, m_over};
}

bool StallWatch::event(QEvent *event)
{
    if (event->type() != pingType)
        return QObject::event(event);
    m_starvedAtAnswer.store(starvedFor(m_schedule));
    m_answeredAt.store(sinceBoot().count());
    m_answered.store(true);
    return true;
}

void StallWatch::ping(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        const auto before = sinceBoot();
        m_answered.store(false);
        QCoreApplication::postEvent(this, new QEvent(pingType));
        const auto posted = sinceBoot();
        const qint64 starved = starvedFor(m_schedule);
        while (!m_answered.load() && !stop.stop_requested())
            std::this_thread::sleep_for(200us);
        if (stop.stop_requested())
            return;
        // A pinger that was itself held up while posting does not know when the waiting began.
        if (posted - before < 1ms)
            take(Nanoseconds(m_answeredAt.load()) - posted,
                 Nanoseconds(m_starvedAtAnswer.load() - starved));
        std::this_thread::sleep_for(1ms);
    }
}

void StallWatch::take(Nanoseconds elapsed, Nanoseconds starved)
{
    elapsed = std::max(elapsed, Nanoseconds(0));
    const auto own = std::max(elapsed - std::max(starved, Nanoseconds(0)), Nanoseconds(0));
    raise(m_longest, own.count());
    raise(m_longestElapsed, elapsed.count());
    ++m_pings;
    if (own > frame)
        ++m_over;
}

} // namespace upgradedesk::test
