#pragma once

#include "core/localtext.h"
#include "flow/consentdialogue.h"
#include "flow/rules.h"
#include "gui/widgets/statebadge.h"

#include <QList>
#include <QString>

#include <optional>

namespace upgradedesk
{

/// What the passenger is shown, without any text of its own: the screen makes the words. Holds no
/// document number and no full name, and a card number only where the passenger has to compare it.
struct PassengerScene {
    enum class View {
        Idle,          ///< 请刷卡
        ReadAgain,     ///< the card was torn away, or two lie there
        Card,          ///< number and state
        Document,      ///< 请出示身份证件
        Guardian,      ///< the same, of the guardian
        DocumentTyped, ///< 工作人员正在录入
        Consent,       ///< one question and two equal buttons
        Thanks,        ///< the answers are noted
        HealthAsking,  ///< 正在查询
        Health,        ///< days and whether the gate opens today
        HealthPending, ///< 升级照常办理, manual lane this time
        Confirm,       ///< number and masked name
        Done,          ///< 升级完成
        DoneQueued,    ///< saved, manual lane this time
        Returned,      ///< the hub refused the record
        Undone,        ///< taken back
        Declined,      ///< no consent: nothing was linked
        Trial,         ///< what a gate does with the card now
        Wait,          ///< 请稍候
    };

    /// What the gate says and does.
    struct Gate {
        LocalText sentence; ///< for the panel of a card that is not linked: the same Chinese twice
        bool open = false;
        bool panel = false; ///< the black panel with the one sentence that is never translated

        bool operator==(const Gate &) const = default;
    };

    View view = View::Idle;
    StateBadge::State cardState = StateBadge::State::NotUpgraded;
    QString number = {}; ///< whole on Card and Confirm
    QList<int> groups = {};
    QString maskedName = {};
    Language language = Language::Chinese;
    bool wristband = false;        ///< no number is printed on it
    std::optional<int> days = {};  ///< age of the test
    bool mayEnter = false;         ///< today, as the gate decides
    bool abnormal = false;         ///< not said in words: the screen stands in a hall
    std::optional<Gate> gate = {}; ///< on results
    ConsentSheet sheet = {};
    NoticeText notice = {}; ///< in the language of the sheet
    QString place = {};     ///< station and desk
    bool turned = false;    ///< the staff's own screen, turned round

    bool operator==(const PassengerScene &) const = default;

    /// Which of the five steps it belongs to, from 0; 5 when all are done, nothing outside of them.
    [[nodiscard]] std::optional<int> step() const;
};

/// What is said in a scene, in both languages; empty for what it does not say.
struct PassengerText {
    LocalText above;
    LocalText headline;
    LocalText sub;
    LocalText hint; ///< what to do or to have ready, at the foot
};

[[nodiscard]] PassengerText passengerText(const PassengerScene &scene);

/// A word of the passenger's screen: `passenger.KEY` of resources/texts/words.json.
[[nodiscard]] LocalText passengerWord(const QString &key);

} // namespace upgradedesk
