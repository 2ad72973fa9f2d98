#include "support/catch.h"

#include "gui/passenger_walk.h"

#include "gui/hub_states.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::test
{
namespace
{

CardSighting cardOf(const QString &product, CardSighting::Outcome outcome)
{
    CardSighting card;
    card.product = product;
    card.outcome = outcome;
    return card;
}

void tellHealth(PassengerDesk &desk, int days, HealthLevel level = HealthLevel::Normal)
{
    HealthStatus health;
    health.level = days < 0 ? HealthLevel::NoResult : level;
    if (days >= 0)
        health.testDay = QDate(2022, 6, 2).addDays(-days);
    health.asOf = desk.desk.desk.clock.now();
    desk.desk.controller.apply(HealthAnswered{desk.desk.controller.state().healthQuestion, health});
    desk.settle();
}

void walkCards(PassengerDesk &desk, const std::function<void(const QString &)> &at)
{
    using Outcome = CardSighting::Outcome;
    CardSighting torn = cardOf({}, Outcome::ReadError);
    desk.desk.tap(torn);
    at(u"again"_s);
    desk.desk.tap(beijingCard());
    at(u"card-unknown"_s);
    desk.desk.controller.apply(MediumChosen{u"wristband"_s});
    at(u"card-wristband"_s);
    CardSighting foreign = beijingCard(u"3104830099900012345"_s);
    foreign.product = u"tunion-other"_s;
    desk.desk.tap(foreign);
    at(u"card-foreign"_s);
    desk.desk.tap(cardOf(u"bank-card"_s, Outcome::Refused));
    at(u"card-refused"_s);
    desk.desk.tap(cardOf(u"mifare-ultralight"_s, Outcome::RecognisedNoNumber));
    at(u"card-app"_s);
    desk.desk.cardKnowledge.cardLinkedHere = true;
    desk.desk.tap(beijingCard());
    at(u"card-queued"_s);
    desk.desk.cardKnowledge.cardLinkUploaded = true;
    desk.desk.tap(beijingCard());
    at(u"card-upgraded"_s);
    desk.desk.cardKnowledge = {};
    desk.desk.cardKnowledge.city = CityCard{CityCard::State::Exempt, desk.desk.desk.clock.now()};
    desk.desk.tap(beijingCard());
    at(u"card-exempt"_s);
    desk.desk.cardKnowledge.city = CityCard{CityCard::State::None, desk.desk.desk.clock.now()};
    desk.desk.tap(beijingCard());
    at(u"card-new"_s);
}

/// The hub is there: every health state, and what becomes of the record.
void walkOnline(PassengerDesk &desk, const std::function<void(const QString &)> &at)
{
    desk.desk.tasks.setHub(reachable());
    const auto toHealth = [&desk] {
        desk.desk.controller.apply(EndPassenger{});
        desk.desk.tap(beijingCard());
        desk.desk.controller.apply(StartLink{});
        desk.desk.controller.apply(DocumentEntered{adult()});
        desk.desk.controller.apply(
            PersonStatusAnswered{desk.desk.controller.state().personQuestion, {}});
        desk.desk.controller.apply(ConsentGiven{u"operator"_s, u"zh_CN"_s});
        desk.settle();
        REQUIRE(desk.desk.step() == LinkStep::Health);
    };
    const auto finish = [&desk](bool accepted) {
        desk.desk.controller.apply(HealthSeen{});
        desk.desk.controller.apply(ConfirmLink{});
        desk.settle();
        desk.desk.controller.apply(LinkJudged{desk.desk.done().record, accepted,
                                              accepted ? QString() : u"document-invalid"_s,
                                              desk.desk.desk.clock.now()});
        desk.settle();
    };
    toHealth();
    at(u"health-asking"_s);
    tellHealth(desk, 1);
    at(u"health"_s);
    finish(true);
    at(u"done"_s);
    desk.desk.tap(beijingCard());
    at(u"trial-asking"_s);
    desk.desk.controller.apply(GateAnswered{desk.desk.controller.state().trial->question,
                                            {GateAnswer::Decision::Pass, u"ok"_s}});
    desk.settle();
    at(u"trial-open"_s);
    toHealth();
    tellHealth(desk, 3);
    at(u"health-turned-back"_s);
    finish(true);
    at(u"done-turned-back"_s);
    toHealth();
    tellHealth(desk, 0, HealthLevel::Abnormal);
    at(u"health-abnormal"_s);
    finish(false);
    at(u"returned"_s);
}

} // namespace

void walkPassenger(PassengerDesk &desk, const std::function<void(const QString &state)> &at)
{
    const auto here = [&](const QString &state) {
        desk.settle();
        at(state);
    };
    here(u"locked"_s);
    desk.desk.logIn();
    desk.settle();
    here(u"idle"_s);
    walkCards(desk, here);
    desk.desk.controller.apply(StartLink{});
    here(u"document"_s);
    Person child = adult();
    child.documentNumber = u"110102201501010018"_s;
    desk.desk.controller.apply(DocumentEntered{child});
    here(u"guardian"_s);
    desk.desk.controller.apply(DocumentEntered{otherAdult()});
    desk.settle();
    REQUIRE(desk.view() == PassengerScene::View::Consent);
    here(u"consent-1"_s);
    desk.agree();
    here(u"consent-2"_s);
    desk.passenger.setTimes({600000, 600000, 600000, 600000});
    desk.agree();
    here(u"thanks"_s);
    desk.desk.controller.apply(ConsentGiven{u"operator"_s, u"zh_CN"_s});
    here(u"health-pending"_s);
    desk.desk.controller.apply(HealthDeferred{});
    here(u"confirm"_s);
    desk.desk.controller.apply(ConfirmLink{});
    desk.settle();
    here(u"done-queued"_s);
    desk.desk.tap(beijingCard());
    here(u"trial"_s);
    desk.desk.controller.apply(LinkTakenBack{desk.desk.done().record, true});
    here(u"undone"_s);
    desk.desk.controller.apply(EndPassenger{});
    desk.passenger.setTimes({1, 1, 600000, 600000});
    desk.goToConsent();
    desk.decline();
    REQUIRE(desk.reaches(LinkStep::Declined));
    here(u"declined"_s);
    desk.desk.controller.apply(EndPassenger{});
    walkOnline(desk, here);
}

} // namespace upgradedesk::test
