#include "sync/firstcontact.h"

#include <QNetworkProxy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk::sync
{
namespace
{

constexpr auto contactTime = 5s;
constexpr HubLimits forEnrolment{20s, wire::largestEnrolment};
constexpr int standardPort = 443;

} // namespace

FirstContact::FirstContact(QObject *parent)
    : QObject(parent)
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        finish(
            tl::unexpected(troubleOf(QAbstractSocket::SocketTimeoutError, u"no answer in time"_s)));
    });
    connect(&m_socket, &QSslSocket::encrypted, this, &FirstContact::secured);
    connect(&m_socket, &QSslSocket::errorOccurred, this, [this] {
        finish(tl::unexpected(troubleOf(m_socket.error(), m_socket.errorString())));
    });
}

void FirstContact::enrol(const QUrl &hub, Profile profile, const EnrolmentCode &code,
                         const QByteArray &csr, const QString &desk, const Handler &handler)
{
    m_hub = hub;
    m_profile = profile;
    m_code = code;
    m_csr = csr;
    m_desk = desk;
    m_handler = handler;
    // Nothing is believed yet and nothing is said: this connection only shows a chain.
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_3OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_socket.setSslConfiguration(configuration);
    m_deadline.start(contactTime);
    m_socket.connectToHostEncrypted(hub.host(), quint16(hub.port(standardPort)));
}

void FirstContact::secured()
{
    m_deadline.stop();
    std::optional<Certificate> authority;
    bool otherProfile = false;
    const Profile other =
        m_profile == Profile::Production ? Profile::Practice : Profile::Production;
    const auto chain = m_socket.peerCertificateChain();
    for (const QSslCertificate &shown : chain) {
        const auto certificate = Certificate::fromPem(shown.toPem());
        if (!certificate || !m_code->names(*certificate) || !certificate->isSignedBy(*certificate))
            continue;
        if (certificate->hasRole(m_profile, CertificateRole::Authority))
            authority = *certificate;
        otherProfile = otherProfile || certificate->hasRole(other, CertificateRole::Authority);
    }
    m_socket.disconnect(this);
    m_socket.abort();
    if (authority)
        send(*authority);
    else if (otherProfile)
        finish(tl::unexpected(HubTrouble{
            {ErrorCode::EnrolmentOtherProfile,
             u"the right hub of another profile"_s,
             {u"#profile-"_s + profileKey(other),
              other == Profile::Practice ? u"deskctl --practice enrol"_s : u"deskctl enrol"_s}},
            0,
            {},
            {}}));
    else
        finish(tl::unexpected(
            HubTrouble{{ErrorCode::EnrolmentOtherHub, u"another authority"_s, {}}, 0, {}, {}}));
}

void FirstContact::send(const Certificate &authority)
{
    m_connection =
        std::make_unique<HubConnection>(m_hub, HubTrust::firstContact(authority, m_profile));
    const auto answered = [this, authority](const HubResult<HubAnswer> &answer) {
        if (!answer) {
            HubTrouble trouble = answer.error();
            if (trouble.code == errorKey(ErrorCode::EnrolmentOtherDesk))
                trouble.error = {ErrorCode::EnrolmentOtherDesk, trouble.code, {m_desk}};
            else if (trouble.status == 400 || trouble.status == 403 || trouble.status == 410)
                trouble.error = {ErrorCode::EnrolmentRefused, trouble.code, {}};
            finish(tl::unexpected(trouble));
            return;
        }
        const auto decoded = wire::decodeEnrolmentAnswer(answer->body);
        if (decoded)
            finish(Enrolled{*decoded, authority});
        else
            finish(tl::unexpected(hubFailed(u"answer-unreadable"_s)));
    };
    m_connection->post(u"/v1/enrolments"_s,
                       wire::encodeEnrolmentRequest({m_code->text(), m_csr, m_desk}), forEnrolment,
                       answered);
}

void FirstContact::finish(const HubResult<Enrolled> &result)
{
    m_deadline.stop();
    m_socket.disconnect(this);
    m_socket.abort();
    const Handler handler = std::move(m_handler);
    m_handler = {};
    if (handler)
        handler(result);
}

} // namespace upgradedesk::sync
