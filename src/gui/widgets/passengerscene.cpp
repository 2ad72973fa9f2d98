#include "gui/widgets/passengerscene.h"

#include "core/sentences.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

LocalText same(const QString &text)
{
    return {text, text};
}

LocalText filled(const LocalText &text, const QString &one, const QString &two = {})
{
    const auto fill = [&](const QString &in) {
        const QString first = in.arg(one);
        return two.isEmpty() ? first : first.arg(two);
    };
    return {fill(text.chinese), fill(text.english)};
}

LocalText stateWords(StateBadge::State state)
{
    switch (state) {
    case StateBadge::State::NotUpgraded:
        return passengerWord(u"state.new"_s);
    case StateBadge::State::Upgraded:
        return passengerWord(u"state.done"_s);
    case StateBadge::State::Queued:
        return passengerWord(u"state.queued"_s);
    case StateBadge::State::Exempt:
        return passengerWord(u"state.exempt"_s);
    case StateBadge::State::AppOnly:
        return passengerWord(u"state.app"_s);
    case StateBadge::State::Pending:
        return passengerWord(u"state.unknown"_s);
    case StateBadge::State::Attention:
        return passengerWord(u"state.again"_s);
    default:
        return passengerWord(u"state.other"_s);
    }
}

LocalText cardHint(StateBadge::State state)
{
    switch (state) {
    case StateBadge::State::NotUpgraded:
    case StateBadge::State::Pending:
        return passengerWord(u"card.ready"_s);
    case StateBadge::State::Upgraded:
    case StateBadge::State::Exempt:
        return passengerWord(u"card.tap"_s);
    case StateBadge::State::Attention:
        return {};
    default:
        return passengerWord(u"card.manual"_s);
    }
}

PassengerText cardText(const PassengerScene &scene)
{
    // Without a number there is nothing to compare.
    return {scene.number.isEmpty() ? LocalText() : passengerWord(u"card"_s),
            stateWords(scene.cardState),
            scene.wristband ? passengerWord(u"card.band"_s) : LocalText(),
            cardHint(scene.cardState)};
}

PassengerText consentText(const ConsentSheet &sheet)
{
    LocalText question = passengerWord(u"consent."_s + sheet.purpose);
    if (sheet.purpose.isEmpty() || question.chinese.isEmpty())
        question = passengerWord(u"consent"_s);
    if (sheet.count < 2)
        return {{}, question, {}, {}};
    return {filled(passengerWord(u"consent.count"_s), QString::number(sheet.index + 1),
                   QString::number(sheet.count)),
            question,
            {},
            {}};
}

PassengerText healthText(const PassengerScene &scene)
{
    if (!scene.mayEnter)
        return {{},
                passengerWord(u"health.no"_s),
                passengerWord(scene.abnormal ? u"health.staff"_s : u"health.test"_s),
                {}};
    if (!scene.days)
        return {{}, passengerWord(u"health.enter"_s), {}, {}};
    return {{},
            *scene.days == 1 ? passengerWord(u"health.ok.one"_s)
                             : filled(passengerWord(u"health.ok"_s), QString::number(*scene.days)),
            {},
            {}};
}

LocalText ending(const PassengerScene &scene)
{
    return filled(passengerWord(u"done.ending"_s), scene.number.right(4));
}

} // namespace

std::optional<int> PassengerScene::step() const
{
    switch (view) {
    case View::Card:
        return 0;
    case View::Document:
    case View::Guardian:
    case View::DocumentTyped:
        return 1;
    case View::Consent:
    case View::Thanks:
    case View::Declined:
        return 2;
    case View::HealthAsking:
    case View::Health:
    case View::HealthPending:
        return 3;
    case View::Confirm:
        return 4;
    case View::Done:
    case View::DoneQueued:
    case View::Trial:
        return 5;
    case View::Idle:
    case View::ReadAgain:
    case View::Returned:
    case View::Undone:
    case View::Wait:
        break;
    }
    return std::nullopt;
}

LocalText passengerWord(const QString &key)
{
    const QString whole = u"passenger."_s + key;
    return {word(whole, Language::Chinese), word(whole, Language::English)};
}

PassengerText passengerText(const PassengerScene &scene)
{
    using View = PassengerScene::View;
    switch (scene.view) {
    case View::Idle:
        return {{}, passengerWord(u"idle"_s), passengerWord(u"idle.sub"_s), {}};
    case View::ReadAgain:
        return {{}, passengerWord(u"again"_s), passengerWord(u"again.sub"_s), {}};
    case View::Card:
        return cardText(scene);
    case View::Document:
        return {{}, passengerWord(u"document"_s), {}, {}};
    case View::Guardian:
        return {{}, passengerWord(u"guardian"_s), {}, {}};
    case View::DocumentTyped:
        return {{}, passengerWord(u"typed"_s), {}, {}};
    case View::Consent:
        return consentText(scene.sheet);
    case View::Thanks:
        return {{},
                passengerWord(u"thanks"_s),
                passengerWord(scene.turned ? u"thanks.turned"_s : u"thanks.sub"_s),
                {}};
    case View::HealthAsking:
        return {{}, passengerWord(u"asking"_s), passengerWord(u"wait"_s), {}};
    case View::Health:
        return healthText(scene);
    case View::HealthPending:
        return {{}, passengerWord(u"pending"_s), passengerWord(u"pending.sub"_s), {}};
    case View::Confirm:
        return {passengerWord(u"confirm"_s), same(scene.maskedName), {}, {}};
    case View::Done:
        return {ending(scene),
                passengerWord(u"done"_s),
                passengerWord(scene.mayEnter   ? u"card.tap"_s
                              : scene.abnormal ? u"health.staff"_s
                                               : u"health.test"_s),
                {}};
    case View::DoneQueued:
        return {
            ending(scene), passengerWord(u"done.queued"_s), passengerWord(u"pending.sub"_s), {}};
    case View::Returned:
        return {{}, passengerWord(u"returned"_s), passengerWord(u"returned.sub"_s), {}};
    case View::Undone:
        return {{}, passengerWord(u"undone"_s), passengerWord(u"undone.sub"_s), {}};
    case View::Declined:
        return {{},
                passengerWord(u"declined"_s),
                passengerWord(u"card.manual"_s),
                scene.turned ? passengerWord(u"thanks.turned"_s) : LocalText()};
    case View::Trial:
        return {ending(scene), passengerWord(u"trial"_s), {}, {}};
    case View::Wait:
        return {{}, passengerWord(u"wait"_s), {}, {}};
    }
    return {};
}

} // namespace upgradedesk
