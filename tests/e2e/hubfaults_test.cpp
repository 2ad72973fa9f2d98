#include "support/catch.h"

#include "e2e/enrolleddesk.h"

#include <QRandomGenerator>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// Sends until the hub has answered about every record; what goes wrong in between is met as a desk
/// meets it, by sending again.
class Sender
{
public:
    Sender(const EnrolledDesk &desk, QList<wire::SealedRecord> records)
        : m_desk(desk)
        , m_left(std::move(records))
    {
    }

    [[nodiscard]] bool isDone() const { return m_left.isEmpty(); }
    [[nodiscard]] const QHash<QString, wire::RecordResult> &results() const { return m_results; }

    [[nodiscard]] QByteArray request(int count) const
    {
        const QByteArray body = wire::encodeRecordsRequest(m_left.mid(0, count));
        return "POST /v1/records HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
               "Content-Length: " +
               QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    /// One batch, answered or not.
    void send(int port, int count)
    {
        HubConnection connection(port, m_desk.identity());
        if (!connection.isOpen())
            return;
        connection.write(request(count));
        const auto answer = wire::decodeRecordsAnswer(connection.read(5000).body);
        if (!answer)
            return;
        for (const wire::RecordResult &result : answer->results) {
            m_results.insert(result.id, result);
            m_left.removeIf([&](const auto &record) { return record.id == result.id; });
        }
    }

private:
    const EnrolledDesk &m_desk;
    QList<wire::SealedRecord> m_left;
    QHash<QString, wire::RecordResult> m_results;
};

} // namespace

// UPGRADEDESK_E2E_FAULTS=200 makes it as long as a release asks for.
TEST_CASE("Whatever breaks, each record is there once and each rule has one winner", "[e2e][hub]")
{
    const int cycles = qEnvironmentVariableIntValue("UPGRADEDESK_E2E_FAULTS") > 0
                           ? qEnvironmentVariableIntValue("UPGRADEDESK_E2E_FAULTS")
                           : 12;
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const EnrolledDesk one(hub);
    const EnrolledDesk two(hub);
    // Both want the same persons, each for a card of its own; every fourth card is the same, too.
    const int count = cycles * 10;
    QList<wire::SealedRecord> first;
    QList<wire::SealedRecord> second;
    for (int i = 0; i < count; ++i) {
        first << one.desk.seal(one.link(i, i));
        second << two.desk.seal(two.link(i % 4 == 0 ? i : 100000 + i, i));
    }
    Sender senders[]{Sender(one, first), Sender(two, second)};
    QRandomGenerator random(7);

    int cycle = 0;
    for (; cycle < cycles * 20 && !(senders[0].isDone() && senders[1].isDone()); ++cycle) {
        Sender &sender = senders[cycle % 2];
        if (sender.isDone())
            continue;
        HubConnection connection(hub.port, (cycle % 2 == 0 ? one : two).identity());
        const QByteArray request = sender.request(10);
        switch (cycle < cycles ? random.bounded(5) : 5) {
        case 0: // the answer is dropped after the commit
            connection.write(request);
            connection.socket().abort();
            break;
        case 1: // cut in the middle of the body
            connection.write(request.left(request.size() / 2));
            connection.socket().abort();
            break;
        case 2: // the hub is killed while it works
            connection.write(request);
            hub.kill();
            REQUIRE(hub.serve());
            break;
        case 3: // the database throws everybody out
            connection.write(request);
            (void)psql(u"postgres"_s, u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                      " WHERE datname = '%1'"_s.arg(hub.database.name()));
            (void)connection.read(5000);
            break;
        case 4: // the same twice at once
            connection.write(request);
            sender.send(hub.port, 10);
            break;
        default:
            sender.send(hub.port, 10);
        }
    }

    REQUIRE(senders[0].isDone());
    REQUIRE(senders[1].isDone());
    CHECK(cycle > cycles);
    const auto number = [&hub](const QString &what) {
        return psql(hub.database.name(), u"SELECT count(*) FROM "_s + what).toInt();
    };
    CHECK(number(u"records"_s) == 2 * count);
    CHECK(number(u"envelope"_s) == 2 * count);
    CHECK(number(u"holding"_s) == count);
    int accepted = 0;
    for (const Sender &sender : senders) {
        for (const wire::RecordResult &result : sender.results()) {
            if (result.outcome == wire::Outcome::Accepted)
                ++accepted;
            else
                CHECK((result.reason == u"person-has-physical-card"_s ||
                       result.reason == u"card-linked-to-other"_s));
        }
    }
    // Of the same card and person both are accepted, and counted once.
    CHECK(accepted == number(u"records WHERE reason IS NULL"_s));
    CHECK(accepted == count + (count + 3) / 4);
    CHECK(hub.run({u"audit"_s, u"verify"_s}).exit == 0);
}

TEST_CASE("Two processes serve one database as one hub", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const EnrolledDesk desk(hub);
    const int firstPort = hub.port;
    HubProcess second(hub);
    REQUIRE(second.serve());
    QList<wire::SealedRecord> records;
    for (int i = 0; i < 40; ++i)
        records << desk.desk.seal(desk.link(i, i));

    Sender sender(desk, records);
    for (int i = 0; i < 40 && !sender.isDone(); ++i) {
        // The same batch at both, one after the other, as a balancer may do with a request sent
        // anew.
        HubConnection other(i % 2 == 0 ? second.port : firstPort, desk.identity());
        other.write(sender.request(10));
        sender.send(i % 2 == 0 ? firstPort : second.port, 10);
    }

    CHECK(sender.isDone());
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM records"_s) == "40");
    // Revoked through one, refused by the other.
    CHECK(hub.run({u"desk"_s, u"revoke"_s, desk.desk.enrolment.desk}).exit == 0);
    HubConnection late(second.port, desk.identity());
    CHECK(late.get("/v1/rules").code() == u"desk-revoked"_s);
}
