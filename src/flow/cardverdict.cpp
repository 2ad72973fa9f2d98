#include "flow/cardverdict.h"

#include "card/catalogue.h"

namespace upgradedesk
{

CardVerdict cardVerdict(const CardSighting &card, const Catalogue &catalogue,
                        const DeskKnowledge &knowledge)
{
    using enum CardSighting::Outcome;

    switch (card.outcome) {
    case ReadError:
        return CardVerdict::ReadAgain;
    case Refused:
    case UnknownCard:
        return CardVerdict::Refused;
    case NotOurs:
        return CardVerdict::Foreign;
    case RecognisedNoNumber:
    case Number:
        break;
    }

    switch (catalogue.serviceOf(card.product)) {
    case Service::Exempt:
        return CardVerdict::Exempt;
    case Service::Foreign:
        return CardVerdict::Foreign;
    case Service::AppOnly:
        return CardVerdict::AppOnly;
    case Service::Refused:
        return CardVerdict::Refused;
    case Service::TapNeeded:
        return CardVerdict::NoNumber;
    case Service::Linkable:
        break;
    }

    if (card.outcome == RecognisedNoNumber)
        return CardVerdict::NoNumber;
    if (knowledge.cardLinkedHere)
        return knowledge.cardLinkUploaded ? CardVerdict::Upgraded : CardVerdict::LinkedHere;
    return CardVerdict::Linkable;
}

} // namespace upgradedesk
