#include "sync/hubprobe.h"

#include <QNetworkProxy>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk::sync
{
namespace
{

/// Long enough for a SYN that is sent again after one second, short enough that an upload starts
/// within 5 s after the network is back.
constexpr auto connectTime = 2500ms;
constexpr auto alertTime = 250ms;
constexpr int httpsPort = 443;

} // namespace

HubProbe::HubProbe(QObject *parent)
    : QObject(parent)
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(connectTime);
    m_lateAlert.setSingleShot(true);
    m_lateAlert.setInterval(alertTime);
    connect(&m_socket, &QSslSocket::encrypted, this, &HubProbe::secured);
    connect(&m_socket, &QSslSocket::sslErrors, this, &HubProbe::sslFailed);
    connect(&m_socket, &QSslSocket::errorOccurred, this,
            [this] { finish(troubleOf(m_socket.error(), m_socket.errorString())); });
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        finish(troubleOf(QAbstractSocket::SocketTimeoutError, u"no answer in time"_s));
    });
    connect(&m_lateAlert, &QTimer::timeout, this, [this] { finish(std::nullopt); });
}

void HubProbe::start(const QUrl &hub, const HubTrust &trust)
{
    if (m_trust)
        return;
    m_trust = trust;
    m_deadline.start();
    m_socket.setSslConfiguration(trust.configuration());
    m_socket.connectToHostEncrypted(hub.host(), quint16(hub.port(httpsPort)));
}

void HubProbe::stop()
{
    m_trust.reset();
    m_deadline.stop();
    m_lateAlert.stop();
    m_socket.abort();
}

void HubProbe::secured()
{
    if (m_trust && !m_trust->hubOf(m_socket.sslConfiguration())) {
        finish(troubleOf(QAbstractSocket::SslHandshakeFailedError, u"not a hub's certificate"_s));
        return;
    }
    m_deadline.stop();
    m_lateAlert.start();
}

void HubProbe::sslFailed(const QList<QSslError> &errors)
{
    if (m_trust && m_trust->hubOf(m_socket.sslConfiguration()))
        m_socket.ignoreSslErrors(HubTrust::forgivable(errors));
}

void HubProbe::finish(const std::optional<HubTrouble> &trouble)
{
    if (!m_trust)
        return;
    stop();
    emit done(trouble);
}

} // namespace upgradedesk::sync
