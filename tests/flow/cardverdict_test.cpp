#include "support/catch.h"

#include "flow/flowfixture.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

CardSighting sighting(CardSighting::Outcome outcome, const QString &product)
{
    CardSighting card;
    card.outcome = outcome;
    card.product = product;
    return card;
}

} // namespace

TEST_CASE("Every outcome of a tap leads to one state of page 1", "[flow]")
{
    using enum CardSighting::Outcome;
    const Desk desk;
    const auto [card, verdict] = GENERATE(table<CardSighting, CardVerdict>({
        {sighting(Number, u"beijing-tunion"_s), CardVerdict::Linkable},
        {sighting(Number, u"beijing-bmac"_s), CardVerdict::Linkable},
        {sighting(Number, u"tunion-other"_s), CardVerdict::Foreign},
        {sighting(Number, u"shenzhentong-legacy"_s), CardVerdict::Foreign},
        {sighting(NotOurs, u"octopus"_s), CardVerdict::Foreign},
        {sighting(Refused, u"bank-card"_s), CardVerdict::Refused},
        {sighting(UnknownCard, u"unknown"_s), CardVerdict::Refused},
        {sighting(RecognisedNoNumber, u"mifare-ultralight"_s), CardVerdict::NoNumber},
        {sighting(ReadError, u"tunion"_s), CardVerdict::ReadAgain},
        {sighting(ReadError, QString()), CardVerdict::ReadAgain},
    }));
    INFO(card.product.toStdString());

    CHECK(cardVerdict(card, desk.catalogue, {}) == verdict);
}

TEST_CASE("What the desk linked itself is known without a hub", "[flow]")
{
    const Desk desk;
    DeskKnowledge knowledge;
    knowledge.cardLinkedHere = true;

    CHECK(cardVerdict(beijingCard(), desk.catalogue, knowledge) == CardVerdict::LinkedHere);
    knowledge.cardLinkUploaded = true;
    CHECK(cardVerdict(beijingCard(), desk.catalogue, knowledge) == CardVerdict::Upgraded);
}
