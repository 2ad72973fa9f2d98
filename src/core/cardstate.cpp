#include "core/cardstate.h"

#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr std::array keys{"none", "linked", "exempt", "new", "registered"};
static_assert(keys.size() == size_t(highestCityCardState) + 1, "each state has its word");

} // namespace

QString cityCardStateKey(CityCardState state)
{
    return QString::fromLatin1(keys[size_t(state)]);
}

std::optional<CityCardState> cityCardStateFromKey(QStringView key)
{
    for (size_t i = 0; i < keys.size(); ++i) {
        if (key == QLatin1StringView(keys[i]))
            return CityCardState(i);
    }
    return std::nullopt;
}

} // namespace upgradedesk
