#include "gui/passengersight.h"

#include "card/catalogue.h"
#include "core/masking.h"
#include "core/sentences.h"
#include "gui/linkcontroller.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

using View = PassengerScene::View;

StateBadge::State cardState(const LinkState &state, const CardProduct *product)
{
    using State = StateBadge::State;
    switch (state.verdict) {
    case CardVerdict::Linkable:
        return state.knowledge.city ? State::NotUpgraded : State::Pending;
    case CardVerdict::LinkedHere:
        return State::Queued;
    case CardVerdict::Upgraded:
        return State::Upgraded;
    case CardVerdict::Exempt:
        return State::Exempt;
    case CardVerdict::Foreign:
        return State::Foreign;
    case CardVerdict::AppOnly:
        return State::AppOnly;
    case CardVerdict::NoNumber:
        return product && product->service == CardService::AppOnly ? State::AppOnly
                                                                   : State::Refused;
    case CardVerdict::Refused:
    case CardVerdict::ReadAgain:
        break;
    }
    return State::Refused;
}

void showCard(PassengerScene &scene, const LinkState &state, const Catalogue &catalogue)
{
    scene.view = state.verdict == CardVerdict::ReadAgain ? View::ReadAgain : View::Card;
    const CardProduct *product = catalogue.product(state.card->product);
    scene.cardState = cardState(state, product);
    if (state.card->outcome != CardSighting::Outcome::Number)
        return;
    scene.number = state.card->number;
    scene.groups = product ? product->groups : QList<int>{4, 4, 4, 4, 4};
    scene.wristband = state.medium == u"wristband" && state.verdict == CardVerdict::Linkable;
}

void showHealth(PassengerScene &scene, const LinkState &state,
                const std::optional<HealthVerdict> &verdict)
{
    using Entry = HealthVerdict::Entry;
    if (state.healthQuestion != 0) {
        scene.view = View::HealthAsking;
        return;
    }
    if (!verdict || verdict->entry == Entry::TimeNotTrusted) {
        scene.view = View::HealthPending;
        return;
    }
    scene.view = View::Health;
    scene.mayEnter = verdict->entry == Entry::MayEnter;
    scene.abnormal = verdict->abnormal;
    scene.days = verdict->days;
}

PassengerScene::Gate gateOf(const QString &code, bool open)
{
    PassengerScene::Gate gate;
    gate.open = open;
    gate.panel = code == u"not-linked";
    gate.sentence = gate.panel ? LocalText{gateLed(), gateLed()} : gateMessage(code);
    return gate;
}

/// After the commit the number has been compared: its end is enough to know the card by.
void showResult(PassengerScene &scene, const LinkState &state,
                const std::optional<HealthVerdict> &verdict)
{
    if (state.card)
        scene.number = state.card->number.right(4);
    if (state.revoked) {
        scene.view = View::Undone;
    } else if (state.trial) {
        const GateAnswer &answer = state.trial->answer;
        scene.view = View::Trial;
        scene.gate = gateOf(answer.code, answer.decision == GateAnswer::Decision::Pass);
    } else if (state.judged && !state.judged->accepted) {
        scene.view = View::Returned;
    } else if (state.judged) {
        const bool turnedBack =
            !state.healthDeferred && verdict && verdict->entry == HealthVerdict::Entry::TurnedBack;
        scene.view = View::Done;
        scene.mayEnter = !turnedBack;
        scene.abnormal = turnedBack && verdict->abnormal;
        // The words for staff about an abnormal code are not for a hall.
        if (!scene.abnormal)
            scene.gate = gateOf(!turnedBack     ? u"ok"_s
                                : verdict->days ? u"days-exceeded"_s
                                                : u"no-result"_s,
                                !turnedBack);
    } else {
        scene.view = View::DoneQueued;
        scene.gate = gateOf(u"not-linked"_s, false);
    }
}

} // namespace

PassengerScene passengerSight(const LinkController &controller, const Catalogue &catalogue)
{
    const LinkState &state = controller.state();
    const auto verdict = controller.healthVerdict();
    PassengerScene scene;
    switch (state.step) {
    case LinkStep::Idle:
        break;
    case LinkStep::Card:
        showCard(scene, state, catalogue);
        break;
    case LinkStep::Document:
        scene.view = state.lookingUpPerson ? View::DocumentTyped : View::Document;
        break;
    case LinkStep::Guardian:
        scene.view = View::Guardian;
        break;
    case LinkStep::Consent:
        scene.view = View::Consent;
        break;
    case LinkStep::Health:
        showHealth(scene, state, verdict);
        break;
    case LinkStep::Confirm:
    case LinkStep::Committing:
        showCard(scene, state, catalogue);
        scene.view = View::Confirm;
        scene.wristband = false;
        if (state.holder)
            scene.maskedName = maskName(state.holder->name);
        break;
    case LinkStep::Done:
        showResult(scene, state, verdict);
        break;
    case LinkStep::Declined:
        scene.view = View::Declined;
        break;
    }
    return scene;
}

} // namespace upgradedesk
