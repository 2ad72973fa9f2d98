#pragma once

#include <QObject>
#include <QTimer>

#include <functional>

namespace upgradedesk
{

class CountdownBar;

/// What happens by itself after some time on a page of the flow: back to idle from a finished
/// passenger, on to the next step from a good health state. The time stands while the page is
/// covered or somebody is looking closer.
class FlowCountdown final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FlowCountdown)

public:
    enum class Goal { None, Idle, Next };

    /// The bar must outlive it; `mayCount` is asked at every tick.
    FlowCountdown(CountdownBar &bar, std::function<bool()> mayCount, QObject *parent);

    /// Counts towards the goal; goes on where it was when the goal is the same.
    void follow(Goal goal);

    /// Starts anew at the next follow(): another page.
    void restart();

    /// A key was pressed: staff want to stay on this page.
    void stopNext();

    /// 8 s by default.
    void setIdleAfter(int milliseconds) { m_idleAfter = milliseconds; }
    /// 1.5 s by default; 0: never by itself.
    void setNextAfter(int milliseconds) { m_nextAfter = milliseconds; }

    /// The words again, in the language of now.
    void showLeft();

signals:
    void reached(upgradedesk::FlowCountdown::Goal goal);

private:
    void tick();
    [[nodiscard]] int whole() const;

    CountdownBar &m_bar;
    std::function<bool()> m_mayCount;
    Goal m_goal = Goal::None;
    bool m_stopped = false;
    QTimer m_tick;
    int m_idleAfter = 8000;
    int m_nextAfter = 1500;
    int m_left = 0;
};

} // namespace upgradedesk
