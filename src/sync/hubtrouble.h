#pragma once

#include "core/error.h"

#include <tl/expected.hpp>

#include <QAbstractSocket>
#include <QNetworkReply>
#include <QString>

#include <chrono>
#include <optional>

namespace upgradedesk::sync
{

/// Why the hub did not do what was asked.
struct HubTrouble {
    Error error;    ///< one of HubNoNetwork, HubNoAnswer, HubNotTrusted, HubRefusesDesk, HubFailed
    int status = 0; ///< of HTTP; 0 when there was no answer
    QString code;   ///< stable word of the hub's problem, if it sent one
    std::optional<std::chrono::seconds> retryAfter;
};

template <typename T>
using HubResult = tl::expected<T, HubTrouble>;

/// `word` is shown to people in brackets.
[[nodiscard]] HubTrouble hubFailed(const QString &word, int status = 0);

/// A TLS alert about the desk's certificate. In TLS 1.3 it comes with the first read, when the
/// handshake has long succeeded.
[[nodiscard]] bool isAboutOurCertificate(const QString &errorText);

[[nodiscard]] HubTrouble troubleOf(QAbstractSocket::SocketError error, const QString &errorText);
[[nodiscard]] HubTrouble troubleOf(QNetworkReply::NetworkError error, const QString &errorText);

} // namespace upgradedesk::sync
