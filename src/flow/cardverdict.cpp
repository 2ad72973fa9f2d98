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
    const CardProduct *product = catalogue.product(card.product);
    const CardService service = product ? product->service : CardService::Refused;
    if (card.outcome == RecognisedNoNumber)
        return service == CardService::Foreign ? CardVerdict::Foreign : CardVerdict::NoNumber;

    switch (service) {
    case CardService::Exempt:
        return CardVerdict::Exempt;
    case CardService::Foreign:
        return CardVerdict::Foreign;
    case CardService::AppOnly:
        return CardVerdict::AppOnly;
    case CardService::Refused:
        return CardVerdict::Refused;
    case CardService::TapNeeded:
        return CardVerdict::NoNumber;
    case CardService::Linkable:
        break;
    }

    if (knowledge.city) {
        using State = CityCard::State;
        const State state = knowledge.city->state;
        if (state == State::Linked || state == State::Registered)
            return CardVerdict::Upgraded;
        if (state == State::Exempt)
            return CardVerdict::Exempt;
    }
    if (knowledge.cardLinkedHere)
        return knowledge.cardLinkUploaded ? CardVerdict::Upgraded : CardVerdict::LinkedHere;
    return CardVerdict::Linkable;
}

} // namespace upgradedesk
