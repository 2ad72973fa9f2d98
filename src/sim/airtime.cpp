#include "sim/airtime.h"

using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

constexpr int bitsPerByte = 10;
constexpr std::chrono::microseconds airByte = 85us;
constexpr std::chrono::microseconds chipCommand = 500us;
constexpr std::chrono::microseconds searchTime = 5000us;
constexpr std::chrono::microseconds frameWaitingUnit = 302us;
constexpr int defaultWaitingInteger = 4;
constexpr int timesAsked = 3;
constexpr int pollUnitMs = 150;

int waitingInteger(const QByteArray &ats)
{
    if (ats.size() < 2)
        return defaultWaitingInteger;
    const quint8 format = quint8(ats.at(1));
    if ((format & 0x20) == 0)
        return defaultWaitingInteger;
    const qsizetype at = (format & 0x10) != 0 ? 3 : 2;
    return at < ats.size() ? quint8(ats.at(at)) >> 4 : defaultWaitingInteger;
}

} // namespace

std::chrono::microseconds AirTime::serial(qsizetype bytes) const
{
    constexpr qsizetype million = 1'000'000;
    return std::chrono::microseconds{enabled ? bytes * bitsPerByte * million / speed : 0};
}

std::chrono::microseconds AirTime::air(qsizetype bytes) const
{
    return enabled ? airByte * int(bytes) : std::chrono::microseconds{0};
}

std::chrono::microseconds AirTime::chip() const
{
    return enabled ? chipCommand : std::chrono::microseconds{0};
}

std::chrono::microseconds AirTime::activation() const
{
    return enabled ? searchTime : std::chrono::microseconds{0};
}

std::chrono::microseconds AirTime::emptyTry() const
{
    return enabled ? searchTime : std::chrono::microseconds{0};
}

std::chrono::microseconds AirTime::silence(const QByteArray &ats) const
{
    return enabled ? frameWaitingUnit * (1 << waitingInteger(ats)) * timesAsked
                   : std::chrono::microseconds{0};
}

std::chrono::microseconds AirTime::poll(int rounds, int period, qsizetype types) const
{
    return enabled ? std::chrono::milliseconds{pollUnitMs} * rounds * period * int(types)
                   : std::chrono::microseconds{0};
}

} // namespace upgradedesk
