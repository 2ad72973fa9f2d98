#include "support/catch.h"

#include "crypto/certificate.h"
#include "hub/config.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

QString description()
{
    QFile file(QStringLiteral(UPGRADEDESK_SOURCE_DIR "/docs/hub.md"));
    REQUIRE(file.open(QIODevice::ReadOnly));
    return QString::fromUtf8(file.readAll());
}

QByteArray example()
{
    return description().section(u"```json\n"_s, 1, 1).section(u"```"_s, 0, 0).toUtf8();
}

/// The example names one; it is beside the configuration.
void writeHealthAuthority(const QTemporaryDir &folder)
{
    const KeyPair key = KeyPair::generate().value();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto certificate = Certificate::selfSigned(
        {Profile::Practice, CertificateRole::Authority, u"health"_s, {}, now, now.addDays(1)}, key);
    REQUIRE(certificate);
    QFile file(folder.filePath(u"health-authority.pem"_s));
    REQUIRE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(certificate->pem());
}

Result<hub::Config> loaded(const QTemporaryDir &folder, const QJsonObject &config)
{
    QFile file(folder.filePath(u"config.json"_s));
    REQUIRE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QJsonDocument(config).toJson());
    file.close();
    return hub::Config::load(file.fileName());
}

} // namespace

TEST_CASE("The example of a configuration is taken, and each of its keys is explained", "[hub]")
{
    const QTemporaryDir folder;
    writeHealthAuthority(folder);
    const QString text = description();
    const QJsonObject config = QJsonDocument::fromJson(example()).object();

    const auto read = loaded(folder, config);

    REQUIRE(read);
    CHECK(read->hub == u"beijing"_s);
    CHECK(read->keys == folder.filePath(u"keys"_s));
    for (const QString &key : config.keys()) {
        INFO(key.toStdString());
        CHECK(text.contains(u"\n| `%1` | "_s.arg(key)));
    }
}

TEST_CASE("The example names each key there is, with the value it has when it is left out", "[hub]")
{
    const QTemporaryDir folder;
    writeHealthAuthority(folder);
    const QJsonObject config = QJsonDocument::fromJson(example()).object();
    QFile source(QStringLiteral(UPGRADEDESK_SOURCE_DIR "/src/hub/config.cpp"));
    REQUIRE(source.open(QIODevice::ReadOnly));
    static const QRegularExpression key(
        u"(?:root\\.(?:text|texts|has)\\(|root, )u\"([a-zA-Z]+)\""_s);
    QSet<QString> known;
    for (auto all = key.globalMatch(QString::fromUtf8(source.readAll())); all.hasNext();)
        known << all.next().captured(1);
    const QStringList named = config.keys();
    CHECK(known == QSet<QString>(named.begin(), named.end()));

    QJsonObject shortest;
    for (const QString &needed :
         {u"hub"_s, u"hosts"_s, u"listen"_s, u"admin"_s, u"database"_s, u"keys"_s})
        shortest.insert(needed, config.value(needed));
    const auto given = loaded(folder, config);
    const auto left = loaded(folder, shortest);
    REQUIRE(given);
    REQUIRE(left);

    CHECK(given->cache == left->cache);
    CHECK(given->connections == left->connections);
    CHECK(given->handshakeTimeout == left->handshakeTimeout);
    CHECK(given->headerTimeout == left->headerTimeout);
    CHECK(given->bodyTimeout == left->bodyTimeout);
    CHECK(given->writeTimeout == left->writeTimeout);
    CHECK(given->idleTimeout == left->idleTimeout);
    CHECK(given->drainTimeout == left->drainTimeout);
    CHECK(given->questionsPerHour == left->questionsPerHour);
    CHECK(given->questionsPerOperatorHour == left->questionsPerOperatorHour);
    CHECK(given->cardQuestionsPerMinute == left->cardQuestionsPerMinute);
    CHECK(given->gateQuestionsPerMinute == left->gateQuestionsPerMinute);
    CHECK(given->recordsPerHour == left->recordsPerHour);
    CHECK(left->healthProvider.isEmpty());
}

TEST_CASE("A certificate of the health service that is none is told at once", "[hub]")
{
    const QTemporaryDir folder;
    const QJsonObject config = QJsonDocument::fromJson(example()).object();
    const auto refused = [&] {
        const auto read = loaded(folder, config);
        return !read && read.error().code == ErrorCode::ConfigInvalid &&
               read.error().detail.contains(u"healthAuthority");
    };
    CHECK(refused());
    QFile file(folder.filePath(u"health-authority.pem"_s));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write("no certificate\n");
    file.close();
    CHECK(refused());
    writeHealthAuthority(folder);
    CHECK(loaded(folder, config));
}
