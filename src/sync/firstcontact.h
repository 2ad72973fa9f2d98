#pragma once

#include "crypto/enrolmentcode.h"
#include "sync/hubconnection.h"
#include "wire/enrolment.h"

#include <QObject>
#include <QSslSocket>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>

namespace upgradedesk::sync
{

/// The first call of a desk that has no certificate: looks which authority the hub shows, and only
/// when its key is the one the code names, connects again believing that authority alone and sends
/// the code. Lives in one thread; one call at a time.
class FirstContact final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FirstContact)

public:
    /// The answer, with the authority that was met.
    struct Enrolled {
        wire::EnrolmentAnswer answer;
        Certificate authority;
    };
    using Handler = std::function<void(const HubResult<Enrolled> &)>;

    explicit FirstContact(QObject *parent = nullptr);

    /// EnrolmentOtherHub when the authority is another, EnrolmentOtherProfile when it is the one
    /// the code names and of another profile, EnrolmentRefused when the hub does not take the code,
    /// EnrolmentOtherDesk when the code is not that of `desk`, whose folder it is already (empty:
    /// nobody's), or why it is not reached.
    void enrol(const QUrl &hub, Profile profile, const EnrolmentCode &code, const QByteArray &csr,
               const QString &desk, const Handler &handler);

private:
    void secured();
    void send(const Certificate &authority);
    void finish(const HubResult<Enrolled> &result);

    QSslSocket m_socket;
    QTimer m_deadline;
    QUrl m_hub;
    Profile m_profile = Profile::Production;
    std::optional<EnrolmentCode> m_code;
    QByteArray m_csr;
    QString m_desk;
    Handler m_handler;
    std::unique_ptr<HubConnection> m_connection;
};

} // namespace upgradedesk::sync
