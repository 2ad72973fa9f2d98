#include "support/catch.h"

#include "hub/hubfixture.h"
#include "hub/ledger.h"
#include "hub/personquestions.h"
#include "hub/questions.h"

#include <QTcpServer>
#include <QTcpSocket>

#include <atomic>
#include <thread>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// A health service that gives every question the same answer.
class StandIn
{
public:
    explicit StandIn(QByteArray answer)
        : m_answer(std::move(answer))
    {
        m_thread = std::thread([this] { run(); });
        while (m_port == 0)
            std::this_thread::yield();
    }
    ~StandIn()
    {
        m_stop = true;
        m_thread.join();
    }
    StandIn(const StandIn &) = delete;
    StandIn &operator=(const StandIn &) = delete;

    [[nodiscard]] QUrl url() const { return QUrl(u"http://127.0.0.1:%1/status"_s.arg(m_port)); }
    [[nodiscard]] int questions() const { return m_questions; }
    /// Whether the last was asked in the version that knows no answer in chunks.
    [[nodiscard]] bool mayNotAnswerInChunks() const { return m_version10; }

private:
    void run()
    {
        QTcpServer server;
        server.listen(QHostAddress::LocalHost);
        m_port = server.serverPort();
        while (!m_stop) {
            if (!server.waitForNewConnection(20))
                continue;
            const std::unique_ptr<QTcpSocket> socket(server.nextPendingConnection());
            QByteArray request;
            while (!request.contains("\r\n\r\n{") && socket->waitForReadyRead(2000))
                request += socket->readAll();
            ++m_questions;
            m_version10 = request.contains(" HTTP/1.0\r\n");
            socket->write(m_answer);
            socket->disconnectFromHost();
            if (socket->state() != QAbstractSocket::UnconnectedState)
                socket->waitForDisconnected(2000);
        }
    }

    QByteArray m_answer;
    std::atomic<int> m_port = 0;
    std::atomic<int> m_questions = 0;
    std::atomic<bool> m_version10 = false;
    std::atomic<bool> m_stop = false;
    std::thread m_thread;
};

QByteArray good(const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

class Asking
{
public:
    [[nodiscard]] wire::PersonQuestion question(const QString &kind, int holder) const
    {
        wire::PersonQuestion asked;
        asked.id = newRecordId(hub.clock);
        asked.kind = kind;
        asked.desk = hub.desk.enrolment.desk;
        asked.hub = u"hub-1"_s;
        asked.askedAt = hub.clock.now();
        asked.documentKind = u"resident"_s;
        asked.documentNumber = residentNumber(holder);
        asked.record = newRecordId(hub.clock);
        asked.operatorId = u"9001"_s;
        return asked;
    }
    [[nodiscard]] Result<wire::PersonQuestion> accept(const wire::PersonQuestion &asked,
                                                      const QString &kind = u"person-status"_s)
    {
        hub::Caller caller{hub.signerOf(hub.desk), u"station-1"_s, false};
        return persons().accept(hub.desk.sealer->seal(wire::encodePersonQuestion(asked)).value(),
                                caller, kind);
    }
    [[nodiscard]] hub::PersonQuestions &persons()
    {
        if (!made)
            made.emplace(*hub.opened, *hub.desks);
        return *made;
    }

    HubFixture hub;
    std::optional<hub::PersonQuestions> made;
};

/// Nobody stops the look-ups of a test.
bool never()
{
    return false;
}

/// Answers by the name of the person.
class Choosy final : public hub::HealthProvider
{
public:
    Result<hub::HealthReport> ask(const Person &asked, const QString & /*healthCode*/) override
    {
        if (asked.documentNumber == poison)
            return fail(code, u"no"_s);
        return hub::reportOf(u"normal"_s, 0, QDateTime(QDate(2022, 6, 2), QTime(1, 0), Qt::UTC),
                             u"test"_s);
    }

    QString poison;
    ErrorCode code = ErrorCode::InputInvalid;
};

} // namespace

TEST_CASE("A person's links are told by slot, with the last digits of each card", "[hub]")
{
    Asking ask;
    REQUIRE(ask.hub.send(ask.hub.link(1, 1)).isEmpty());
    wire::Record phone = ask.hub.link(2, 1);
    phone.medium = u"phone"_s;
    REQUIRE(ask.hub.send(phone).isEmpty());
    wire::Record behalf = ask.hub.link(3, 3);
    behalf.agent = person(1);
    behalf.reason = u"behalf"_s;
    REQUIRE(ask.hub.send(behalf).isEmpty());

    const auto asked = ask.accept(ask.question(u"person-status"_s, 1));
    REQUIRE(asked);
    const auto answer = ask.persons().personStatus(*asked);

    REQUIRE(answer);
    CHECK(answer->physical == 1);
    CHECK(answer->phone == 1);
    CHECK(answer->asAgent == 1);
    REQUIRE(answer->cards.size() == 2);
    QStringList last4{answer->cards[0].last4, answer->cards[1].last4};
    last4.sort();
    CHECK(last4 == QStringList{cardNumber(1).right(4), cardNumber(2).right(4)});
    CHECK(ask.persons()
              .personStatus(*ask.accept(ask.question(u"person-status"_s, 9)))
              ->cards.isEmpty());
}

TEST_CASE("A question about a person is answered once, for its purpose, operator and quota",
          "[hub]")
{
    Asking ask;
    const wire::PersonQuestion asked = ask.question(u"person-status"_s, 1);
    const auto codeOf = [](const Result<wire::PersonQuestion> &result) {
        return result ? QString() : errorKey(result.error().code);
    };

    CHECK(codeOf(ask.accept(asked)).isEmpty());
    CHECK(codeOf(ask.accept(asked)) == u"question-replayed"_s);
    CHECK(codeOf(ask.accept(ask.question(u"person-status"_s, 1), u"health-status"_s)) ==
          u"input-invalid"_s);
    wire::PersonQuestion other = ask.question(u"person-status"_s, 1);
    other.operatorId = u"7777"_s;
    CHECK(codeOf(ask.accept(other)) == u"operator-unknown"_s);
    other = ask.question(u"person-status"_s, 1);
    other.desk = u"desk-other"_s;
    CHECK(codeOf(ask.accept(other)) == u"input-invalid"_s);
    hub::Caller stranger{
        {ask.hub.desk.enrolment.desk, {ask.hub.opened->keys.hub}}, u"station-1"_s, false};
    CHECK(codeOf(ask.persons().accept("not sealed", stranger, u"person-status"_s)) ==
          u"signature-invalid"_s);

    wire::PersonQuestion old = ask.question(u"person-status"_s, 2);
    old.askedAt = old.askedAt.addDays(-2);
    CHECK(codeOf(ask.accept(old)) == u"input-invalid"_s);
    (void)psql(ask.hub.database.name(),
               u"UPDATE quota SET used = 200 WHERE subject LIKE 'persons operator%'"_s);
    CHECK(codeOf(ask.accept(ask.question(u"person-status"_s, 2))) == u"quota-exceeded"_s);
    ask.hub.clock.time = ask.hub.clock.time.addSecs(3600);
    CHECK(codeOf(ask.accept(ask.question(u"person-status"_s, 2))).isEmpty());
}

TEST_CASE("A question beyond the quota leaves nothing, and a replay uses no quota up", "[hub]")
{
    Asking ask;
    const auto codeOf = [](const Result<wire::PersonQuestion> &result) {
        return result ? QString() : errorKey(result.error().code);
    };
    const auto used = [&] {
        return psql(ask.hub.database.name(), u"SELECT used FROM quota ORDER BY subject"_s);
    };
    const wire::PersonQuestion first = ask.question(u"person-status"_s, 1);
    REQUIRE(codeOf(ask.accept(first)).isEmpty());
    CHECK(codeOf(ask.accept(first)) == u"question-replayed"_s);
    wire::PersonQuestion stranger = ask.question(u"person-status"_s, 1);
    stranger.operatorId = u"7777"_s;
    CHECK(codeOf(ask.accept(stranger)) == u"operator-unknown"_s);
    CHECK(used() == "1\n1");

    (void)psql(ask.hub.database.name(), u"UPDATE quota SET used = 600"_s);
    const wire::PersonQuestion beyond = ask.question(u"person-status"_s, 2);
    CHECK(codeOf(ask.accept(beyond)) == u"quota-exceeded"_s);
    CHECK(ask.hub.count(u"question"_s) == 1);
    ask.hub.clock.time = ask.hub.clock.time.addSecs(3600);
    CHECK(codeOf(ask.accept(beyond)).isEmpty());
}

TEST_CASE("Evidence that does not open hides the last digits of a card and nothing else", "[hub]")
{
    Asking ask;
    REQUIRE(ask.hub.send(ask.hub.link(1, 1)).isEmpty());
    (void)psql(ask.hub.database.name(), u"UPDATE envelope SET sealed = 'x'"_s);

    const auto asked = ask.accept(ask.question(u"person-status"_s, 1));
    REQUIRE(asked);
    const auto answer = ask.persons().personStatus(*asked);

    REQUIRE(answer);
    CHECK(answer->physical == 1);
    REQUIRE(answer->cards.size() == 1);
    CHECK(answer->cards[0].last4.isEmpty());
    CHECK(answer->cards[0].medium == u"physical"_s);
    CHECK(wire::decodePersonStatusAnswer(wire::encodePersonStatusAnswer(*answer)) == *answer);
}

TEST_CASE("The hub looks up who waits, and the gate goes by it", "[hub]")
{
    Asking ask;
    HubFixture &hub = ask.hub;
    REQUIRE(hub.send(hub.link(1, 1)).isEmpty());
    CHECK(hub.count(u"health_task"_s) == 1);
    const StandIn service(
        good("{\"level\":\"normal\",\"days\":1,\"asOf\":\"2022-06-02T01:00:00.000Z\"}"));
    hub::HttpHealthProvider provider(service.url(), {});
    hub::Evidence evidence(*hub.opened, *hub.desks);
    const Secret key = hub.opened->keys.tokenKey(1).value();
    const QByteArray card = token(key, "card", {cardNumber(1).toUtf8()}).value();
    const auto gate = [&](const QDateTime &at) {
        return hub::gateDecision(*hub.opened, {u"1"_s, card, u"metro"_s, at})->code;
    };
    CHECK(gate(hub.clock.now()) == u"no-result"_s);

    CHECK(hub::lookUpPending(*hub.opened, evidence, provider, 10, never).value() == 1);

    CHECK(hub.count(u"health_task"_s) == 0);
    CHECK(psql(hub.database.name(), u"SELECT test_day FROM health"_s) == "2022-06-01");
    CHECK(gate(hub.clock.now()) == u"ok"_s);
    // Days are Beijing days: 3 June 23:59 there is the last minute of the second day.
    CHECK(gate(QDateTime(QDate(2022, 6, 3), QTime(15, 59), Qt::UTC)) == u"ok"_s);
    CHECK(gate(QDateTime(QDate(2022, 6, 3), QTime(16, 0), Qt::UTC)) == u"days-exceeded"_s);
    CHECK(hub::lookUpPending(*hub.opened, evidence, provider, 10, never).value() == 0);
    CHECK(service.questions() == 1);
    CHECK(service.mayNotAnswerInChunks());
}

TEST_CASE("A health service that fails is asked again later", "[hub]")
{
    HubFixture hub;
    REQUIRE(hub.send(hub.link(1, 1)).isEmpty());
    hub::Evidence evidence(*hub.opened, *hub.desks);
    // With whether it is this person's trouble alone.
    const std::vector<std::pair<QByteArray, bool>> answers{
        {"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", false},
        {good("not JSON"), true},
        {good("{\"level\":\"fine\",\"days\":1,\"asOf\":\"2022-06-02T01:00:00.000Z\"}"), true},
        {good("{\"level\":\"normal\",\"days\":1}"), true},
        {"HTTP/1.1 404 Who\r\nContent-Length: 0\r\n\r\n", true},
        {"nonsense", false}};
    for (const auto &[answer, alone] : answers) {
        const StandIn service(answer);
        hub::HttpHealthProvider provider(service.url(), {});
        INFO(answer.toStdString());
        CHECK(hub::lookUpPending(*hub.opened, evidence, provider, 10, never).has_value() == alone);
        CHECK(service.questions() == 1);
        CHECK(hub.count(u"health"_s) == 0);
        // Not at once, and each time later.
        CHECK(hub::lookUpPending(*hub.opened, evidence, provider, 10, never).value() == 0);
        hub.clock.time = hub.clock.time.addSecs(3600);
    }
    CHECK(hub.count(u"health_task WHERE tries = 6"_s) == 1);
    hub::HttpHealthProvider nobody(QUrl(u"http://127.0.0.1:1/"_s), {});
    CHECK_FALSE(hub::lookUpPending(*hub.opened, evidence, nobody, 10, never));
}

TEST_CASE("An answer about somebody who was erased meanwhile is not kept", "[hub]")
{
    HubFixture hub;
    wire::Record record = hub.link(1, 1);
    record.health = u"pending"_s;
    REQUIRE(hub.send(record).isEmpty());
    const QByteArray person =
        hub.opened->keys.personToken(u"resident"_s, residentNumber(1)).value();
    const auto erase = [&] {
        return hub::erasePerson(hub.opened->database, hub.config, person, hub.clock.now());
    };

    SECTION("that a record waited for")
    {
        class Slow final : public hub::HealthProvider
        {
        public:
            Result<hub::HealthReport> ask(const Person &, const QString &) override
            {
                erase();
                return hub::reportOf(u"normal"_s, 0,
                                     QDateTime(QDate(2022, 6, 2), QTime(1, 0), Qt::UTC), u"test"_s);
            }
            std::function<void()> erase;
        } provider;
        provider.erase = [&] { REQUIRE(erase()); };
        hub::Evidence evidence(*hub.opened, *hub.desks);
        CHECK(hub::lookUpPending(*hub.opened, evidence, provider, 10, never).value() == 1);
        CHECK(hub.count(u"health"_s) == 0);
    }
    SECTION("that a desk asked for")
    {
        const hub::HealthReport report = hub::reportOf(u"normal"_s, 0, hub.clock.now(), u"test"_s);
        const qint64 before = hub::erasuresSoFar(*hub.opened).value();
        REQUIRE(erase());
        REQUIRE(hub::keepAnswer(*hub.opened, person, report, before));
        CHECK(hub.count(u"health"_s) == 0);
        REQUIRE(
            hub::keepAnswer(*hub.opened, person, report, hub::erasuresSoFar(*hub.opened).value()));
        CHECK(hub.count(u"health"_s) == 1);
    }
}

TEST_CASE("One person's trouble is not that of the others who wait", "[hub]")
{
    HubFixture hub;
    for (int i = 1; i <= 3; ++i)
        REQUIRE(hub.send(hub.link(i, i)).isEmpty());
    hub::Evidence evidence(*hub.opened, *hub.desks);
    Choosy provider;
    provider.poison = residentNumber(2);

    SECTION("an answer that is not right")
    {
        CHECK(hub::lookUpPending(*hub.opened, evidence, provider, 10, never).value() == 3);
        CHECK(hub.count(u"health"_s) == 2);
        CHECK(hub.count(u"health_task"_s) == 1);
    }
    SECTION("a service that is away: nobody else is put off")
    {
        provider.code = ErrorCode::HealthUnreachable;
        CHECK_FALSE(hub::lookUpPending(*hub.opened, evidence, provider, 10, never));
        const qint64 asked = hub.count(u"health"_s) + 1;
        CHECK(hub.count(u"health_task WHERE tries = 1"_s) == 1);
        CHECK(hub.count(u"health_task WHERE tries = 0"_s) == 3 - asked);
        CHECK(hub::lookUpPending(*hub.opened, evidence, provider, 10, never).value() == 3 - asked);
        CHECK(hub.count(u"health"_s) == 2);
    }
    SECTION("evidence that does not open is not tried for ever")
    {
        (void)psql(hub.database.name(), u"UPDATE envelope SET sealed = 'x'"_s);
        CHECK(hub::lookUpPending(*hub.opened, evidence, provider, 10, never).value() == 3);
        CHECK(hub.count(u"health_task"_s) == 0);
    }
    SECTION("told to stop, it asks nobody")
    {
        CHECK(hub::lookUpPending(*hub.opened, evidence, provider, 10, [] {
                  return true;
              }).value() == 0);
        CHECK(hub.count(u"health_task WHERE tries = 0"_s) == 3);
    }
}

TEST_CASE("An older report does not replace a newer one, and no result has no day", "[hub]")
{
    HubFixture hub;
    const QByteArray someone(32, 'p');
    const QDateTime now = hub.clock.now();
    const auto level = [&] {
        return psql(hub.database.name(), u"SELECT level, test_day FROM health"_s);
    };

    CHECK(hub::keepReport(hub.opened->database, someone, hub::reportOf(u"normal"_s, 0, now, u"x"_s),
                          now));
    CHECK(hub::keepReport(hub.opened->database, someone,
                          hub::reportOf(u"abnormal"_s, 0, now.addSecs(-1), u"x"_s), now));
    CHECK(level() == "normal|2022-06-02");
    CHECK(hub::keepReport(hub.opened->database, someone,
                          hub::reportOf(u"no-result"_s, 3, now.addSecs(1), u"x"_s), now));
    CHECK(level() == "no-result|");
    CHECK_FALSE(hub::reportOf(u"normal"_s, -1, now, u"x"_s).testDay.isValid());
}
