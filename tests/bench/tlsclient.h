#pragma once

#include <QByteArray>

#include <memory>

namespace upgradedesk::bench
{

/// A blocking HTTPS client without anything that could be slow: one kept connection, TLS 1.3, the
/// answer's body as it comes. For load, not for use: whatever goes wrong ends the benchmark.
class TlsClient
{
public:
    /// All PEM.
    TlsClient(int port, const QByteArray &authority, const QByteArray &certificate,
              const QByteArray &key);
    ~TlsClient();
    TlsClient(const TlsClient &) = delete;
    TlsClient &operator=(const TlsClient &) = delete;

    /// The body of the answer, whose status must be 200.
    [[nodiscard]] QByteArray post(const QByteArray &path, const QByteArray &body);

private:
    struct Connection;
    std::unique_ptr<Connection> m_connection;
};

} // namespace upgradedesk::bench
