#include "flow/cardverdict.h"

#include "card/catalogue.h"

namespace upgradedesk
{
namespace
{

/// A snapshot leaves out what was under way when it was made.
constexpr int snapshotLag = 60; // seconds

bool isFree(CityCardState state)
{
    return state == CityCardState::None || state == CityCardState::New;
}

} // namespace

void heedSnapshot(DeskKnowledge &knowledge, const CityCard &snapshot, const UploadTimes &uploads)
{
    const auto isYoungerThan = [&snapshot](const QDateTime &upload) {
        return upload.isValid() && snapshot.asOf > upload.addSecs(snapshotLag);
    };
    if (knowledge.cardLinkUploaded && isFree(snapshot.state) && isYoungerThan(uploads.linked)) {
        heedHub(knowledge, snapshot);
        return;
    }
    knowledge.city = snapshot;
    if (uploads.ended.isValid() && !isYoungerThan(uploads.ended) && !isFree(snapshot.state))
        knowledge.city = CityCard{CityCardState::None, uploads.ended};
}

void heedHub(DeskKnowledge &knowledge, const CityCard &card)
{
    knowledge.city = card;
    if (!isFree(card.state) || !knowledge.cardLinkUploaded)
        return;
    knowledge.cardLinkedHere = false;
    knowledge.cardLinkUploaded = false;
    knowledge.cardLinkedToOther = false;
}

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
