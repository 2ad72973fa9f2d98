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
