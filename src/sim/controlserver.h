#pragma once

#include "core/result.h"

#include <QObject>
#include <QSocketNotifier>

#include <functional>
#include <memory>
#include <unordered_map>

namespace upgradedesk
{

/// A line protocol on a local socket: each line gets one line back. Many clients at once; a client
/// that sends nonsense, too much, or goes away hurts nobody else. Lives on the thread that made it
/// and needs its event loop.
class ControlServer final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ControlServer)

public:
    using Handler = std::function<QString(const QString &line)>;

    explicit ControlServer(Handler handler, QObject *parent = nullptr);

    /// Removes the socket.
    ~ControlServer() override;

    /// Only this user can connect. Takes over a socket that a dead process left; fails with
    /// FileUnreadable when a living one holds it.
    [[nodiscard]] Result<void> listen(const QString &path);

private:
    struct Client {
        std::unique_ptr<QSocketNotifier> notifier;
        QByteArray input;
    };

    void welcome();
    void serve(int socket);
    void drop(int socket);

    const Handler m_handler;
    QString m_path;
    int m_socket = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::unordered_map<int, Client> m_clients;
};

/// Sends one line to a ControlServer and returns its answer; waits at most `milliseconds`.
[[nodiscard]] Result<QString> sendControlLine(const QString &path, const QString &line,
                                              int milliseconds = 5000);

} // namespace upgradedesk
