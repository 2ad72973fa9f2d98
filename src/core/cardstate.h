#pragma once

#include <QString>

#include <optional>

namespace upgradedesk
{

/// What the city knows of a card (contracts.md, card-status). The numbers go into snapshots and
/// files: never change one.
enum class CityCardState : quint8 {
    None = 0,       ///< not linked
    Linked = 1,     ///< linked to a person
    Exempt = 2,     ///< needs no link
    New = 3,        ///< sold, no first top-up yet
    Registered = 4, ///< first top-up done with a document: as good as linked
};

constexpr quint8 highestCityCardState = 4;

/// `none`, `linked`, `exempt`, `new`, `registered`.
[[nodiscard]] QString cityCardStateKey(CityCardState state);
[[nodiscard]] std::optional<CityCardState> cityCardStateFromKey(QStringView key);

/// A card in snapshots: the first eight bytes of its token (crypto/), read big-endian, so that the
/// order of numbers is the order of bytes. Among 20 million cards two share them once in some
/// 90,000 cities; then the hub says a state that is true of both, or `None`.
using CardToken = quint64;

struct CardChange {
    CardToken token = 0;
    CityCardState state = CityCardState::None;

    bool operator==(const CardChange &) const = default;
};

} // namespace upgradedesk
