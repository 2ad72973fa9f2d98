#pragma once

#include "sync/hubtrouble.h"
#include "sync/hubtrust.h"

#include <QObject>
#include <QSslSocket>
#include <QTimer>
#include <QUrl>

#include <optional>

namespace upgradedesk::sync
{

/// Looks whether the hub is there and takes this desk, without asking it anything: connects,
/// shakes hands, waits a moment for the alert that TLS 1.3 sends late, and hangs up. It writes
/// nothing, so that no reset of the connection takes the alert away.
class HubProbe final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HubProbe)

public:
    explicit HubProbe(QObject *parent = nullptr);

    /// Answers with done(); another start() while it runs does nothing.
    void start(const QUrl &hub, const HubTrust &trust);
    void stop();

signals:
    /// Nothing: the hub is there and did not object.
    void done(const std::optional<upgradedesk::sync::HubTrouble> &trouble);

private:
    void finish(const std::optional<HubTrouble> &trouble);
    void secured();
    void sslFailed(const QList<QSslError> &errors);

    QSslSocket m_socket;
    QTimer m_deadline;
    QTimer m_lateAlert;
    std::optional<HubTrust> m_trust;
};

} // namespace upgradedesk::sync
