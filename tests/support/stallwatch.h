#pragma once

#include <QByteArray>
#include <QObject>

#include <atomic>
#include <chrono>
#include <thread>

namespace upgradedesk::test
{

/// What the event loop of a thread made others wait.
struct StallReport {
    std::chrono::microseconds longest{0}; ///< without the time other programs held the processor
    std::chrono::microseconds longestElapsed{0}; ///< by the clock on the wall
    qint64 pings = 0;
    qint64 over16ms = 0; ///< of those, answered later than one frame, by the first measure
};

/// Measures how long an event waits for the event loop of the thread that makes this object, which
/// is what a person feels as a stuck window. A second thread posts a ping, waits for its answer and
/// posts the next a millisecond later. On a busy machine the loop's thread also waits for a
/// processor; the kernel counts that (schedstat) and it is taken off. Where the kernel does not
/// count it, both measures are the same.
class StallWatch final : public QObject
{
    Q_DISABLE_COPY_MOVE(StallWatch)

public:
    StallWatch();
    ~StallWatch() override;

    /// Begins to count; call it when what is to be measured is about to start.
    void reset();

    [[nodiscard]] StallReport report() const;

    bool event(QEvent *event) override;

private:
    using Nanoseconds = std::chrono::nanoseconds;

    void ping(const std::stop_token &stop);
    void take(Nanoseconds elapsed, Nanoseconds starved);

    const QByteArray m_schedule; ///< path of the loop thread's counters
    std::atomic<bool> m_answered{true};
    std::atomic<qint64> m_answeredAt{0};
    std::atomic<qint64> m_starvedAtAnswer{0};
    std::atomic<qint64> m_longest{0};
    std::atomic<qint64> m_longestElapsed{0};
    std::atomic<qint64> m_pings{0};
    std::atomic<qint64> m_over{0};
    std::jthread m_pinger;
};

} // namespace upgradedesk::test
