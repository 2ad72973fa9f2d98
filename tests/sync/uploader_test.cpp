#include "support/catch.h"

#include "storage/hubstore.h"
#include "sync/fakehub.h"
#include "sync/recordsealer.h"
#include "sync/uploader.h"
#include "wire/record.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTest>

using namespace upgradedesk;
using namespace upgradedesk::sync;
using namespace upgradedesk::test;

namespace
{

class Upload
{
public:
    explicit Upload(EnrolledDesk &desk)
        : client(HubClient::make(*desk.identity, desk.clock).value())
        , uploader(*client, *desk.store, desk.clock, desk.path)
    {
        uploader.start();
    }

    [[nodiscard]] bool reaches(const std::function<bool()> &goal, int milliseconds = 30'000) const
    {
        return QTest::qWaitFor(goal, milliseconds);
    }
    /// Why the hub is not reached.
    [[nodiscard]] std::optional<ErrorCode> trouble()
    {
        if (!reaches([this] { return uploader.state().trouble.has_value(); }, 15'000))
            return std::nullopt;
        return uploader.state().trouble->code;
    }

    std::unique_ptr<HubClient> client;
    Uploader uploader;
};

/// `openssl s_server` as that hub, which takes certificates of `clients` only.
class OpenSslServer
{
public:
    OpenSslServer(const FakeHub &hub, const Certificate &clients)
    {
        write(u"cert.pem"_s, hub.certificate.pem());
        write(u"ca.pem"_s, clients.pem());
        REQUIRE(hub.key.save(m_folder.filePath(u"key.pem"_s)));
        m_process.setWorkingDirectory(m_folder.path());
        m_process.start(u"openssl"_s,
                        {u"s_server"_s, u"-accept"_s, u"127.0.0.1:0"_s, u"-tls1_3"_s, u"-cert"_s,
                         u"cert.pem"_s, u"-key"_s, u"key.pem"_s, u"-CAfile"_s, u"ca.pem"_s,
                         u"-Verify"_s, u"1"_s, u"-verify_return_error"_s, u"-WWW"_s});
        QByteArray said;
        while (!said.contains('\n') || !said.contains("ACCEPT ")) {
            REQUIRE(m_process.waitForReadyRead(10'000));
            said += m_process.readAllStandardOutput();
        }
        const qsizetype at = said.indexOf("127.0.0.1:") + 10;
        m_port = said.mid(at, said.indexOf('\n', at) - at).trimmed().toInt();
        REQUIRE(m_port > 0);
    }
    ~OpenSslServer()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(OpenSslServer)

    [[nodiscard]] QString url() const { return u"https://127.0.0.1:%1"_s.arg(m_port); }

private:
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_folder.filePath(name));
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    QTemporaryDir m_folder;
    QProcess m_process;
    int m_port = 0;
};

bool isDone(EnrolledDesk &desk)
{
    const auto queue = desk.queue();
    return queue.queued == 0 && queue.sending == 0;
}

} // namespace

TEST_CASE("A queue drains in order, each record once, with a verified receipt each", "[sync]")
{
    FakeHub hub;
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    desk.fill(450);

    const Upload upload(desk);

    REQUIRE(upload.reaches([&] { return isDone(desk); }));
    CHECK(desk.queue().accepted == 450);
    CHECK(hub.records.size() == 450);
    QStringList bySlip;
    const auto rows = desk.store->listQueue().value();
    for (const storage::QueueRow &row : rows) {
        bySlip << row.record;
        CHECK(row.attempts == 1);
        CHECK(row.judgedAt.isValid());
    }
    CHECK(hub.inOrder == bySlip);
    CHECK(desk.store->verify()->ok());
    CHECK(desk.clock.isTrusted());
    CHECK(upload.uploader.state().accepted == 450);
    CHECK(upload.uploader.state().link == UploaderState::Link::Reachable);
}

TEST_CASE("The five causes are told apart", "[sync]")
{
    FakeHub hub;
    SECTION("no network, or no such name")
    {
        EnrolledDesk desk(hub, u"https://no-such-hub.invalid:1"_s);
        CHECK(Upload(desk).trouble() == ErrorCode::HubNoNetwork);
    }
    SECTION("nobody listens")
    {
        REQUIRE(hub.listen());
        EnrolledDesk desk(hub);
        hub.close();
        CHECK(Upload(desk).trouble() == ErrorCode::HubNoAnswer);
    }
    SECTION("somebody listens and says nothing")
    {
        QTcpServer mute;
        REQUIRE(mute.listen(QHostAddress::LocalHost));
        EnrolledDesk desk(hub, u"https://127.0.0.1:%1"_s.arg(mute.serverPort()));
        CHECK(Upload(desk).trouble() == ErrorCode::HubNoAnswer);
    }
    SECTION("another hub")
    {
        FakeHub stranger;
        REQUIRE(stranger.listen());
        EnrolledDesk desk(hub, stranger.url());
        desk.fill(1);
        CHECK(Upload(desk).trouble() == ErrorCode::HubNotTrusted);
        CHECK(stranger.requests == 0);
    }
    SECTION("a hub of the other profile")
    {
        FakeHub production(Profile::Production);
        REQUIRE(production.listen());
        EnrolledDesk desk(hub, production.url());
        CHECK(Upload(desk).trouble() == ErrorCode::HubNotTrusted);
    }
    SECTION("a desk of the same authority plays hub")
    {
        const auto key = KeyPair::generate().value();
        hub.showsInstead = Certificate::issue({Profile::Practice, CertificateRole::Desk, u"hub-1"_s,
                                               u"s"_s, hub.city.from, hub.city.until},
                                              key, hub.city.authority, hub.city.authorityKey)
                               .value();
        hub.keyInstead = key;
        REQUIRE(hub.listen());
        EnrolledDesk desk(hub);
        desk.fill(1);
        CHECK(Upload(desk).trouble() == ErrorCode::HubNotTrusted);
        CHECK(hub.requests == 0);
    }
    SECTION("the certificate of this desk is refused in TLS")
    {
        // OpenSSL's own server says why, as the hub does; Qt's only hangs up.
        const FakeHub stranger;
        const OpenSslServer server(hub, stranger.city.authority);
        EnrolledDesk desk(hub, server.url());
        CHECK(Upload(desk).trouble() == ErrorCode::HubRefusesDesk);
    }
    SECTION("the desk is revoked")
    {
        hub.answer = [&hub](const FakeHub::Request &) {
            return hub.problem(403, u"desk-revoked"_s);
        };
        REQUIRE(hub.listen());
        EnrolledDesk desk(hub);
        desk.fill(3);
        Upload upload(desk);
        CHECK(upload.trouble() == ErrorCode::HubRefusesDesk);
        CHECK(desk.queue().queued == 3);
    }
    SECTION("the hub is overloaded, or has had enough of this desk for now")
    {
        const auto [status, word] =
            GENERATE(std::pair{503, u"database-busy"_s}, std::pair{429, u"quota-exceeded"_s});
        hub.answer = [&hub, status = status, word = word](const FakeHub::Request &) {
            auto reply = hub.problem(status, word);
            reply.headers = "Retry-After: 7\r\n";
            return reply;
        };
        REQUIRE(hub.listen());
        EnrolledDesk desk(hub);
        desk.fill(3);
        Upload upload(desk);
        CHECK(upload.trouble() == ErrorCode::HubFailed);
        CHECK(upload.uploader.state().trouble->args == QStringList{word});
        CHECK(desk.queue().queued == 3);
        const auto next = upload.uploader.state().nextTry;
        REQUIRE(next);
        CHECK(*next - desk.clock.sinceBoot() > std::chrono::seconds(5));
        CHECK(desk.queue().nextTrySeconds.value_or(0) >= 5);
    }
}

TEST_CASE("Answers lost after the hub has stored are made good: each record once", "[sync]")
{
    FakeHub hub;
    int cuts = 0;
    hub.answer = [&](const FakeHub::Request &request) {
        auto reply = hub.usual(request);
        reply.cut = request.path == "/v1/records" && ++cuts % 2 == 1;
        return reply;
    };
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    desk.fill(120);

    const Upload upload(desk);

    REQUIRE(upload.reaches([&] { return isDone(desk); }, 60'000));
    CHECK(desk.queue().accepted == 120);
    CHECK(hub.inOrder.size() == 120);
    CHECK(cuts >= 2);
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("One record that the hub cannot take is put aside and the others go on", "[sync]")
{
    FakeHub hub;
    QString poison;
    hub.answer = [&](const FakeHub::Request &request) {
        return request.body.contains(poison.toLatin1()) ? hub.problem(400, u"bad-request"_s)
                                                        : hub.usual(request);
    };
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    desk.fill(60);
    poison = desk.store->listQueue()->at(17).record;

    const Upload upload(desk);

    REQUIRE(upload.reaches([&] { return isDone(desk); }));
    CHECK(desk.queue().accepted == 59);
    const auto aside = desk.store->listQueue(storage::RecordState::Attention).value();
    REQUIRE(aside.size() == 1);
    CHECK(aside.first().record == poison);
    CHECK(aside.first().reason == u"bad-request"_s);
    CHECK(desk.store->verify()->ok());

    hub.answer = [&](const FakeHub::Request &request) { return hub.usual(request); };
    REQUIRE(desk.store->hub().retry(poison, desk.clock.now()));
    CHECK(upload.reaches([&] { return desk.queue().accepted == 60; }, 40'000));
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("A hub that fails whatever it is sent is no record's fault", "[sync]")
{
    FakeHub hub;
    hub.answer = [&](const FakeHub::Request &request) {
        return request.path == "/v1/records" ? hub.problem(500, u"internal"_s) : hub.usual(request);
    };
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    desk.fill(5);

    Upload upload(desk);

    CHECK(upload.trouble() == ErrorCode::HubFailed);
    CHECK(desk.queue().attention == 0);
    const auto rows = desk.store->listQueue().value();
    for (const storage::QueueRow &row : rows)
        CHECK(desk.store->hub().failures(row.record).value() == 0);

    hub.answer = [&](const FakeHub::Request &request) { return hub.usual(request); };
    CHECK(upload.reaches([&] { return desk.queue().accepted == 5; }));
}

TEST_CASE("A record that alone makes the hub fail is blamed once others were taken", "[sync]")
{
    FakeHub hub;
    QString poison;
    hub.answer = [&](const FakeHub::Request &request) {
        return request.body.contains(poison.toLatin1()) ? hub.problem(500, u"internal"_s)
                                                        : hub.usual(request);
    };
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    desk.fill(6);
    poison = desk.store->listQueue()->at(2).record;

    const Upload upload(desk);

    REQUIRE(upload.reaches([&] { return desk.queue().accepted == 5; }));
    CHECK(desk.store->hub().failures(poison).value() == 1);
    CHECK(desk.queue().attention == 0);
}

TEST_CASE("A receipt that does not prove it accepts nothing", "[sync]")
{
    FakeHub hub;
    const auto forge = GENERATE(0, 1, 2);
    hub.answer = [&](const FakeHub::Request &request) {
        if (request.path != "/v1/records")
            return hub.usual(request);
        wire::RecordsAnswer made{{}, {hub.time(), hub.epoch}};
        const auto sent = wire::decodeRecordsRequest(request.body).value();
        for (const wire::SealedRecord &record : sent) {
            auto result = hub.judge(record);
            if (forge == 0) // by somebody else's key
                result.receipt = hub.city.recordKey.sign("x").value();
            else if (forge == 1) // for other bytes
                result.receipt =
                    hub.key.sign(wire::receiptBytes(u"hub-1"_s, QByteArray(32, 'x'), result))
                        .value();
            else // for another record
                result.id = newRecordId(SystemClock());
            made.results << result;
        }
        return FakeHub::Reply{200, wire::encodeRecordsAnswer(made)};
    };
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    desk.fill(2);

    const Upload upload(desk);

    REQUIRE(upload.reaches([&] { return upload.uploader.state().sent >= 4; }));
    CHECK(desk.queue().accepted == 0);
    CHECK(desk.queue().queued + desk.queue().sending + desk.queue().attention == 2);
}

TEST_CASE("What the hub refuses waits for staff with its reason", "[sync]")
{
    FakeHub hub;
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    desk.fill(3);
    const QString refused = desk.store->listQueue()->at(1).record;
    hub.refusals.insert(refused, u"person-has-physical-card"_s);

    const Upload upload(desk);

    REQUIRE(upload.reaches([&] { return isDone(desk); }));
    const auto rows = desk.store->listQueue(storage::RecordState::Attention).value();
    REQUIRE(rows.size() == 1);
    CHECK(rows.first().record == refused);
    CHECK(rows.first().reason == u"person-has-physical-card"_s);
    REQUIRE(desk.store->hub().setVoid(refused, true, desk.clock.now()));
    CHECK(desk.store->listQueue(storage::RecordState::Attention)->first().isVoid);
    CHECK(desk.store->verify()->ok());
    REQUIRE(desk.store->hub().setVoid(refused, false, desk.clock.now()));
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("Uploads start within five seconds after the hub is back", "[sync]")
{
    FakeHub hub;
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    hub.close();
    desk.fill(5);
    Upload upload(desk);
    REQUIRE(upload.trouble());
    for (int i = 0; i < 3; ++i)
        REQUIRE(upload.reaches([&] { return upload.uploader.state().nextTry.has_value(); }));
    QTest::qWait(4000); // long enough for a back-off that grew

    REQUIRE(hub.listen());
    QElapsedTimer timer;
    timer.start();
    REQUIRE(upload.reaches([&] { return isDone(desk); }));
    CHECK(timer.elapsed() < 5000);
}

TEST_CASE("After a restore of the hub everything still held is sent once more", "[sync]")
{
    FakeHub hub;
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    desk.fill(30);
    Upload upload(desk);
    REQUIRE(upload.reaches([&] { return isDone(desk); }));

    hub.records.clear();
    hub.inOrder.clear();
    hub.epoch = u"epoch-2"_s;
    desk.fill(1);
    upload.uploader.tryNow();

    REQUIRE(upload.reaches([&] { return hub.records.size() == 31 && isDone(desk); }));
    CHECK(desk.queue().accepted == 31);
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("Two programs of a desk do not upload at once", "[sync]")
{
    FakeHub hub;
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    desk.fill(300);
    const Upload first(desk);
    const Upload second(desk);

    REQUIRE(first.reaches([&] { return isDone(desk); }));
    CHECK(hub.records.size() == 300);
    CHECK(first.uploader.state().sent + second.uploader.state().sent == 300);
}

TEST_CASE("A program that was killed leaves no record behind", "[sync]")
{
    FakeHub hub;
    EnrolledDesk desk(hub, u"https://127.0.0.1:1"_s);
    desk.fill(4);
    REQUIRE(desk.store->hub().take(3, 1'000'000, desk.clock.now())->size() == 3);
    CHECK(desk.queue().sending == 3);
    REQUIRE(desk.store->hub().releaseAll());
    CHECK(desk.queue().queued == 4);
    CHECK(desk.store->verify()->ok());
}

TEST_CASE("A desk whose clock is six hours wrong works by the hub's time after the first contact",
          "[sync]")
{
    const int hours = GENERATE(-6, 6);
    FakeHub hub;
    const QDateTime started = QDateTime::currentDateTimeUtc();
    REQUIRE(hub.listen());
    EnrolledDesk desk(hub);
    ManualClock machine;
    machine.wall = started.addSecs(hours * 3600);
    TrustedClock clock(machine);
    const auto client = HubClient::make(*desk.identity, clock).value();
    Uploader uploader(*client, *desk.store, clock, desk.path);
    const auto sealed = [&] {
        const auto made =
            sealRevoke(*desk.identity,
                       Sealer(desk.identity->key(), desk.identity->certificate(), hub.city.record),
                       {newRecordId(machine), u"9001"_s, u"1"_s},
                       {std::chrono::minutes(5), {1, 1, 5}}, {0, QByteArray(32, 'h')}, clock);
        const auto plain = openSealed(made->sealed, hub.city.recordKey, hub.city.record,
                                      desk.identity->certificate());
        return wire::decodeRecord(plain->view()).value();
    };
    const auto before = sealed();
    CHECK_FALSE(before.timeTrusted);
    CHECK_FALSE(before.lastHubTime);
    CHECK(before.deskTime == machine.wall);
    desk.fill(1);

    uploader.start();
    REQUIRE(QTest::qWaitFor([&] { return isDone(desk); }, 15'000));

    CHECK(clock.isTrusted());
    const auto after = sealed();
    CHECK(after.timeTrusted);
    CHECK(after.lastHubTime.has_value());
    CHECK(std::abs(after.deskTime.secsTo(QDateTime::currentDateTimeUtc())) < 30);
    CHECK(desk.queue().accepted == 1);
}
