#include "support/hubprocess.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTcpSocket>

#include <csignal>

#include <sys/prctl.h>

using namespace Qt::StringLiterals;

namespace upgradedesk::test
{
namespace
{

/// The answer in `bytes`, when it is whole.
std::optional<HttpAnswer> parsed(const QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    HttpAnswer answer;
    const QList<QByteArray> lines = bytes.left(end).split('\n');
    answer.status = lines.first().split(' ').value(1).toInt();
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        answer.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    answer.body = bytes.mid(end + 4);
    if (answer.body.size() < answer.headers.value("content-length").toLongLong())
        return std::nullopt;
    return answer;
}

} // namespace

QJsonObject HttpAnswer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QJsonObject HubProcess::Run::json() const
{
    return QJsonDocument::fromJson(out).object();
}

HubConnection::HubConnection(int port, const ClientIdentity &who)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_3OrLater);
    configuration.setCaCertificates(QSslCertificate::fromData(who.authority));
    if (!who.certificate.isEmpty()) {
        configuration.setLocalCertificateChain(QSslCertificate::fromData(who.certificate));
        configuration.setPrivateKey(QSslKey(who.key, QSsl::Ec));
    }
    m_socket.setSslConfiguration(configuration);
    m_socket.setPeerVerifyName(u"localhost"_s);
    m_socket.connectToHostEncrypted(u"127.0.0.1"_s, quint16(port));
    m_open = m_socket.waitForEncrypted(10000);
}

void HubConnection::write(const QByteArray &bytes)
{
    m_socket.write(bytes);
    while (m_socket.bytesToWrite() > 0 && m_socket.state() == QAbstractSocket::ConnectedState) {
        if (!m_socket.waitForBytesWritten(10000))
            return;
    }
}

HttpAnswer HubConnection::read(int milliseconds)
{
    QByteArray bytes;
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < milliseconds) {
        bytes += m_socket.readAll();
        if (const auto answer = parsed(bytes))
            return *answer;
        if (m_socket.state() != QAbstractSocket::ConnectedState && m_socket.bytesAvailable() == 0)
            return {};
        m_socket.waitForReadyRead(100);
    }
    return {};
}

HttpAnswer HubConnection::ask(const QByteArray &method, const QByteArray &path,
                              const QByteArray &body)
{
    QByteArray request = method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\n";
    if (method == "POST")
        request +=
            "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) +
            "\r\n";
    write(request + "\r\n" + body);
    return read();
}

HubProcess::HubProcess(const QJsonObject &more, bool practice)
    : port(freePort())
    , adminPort(freePort())
    , configFile(folder.filePath(u"config.json"_s))
{
    m_config = {{u"hub"_s, u"hub-1"_s},
                {u"hosts"_s, QJsonArray{u"localhost"_s, u"127.0.0.1"_s}},
                {u"listen"_s, u"127.0.0.1:%1"_s.arg(port)},
                {u"admin"_s, u"127.0.0.1:%1"_s.arg(adminPort)},
                {u"database"_s, database.connection()},
                {u"keys"_s, u"keys"_s}};
    for (auto entry = more.begin(); entry != more.end(); ++entry)
        m_config.insert(entry.key(), entry.value());
    configure(u"workers"_s, m_config.value(u"workers"_s).toInt(4));
    if (run(practice ? QStringList{u"init"_s, u"--practice"_s} : QStringList{u"init"_s}).exit != 0)
        qFatal("init failed");
}

HubProcess::HubProcess(const HubProcess &first)
    : port(freePort())
    , adminPort(freePort())
    , configFile(folder.filePath(u"config.json"_s))
    , m_config(first.m_config)
{
    m_config.insert(u"listen"_s, u"127.0.0.1:%1"_s.arg(port));
    m_config.insert(u"admin"_s, u"127.0.0.1:%1"_s.arg(adminPort));
    configure(u"keys"_s, first.folder.filePath(u"keys"_s));
}

HubProcess::~HubProcess()
{
    kill();
}

void HubProcess::configure(const QString &key, const QJsonValue &value)
{
    m_config.insert(key, value);
    QFile file(configFile);
    if (file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        file.write(QJsonDocument(m_config).toJson());
}

HubProcess::Run HubProcess::run(const QStringList &arguments, const QByteArray &input) const
{
    QProcess process;
    process.start(QStringLiteral(UPGRADEDESK_BIN_DIR "/upgradehub"),
                  QStringList{u"--config"_s, configFile, u"--lang"_s, u"en"_s, u"--json"_s} +
                      arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(120000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

bool HubProcess::serve()
{
    m_serving = std::make_unique<QProcess>();
    tieToThisProgram(*m_serving);
    // To a file: a pipe that nobody empties would stop the hub once it is full.
    m_serving->setStandardErrorFile(folder.filePath(u"log"_s), QIODevice::Append);
    m_serving->start(QStringLiteral(UPGRADEDESK_BIN_DIR "/upgradehub"),
                     {u"--config"_s, configFile, u"--lang"_s, u"en"_s, u"serve"_s});
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 60000 && isServing()) {
        if (admin("/readyz").status == 200)
            return true;
        m_serving->waitForFinished(20);
    }
    return false;
}

bool HubProcess::isServing() const
{
    if (!m_serving)
        return false;
    m_serving->waitForReadyRead(0);
    return m_serving->state() != QProcess::NotRunning;
}

int HubProcess::stop(int milliseconds)
{
    if (!m_serving)
        return -1;
    m_serving->terminate();
    const bool ended = m_serving->waitForFinished(milliseconds);
    return ended && m_serving->exitStatus() == QProcess::NormalExit ? m_serving->exitCode() : -1;
}

void HubProcess::kill()
{
    if (!m_serving)
        return;
    m_serving->kill();
    m_serving->waitForFinished(10000);
    m_serving.reset();
}

QByteArray HubProcess::logged() const
{
    QFile file(folder.filePath(u"log"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray HubProcess::authority() const
{
    QFile file(folder.filePath(u"keys/ca.crt"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

HttpAnswer HubProcess::admin(const QByteArray &path) const
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, quint16(adminPort));
    if (!socket.waitForConnected(1000))
        return {};
    socket.write("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    QByteArray bytes;
    while (socket.waitForReadyRead(10000))
        bytes += socket.readAll();
    return parsed(bytes).value_or(HttpAnswer());
}

void tieToThisProgram(QProcess &process)
{
    process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

int freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

qint64 residentOf(qint64 pid, const QByteArray &which)
{
    QFile file(u"/proc/%1/status"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(which + ':'))
            return line.mid(which.size() + 1).trimmed().split(' ').first().toLongLong();
    }
    return 0;
}

bool addOperator(const HubProcess &hub)
{
    return hub.run({u"operator"_s, u"add"_s, u"9001"_s, u"--name"_s, u"测试员甲"_s, u"--role"_s,
                    u"staff"_s, u"--station"_s, u"station-1"_s},
                   "135790\n")
               .exit == 0;
}

} // namespace upgradedesk::test
