#include "gui/passengercontroller.h"

#include "core/clock.h"
#include "flow/rules.h"
#include "gui/passengersight.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

using View = PassengerScene::View;

bool isResult(View view)
{
    switch (view) {
    case View::Done:
    case View::DoneQueued:
    case View::Returned:
    case View::Undone:
    case View::Declined:
    case View::Trial:
        return true;
    default:
        return false;
    }
}

} // namespace

PassengerController::PassengerController(LinkController &controller, const Catalogue &catalogue,
                                         const Rules &rules, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_controller(controller)
    , m_catalogue(catalogue)
    , m_rules(rules)
    , m_clock(clock)
{
    for (QTimer *timer : {&m_toAnswer, &m_toTurnBack, &m_toClear, &m_toChinese})
        timer->setSingleShot(true);
    setTimes({});
    connect(&m_controller, &LinkController::stateChanged, this, &PassengerController::follow);
    connect(&m_toAnswer, &QTimer::timeout, this, &PassengerController::carryOut);
    connect(&m_toTurnBack, &QTimer::timeout, this, &PassengerController::turnBack);
    connect(&m_toClear, &QTimer::timeout, this, &PassengerController::show);
    connect(&m_toChinese, &QTimer::timeout, this, [this] {
        if (m_step == LinkStep::Idle)
            setLanguage(Language::Chinese);
    });
    follow();
}

void PassengerController::setTimes(const Times &times)
{
    m_toAnswer.setInterval(times.answer);
    m_toTurnBack.setInterval(times.turned);
    m_toClear.setInterval(times.result);
    m_toChinese.setInterval(times.language);
}

void PassengerController::setLanguage(Language language)
{
    if (m_step == LinkStep::Idle)
        m_toChinese.start();
    if (std::exchange(m_language, language) == language)
        return;
    // What is being carried out was answered in the language before, and is named so.
    if (m_dialogue.sheet())
        ask();
    emit languageChanged();
    show();
}

void PassengerController::setWaiting(bool waiting)
{
    if (std::exchange(m_waiting, waiting) != waiting)
        follow();
}

void PassengerController::setPlace(const QString &place)
{
    m_place = place;
    show();
}

bool PassengerController::isAsking() const
{
    return m_controller.state().step == LinkStep::Consent && !m_waiting;
}

void PassengerController::follow()
{
    const LinkStep step = m_controller.state().step;
    followLanguage(step);
    followConsent(step);
    followTurn(step);
    m_step = step;
    show();
}

/// The next passenger begins in Chinese; a language chosen before the card was tapped is theirs.
void PassengerController::followLanguage(LinkStep step)
{
    const bool ended =
        (m_step != LinkStep::Idle && step == LinkStep::Idle) ||
        ((m_step == LinkStep::Done || m_step == LinkStep::Declined) && step != m_step);
    if (ended && std::exchange(m_language, Language::Chinese) != Language::Chinese)
        emit languageChanged();
}

void PassengerController::followConsent(LinkStep)
{
    if (!isAsking()) {
        m_dialogue.end();
        m_toAnswer.stop();
        m_given.reset();
        return;
    }
    if (m_given)
        return;
    const QString &version = m_rules.currentNotice(beijingDate(m_clock.now())).version;
    if (!m_dialogue.sheet() || m_dialogue.sheet()->version != version)
        ask();
}

void PassengerController::followTurn(LinkStep)
{
    if (!m_turned || isAsking())
        return;
    if (m_waiting || !m_answered)
        turnBack();
}

void PassengerController::ask()
{
    m_dialogue.begin(m_rules.currentNotice(beijingDate(m_clock.now())), m_language);
}

void PassengerController::answer(quint64 sheet, bool agrees)
{
    const auto before = m_dialogue.sheet();
    const auto outcome = m_dialogue.answer(sheet, agrees);
    if (outcome == ConsentDialogue::Outcome::Ignored)
        return;
    if (outcome == ConsentDialogue::Outcome::NextQuestion) {
        show();
        return;
    }
    m_declined = outcome == ConsentDialogue::Outcome::Declined;
    m_answered = m_turned;
    if (m_declined)
        m_given = ConsentDeclined{};
    else
        m_given = ConsentGiven{u"passenger"_s,
                               before->language == Language::English ? u"en"_s : u"zh_CN"_s,
                               before->version};
    m_toAnswer.start();
    if (m_turned)
        m_toTurnBack.start();
    show();
}

void PassengerController::carryOut()
{
    const auto given = std::exchange(m_given, std::nullopt);
    if (!given)
        return;
    emit advancing(true);
    m_controller.apply(*given);
    emit advancing(false);
}

void PassengerController::setHasScreen(bool has)
{
    if (std::exchange(m_hasScreen, has) != has)
        emit placeChanged();
}

bool PassengerController::mayTurn() const
{
    return isAsking() && !m_hasScreen && !m_turned && m_dialogue.sheet();
}

void PassengerController::turn()
{
    if (!mayTurn())
        return;
    m_turned = true;
    m_answered = false;
    // What has been answered so far was answered on no screen that is seen now.
    ask();
    show();
    emit placeChanged();
}

void PassengerController::turnBack()
{
    if (!std::exchange(m_turned, false))
        return;
    m_answered = false;
    m_toTurnBack.stop();
    show();
    emit placeChanged();
}

PassengerScene PassengerController::sight()
{
    PassengerScene scene;
    if (m_waiting) {
        scene.view = View::Wait;
    } else if (m_given || (m_turned && m_answered)) {
        scene.view = m_declined ? View::Declined : View::Thanks;
    } else {
        scene = passengerSight(m_controller, m_catalogue);
    }
    if (scene.view == View::Consent && m_dialogue.sheet()) {
        scene.sheet = *m_dialogue.sheet();
        scene.notice = m_rules.currentNotice(beijingDate(m_clock.now())).text(m_language);
    }
    // A result stays for its time, whoever has forgotten to end it.
    if (!isResult(scene.view)) {
        m_toClear.stop();
        m_result = {};
    } else if (scene != m_result) {
        m_result = scene;
        m_toClear.start();
    } else if (!m_toClear.isActive()) {
        scene = {};
    }
    scene.language = m_language;
    scene.place = m_place;
    scene.turned = m_turned;
    return scene;
}

void PassengerController::show()
{
    const PassengerScene scene = sight();
    if (std::exchange(m_scene, scene) != scene)
        emit sceneChanged();
}

} // namespace upgradedesk
