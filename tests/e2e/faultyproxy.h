#pragma once

#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>

namespace upgradedesk::test
{

/// A TCP balancer in the test's thread between desks and hubs: each connection goes to the next of
/// its hubs, and is spoilt as the test says. What it carries is TLS; it sees sizes only.
class FaultyProxy final : public QObject
{
public:
    enum class Fault {
        None,
        CutMidBody, ///< somewhere within what the desk sends after the handshake
        DropAnswer  ///< everything reaches the hub, and its answer nobody
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

    /// One after the other for the connections that follow; then none.
    QList<Fault> faults;
    int cut = 0; ///< connections that were spoilt

private:
    /// More than a handshake with certificate takes, less than any batch of a few records.
    static constexpr qint64 handshake = 3500;

    void carry(QTcpSocket *desk)
    {
        auto *hub = new QTcpSocket(desk);
        const Fault fault = faults.isEmpty() ? Fault::None : faults.takeFirst();
        const qint64 limit = handshake + QRandomGenerator::global()->bounded(20'000);
        struct Seen {
            qint64 sent = 0;
            bool spoilt = false;
        };
        auto seen = std::make_shared<Seen>();
        const auto spoil = [this, desk, hub, seen] {
            if (seen->spoilt)
                return;
            seen->spoilt = true;
            ++cut;
            hub->abort();
            desk->abort();
        };
        const auto forward = [=] {
            if (hub->state() != QAbstractSocket::ConnectedState)
                return; // it comes when the hub is there
            const QByteArray bytes = desk->readAll();
            seen->sent += bytes.size();
            if (fault == Fault::CutMidBody && seen->sent > limit) {
                hub->write(bytes.first(bytes.size() / 2));
                hub->flush();
                spoil();
                return;
            }
            hub->write(bytes);
        };
        connect(desk, &QTcpSocket::readyRead, hub, forward);
        connect(hub, &QTcpSocket::connected, hub, forward);
        connect(hub, &QTcpSocket::readyRead, desk, [=] {
            const QByteArray bytes = hub->readAll();
            if (fault == Fault::DropAnswer && seen->sent > handshake) {
                spoil();
                return;
            }
            desk->write(bytes);
        });
        connect(desk, &QTcpSocket::disconnected, hub, [=] {
            hub->disconnectFromHost();
            desk->deleteLater();
        });
        connect(hub, &QTcpSocket::disconnected, desk, [=] { desk->disconnectFromHost(); });
        // A hub that is not there is passed over, once round.
        auto tries = std::make_shared<qsizetype>(1);
        connect(hub, &QTcpSocket::errorOccurred, desk, [=, this] {
            if (hub->error() == QAbstractSocket::ConnectionRefusedError &&
                (*tries)++ < m_hubPorts.size())
                hub->connectToHost(QHostAddress::LocalHost, nextPort());
            else if (hub->state() != QAbstractSocket::ConnectedState)
                desk->abort();
        });
        hub->connectToHost(QHostAddress::LocalHost, nextPort());
    }

    [[nodiscard]] quint16 nextPort() { return quint16(m_hubPorts[m_next++ % m_hubPorts.size()]); }

    QTcpServer m_server;
    QList<int> m_hubPorts;
    qsizetype m_next = 0;
};

} // namespace upgradedesk::test
