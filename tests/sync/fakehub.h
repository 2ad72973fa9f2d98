#pragma once

#include "crypto/enrolmentcode.h"
#include "crypto/identities.h"
#include "storage/storefixture.h"
#include "sync/deskidentity.h"
#include "wire/enrolment.h"
#include "wire/records.h"
#include "wire/signeddocument.h"

#include <QHash>
#include <QSslServer>
#include <QSslSocket>

#include <functional>
#include <optional>

namespace upgradedesk::test
{

/// A hub in the test's own thread, behind real TLS 1.3 with client certificates. It decides no
/// rule; what it answers, and how it fails, tests say.
class FakeHub final : public QObject
{
public:
    struct Request {
        QByteArray method;
        QByteArray path;
        QByteArray body;
        bool withCertificate = false;
    };
    struct Reply {
        int status = 200;
        QByteArray body = {};
        QByteArray headers = {};
        bool cut = false;        ///< hang up instead of answering
        bool mute = false;       ///< say nothing at all
        qsizetype cutAfter = -1; ///< hang up after so many bytes of the body
    };
    using Answer = std::function<Reply(const Request &)>;

    explicit FakeHub(Profile profile = Profile::Practice);

    /// On the port it had before, or a free one.
    bool listen();
    void close();
    [[nodiscard]] QString url() const;

    /// The usual answer; for tests that change only some.
    [[nodiscard]] Reply usual(const Request &request);
    [[nodiscard]] Reply problem(int status, const QString &code) const;
    [[nodiscard]] wire::SignedDocument document(const QString &kind, qint64 version,
                                                const QByteArray &body) const;
    /// As `POST /v1/enrolments` answers.
    [[nodiscard]] wire::EnrolmentAnswer enrol(const SigningRequest &request) const;
    [[nodiscard]] wire::RecordResult judge(const wire::SealedRecord &record);

    Identities city;
    KeyPair key = KeyPair::generate().value();
    Certificate certificate;
    Profile profile;
    QString epoch = u"epoch-1"_s;
    std::function<QDateTime()> time = [] { return QDateTime::currentDateTimeUtc(); };
    Answer answer = [this](const Request &request) { return usual(request); };
    QHash<QString, wire::SignedDocument> documents; ///< by path
    QHash<QString, QByteArray> records; ///< what was accepted: id, SHA-256 of the sealed
    QHash<QString, QString> refusals;   ///< ids to reject, with the reason
    QStringList inOrder;                ///< ids as they were accepted first
    int requests = 0;
    int connections = 0;
    std::optional<Certificate> showsInstead; ///< certificate and key of somebody else
    std::optional<KeyPair> keyInstead;
    std::optional<Certificate> authorityInstead;
    QString tokenKeyId = u"1"_s;

private:
    void serve(QSslSocket *socket);

    QSslServer m_server;
    quint16 m_port = 0;
};

/// A desk that was enrolled with such a hub, and its store.
class EnrolledDesk
{
public:
    explicit EnrolledDesk(const FakeHub &hub);
    EnrolledDesk(const FakeHub &hub, const QString &url);

    /// So many records of different persons and cards.
    void fill(int count);
    [[nodiscard]] storage::QueueStatus queue();
    void reload();

    QTemporaryDir folder;
    QString path = folder.filePath(u"desk"_s);
    SystemClock machine;
    TrustedClock clock{machine};
    std::optional<sync::DeskIdentity> identity;
    std::optional<storage::Store> store;

private:
    int m_filled = 0;
};

} // namespace upgradedesk::test
