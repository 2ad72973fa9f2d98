#include "core/clock.h"

#include <QFile>

#ifdef Q_OS_WIN
#include <windows.h>
#else
#include <ctime>
#endif

namespace upgradedesk
{
namespace
{

constexpr int beijingOffset = 8 * 60 * 60; // seconds east of Greenwich

} // namespace

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

std::chrono::milliseconds SystemClock::sinceBoot() const
{
#ifdef Q_OS_WIN
    return std::chrono::milliseconds(GetTickCount64());
#else
    timespec value{};
    clock_gettime(CLOCK_BOOTTIME, &value);
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::seconds(value.tv_sec) + std::chrono::nanoseconds(value.tv_nsec));
#endif
}

QString SystemClock::bootId() const
{
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromLatin1(file.readAll().trimmed());
}

TrustedClock::TrustedClock(const Clock &machine)
    : m_machine(machine)
{
}

void TrustedClock::tell(const QDateTime &hubTime)
{
    const qint64 told = hubTime.toMSecsSinceEpoch();
    m_lastTold = told;
    m_bootTime = told - m_machine.sinceBoot().count();
}

void TrustedClock::adopt(const HubTime &told)
{
    if (!told.time.isValid())
        return;
    const qint64 time = told.time.toMSecsSinceEpoch();
    m_lastTold = time;
    if (!told.bootId.isEmpty() && told.bootId == m_machine.bootId() &&
        told.sinceBoot <= m_machine.sinceBoot())
        m_bootTime = time - told.sinceBoot.count();
}

QDateTime TrustedClock::now() const
{
    const qint64 bootTime = m_bootTime;
    if (bootTime == never)
        return m_machine.now();
    return QDateTime::fromMSecsSinceEpoch(bootTime + m_machine.sinceBoot().count(), Qt::UTC);
}

std::chrono::milliseconds TrustedClock::sinceBoot() const
{
    return m_machine.sinceBoot();
}

QString TrustedClock::bootId() const
{
    return m_machine.bootId();
}

bool TrustedClock::isTrusted() const
{
    return m_bootTime != never;
}

std::optional<QDateTime> TrustedClock::lastHubTime() const
{
    const qint64 told = m_lastTold;
    if (told == never)
        return std::nullopt;
    return QDateTime::fromMSecsSinceEpoch(told, Qt::UTC);
}

QDateTime toBeijing(const QDateTime &time)
{
    return time.toOffsetFromUtc(beijingOffset);
}

QDate beijingDate(const QDateTime &time)
{
    return toBeijing(time).date();
}

QDateTime startOfBeijingDay(QDate day)
{
    return {day, QTime(0, 0), Qt::OffsetFromUTC, beijingOffset};
}

} // namespace upgradedesk
