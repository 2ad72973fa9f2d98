#include "hub/config.h"

#include "core/jsonreader.h"

#include <QDir>
#include <QFileInfo>
#include <QHostAddress>
#include <QRegularExpression>
#include <QSslCertificate>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

/// `host:port` or `[host]:port`.
std::optional<Endpoint> endpointOf(const QString &text)
{
    static const QRegularExpression shape(u"^\\[?([0-9A-Fa-f.:]+?)\\]?:([0-9]{1,5})\\z"_s);
    const auto match = shape.match(text);
    const int port = match.captured(2).toInt();
    const QHostAddress address(match.captured(1));
    if (!match.hasMatch() || address.isNull() || port < 1 || port > 65535)
        return std::nullopt;
    return Endpoint{address.toString(), quint16(port)};
}

Endpoint endpoint(JsonReader &root, const QString &key)
{
    const auto read = endpointOf(root.text(key));
    if (!read)
        root.wrong(key, u"an address and a port such as 127.0.0.1:8443 is needed"_s);
    return read.value_or(Endpoint());
}

void seconds(JsonReader &root, const QString &key, std::chrono::milliseconds &value, int most)
{
    if (root.has(key))
        value = std::chrono::seconds(root.number(key, 1, most));
}

void number(JsonReader &root, const QString &key, int &value, int least, int most)
{
    if (root.has(key))
        value = root.number(key, least, most);
}

} // namespace

Result<Config> Config::load(const QString &path)
{
    const auto file = JsonFile::load(path, ErrorCode::ConfigUnreadable, ErrorCode::ConfigInvalid);
    if (!file)
        return tl::unexpected(file.error());
    std::optional<Error> error;
    JsonReader root(*file, error);
    Config config;
    static const QRegularExpression id(u"^[a-z0-9][a-z0-9-]{0,63}\\z"_s);
    config.hub = root.text(u"hub"_s);
    if (!id.match(config.hub).hasMatch())
        root.wrong(u"hub"_s, u"at most 64 small letters, digits and - are needed"_s);
    config.hosts = root.texts(u"hosts"_s);
    if (config.hosts.isEmpty())
        root.wrong(u"hosts"_s, u"at least one name or address is needed"_s);
    config.listen = endpoint(root, u"listen"_s);
    config.admin = endpoint(root, u"admin"_s);
    if (!QHostAddress(config.admin.host).isLoopback())
        root.wrong(u"admin"_s, u"an address of this machine (loopback) is needed"_s);
    config.database = root.text(u"database"_s);
    // A relative folder is beside the configuration, wherever the program was started.
    config.keys = QDir(QFileInfo(path).absolutePath()).absoluteFilePath(root.text(u"keys"_s));
    config.cache = QDir(QFileInfo(path).absolutePath())
                       .absoluteFilePath(root.has(u"cache"_s) ? root.text(u"cache"_s) : u"cache"_s);
    number(root, u"connections"_s, config.connections, 1, 100000);
    number(root, u"workers"_s, config.workers, 1, 256);
    seconds(root, u"handshakeSeconds"_s, config.handshakeTimeout, 600);
    seconds(root, u"headerSeconds"_s, config.headerTimeout, 600);
    seconds(root, u"bodySeconds"_s, config.bodyTimeout, 600);
    seconds(root, u"writeSeconds"_s, config.writeTimeout, 600);
    seconds(root, u"idleSeconds"_s, config.idleTimeout, 3600);
    seconds(root, u"drainSeconds"_s, config.drainTimeout, 600);
    number(root, u"questionsPerHour"_s, config.questionsPerHour, 1, 1000000);
    number(root, u"questionsPerOperatorHour"_s, config.questionsPerOperatorHour, 1, 1000000);
    number(root, u"cardQuestionsPerMinute"_s, config.cardQuestionsPerMinute, 1, 100000000);
    number(root, u"gateQuestionsPerMinute"_s, config.gateQuestionsPerMinute, 1, 1000000);
    number(root, u"recordsPerHour"_s, config.recordsPerHour, 1, 100000000);
    if (root.has(u"healthProvider"_s)) {
        config.healthProvider = QUrl(root.text(u"healthProvider"_s), QUrl::StrictMode);
        const QString scheme = config.healthProvider.scheme();
        const bool onThisMachine = QHostAddress(config.healthProvider.host()).isLoopback();
        if (!config.healthProvider.isValid() ||
            (scheme != u"https" && !(scheme == u"http" && onThisMachine)))
            root.wrong(u"healthProvider"_s, u"a https URL is needed (http only on this machine)"_s);
    }
    if (root.has(u"healthAuthority"_s)) {
        config.healthAuthority =
            QDir(QFileInfo(path).absolutePath()).absoluteFilePath(root.text(u"healthAuthority"_s));
        if (QSslCertificate::fromPath(config.healthAuthority).isEmpty())
            root.wrong(u"healthAuthority"_s, u"a PEM file with a certificate is needed"_s);
    }
    root.finish();
    if (error)
        return tl::unexpected(*error);
    return config;
}

} // namespace upgradedesk::hub
