#pragma once

#include "sync/hubtrouble.h"
#include "sync/hubtrust.h"

#include <QByteArray>
#include <QNetworkAccessManager>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <functional>

namespace upgradedesk::sync
{

/// What a call may take. A transfer is over when its deadline is, however much is still coming.
struct HubLimits {
    std::chrono::milliseconds deadline{10'000};
    qsizetype largestAnswer = 256 * 1024;
};

/// An answer with status 200.
struct HubAnswer {
    QByteArray body;
    Certificate hub;   ///< who served it
    QDateTime hubTime; ///< of the headers every answer carries; invalid without
    QString epoch;
};

/// What has come of a body that is handed over in pieces. Nothing more is read before `next` is
/// called, in the connection's thread, with whether to go on.
struct HubPiece {
    QByteArray bytes;
    Certificate hub; ///< who serves it
    std::function<void(bool goOn)> next;
};

/// HTTPS with one hub, over connections that are kept. Qt itself sends a request once more when a
/// kept connection turns out to be closed, so whatever is asked must bear being asked twice.
class HubConnection final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HubConnection)

public:
    using Handler = std::function<void(const HubResult<HubAnswer> &)>;

    HubConnection(QUrl hub, HubTrust trust, QObject *parent = nullptr);
    /// Nobody is called any more.
    ~HubConnection() override;

    /// `path` begins with `/`. The handler is called once, later, in this thread.
    void get(const QString &path, const HubLimits &limits, const Handler &handler);
    void post(const QString &path, const QByteArray &body, const HubLimits &limits,
              const Handler &handler);

    /// For a body that is too large for the memory: what comes with status 200 goes to `pieces`,
    /// and the answer in the end has no body. The deadline is that of each piece.
    using PieceHandler = std::function<void(const HubPiece &)>;
    void getInPieces(const QString &path, const HubLimits &limits, const PieceHandler &pieces,
                     const Handler &handler);

    [[nodiscard]] const QUrl &hub() const { return m_hub; }
    [[nodiscard]] const HubTrust &trust() const { return m_trust; }

private:
    void follow(QNetworkReply *reply, const HubLimits &limits, const Handler &handler,
                const PieceHandler &pieces = {});
    [[nodiscard]] QNetworkRequest request(const QString &path) const;

    QUrl m_hub;
    HubTrust m_trust;
    QNetworkAccessManager m_access;
};

} // namespace upgradedesk::sync
