#pragma once

#include "flow/consentdialogue.h"
#include "gui/linkcontroller.h"
#include "gui/widgets/passengerscene.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace upgradedesk
{

class Catalogue;
class Clock;
class Rules;

/// The passenger's side of the counter: what their screen shows, in which language, and what they
/// answer there. It decides nothing: two touches become one ConsentGiven by `passenger`, a refusal
/// a ConsentDeclined, and the staff's own keys count as before and at any time. Lives in the GUI
/// thread.
class PassengerController final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PassengerController)

public:
    /// The references must outlive it.
    PassengerController(LinkController &controller, const Catalogue &catalogue, const Rules &rules,
                        const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] const PassengerScene &scene() const { return m_scene; }

    /// Of the notice and of the passenger's screen, not of the staff. It goes back to Chinese with
    /// the next passenger.
    [[nodiscard]] Language language() const { return m_language; }
    void setLanguage(Language language);

    /// 请稍候 and nothing else: the desk is locked, or cannot work.
    void setWaiting(bool waiting);

    /// What stands at the foot: where this desk is.
    void setPlace(const QString &place);

    /// The passenger touched an answer of that sheet.
    void answer(quint64 sheet, bool agrees);

    /// Whether the passenger has a screen of their own.
    [[nodiscard]] bool hasScreen() const { return m_hasScreen; }
    void setHasScreen(bool has);

    /// Whether the staff's screen is turned to the passenger: only while consent is asked for, and
    /// until it is answered. After the answer it stays turned for a moment, so that no touch of the
    /// passenger falls on a page of the staff.
    [[nodiscard]] bool isTurned() const { return m_turned; }
    [[nodiscard]] bool mayTurn() const;
    void turn();
    void turnBack();

    /// Consent given to the next page (300 ms), answer to the staff's page (2 s), result to 请刷卡
    /// (8 s), chosen language to Chinese where no card follows (60 s).
    struct Times {
        int answer = 300;
        int turned = 2000;
        int result = 8000;
        int language = 60000;
    };
    void setTimes(const Times &times);

signals:
    void sceneChanged();
    void languageChanged();
    /// A screen has come or gone, or the staff's has been turned.
    void placeChanged();
    /// Before and after what the passenger's answer leads to: no key was pressed for it.
    void advancing(bool byItself);

private:
    void follow();
    void followLanguage(LinkStep step);
    void followConsent(LinkStep step);
    void followTurn(LinkStep step);
    void ask();
    void carryOut();
    void show();
    [[nodiscard]] PassengerScene sight();
    [[nodiscard]] bool isAsking() const;

    LinkController &m_controller;
    const Catalogue &m_catalogue;
    const Rules &m_rules;
    const Clock &m_clock;
    ConsentDialogue m_dialogue;
    std::optional<LinkEvent> m_given; ///< what the answers come to, for the moment it is shown
    PassengerScene m_scene;
    PassengerScene m_result; ///< whose time runs
    QString m_place;
    Language m_language = Language::Chinese;
    LinkStep m_step = LinkStep::Idle;
    bool m_waiting = true;
    bool m_hasScreen = false;
    bool m_turned = false;
    bool m_answered = false; ///< turned, and there is nothing left to answer
    bool m_declined = false; ///< and this was the answer
    QTimer m_toAnswer;
    QTimer m_toTurnBack;
    QTimer m_toClear;
    QTimer m_toChinese;
};

} // namespace upgradedesk
