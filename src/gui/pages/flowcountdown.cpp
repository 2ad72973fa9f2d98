#include "gui/pages/flowcountdown.h"

#include "gui/widgets/countdownbar.h"

#include <algorithm>
#include <utility>

namespace upgradedesk
{
namespace
{

constexpr int countdownTick = 100;

} // namespace

FlowCountdown::FlowCountdown(CountdownBar &bar, std::function<bool()> mayCount, QObject *parent)
    : QObject(parent)
    , m_bar(bar)
    , m_mayCount(std::move(mayCount))
{
    m_tick.setInterval(countdownTick);
    connect(&m_tick, &QTimer::timeout, this, &FlowCountdown::tick);
    m_bar.hide();
}

int FlowCountdown::whole() const
{
    return m_goal == Goal::Next ? m_nextAfter : m_idleAfter;
}

void FlowCountdown::restart()
{
    m_tick.stop();
    m_goal = Goal::None;
    m_stopped = false;
}

void FlowCountdown::follow(Goal goal)
{
    const bool changed = std::exchange(m_goal, goal) != goal;
    if (changed)
        m_stopped = false;
    const bool counts = goal == Goal::Idle || (goal == Goal::Next && m_nextAfter > 0 && !m_stopped);
    m_bar.setVisible(counts);
    if (!counts) {
        m_tick.stop();
        return;
    }
    if (m_tick.isActive() && !changed)
        return;
    m_left = whole();
    showLeft();
    m_tick.start();
}

void FlowCountdown::stopNext()
{
    if (m_goal != Goal::Next || m_stopped)
        return;
    m_stopped = true;
    m_tick.stop();
    m_bar.hide();
}

void FlowCountdown::showLeft()
{
    const int seconds = (m_left + 999) / 1000;
    m_bar.setText(m_goal == Goal::Next
                      //: health.next: the page goes on by itself
                      ? tr("%n 秒后自动进入确认，按任意键停下", nullptr, seconds)
                      //: done.return
                      : tr("%n 秒后回到待机，放卡立即开始", nullptr, seconds));
    m_bar.setLeft(whole() > 0 ? double(m_left) / whole() : 0);
}

void FlowCountdown::tick()
{
    if (!m_mayCount())
        return;
    m_left = std::max(0, m_left - countdownTick);
    showLeft();
    if (m_left > 0)
        return;
    m_tick.stop();
    emit reached(m_goal);
}

} // namespace upgradedesk
