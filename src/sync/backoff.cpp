#include "sync/backoff.h"

#include <QRandomGenerator>

using namespace std::chrono_literals;

namespace upgradedesk::sync
{
namespace
{

std::chrono::milliseconds between(std::chrono::milliseconds from, std::chrono::milliseconds to)
{
    return std::chrono::milliseconds(
        QRandomGenerator::global()->bounded(int(from.count()), int(to.count()) + 1));
}

} // namespace

std::chrono::milliseconds Backoff::after(const HubTrouble &trouble)
{
    switch (trouble.error.code) {
    case ErrorCode::HubNotTrusted:
    case ErrorCode::HubRefusesDesk:
        return between(20s, 30s);
    case ErrorCode::HubFailed:
        break;
    default:
        return between(1s, 2s);
    }
    if (trouble.retryAfter)
        return between(*trouble.retryAfter, *trouble.retryAfter + 2s);
    constexpr int mostDoublings = 6;
    const std::chrono::milliseconds longest =
        std::min<std::chrono::milliseconds>(1s * (1 << std::min(m_failures, mostDoublings)), 60s);
    ++m_failures;
    return between(longest / 2, longest);
}

} // namespace upgradedesk::sync
