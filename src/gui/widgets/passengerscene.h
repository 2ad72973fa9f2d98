#pragma once

#include "gui/widgets/statebadge.h"

#include <QList>
#include <QString>

namespace upgradedesk
{

/// What the passenger is shown, without any text of its own: the screen makes the words. Holds no
/// document number and no full name.
struct PassengerScene {
    enum class View {
        Idle,          ///< 请刷卡
        Card,          ///< number and state
        Document,      ///< 请出示身份证件
        DocumentTyped, ///< 工作人员正在录入
        Consent,       ///< the question and two equal buttons
        HealthPending, ///< 升级照常办理, manual lane this time
        Confirm,       ///< number and masked name
        Done,          ///< 升级完成
        DoneQueued,    ///< saved, manual lane this time
        Wait,          ///< 请稍候
    };

    View view = View::Idle;
    StateBadge::State cardState = StateBadge::State::NotUpgraded;
    QString number = {};
    QList<int> groups = {};
    QString maskedName = {};

    bool operator==(const PassengerScene &) const = default;
};

} // namespace upgradedesk
