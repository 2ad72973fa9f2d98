#include "slowevents.h"

#include <QJsonObject>
#include <QMetaEnum>

#include <algorithm>
#include <chrono>
#include <ctime>

using namespace Qt::StringLiterals;

namespace upgradedesk::bench
{
namespace
{

constexpr double worthNotingMs = 4;
constexpr qsizetype mostShown = 20;

double threadCpuMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

} // namespace

bool SlowEvents::notify(QObject *receiver, QEvent *event)
{
    if (m_depth > 0)
        return QApplication::notify(receiver, event);
    // Read before: the receiver may be gone afterwards.
    const char *const name = receiver->metaObject()->className();
    const int type = event->type();
    const auto start = std::chrono::steady_clock::now();
    const double cpu = threadCpuMs();
    ++m_depth;
    const bool taken = QApplication::notify(receiver, event);
    --m_depth;
    const double wall =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    if (wall > worthNotingMs)
        m_slow.push_back(
            {wall, threadCpuMs() - cpu,
             QByteArray(name) + ' ' + QMetaEnum::fromType<QEvent::Type>().valueToKey(type)});
    return taken;
}

QJsonArray SlowEvents::longest() const
{
    std::vector<Slow> slow = m_slow;
    std::ranges::sort(slow, std::ranges::greater{}, &Slow::cpuMs);
    QJsonArray longest;
    for (const Slow &one : slow) {
        if (longest.size() == mostShown)
            break;
        longest << QJsonObject{{u"wallMs"_s, one.wallMs},
                               {u"cpuMs"_s, one.cpuMs},
                               {u"event"_s, QString::fromLatin1(one.what)}};
    }
    return longest;
}

} // namespace upgradedesk::bench
