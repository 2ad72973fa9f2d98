#pragma once

#include <QByteArray>
#include <QtGlobal>

#include <chrono>

namespace upgradedesk::test
{

/// While it lives, every program that is started finds the machine's clock so much ahead (or
/// behind), and the machine booted so much later than it was.
class ShiftedClock
{
public:
    explicit ShiftedClock(std::chrono::seconds wall,
                          std::chrono::seconds bootedLater = std::chrono::seconds(0))
    {
        qputenv("LD_PRELOAD", UPGRADEDESK_SHIFTED_CLOCK);
        // Where the sanitizer is it wants to be the first library.
        m_asan = qgetenv("ASAN_OPTIONS");
        qputenv("ASAN_OPTIONS", m_asan + ":verify_asan_link_order=0");
        qputenv("UPGRADEDESK_CLOCK_AHEAD", QByteArray::number(qint64(wall.count())));
        qputenv("UPGRADEDESK_BOOT_AHEAD", QByteArray::number(-qint64(bootedLater.count())));
    }
    ~ShiftedClock()
    {
        qunsetenv("LD_PRELOAD");
        qputenv("ASAN_OPTIONS", m_asan);
    }
    ShiftedClock(const ShiftedClock &) = delete;
    ShiftedClock &operator=(const ShiftedClock &) = delete;

private:
    QByteArray m_asan;
};

} // namespace upgradedesk::test
