#pragma once

#include <QDate>
#include <QDateTime>
#include <QString>

#include <atomic>
#include <chrono>
#include <optional>

namespace upgradedesk
{

/// Where time comes from, so that tests need not wait.
class Clock
{
public:
    virtual ~Clock() = default;

    /// Wall-clock time of this machine in UTC; it may be wrong.
    [[nodiscard]] virtual QDateTime now() const = 0;

    /// Time since boot, suspended time included; it never goes back while the machine runs.
    [[nodiscard]] virtual std::chrono::milliseconds sinceBoot() const = 0;

    /// Which run of the machine sinceBoot() counts in: another word after each reboot. Empty where
    /// it cannot be told; then times since boot must not be compared with stored ones.
    [[nodiscard]] virtual QString bootId() const { return {}; }

    /// Whether now() is the hub's time, carried on by the time since boot. Then the wall clock does
    /// not matter.
    [[nodiscard]] virtual bool isTrusted() const { return false; }

    /// What the hub last said, also before this boot.
    [[nodiscard]] virtual std::optional<QDateTime> lastHubTime() const { return std::nullopt; }
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] QDateTime now() const override;
    [[nodiscard]] std::chrono::milliseconds sinceBoot() const override;
    [[nodiscard]] QString bootId() const override;
};

/// What the hub said of the time, and when on the clock since boot of which run of the machine.
struct HubTime {
    QDateTime time; ///< UTC
    QString bootId;
    std::chrono::milliseconds sinceBoot{};
};

/// The hub's time once it was told since boot, this machine's until then. It may be told in one
/// thread and asked in others.
class TrustedClock final : public Clock
{
public:
    /// `machine` must outlive it.
    explicit TrustedClock(const Clock &machine);

    /// The hub says this is the time. What is late is not made good: the time is then a little
    /// behind, never ahead.
    void tell(const QDateTime &hubTime);
    /// What another program of this desk, or an earlier run, was told. It is trusted only when the
    /// machine has not been booted since.
    void adopt(const HubTime &told);

    [[nodiscard]] QDateTime now() const override;
    [[nodiscard]] std::chrono::milliseconds sinceBoot() const override;
    [[nodiscard]] QString bootId() const override;
    [[nodiscard]] bool isTrusted() const override;
    [[nodiscard]] std::optional<QDateTime> lastHubTime() const override;

private:
    static constexpr qint64 never = -1;

    const Clock &m_machine;
    std::atomic<qint64> m_bootTime = never; ///< the hub's time at boot, milliseconds since 1970
    std::atomic<qint64> m_lastTold = never;
};

/// Beijing time is UTC+8 all year, whatever zone the kiosk is set to.
[[nodiscard]] QDateTime toBeijing(const QDateTime &time);
[[nodiscard]] QDate beijingDate(const QDateTime &time);
[[nodiscard]] QDateTime startOfBeijingDay(QDate day);

} // namespace upgradedesk
