#include "stallwatch.h"

#include <QAbstractEventDispatcher>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>

#include <algorithm>
#include <ctime>

using namespace Qt::StringLiterals;

namespace upgradedesk::bench
{
namespace
{

constexpr double frameMs = 16;
constexpr double worthNotingMs = 8;
constexpr qsizetype mostShown = 20;

double threadCpuMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

} // namespace

bool WatchedApplication::notify(QObject *receiver, QEvent *event)
{
    if (m_depth > 0)
        return QApplication::notify(receiver, event);
    // Read before: the receiver may be gone afterwards.
    const char *const kind = receiver->metaObject()->className();
    const int type = event->type();
    const auto start = std::chrono::steady_clock::now();
    ++m_depth;
    const bool taken = QApplication::notify(receiver, event);
    --m_depth;
    const auto time = std::chrono::steady_clock::now() - start;
    if (time > m_longest) {
        m_longest = time;
        m_what = QByteArray(kind) + ' ' + QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
    }
    return taken;
}

QByteArray WatchedApplication::takeLongest()
{
    m_longest = std::chrono::nanoseconds{0};
    return std::exchange(m_what, {});
}

StallWatch::StallWatch(WatchedApplication &application)
    : m_application(application)
{
    QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance();
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, &StallWatch::begin);
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &StallWatch::end);
}

void StallWatch::restart()
{
    m_turns = 0;
    m_slow.clear();
    m_longestMs = 0;
    m_awake = false;
}

void StallWatch::begin()
{
    // Waking up again without having waited belongs to the same turn.
    if (std::exchange(m_awake, true))
        return;
    m_woken = std::chrono::steady_clock::now();
    m_cpuAtWaking = threadCpuMs();
}

void StallWatch::end()
{
    if (!std::exchange(m_awake, false))
        return;
    ++m_turns;
    const QByteArray what = m_application.takeLongest();
    const double wall =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_woken)
            .count();
    m_longestMs = std::max(m_longestMs, wall);
    if (wall > worthNotingMs)
        m_slow.push_back({wall, threadCpuMs() - m_cpuAtWaking, what});
}

QByteArray StallWatch::summary() const
{
    std::vector<Turn> slow = m_slow;
    std::ranges::sort(slow, std::ranges::greater{}, &Turn::wallMs);
    const auto overAFrame = [](const Turn &turn) { return turn.wallMs > frameMs; };
    const auto ownFault = [](const Turn &turn) { return turn.cpuMs > frameMs; };
    QJsonArray longest;
    for (const Turn &turn : slow) {
        if (longest.size() == mostShown)
            break;
        longest << QJsonObject{{u"wallMs"_s, turn.wallMs},
                               {u"cpuMs"_s, turn.cpuMs},
                               {u"event"_s, QString::fromLatin1(turn.what)}};
    }
    const QJsonObject all{
        {u"turns"_s, m_turns},
        {u"longestMs"_s, m_longestMs},
        {u"longestCpuMs"_s, slow.empty() ? 0 : std::ranges::max(slow, {}, &Turn::cpuMs).cpuMs},
        {u"over16ms"_s, qint64(std::ranges::count_if(slow, overAFrame))},
        {u"over16msOfProcessor"_s, qint64(std::ranges::count_if(slow, ownFault))},
        {u"longest"_s, longest}};
    return QJsonDocument(QJsonObject{{u"stalls"_s, all}}).toJson(QJsonDocument::Compact);
}

} // namespace upgradedesk::bench
