// Preloaded ($LD_PRELOAD) into a program it makes the machine's clock wrong, and the machine booted
// at another time: UPGRADEDESK_CLOCK_AHEAD and UPGRADEDESK_BOOT_AHEAD, whole seconds, are added to
// the wall clock and to the time since boot.

#include <cstdlib>
#include <ctime>

#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace
{

long secondsOf(const char *variable)
{
    const char *const text = std::getenv(variable);
    return text ? std::strtol(text, nullptr, 10) : 0;
}

} // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec *value) noexcept
{
    if (syscall(SYS_clock_gettime, clock, value) != 0)
        return -1;
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)
        value->tv_sec += secondsOf("UPGRADEDESK_CLOCK_AHEAD");
    else if (clock == CLOCK_BOOTTIME)
        value->tv_sec += secondsOf("UPGRADEDESK_BOOT_AHEAD");
    return 0;
}

int gettimeofday(timeval *value, void * /*zone*/) noexcept
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    value->tv_sec = now.tv_sec;
    value->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *value) noexcept
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (value)
        *value = now.tv_sec;
    return now.tv_sec;
}
}
