#pragma once

#include "card/cardsighting.h"
#include "core/cardstate.h"
#include "core/linkrequest.h"

#include <optional>

namespace upgradedesk
{

class Catalogue;

/// What this desk itself has recorded of a card and, where asked, of a person; the hub may know
/// more.
struct DeskKnowledge {
    bool cardLinkedHere = false;    ///< an active link of this card was made at this desk
    bool cardLinkUploaded = false;  ///< and the hub has accepted it
    bool cardLinkedToOther = false; ///< the link names another person than the one asked for
    /// What the city's snapshot says of the card; nothing: there is none here.
    std::optional<CityCardState> inCity;
    int physicalOfPerson = 0; ///< active links of the person's other cards, by slot
    int phoneOfPerson = 0;

    bool operator==(const DeskKnowledge &) const = default;
};

/// The states of page ① (ui-spec 8.3) that a desk without a hub can tell.
enum class CardVerdict {
    Linkable,   ///< whether it is upgraded already is not known here
    LinkedHere, ///< linked at this desk, waiting for its upload
    Upgraded,   ///< linked at this desk and accepted by the hub
    Exempt,
    Foreign,
    AppOnly,
    Refused,   ///< bank cards, documents and others that are no tickets
    NoNumber,  ///< a ticket we recognise whose number cannot be read
    ReadAgain, ///< torn or damaged reading: place it once more
};

[[nodiscard]] CardVerdict cardVerdict(const CardSighting &card, const Catalogue &catalogue,
                                      const DeskKnowledge &knowledge);

} // namespace upgradedesk
