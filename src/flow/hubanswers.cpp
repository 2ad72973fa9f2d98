#include "flow/hubanswers.h"

namespace upgradedesk
{

HealthVerdict healthVerdict(const HealthStatus &health, std::optional<int> maxDays, QDate today,
                            bool timeTrusted)
{
    HealthVerdict verdict;
    verdict.abnormal = health.level == HealthLevel::Abnormal;
    if (!timeTrusted) {
        verdict.entry = HealthVerdict::Entry::TimeNotTrusted;
        return verdict;
    }
    const bool tested = health.level != HealthLevel::NoResult && health.testDay.isValid();
    const int days = tested ? int(health.testDay.daysTo(today)) : -1;
    // A test of tomorrow is none, as at the gate.
    if (days >= 0)
        verdict.days = days;
    GateQuestion gate;
    gate.card = CardStatus::Linked;
    gate.level = health.level;
    gate.days = days;
    gate.maxDays = maxDays;
    const bool enters = decideGate(gate).decision == GateAnswer::Decision::Pass;
    verdict.entry = enters ? HealthVerdict::Entry::MayEnter : HealthVerdict::Entry::TurnedBack;
    return verdict;
}

} // namespace upgradedesk
