#pragma once

#include "support/cluster.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>
#include <QTemporaryDir>

#include <memory>

namespace upgradedesk::test
{

struct HttpAnswer {
    int status = 0;                        ///< 0: none came
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;

    [[nodiscard]] QJsonObject json() const;
    [[nodiscard]] QString code() const { return json().value(QStringLiteral("code")).toString(); }
};

/// Who a client of the hub says it is; all PEM, certificate and key may be empty.
struct ClientIdentity {
    QByteArray authority;
    QByteArray certificate;
    QByteArray key;
};

/// One TLS connection to the hub, kept alive.
class HubConnection
{
public:
    HubConnection(int port, const ClientIdentity &who);

    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] QSslSocket &socket() { return m_socket; }
    [[nodiscard]] HttpAnswer get(const QByteArray &path) { return ask("GET", path, {}); }
    [[nodiscard]] HttpAnswer post(const QByteArray &path, const QByteArray &body)
    {
        return ask("POST", path, body);
    }
    [[nodiscard]] HttpAnswer ask(const QByteArray &method, const QByteArray &path,
                                 const QByteArray &body);
    void write(const QByteArray &bytes);
    /// Whatever comes back; status 0 when the connection ends or nothing comes.
    [[nodiscard]] HttpAnswer read(int milliseconds = 20000);

private:
    QSslSocket m_socket;
    bool m_open = false;
};

/// A practice hub, unless a test wants one for real work, as a real process, on a database and in a
/// folder of its own.
class HubProcess
{
public:
    /// Configured and initialised, not serving. `more` goes into the configuration.
    explicit HubProcess(const QJsonObject &more = {}, bool practice = true);
    /// Another process of the same hub, on other ports. `first` must outlive it.
    explicit HubProcess(const HubProcess &first);
    ~HubProcess();
    HubProcess &operator=(const HubProcess &) = delete;

    struct Run {
        int exit = -1;
        QByteArray out;
        QByteArray err;
        [[nodiscard]] QJsonObject json() const;
    };
    /// One command of upgradehub with --json and English sentences.
    [[nodiscard]] Run run(const QStringList &arguments, const QByteArray &input = {}) const;

    /// Starts `serve` and waits until it is ready.
    [[nodiscard]] bool serve();
    /// SIGTERM, and the exit code; -1 when it did not end in time.
    int stop(int milliseconds = 30000);
    void kill();

    [[nodiscard]] qint64 pid() const { return m_serving ? m_serving->processId() : 0; }
    [[nodiscard]] bool isServing() const;
    [[nodiscard]] HttpAnswer admin(const QByteArray &path) const;
    [[nodiscard]] QByteArray logged() const;
    [[nodiscard]] QByteArray authority() const; ///< PEM

    void configure(const QString &key, const QJsonValue &value);

    QTemporaryDir folder;
    ClusterDatabase database;
    int port = 0;
    int adminPort = 0;
    QString configFile;

private:
    QJsonObject m_config;
    std::unique_ptr<QProcess> m_serving;
};

/// Operator 9001 with PIN 135790, staff of station-1; whether the hub took it.
[[nodiscard]] bool addOperator(const HubProcess &hub);

/// What that will start ends with this program, also when this program is killed.
void tieToThisProgram(QProcess &process);
[[nodiscard]] int freePort();
/// kB that a process holds in memory; with `VmHWM` the most it ever held.
[[nodiscard]] qint64 residentOf(qint64 pid, const QByteArray &which = "VmRSS");

} // namespace upgradedesk::test
