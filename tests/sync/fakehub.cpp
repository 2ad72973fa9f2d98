#include "sync/fakehub.h"

#include "sync/enrolment.h"
#include "wire/enrolment.h"
#include "wire/problem.h"

#include <QCryptographicHash>
#include <QPointer>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

namespace upgradedesk::test
{
namespace
{

QSslKey keyOf(const KeyPair &key)
{
    return QSslKey(key.pem()->view().toByteArray(), QSsl::Ec, QSsl::Pem);
}

QSslCertificate certificateOf(const Certificate &certificate)
{
    return QSslCertificate(certificate.pem(), QSsl::Pem);
}

} // namespace

FakeHub::FakeHub(Profile profileAsked)
    : city(profileAsked)
    , certificate(Certificate::issue({profileAsked,
                                      CertificateRole::Hub,
                                      u"hub-1"_s,
                                      {},
                                      city.from,
                                      city.until,
                                      {u"127.0.0.1"_s}},
                                     key, city.authority, city.authorityKey)
                      .value())
    , profile(profileAsked)
{
    connect(&m_server, &QSslServer::pendingConnectionAvailable, this, [this] {
        while (auto *socket = qobject_cast<QSslSocket *>(m_server.nextPendingConnection()))
            serve(socket);
    });
}

bool FakeHub::listen()
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_3OrLater);
    const Certificate &authority = authorityInstead ? *authorityInstead : city.authority;
    configuration.setLocalCertificateChain(
        {certificateOf(showsInstead ? *showsInstead : certificate), certificateOf(authority)});
    configuration.setPrivateKey(keyOf(keyInstead ? *keyInstead : key));
    configuration.setCaCertificates({certificateOf(city.authority)});
    configuration.setPeerVerifyMode(QSslSocket::QueryPeer);
    m_server.setSslConfiguration(configuration);
    const bool listening = m_server.listen(QHostAddress::LocalHost, m_port);
    m_port = m_server.serverPort();
    return listening;
}

void FakeHub::close()
{
    m_server.close();
    const auto sockets = findChildren<QSslSocket *>();
    for (QSslSocket *socket : sockets)
        socket->abort();
}

QString FakeHub::url() const
{
    return u"https://127.0.0.1:%1"_s.arg(m_port);
}

void FakeHub::serve(QSslSocket *socket)
{
    ++connections;
    socket->setParent(this);
    auto buffer = std::make_shared<QByteArray>();
    connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QSslSocket::readyRead, this, [this, socket, buffer] {
        *buffer += socket->readAll();
        for (;;) {
            const qsizetype end = buffer->indexOf("\r\n\r\n");
            if (end < 0)
                return;
            const QByteArrayList lines = buffer->first(end).split('\n');
            qsizetype length = 0;
            for (const QByteArray &line : lines) {
                if (line.toLower().startsWith("content-length:"))
                    length = line.mid(15).trimmed().toLongLong();
            }
            if (buffer->size() < end + 4 + length)
                return;
            const QByteArrayList first = lines.first().split(' ');
            const Request request{first.value(0), first.value(1), buffer->mid(end + 4, length),
                                  !socket->peerCertificate().isNull()};
            buffer->remove(0, end + 4 + length);
            ++requests;
            const Reply reply = answer(request);
            if (reply.mute)
                return;
            if (reply.cut) {
                socket->abort();
                return;
            }
            socket->write("HTTP/1.1 " + QByteArray::number(reply.status) +
                          " -\r\nContent-Length: " + QByteArray::number(reply.body.size()) +
                          "\r\nHub-Time: " + time().toString(Qt::ISODateWithMs).toLatin1() +
                          "\r\nHub-Epoch: " + epoch.toLatin1() + "\r\n" + reply.headers + "\r\n" +
                          (reply.cutAfter < 0 ? reply.body : reply.body.left(reply.cutAfter)));
            if (reply.cutAfter >= 0) {
                socket->flush();
                socket->disconnectFromHost();
                return;
            }
        }
    });
}

FakeHub::Reply FakeHub::problem(int status, const QString &code) const
{
    return {status, wire::encodeProblem(
                        {u"about:blank"_s, u"no"_s, status, {}, code, u"r-1"_s, {time(), epoch}})};
}

wire::SignedDocument FakeHub::document(const QString &kind, qint64 version,
                                       const QByteArray &body) const
{
    wire::SignedDocument made{kind,    u"hub-1"_s, kind == u"roster" ? u"station-1"_s : QString(),
                              version, body,       certificate.pem(),
                              {}};
    made.signature = key.sign(wire::signedBytes(made)).value();
    return made;
}

wire::EnrolmentAnswer FakeHub::enrol(const SigningRequest &request) const
{
    wire::EnrolmentAnswer made;
    made.desk = u"desk-1"_s;
    made.deskName = u"1 号服务台"_s;
    made.station = u"station-1"_s;
    made.stationName = u"演示站"_s;
    made.hub = u"hub-1"_s;
    made.profile = profile;
    made.certificate = Certificate::issue({profile, CertificateRole::Desk, made.desk, made.station,
                                           city.from, city.until},
                                          request, city.authority, city.authorityKey)
                           ->pem();
    made.chain = city.authority.pem();
    made.recordCertificate = city.record.pem();
    made.secrets = {tokenKeyId, QByteArray(32, 't'), QByteArray(32, 'p')};
    made.stamp = {time(), epoch};
    return made;
}

wire::RecordResult FakeHub::judge(const wire::SealedRecord &record)
{
    const QByteArray hash = QCryptographicHash::hash(record.sealed, QCryptographicHash::Sha256);
    wire::RecordResult result{record.id, wire::Outcome::Accepted, {}, time(), {}};
    if (refusals.contains(record.id)) {
        result.outcome = wire::Outcome::Rejected;
        result.reason = refusals.value(record.id);
    } else if (records.contains(record.id) && records.value(record.id) != hash) {
        result.outcome = wire::Outcome::Conflict;
        result.reason = u"other-content"_s;
    } else {
        if (!records.contains(record.id))
            inOrder << record.id;
        records.insert(record.id, hash);
    }
    result.receipt = key.sign(wire::receiptBytes(u"hub-1"_s, hash, result)).value();
    return result;
}

FakeHub::Reply FakeHub::usual(const Request &request)
{
    if (request.path == "/v1/enrolments") {
        const auto asked = wire::decodeEnrolmentRequest(request.body);
        const auto csr = asked ? SigningRequest::fromPem(asked->csr)
                               : Result<SigningRequest>(fail(ErrorCode::InputInvalid));
        return csr ? Reply{200, wire::encodeEnrolmentAnswer(enrol(*csr))}
                   : problem(400, u"bad-request"_s);
    }
    if (!request.withCertificate)
        return problem(401, u"certificate-missing"_s);
    if (request.path == "/v1/records") {
        const auto sent = wire::decodeRecordsRequest(request.body);
        if (!sent)
            return problem(400, u"bad-request"_s);
        wire::RecordsAnswer made{{}, {time(), epoch}};
        for (const wire::SealedRecord &record : *sent)
            made.results << judge(record);
        return {200, wire::encodeRecordsAnswer(made)};
    }
    if (request.path == "/v1/renewals") {
        const auto asked = wire::decodeRenewalRequest(request.body);
        return {200,
                wire::encodeEnrolmentAnswer(enrol(SigningRequest::fromPem(asked->csr).value()))};
    }
    if (request.path == "/v1/keys")
        return {200, wire::encodeKeysAnswer({{tokenKeyId, QByteArray(32, 'n'), QByteArray(32, 'p')},
                                             city.record.pem(),
                                             {time(), epoch}})};
    const QString path = QString::fromLatin1(request.path);
    if (documents.contains(path))
        return {200, wire::encodeDocument(documents.value(path))};
    return problem(404, u"not-found"_s);
}

EnrolledDesk::EnrolledDesk(const FakeHub &hub)
    : EnrolledDesk(hub, hub.url())
{
}

EnrolledDesk::EnrolledDesk(const FakeHub &hub, const QString &url)
{
    const auto pending = sync::pendingDesk(path).value();
    const auto installed = sync::installEnrolled(path, hub.profile, url, hub.city.authority,
                                                 pending, hub.enrol(pending.request), machine);
    if (!installed)
        qFatal("a desk cannot be enrolled: %s", qPrintable(installed.error().detail));
    reload();
}

void EnrolledDesk::reload()
{
    store.reset();
    identity.emplace(sync::DeskIdentity::load(path, machine).value());
    store.emplace(storage::Store::open(path, identity->storeKeys()).value());
}

void EnrolledDesk::fill(int count)
{
    std::vector<storage::NewRecord> records;
    for (int i = 0; i < count; ++i) {
        ++m_filled;
        storage::NewRecord record;
        record.id = newRecordId(machine);
        record.kind = u"link"_s;
        record.operatorId = u"9001"_s;
        record.medium = u"physical"_s;
        record.quotas = {1, 1, 5};
        record.maskedName = u"测*"_s;
        record.maskedNumber = u"3104***********0000"_s;
        record.sealed = identity->sealer().seal(record.id.toLatin1()).value();
        record.cardKey = StoreFixture::key(u"card %1"_s.arg(m_filled));
        record.personKey = StoreFixture::key(u"person %1"_s.arg(m_filled));
        record.at = machine.now();
        record.bootId = machine.bootId();
        record.sinceBoot = machine.sinceBoot();
        records.push_back(record);
    }
    if (!store->commitAll(records))
        qFatal("records cannot be stored");
}

storage::QueueStatus EnrolledDesk::queue()
{
    return store->queueStatus(machine.now()).value();
}

} // namespace upgradedesk::test
