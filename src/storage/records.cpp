#include "storage/records.h"

#include <algorithm>
#include <array>

namespace upgradedesk::storage
{
namespace
{

struct Row {
    RecordState state;
    QLatin1StringView key;
};

constexpr std::array rows{
    Row{RecordState::Queued, QLatin1StringView("queued")},
    Row{RecordState::Sending, QLatin1StringView("sending")},
    Row{RecordState::Accepted, QLatin1StringView("accepted")},
    Row{RecordState::Attention, QLatin1StringView("attention")},
};

} // namespace

QString stateKey(RecordState state)
{
    return rows[size_t(state)].key;
}

std::optional<RecordState> stateFromKey(QStringView key)
{
    const auto row = std::ranges::find_if(rows, [key](const Row &one) { return key == one.key; });
    if (row == rows.end())
        return std::nullopt;
    return row->state;
}

} // namespace upgradedesk::storage
