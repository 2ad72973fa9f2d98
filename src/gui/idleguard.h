#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace upgradedesk
{

/// Notices that nobody uses the desk: a warning each second before the end, then lapsed(). Keys,
/// mouse and touch in any window of the staff count as use; touch() is for everything else, such as
/// a card.
class IdleGuard final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IdleGuard)

public:
    using Now = std::function<std::chrono::milliseconds()>;

    static constexpr std::chrono::minutes defaultLimit{3};
    static constexpr std::chrono::seconds warningTime{15};
    /// Property of a window whose keys and touches are nobody's of the staff.
    static constexpr const char *notStaff = "notStaff";

    /// Installs itself on the application. It watches between start() and stop().
    explicit IdleGuard(QObject *parent = nullptr);

    /// A clock that never goes back; the computer's own unless given.
    void setNow(const Now &now);
    void setLimit(std::chrono::milliseconds limit);
    [[nodiscard]] std::chrono::milliseconds limit() const { return m_limit; }

    void start();
    void stop();

    /// Somebody or something is at work.
    void touch();

    /// Looks at the clock; the timer does so each second.
    void check();

signals:
    /// So many seconds are left; 0 when somebody has come back.
    void warned(int seconds);
    void lapsed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    Now m_now;
    std::chrono::milliseconds m_limit = defaultLimit;
    std::chrono::milliseconds m_used{0};
    bool m_warning = false;
    QTimer m_second;
};

} // namespace upgradedesk
