#pragma once

#include <QApplication>
#include <QByteArray>

#include <chrono>
#include <vector>

namespace upgradedesk::bench
{

/// Notes which event took longest since the last call of takeLongest().
class WatchedApplication final : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override;

    [[nodiscard]] QByteArray takeLongest();

private:
    int m_depth = 0;
    std::chrono::nanoseconds m_longest{0};
    QByteArray m_what;
};

/// Measures for how long the event loop of this thread could not have taken another event: from
/// waking up to waiting again, posted events and timers of that turn included.
class StallWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StallWatch)

public:
    explicit StallWatch(WatchedApplication &application);

    void restart();

    /// One JSON object: turns, the longest ones, how many were longer than a frame of 16 ms.
    [[nodiscard]] QByteArray summary() const;

private:
    struct Turn {
        double wallMs = 0;
        double cpuMs = 0; ///< the rest somebody else had the processor
        QByteArray what;
    };

    void begin();
    void end();

    WatchedApplication &m_application;
    std::chrono::steady_clock::time_point m_woken;
    double m_cpuAtWaking = 0;
    bool m_awake = false;
    qint64 m_turns = 0;
    std::vector<Turn> m_slow;
    double m_longestMs = 0;
};

} // namespace upgradedesk::bench
