#pragma once

#include <QDate>
#include <QDateTime>
#include <QString>

#include <chrono>

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
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] QDateTime now() const override;
    [[nodiscard]] std::chrono::milliseconds sinceBoot() const override;
    [[nodiscard]] QString bootId() const override;
};

/// Beijing time is UTC+8 all year, whatever zone the kiosk is set to.
[[nodiscard]] QDateTime toBeijing(const QDateTime &time);
[[nodiscard]] QDate beijingDate(const QDateTime &time);
[[nodiscard]] QDateTime startOfBeijingDay(QDate day);

} // namespace upgradedesk
