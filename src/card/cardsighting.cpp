#include "card/cardsighting.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr std::array outcomes{"number"_L1,  "recognised-no-number"_L1, "not-ours"_L1,
                              "refused"_L1, "unknown-card"_L1,         "read-error"_L1};

static_assert(outcomes.size() == size_t(CardSighting::Outcome::ReadError) + 1);

} // namespace

QString outcomeKey(CardSighting::Outcome outcome)
{
    return outcomes[size_t(outcome)];
}

std::optional<CardSighting::Outcome> outcomeFromKey(QStringView key)
{
    const auto found = std::find(outcomes.begin(), outcomes.end(), key);
    if (found == outcomes.end())
        return std::nullopt;
    return CardSighting::Outcome(found - outcomes.begin());
}

} // namespace upgradedesk
