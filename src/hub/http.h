#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>
#include <utility>

namespace upgradedesk::hub
{

/// Who is at the other end; the same for every request of a connection.
struct Peer {
    QByteArray certificate; ///< PEM, checked against our authority; empty when none was shown
    QString address;
};

struct HttpRequest {
    QByteArray method;
    QByteArray target; ///< path and query as sent
    QByteArray contentType;
    QByteArray body;
    QString id; ///< ours, for the log and the answer
    const Peer *peer = nullptr;

    [[nodiscard]] QByteArray path() const;
    /// The value of a query key; null when absent.
    [[nodiscard]] QByteArray query(QByteArrayView key) const;
};

struct HttpResponse {
    int status = 200;
    QByteArray contentType = "application/json";
    QByteArray body;
    QString file; ///< its bytes from `fileFrom` follow the body; empty: none
    qint64 fileFrom = 0;
    QList<std::pair<QByteArray, QByteArray>> headers;
    bool isLast = false; ///< whoever asked is refused altogether and is to hold no connection
};

/// Called on a worker thread; it may take its time.
using HttpHandler = std::function<HttpResponse(const HttpRequest &)>;

/// What the server itself has to say, before a request is whole: 400, 401, 413, 431.
using HttpRefusal = std::function<HttpResponse(int status, const QString &id)>;

} // namespace upgradedesk::hub
