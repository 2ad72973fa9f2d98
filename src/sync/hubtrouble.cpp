#include "sync/hubtrouble.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::sync
{

HubTrouble hubFailed(const QString &word, int status)
{
    return {{ErrorCode::HubFailed, u"status %1, %2"_s.arg(status).arg(word), {word}},
            status,
            word,
            std::nullopt};
}

bool isAboutOurCertificate(const QString &errorText)
{
    if (!errorText.contains(u" alert "_s))
        return false;
    // OpenSSL's words: `tlsv13 alert certificate required`, `sslv3 alert certificate revoked`, …;
    // `decrypt error` when a certificate names the hub's authority and is not signed by it.
    for (const QString &word :
         {u"certificate"_s, u"unknown ca"_s, u"access denied"_s, u"decrypt error"_s}) {
        if (errorText.contains(word))
            return true;
    }
    return false;
}

HubTrouble troubleOf(QAbstractSocket::SocketError error, const QString &errorText)
{
    const auto trouble = [&errorText](ErrorCode code) {
        return HubTrouble{{code, errorText, {}}, 0, {}, std::nullopt};
    };
    if (isAboutOurCertificate(errorText))
        return trouble(ErrorCode::HubRefusesDesk);
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
    case QAbstractSocket::NetworkError:
        return trouble(ErrorCode::HubNoNetwork);
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInvalidUserDataError:
        return trouble(ErrorCode::HubNotTrusted);
    default:
        return trouble(ErrorCode::HubNoAnswer);
    }
}

HubTrouble troubleOf(QNetworkReply::NetworkError error, const QString &errorText)
{
    switch (error) {
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
        return troubleOf(QAbstractSocket::HostNotFoundError, errorText);
    case QNetworkReply::SslHandshakeFailedError:
        return troubleOf(QAbstractSocket::SslHandshakeFailedError, errorText);
    case QNetworkReply::UnknownNetworkError:
        // Qt tells a network that is down by its words only.
        if (errorText.contains(u"unreachable"_s))
            return troubleOf(QAbstractSocket::NetworkError, errorText);
        [[fallthrough]];
    default:
        return troubleOf(QAbstractSocket::RemoteHostClosedError, errorText);
    }
}

} // namespace upgradedesk::sync
