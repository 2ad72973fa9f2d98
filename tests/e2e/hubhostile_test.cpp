#include "support/catch.h"

#include "e2e/enrolleddesk.h"

#include <QElapsedTimer>
#include <QTcpSocket>

#include <array>

using namespace upgradedesk;
using namespace upgradedesk::test;

// Whatever the network may bring to a hub: each gets its status and its reason, and the hub's
// memory stays as it is.

namespace
{

using Connection = std::unique_ptr<HubConnection>;

QByteArray recordsHead(const QByteArray &more)
{
    return "POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + more +
           "\r\n\r\n";
}

/// An array of what costs a parser most for its size, as long as a request may be.
QByteArray fullOf(const QByteArray &item)
{
    QByteArray body = "{\"records\":[";
    body += QByteArray(item + ',').repeated((4 * 1024 * 1024 - 100) / (item.size() + 1));
    return body + item + "]}";
}

class Attack
{
public:
    Attack(HubProcess &hub, const EnrolledDesk &desk)
        : m_hub(hub)
        , m_desk(desk)
    {
    }

    void everything() const
    {
        quick();
        tooSlow();
        noTls();
    }
    void quick() const
    {
        badJson();
        badHttp();
        tooLarge();
    }

private:
    [[nodiscard]] Connection fresh() const
    {
        return std::make_unique<HubConnection>(m_hub.port, m_desk.identity());
    }
    [[nodiscard]] HttpAnswer post(const QByteArray &body) const
    {
        return fresh()->post("/v1/records", body);
    }
    static void check(const HttpAnswer &answer, int status, const QString &code)
    {
        CHECK(answer.status == status);
        CHECK(answer.code() == code);
        CHECK(answer.headers.value("content-type") == "application/problem+json");
    }

    void badJson() const
    {
        for (const QByteArray &body :
             {QByteArray("garbage"), QByteArray("\xff\xfe\0\0", 4), QByteArray(100000, '['),
              "{\"records\":" + QByteArray(3000, '[') + QByteArray(3000, ']') + '}',
              QByteArray("{\"a\":").repeated(100000), QByteArray("{\"records\":[]}"),
              QByteArray("{\"records\":null,\"records\":[1]}"), fullOf("{}"), fullOf("[]"),
              fullOf("0"), fullOf("\"\"")}) {
            INFO(body.left(40).toStdString() << " of " << body.size() << " bytes");
            check(post(body), 400, u"bad-request"_s);
        }
    }

    void badHttp() const
    {
        check(fresh()->get("/v1/nothing"), 404, u"not-found"_s);
        check(fresh()->get("/v1/records"), 405, u"method-not-allowed"_s);
        check(fresh()->get("/" + QByteArray(20000, 'a')), 431, u"header-too-large"_s);
        const auto raw = [this](const QByteArray &bytes) {
            auto connection = fresh();
            connection->write(bytes);
            return connection->read();
        };
        check(raw("POST /v1/records HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                  "Content-Length: 2\r\n\r\n{}"),
              415, u"content-type"_s);
        check(raw("NONSENSE\r\n\r\n"), 400, u"bad-request"_s);
        check(raw(recordsHead("Content-Length: -1")), 400, u"bad-request"_s);
        check(raw(recordsHead("Content-Length: 2\r\nContent-Length: 3") + "{}{"), 400,
              u"bad-request"_s);
        check(raw(recordsHead("Transfer-Encoding: chunked") + "zz\r\n"), 400, u"bad-request"_s);
    }

    void tooLarge() const
    {
        for (int i = 0; i < 5; ++i) {
            auto connection = fresh();
            connection->write(recordsHead("Content-Length: 104857600") + QByteArray(65536, 'x'));
            check(connection->read(), 413, u"body-too-large"_s);
        }
        {
            // 100 MiB that do not say how long they are.
            auto connection = fresh();
            connection->write(recordsHead("Transfer-Encoding: chunked"));
            const QByteArray chunk = "10000\r\n" + QByteArray(65536, 'x') + "\r\n";
            HttpAnswer answer;
            for (int i = 0; i < 1600 && answer.status == 0; ++i) {
                connection->write(chunk);
                if (i >= 63) // 4 MiB are there
                    answer = connection->read(100);
            }
            check(answer, 413, u"body-too-large"_s);
        }
        // Without a certificate nobody has that much to bring.
        HubConnection stranger(m_hub.port, {m_hub.authority(), {}, {}});
        check(stranger.post("/v1/enrolments", QByteArray(1024 * 1024, ' ')), 413,
              u"body-too-large"_s);
    }

    /// Forty at once that say nothing, stop within the header, drip it, or stop within the body.
    void tooSlow() const
    {
        QElapsedTimer timer;
        timer.start();
        std::vector<Connection> slow;
        for (int i = 0; i < 40; ++i) {
            slow.push_back(fresh());
            if (i % 4 == 1)
                slow.back()->write("POST /v1/records HTTP/1.1\r\nHos");
            else if (i % 4 == 2)
                slow.back()->write(recordsHead("Content-Length: 1000") + '{');
            else if (i % 4 == 3)
                slow.back()->write(recordsHead("Content-Length: 4000000") +
                                   QByteArray(3'000'000, '['));
        }
        auto dripping = fresh();
        const auto isOpen = [](const Connection &one) {
            one->socket().waitForReadyRead(1);
            return one->socket().state() == QAbstractSocket::ConnectedState;
        };
        while (isOpen(dripping) && timer.elapsed() < 25000) {
            dripping->write("a");
            dripping->socket().waitForReadyRead(100);
        }
        for (const Connection &one : slow) {
            while (isOpen(one) && timer.elapsed() < 25000) {
            }
        }
        // Three seconds are the longest that is configured; on a busy machine the others queue up.
        CHECK(timer.elapsed() < 20000);
        CHECK(m_hub.logged().contains("\"status\":408"));
    }

    void noTls() const
    {
        QTcpSocket plain;
        plain.connectToHost(u"127.0.0.1"_s, quint16(m_hub.port));
        plain.write("GET / HTTP/1.1\r\n\r\n");
        CHECK((plain.waitForDisconnected(10000) ||
               plain.state() == QAbstractSocket::UnconnectedState));
    }

    HubProcess &m_hub;
    const EnrolledDesk &m_desk;
};

} // namespace

TEST_CASE("Hostile requests get their status, and memory stays flat", "[e2e][hub]")
{
    HubProcess hub({{u"headerSeconds"_s, 1}, {u"bodySeconds"_s, 2}, {u"idleSeconds"_s, 3}});
    // What the sanitizer keeps of freed memory is not the hub's.
    const QByteArray asan = qgetenv("ASAN_OPTIONS");
    qputenv("ASAN_OPTIONS", asan + ":quarantine_size_mb=8");
    REQUIRE(hub.serve());
    qputenv("ASAN_OPTIONS", asan);
    const EnrolledDesk desk(hub);
    REQUIRE(desk.answer.status == 200);
    const Attack attack(hub, desk);
    const qint64 atStart = residentOf(hub.pid());

    attack.everything();
    const qint64 once = residentOf(hub.pid());
    const qint64 mostOnce = residentOf(hub.pid(), "VmHWM");
    constexpr int more = 3;
    for (int i = 0; i < more; ++i)
        attack.quick();

    const qint64 often = residentOf(hub.pid());
    const qint64 mostOften = residentOf(hub.pid(), "VmHWM");
    WARN("the hub held " << atStart / 1024 << " MiB at the start, " << once / 1024
                         << " after all of it once (at most " << mostOnce / 1024 << "), "
                         << often / 1024 << " after " << 1 + more << " times (at most "
                         << mostOften / 1024 << ")");
    CHECK(often < atStart + 40 * 1024);
    CHECK(often < once + 16 * 1024);
    CHECK(mostOften < mostOnce + 32 * 1024);
    HubConnection good(hub.port, desk.identity());
    CHECK(good.get("/v1/rules").status == 200);
    CHECK(hub.isServing());
}

TEST_CASE("A certificate that is not good ends the handshake with its own alert", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(hub.serve());
    const EnrolledDesk desk(hub);
    REQUIRE(desk.answer.status == 200);
    const QDateTime now = desk.clock.now();
    const KeyPair ours = KeyPair::load(hub.folder.filePath(u"keys/ca.key"_s)).value();
    const KeyPair others = KeyPair::generate().value();
    struct Row {
        QString authority;
        const KeyPair *key;
        QDateTime from;
        QDateTime until;
        QString alert; ///< as OpenSSL names it to the client
    };
    const std::array rows{
        Row{u"city"_s, &others, now.addDays(-1), now.addDays(9), u"unknown ca"_s},
        Row{u"hub-1-authority"_s, &others, now.addDays(-1), now.addDays(9), u"decrypt error"_s},
        Row{u"hub-1-authority"_s, &ours, now.addDays(-9), now.addDays(-1),
            u"certificate expired"_s},
        Row{u"hub-1-authority"_s, &ours, now.addDays(1), now.addDays(9), u"bad certificate"_s},
    };
    for (const Row &row : rows) {
        INFO(row.alert.toStdString());
        const Certificate authority = row.key == &ours
                                          ? Certificate::fromPem(hub.authority()).value()
                                          : Certificate::selfSigned({Profile::Practice,
                                                                     CertificateRole::Authority,
                                                                     row.authority,
                                                                     {},
                                                                     now.addDays(-9),
                                                                     now.addDays(9)},
                                                                    others)
                                                .value();
        const Certificate made =
            Certificate::issue({Profile::Practice, CertificateRole::Desk, desk.desk.enrolment.desk,
                                u"station-1"_s, row.from, row.until},
                               desk.desk.key, authority, *row.key)
                .value();

        HubConnection connection(hub.port, {hub.authority(), made.pem(), desk.identity().key});
        QStringList told{connection.socket().errorString()};
        QObject::connect(&connection.socket(), &QSslSocket::errorOccurred,
                         [&] { told << connection.socket().errorString(); });
        CHECK(connection.read(5000).status == 0);
        INFO(told.join(u'|').toStdString());
        INFO(hub.logged().toStdString());
        CHECK(told.join(u'|').contains(row.alert));
        CHECK(hub.logged().count("handshake-failed") == &row - rows.data() + 1);
    }
}

TEST_CASE("An envelope counts once, for its desk, its id and its hub, and only as it was sealed",
          "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    HubProcess elsewhere;
    REQUIRE(addOperator(elsewhere));
    REQUIRE(elsewhere.serve());
    const EnrolledDesk desk(hub);
    const EnrolledDesk other(hub);
    const EnrolledDesk stranger(elsewhere);
    const wire::SealedRecord good = desk.desk.seal(desk.link(1, 1));
    const auto first = desk.send(hub, {good});
    REQUIRE(first.size() == 1);
    REQUIRE(first[0].outcome == wire::Outcome::Accepted);
    const auto reasonFor = [&](const EnrolledDesk &sender, const wire::SealedRecord &record) {
        const auto results = sender.send(hub, {record});
        return results.size() == 1 ? results[0].reason : u"no answer"_s;
    };

    // Replayed as it was: the same answer, and nothing happens.
    const auto again = desk.send(hub, {good});
    REQUIRE(again.size() == 1);
    CHECK(again[0].outcome == wire::Outcome::Accepted);
    CHECK(again[0].at == first[0].at);
    // Replayed as if it were new, or by somebody else.
    const QString newId = desk.link(2, 2).id;
    CHECK(reasonFor(desk, {newId, good.sealed}) == u"bad-envelope"_s);
    CHECK(reasonFor(other, good) == u"bad-signature"_s);
    CHECK(reasonFor(other, {newId, good.sealed}) == u"bad-signature"_s);
    // Another content under an id that is taken.
    wire::Record changed = desk.link(3, 3);
    changed.id = good.id;
    CHECK(reasonFor(desk, desk.desk.seal(changed)) == u"id-taken"_s);
    CHECK(reasonFor(other, other.desk.seal([&] {
              wire::Record theirs = other.link(3, 3);
              theirs.id = good.id;
              return theirs;
          }())) == u"id-taken"_s);
    // Whole envelopes that say something else than who brings them, or are sealed to another hub.
    wire::Record pretends = desk.link(4, 4);
    pretends.desk = other.desk.enrolment.desk;
    CHECK(reasonFor(desk, desk.desk.seal(pretends)) == u"bad-envelope"_s);
    CHECK(reasonFor(desk, stranger.desk.seal(desk.link(5, 5))) == u"bad-envelope"_s);
    wire::Record forElsewhere = desk.link(6, 6);
    forElsewhere.hub = u"hub-2"_s;
    CHECK(reasonFor(desk, desk.desk.seal(forElsewhere)) == u"bad-envelope"_s);
    // Altered on the way, wherever; and cut.
    const wire::SealedRecord fresh = desk.desk.seal(desk.link(7, 7));
    for (qsizetype at = 0; at < fresh.sealed.size(); at += 1 + fresh.sealed.size() / 60) {
        wire::SealedRecord altered = fresh;
        altered.sealed[at] = char(altered.sealed[at] ^ 0x10);
        INFO("byte " << at << " of " << fresh.sealed.size());
        CHECK(reasonFor(desk, altered) == u"bad-envelope"_s);
    }
    CHECK(reasonFor(desk, {fresh.id, fresh.sealed.chopped(1)}) == u"bad-envelope"_s);
    CHECK(reasonFor(desk, {fresh.id, fresh.sealed.left(40)}) == u"bad-envelope"_s);
    CHECK(reasonFor(desk, {fresh.id, QByteArray(3000, '0')}) == u"bad-envelope"_s);

    // None of it took the id away from the real one, and none is in the evidence.
    CHECK(reasonFor(desk, fresh).isEmpty());
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM envelope"_s) == "2");
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM holding"_s) == "2");
    CHECK(hub.run({u"audit"_s, u"verify"_s}).exit == 0);
}
