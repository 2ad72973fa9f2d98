#pragma once

#include "gui/pages_window.h"

namespace upgradedesk::test
{

/// Hub states as the network layer tells them, for a desk whose clock says what it says.
inline HubState reachable()
{
    HubState hub;
    hub.link = HubState::Link::Reachable;
    hub.timeTrusted = true;
    return hub;
}

inline HubState unreachable(ErrorCode cause, const QStringList &args = {})
{
    HubState hub;
    hub.link = HubState::Link::Unreachable;
    hub.trouble = Error{cause, {}, args};
    return hub;
}

inline QueueEntry queueEntry(const QString &lastFour, const QDateTime &at,
                             const QString &state = QStringLiteral("queued"), int attempts = 0,
                             const QString &medium = QStringLiteral("physical"))
{
    QueueEntry entry;
    entry.record = QStringLiteral("record-") + lastFour;
    entry.slip = 12;
    entry.kind = QStringLiteral("link");
    entry.medium = medium;
    entry.state = state;
    entry.at = at;
    entry.attempts = attempts;
    entry.operatorName = QStringLiteral("测试员01");
    entry.maskedName = QStringLiteral("测*戊");
    entry.maskedNumber = QStringLiteral("3105***********") + lastFour;
    return entry;
}

inline QueueEntry refusedEntry(const QString &reason, const QString &lastFour, const QDateTime &at,
                               const QString &kind = QStringLiteral("link"))
{
    QueueEntry entry = queueEntry(lastFour, at, QStringLiteral("attention"), 1);
    entry.kind = kind;
    entry.reason = reason;
    entry.judged = at.addSecs(120);
    return entry;
}

/// Every stable rejection reason of the contract.
inline QStringList stableReasons()
{
    return QStringLiteral("person-has-physical-card person-has-phone-card card-linked-to-other "
                          "agent-limit-reached agent-is-holder product-exempt product-not-linkable "
                          "document-invalid document-kind-not-accepted guardian-missing "
                          "consent-missing consent-version-unknown rules-not-in-force "
                          "record-unknown not-own-record undo-window-passed superseded "
                          "card-not-linked holder-mismatch bad-signature bad-envelope desk-revoked "
                          "operator-unknown")
        .split(QLatin1Char(' '));
}

} // namespace upgradedesk::test
