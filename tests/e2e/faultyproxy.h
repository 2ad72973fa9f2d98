#pragma once

#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <functional>
#include <memory>

namespace upgradedesk::test
{

/// A TCP balancer in the test's thread between desks and hubs: each connection goes to the next of
/// its hubs, and each batch of records is spoilt as the test says. What it carries is TLS: it tells
/// a batch from looks and questions by its size.
class FaultyProxy final : public QObject
{
public:
    enum class Fault {
        None,
        CutMidBody, ///< somewhere within what the desk sends
        DropAnswer, ///< everything reaches the hub, and its answer nobody
        Call        ///< what the test does is up to the test
    };

    explicit FaultyProxy(const QList<int> &hubPorts)
        : m_hubPorts(hubPorts)
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *desk = m_server.nextPendingConnection())
                carry(desk);
        });
        m_server.listen(QHostAddress::LocalHost);
    }

    [[nodiscard]] int port() const { return m_server.serverPort(); }

    /// Asked when a batch has begun to come; the default spoils nothing.
    std::function<Fault()> faultOfBatch;
    /// Fault::Call, a moment after the batch has begun: to which of the hubs it goes, and whether
    /// it is still on its way.
    std::function<void(int hubPort, bool unanswered)> call;
    /// The answer to a batch has come and goes no further.
    std::function<void()> dropped;
    int cut = 0;   ///< connections that were spoilt
    int calls = 0; ///< every second comes at once, the others within a moment

private:
    /// More than a handshake with certificate or a question takes, less than any batch.
    static constexpr qint64 batchSize = 3500;
    static constexpr int longestMoment = 60; ///< ms, longer than a batch of this size takes

    /// A connection, and what has come from the desk since the hub spoke last.
    struct Carried {
        int hubPort = 0;
        qint64 sent = 0;
        bool isBatch = false;
        Fault fault = Fault::None;
        qint64 limit = 0;
        bool spoilt = false;
    };

    void carry(QTcpSocket *desk)
    {
        auto *hub = new QTcpSocket(desk);
        auto seen = std::make_shared<Carried>();
        const auto spoil = [this, desk, hub, seen] {
            if (seen->spoilt)
                return;
            seen->spoilt = true;
            ++cut;
            hub->abort();
            desk->abort();
        };
        const auto forward = [=, this] {
            if (hub->state() != QAbstractSocket::ConnectedState)
                return; // it comes when the hub is there
            const QByteArray bytes = desk->readAll();
            seen->sent += bytes.size();
            if (!seen->isBatch && seen->sent > batchSize)
                begin(seen);
            if (seen->fault == Fault::CutMidBody && seen->sent > seen->limit) {
                hub->write(bytes.first(bytes.size() / 2));
                hub->flush();
                spoil();
                return;
            }
            hub->write(bytes);
        };
        connect(desk, &QTcpSocket::readyRead, hub, forward);
        connect(hub, &QTcpSocket::connected, hub, forward);
        connect(hub, &QTcpSocket::readyRead, desk, [=, this] {
            const QByteArray bytes = hub->readAll();
            if (seen->fault == Fault::DropAnswer) {
                if (dropped)
                    dropped();
                spoil();
                return;
            }
            desk->write(bytes);
            *seen = {seen->hubPort};
        });
        connect(desk, &QTcpSocket::disconnected, hub, [=] {
            hub->disconnectFromHost();
            desk->deleteLater();
        });
        connect(hub, &QTcpSocket::disconnected, desk, [=] { desk->disconnectFromHost(); });
        // A hub that is not there is passed over, once round.
        auto tries = std::make_shared<qsizetype>(1);
        const auto connectToNext = [=, this] {
            seen->hubPort = m_hubPorts[m_next++ % m_hubPorts.size()];
            hub->connectToHost(QHostAddress::LocalHost, quint16(seen->hubPort));
        };
        connect(hub, &QTcpSocket::errorOccurred, desk, [=, this] {
            if (hub->error() == QAbstractSocket::ConnectionRefusedError &&
                (*tries)++ < m_hubPorts.size())
                connectToNext();
            else if (hub->state() != QAbstractSocket::ConnectedState)
                desk->abort();
        });
        connectToNext();
    }

    void begin(const std::shared_ptr<Carried> &batch)
    {
        batch->isBatch = true;
        if (faultOfBatch)
            batch->fault = faultOfBatch();
        batch->limit = batch->sent + QRandomGenerator::global()->bounded(8'000);
        if (batch->fault == Fault::Call && call)
            QTimer::singleShot(
                QRandomGenerator::global()->bounded(calls++ % 2 == 0 ? 1 : longestMoment), this,
                [this, batch] { call(batch->hubPort, batch->isBatch); });
    }

    QTcpServer m_server;
    QList<int> m_hubPorts;
    qsizetype m_next = 0;
};

} // namespace upgradedesk::test
