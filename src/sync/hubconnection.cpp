#include "sync/hubconnection.h"

#include "wire/problem.h"

#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace upgradedesk::sync
{
namespace
{

constexpr int goodStatus = 200;
constexpr std::chrono::seconds longestRetryAfter{300};
constexpr qint64 pieceSize = 256 * 1024;

/// One request on its way; goes with its reply.
class Exchange final : public QObject
{
public:
    Exchange(QNetworkReply *reply, const HubTrust &trust, const HubLimits &limits,
             HubConnection::Handler handler, HubConnection::PieceHandler pieces)
        : QObject(reply)
        , m_reply(reply)
        , m_trust(trust)
        , m_limits(limits)
        , m_handler(std::move(handler))
        , m_pieces(std::move(pieces))
    {
        if (m_pieces)
            reply->setReadBufferSize(pieceSize);
        m_deadline.setSingleShot(true);
        connect(&m_deadline, &QTimer::timeout, this, [this] { giveUp(Why::Late); });
        connect(reply, &QNetworkReply::encrypted, this, [this] {
            if (!m_trust.hubOf(m_reply->sslConfiguration()))
                giveUp(Why::Stranger);
        });
        connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
            const QList<QSslError> forgiven = HubTrust::forgivable(errors);
            if (forgiven.size() == errors.size() && m_trust.hubOf(m_reply->sslConfiguration()))
                m_reply->ignoreSslErrors(forgiven);
            else
                m_why = Why::Stranger;
        });
        connect(reply, &QNetworkReply::readyRead, this, &Exchange::read);
        connect(reply, &QNetworkReply::finished, this, [this] {
            m_ended = true;
            if (!m_pieceOut && (m_why != Why::None || !handOver()))
                end();
        });
        m_deadline.start(m_limits.deadline);
    }

private:
    enum class Why { None, Late, TooLarge, Stranger, Unwanted };

    void read()
    {
        if (m_pieceOut || (m_pieces && handOver()))
            return;
        m_body += m_reply->readAll();
        if (m_body.size() > (m_pieces ? pieceSize : m_limits.largestAnswer))
            giveUp(Why::TooLarge);
    }

    /// The next piece, if there is one and it is wanted.
    bool handOver()
    {
        const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (!m_pieces || status != goodStatus || m_reply->bytesAvailable() == 0)
            return false;
        const auto hub = m_trust.hubOf(m_reply->sslConfiguration());
        if (!hub)
            return false;
        const QByteArray bytes = m_reply->read(pieceSize);
        m_handedOver += bytes.size();
        if (m_handedOver > m_limits.largestAnswer) {
            giveUp(Why::TooLarge);
            return true;
        }
        m_pieceOut = true;
        m_deadline.stop();
        m_pieces({bytes, *hub, [self = QPointer<Exchange>(this)](bool goOn) {
                      if (self)
                          self->goOn(goOn);
                  }});
        return true;
    }

    void goOn(bool wanted)
    {
        if (!m_pieceOut)
            return;
        m_pieceOut = false;
        m_deadline.start(m_limits.deadline);
        if (!wanted) {
            if (m_ended)
                end();
            else
                giveUp(Why::Unwanted);
        } else if (!handOver() && m_ended) {
            end();
        }
    }

    void end()
    {
        const HubConnection::Handler call = std::move(m_handler);
        m_handler = {};
        m_reply->deleteLater();
        if (call)
            call(result());
    }

    void giveUp(Why why)
    {
        m_why = why;
        m_reply->abort();
    }

    [[nodiscard]] HubResult<HubAnswer> result() const
    {
        switch (m_why) {
        case Why::Late:
            return trouble(QAbstractSocket::SocketTimeoutError, u"no answer in time"_s);
        case Why::Stranger:
            return trouble(QAbstractSocket::SslHandshakeFailedError, u"not this hub"_s);
        case Why::TooLarge:
            return tl::unexpected(hubFailed(u"answer-too-large"_s));
        case Why::Unwanted:
            return tl::unexpected(hubFailed(u"answer-unreadable"_s));
        case Why::None:
            break;
        }
        const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status == 0)
            return tl::unexpected(troubleOf(m_reply->error(), m_reply->errorString()));
        auto hub = m_trust.hubOf(m_reply->sslConfiguration());
        if (!hub)
            return trouble(QAbstractSocket::SslHandshakeFailedError, u"not this hub"_s);
        if (status != goodStatus)
            return tl::unexpected(refusal(status));
        // The body may have been cut off after a good status.
        if (m_reply->error() != QNetworkReply::NoError)
            return tl::unexpected(troubleOf(m_reply->error(), m_reply->errorString()));
        const QDateTime time = QDateTime::fromString(
            QString::fromLatin1(m_reply->rawHeader("Hub-Time")), Qt::ISODateWithMs);
        return HubAnswer{m_body, *hub, time.toUTC(),
                         QString::fromLatin1(m_reply->rawHeader("Hub-Epoch"))};
    }

    [[nodiscard]] static HubResult<HubAnswer> trouble(QAbstractSocket::SocketError error,
                                                      const QString &text)
    {
        return tl::unexpected(troubleOf(error, text));
    }

    [[nodiscard]] HubTrouble refusal(int status) const
    {
        const auto problem = wire::decodeProblem(m_body);
        const QString code = problem ? problem->code : QString::number(status);
        HubTrouble found = hubFailed(code, status);
        if (code == u"desk-revoked" || code == u"desk-unknown" || code == u"certificate-refused" ||
            code == u"certificate-missing")
            found.error = {ErrorCode::HubRefusesDesk, code, {}};
        bool isNumber = false;
        const int seconds = m_reply->rawHeader("Retry-After").toInt(&isNumber);
        if (isNumber && seconds >= 0)
            found.retryAfter = std::min(std::chrono::seconds(seconds), longestRetryAfter);
        return found;
    }

    QNetworkReply *m_reply;
    HubTrust m_trust;
    HubLimits m_limits;
    HubConnection::Handler m_handler;
    HubConnection::PieceHandler m_pieces;
    QTimer m_deadline;
    QByteArray m_body;
    qsizetype m_handedOver = 0;
    bool m_pieceOut = false; ///< somebody is at work on it
    bool m_ended = false;    ///< nothing more comes from the network
    Why m_why = Why::None;
};

} // namespace

HubConnection::HubConnection(QUrl hub, HubTrust trust, QObject *parent)
    : QObject(parent)
    , m_hub(std::move(hub))
    , m_trust(std::move(trust))
{
    m_access.setProxy(QNetworkProxy::NoProxy);
    m_access.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

HubConnection::~HubConnection() = default;

QNetworkRequest HubConnection::request(const QString &path) const
{
    QUrl url = m_hub;
    const qsizetype question = path.indexOf(u'?');
    url.setPath(path.first(question < 0 ? path.size() : question));
    if (question >= 0)
        url.setQuery(path.sliced(question + 1));
    QNetworkRequest made(url);
    made.setSslConfiguration(m_trust.configuration());
    made.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    made.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    made.setHeader(QNetworkRequest::UserAgentHeader,
                   QByteArrayLiteral("UpgradeDesk/" UPGRADEDESK_VERSION));
    // Said by us, so that Qt unpacks nothing behind our limits.
    made.setRawHeader("Accept-Encoding", "identity");
    return made;
}

void HubConnection::get(const QString &path, const HubLimits &limits, const Handler &handler)
{
    follow(m_access.get(request(path)), limits, handler);
}

void HubConnection::post(const QString &path, const QByteArray &body, const HubLimits &limits,
                         const Handler &handler)
{
    QNetworkRequest made = request(path);
    made.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    follow(m_access.post(made, body), limits, handler);
}

void HubConnection::getInPieces(const QString &path, const HubLimits &limits,
                                const PieceHandler &pieces, const Handler &handler)
{
    follow(m_access.get(request(path)), limits, handler, pieces);
}

void HubConnection::follow(QNetworkReply *reply, const HubLimits &limits, const Handler &handler,
                           const PieceHandler &pieces)
{
    new Exchange(reply, m_trust, limits, handler, pieces);
}

} // namespace upgradedesk::sync
