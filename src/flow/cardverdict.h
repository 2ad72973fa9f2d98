#pragma once

#include "card/cardsighting.h"
#include "core/cardstate.h"
#include "core/linkrequest.h"

#include <QDateTime>

#include <optional>

namespace upgradedesk
{

class Catalogue;

/// A card as the city knows it: said by the hub now (POST /v1/card-status) or by its snapshot.
struct CityCard {
    using State = CityCardState;

    State state = State::None;
    QDateTime asOf; ///< UTC

    bool operator==(const CityCard &) const = default;
};

/// What this desk itself has recorded of a card and, where asked, of a person, and what it has been
/// told of the card.
struct DeskKnowledge {
    bool cardLinkedHere = false;    ///< an active link of this card was made at this desk
    bool cardLinkUploaded = false;  ///< and the hub has accepted it
    bool cardLinkedToOther = false; ///< the link names another person than the one asked for
    int physicalOfPerson = 0;       ///< active links of the person's other cards, by slot
    int phoneOfPerson = 0;
    int physicalUploaded = 0; ///< of those, the hub has accepted: another desk may have ended them
    int phoneUploaded = 0;
    QString refusedRecord = {};        ///< of this card, that the next one settles; may be empty
    std::optional<CityCard> city = {}; ///< nothing: the city has not been heard

    bool operator==(const DeskKnowledge &) const = default;
};

/// When the hub took from this desk the link of a card, and the end of one. Invalid: it did not.
struct UploadTimes {
    QDateTime linked;
    QDateTime ended;
};

/// Brings what this desk and what the city's snapshot say of a card together: of what the hub took
/// from this desk and of the snapshot the younger one holds, because another desk may have changed
/// the link.
void heedSnapshot(DeskKnowledge &knowledge, const CityCard &snapshot, const UploadTimes &uploads);

/// The same with what the hub says now.
void heedHub(DeskKnowledge &knowledge, const CityCard &card);

/// The states of page ① (ui-spec 8.3).
enum class CardVerdict {
    Linkable,   ///< not upgraded, or not known: then the city has not been heard
    LinkedHere, ///< linked at this desk, waiting for its upload
    Upgraded,   ///< the hub has the link
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
