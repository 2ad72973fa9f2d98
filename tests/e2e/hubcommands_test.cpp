#include "support/catch.h"

#include "crypto/pinhash.h"
#include "crypto/seal.h"
#include "e2e/enrolleddesk.h"
#include "wire/provisioningfile.h"
#include "wire/receiptfile.h"
#include "wire/recordfile.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>

#include <functional>
#include <utility>
#include <vector>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

QString written(const HubProcess &hub, const QString &name, const QByteArray &bytes)
{
    QFile file(hub.folder.filePath(name));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    return file.fileName();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

QByteArray recordFile(const EnrolledDesk &desk, const QList<wire::SealedRecord> &records)
{
    wire::RecordFileEncoder encoder;
    QByteArray bytes = encoder.head({desk.desk.enrolment.desk, u"hub-1"_s, desk.clock.now()});
    for (const wire::SealedRecord &record : records)
        bytes += encoder.record(record.id, record.sealed);
    return bytes + encoder.end();
}

} // namespace

TEST_CASE("Records that come by hand are taken once, with receipts", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    EnrolledDesk desk(hub);
    const QList<wire::SealedRecord> records{desk.desk.seal(desk.link(1, 1)),
                                            desk.desk.seal(desk.link(2, 2)),
                                            desk.desk.seal(desk.link(2, 3))};
    const QByteArray bytes = recordFile(desk, records);
    const QString out = hub.folder.filePath(u"receipts"_s);

    const auto cut = hub.run({u"records"_s, u"import"_s, written(hub, u"cut"_s, bytes.chopped(50)),
                              u"--receipts"_s, out});
    CHECK(cut.exit == 1);
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM records"_s) == "0");
    const auto run =
        hub.run({u"records"_s, u"import"_s, written(hub, u"whole"_s, bytes), u"--receipts"_s, out});

    CHECK(run.exit == 0);
    CHECK(run.json().value(u"accepted"_s).toInt() == 2);
    CHECK(run.json().value(u"rejected"_s).toInt() == 1);
    QByteArray receipts = contentOf(out);
    QBuffer buffer(&receipts);
    REQUIRE(buffer.open(QIODevice::ReadOnly));
    QList<wire::RecordResult> results;
    const auto head = wire::readReceiptFile(buffer, [&](const wire::RecordResult &result) {
        results << result;
        return Result<void>();
    });
    REQUIRE(head);
    CHECK(head->desk == desk.desk.enrolment.desk);
    REQUIRE(results.size() == 3);
    const auto signer = Certificate::fromPem(head->certificate);
    for (qsizetype i = 0; i < 3; ++i)
        CHECK(signer->verifies(
            wire::receiptBytes(
                u"hub-1"_s, QCryptographicHash::hash(records[i].sealed, QCryptographicHash::Sha256),
                results[i]),
            results[i].receipt));
    // The network is back, and the desk sends them all the same.
    const auto online = desk.send(hub, records);
    REQUIRE(online.size() == 3);
    CHECK(online[0].at == results[0].at);
    CHECK(online[2].reason == u"card-linked-to-other"_s);
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM records"_s) == "3");
}

TEST_CASE("A desk without network gets its identity in a file only it can open", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    const QString id =
        hub.run({u"desk"_s, u"invite"_s, u"--station"_s, u"station-1"_s, u"--name"_s, u"2 号"_s})
            .json()
            .value(u"desk"_s)
            .toString();
    const KeyPair key = KeyPair::generate().value();
    const QString csr = written(hub, u"csr"_s, SigningRequest::make(key, u"desk"_s)->pem());
    const QString out = hub.folder.filePath(u"provisioning"_s);

    CHECK(hub.run({u"provision"_s, u"desk-none"_s, csr, out}).exit == 1);
    CHECK(hub.run({u"provision"_s, id, csr, out}).exit == 0);

    const auto file = wire::decodeProvisioningFile(contentOf(out));
    REQUIRE(file);
    const Certificate desk = Certificate::fromPem(file->certificate).value();
    const Certificate signer = Certificate::fromPem(file->hubCertificate).value();
    const auto opened = openSealed(file->sealed, key, desk, signer);
    REQUIRE(opened);
    const auto answer = wire::decodeEnrolmentAnswer(opened->view());
    REQUIRE(answer);
    CHECK(answer->desk == id);
    CHECK(answer->secrets.tokenKeyId == u"1"_s);
    REQUIRE(file->documents.size() == 2);
    CHECK(wire::decodeRoster(file->documents[1].body)->first().id == u"9001"_s);
}

TEST_CASE("Rules and rosters get higher versions each time they are published", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    EnrolledDesk desk(hub);
    HubConnection connection(hub.port, desk.identity());
    const auto version = [&](const QByteArray &path) {
        return wire::decodeDocument(connection.get(path).body)->version;
    };
    const qint64 rules = version("/v1/rules");
    const qint64 roster = version("/v1/roster");
    QByteArray text = contentOf(resourcePath(u"rules/rules.json"));

    const auto bad = hub.run({u"rules"_s, u"publish"_s, written(hub, u"bad"_s, "{}")});
    CHECK(bad.exit == 5);
    CHECK(bad.err.contains("/bad line 1, "));
    CHECK(bad.err.contains("Correct this file"));
    CHECK(hub.run({u"rules"_s, u"publish"_s,
                   written(hub, u"good"_s, text.replace("2022-05-28.1", "2022-05-28.2"))})
              .exit == 0);
    const auto list = hub.run({u"rules"_s, u"list"_s});
    CHECK(list.exit == 0);
    REQUIRE(list.out.count('\n') == 2);
    const auto newest = QJsonDocument::fromJson(list.out.left(list.out.indexOf('\n'))).object();
    CHECK(newest.value(u"rules"_s) == u"2022-05-28.2"_s);
    CHECK(newest.value(u"inForce"_s).toBool());
    CHECK(newest.value(u"since"_s) == u"2022-06-01"_s);
    CHECK(hub.run({u"operator"_s, u"disable"_s, u"9001"_s}).exit == 0);
    CHECK(hub.run({u"operator"_s, u"disable"_s, u"9009"_s}).exit == 1);

    CHECK(version("/v1/rules") > rules);
    CHECK(version("/v1/roster") > roster);
    CHECK(wire::decodeRoster(wire::decodeDocument(connection.get("/v1/roster").body)->body)
              ->isEmpty());
}

TEST_CASE("Operators are listed, enabled again and given a new PIN, and desks get the roster",
          "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    EnrolledDesk desk(hub);
    HubConnection connection(hub.port, desk.identity());
    const auto roster = [&] { return *wire::decodeDocument(connection.get("/v1/roster").body); };
    const auto state = [&] {
        const auto list = hub.run({u"operator"_s, u"list"_s});
        CHECK(list.exit == 0);
        CHECK(list.out.count('\n') == 1);
        CHECK_FALSE(list.out.contains("verifier"));
        CHECK(list.json().value(u"operator"_s) == u"9001"_s);
        return list.json().value(u"state"_s).toString();
    };
    const auto one = [&](const QString &what, const QString &id, const QByteArray &input = {}) {
        return hub.run({u"operator"_s, what, id}, input);
    };
    CHECK(state() == u"enabled"_s);
    REQUIRE(one(u"disable"_s, u"9001"_s).exit == 0);
    CHECK(state() == u"disabled"_s);
    const wire::SignedDocument without = roster();
    CHECK(wire::decodeRoster(without.body)->isEmpty());

    CHECK(one(u"enable"_s, u"9001"_s).exit == 0);

    CHECK(state() == u"enabled"_s);
    const wire::SignedDocument back = roster();
    CHECK(back.version > without.version);
    REQUIRE(wire::decodeRoster(back.body)->size() == 1);
    const Secret pepper(QByteArray(desk.desk.enrolment.secrets.pepper));
    const auto matches = [&](const wire::SignedDocument &document, const QString &pin) {
        return pinMatches(pin, pepper, wire::decodeRoster(document.body)->first().verifier).value();
    };
    CHECK(matches(back, u"135790"_s));

    for (const auto &[input, exit] : {std::pair{"12345\n", 2}, {"13579a\n", 2}, {"", 6}})
        CHECK(one(u"pin"_s, u"9001"_s, input).exit == exit);
    CHECK(roster().version == back.version);
    const auto pin = one(u"pin"_s, u"9001"_s, "246813\n");
    CHECK(pin.exit == 0);
    CHECK_FALSE((pin.out + pin.err).contains("246813"));
    CHECK(roster().version > back.version);
    CHECK(matches(roster(), u"246813"_s));
    CHECK_FALSE(matches(roster(), u"135790"_s));

    // As `desk revoke` of a desk that is not there.
    CHECK(hub.run({u"desk"_s, u"revoke"_s, u"desk-none"_s}).exit == 1);
    for (const QString &what : {u"disable"_s, u"enable"_s, u"pin"_s}) {
        const auto run = one(what, u"9009"_s, "246813\n");
        CHECK(run.exit == 1);
        CHECK(run.err.contains("operator list"));
    }
}

TEST_CASE("Results from a file are taken whole or not at all", "[e2e][hub]")
{
    HubProcess hub;
    const QByteArray head = "docKind,docNumber,level,testDay,asOf\n";
    const QByteArray good = "resident," + residentNumber(1).toLatin1() +
                            ",normal,2022-06-01,2022-06-02T09:00:00+08:00\nresident," +
                            residentNumber(2).toLatin1() + ",no-result,,2022-06-02T09:00:00Z\n";
    const auto import = [&](const QByteArray &text) {
        return hub.run({u"health"_s, u"import"_s, written(hub, u"csv"_s, text)});
    };

    CHECK(import(head + good + "resident,1,normal,2022-06-01,2022-06-02T09:00:00Z\n").exit == 1);
    CHECK(import(head + good + "resident," + residentNumber(3).toLatin1() +
                 ",fine,2022-06-01,2022-06-02T09:00:00Z\n")
              .exit == 1);
    // What nobody can know yet would be newer than every true result.
    const QByteArray later =
        QDateTime::currentDateTimeUtc().addSecs(3600).toString(Qt::ISODate).toLatin1();
    CHECK(import(head + good + "resident," + residentNumber(3).toLatin1() + ",normal,2022-06-01," +
                 later + '\n')
              .exit == 1);
    CHECK(import(head + good + "resident," + residentNumber(3).toLatin1() +
                 ",normal,2022-06-03,2022-06-02T09:00:00Z\n")
              .exit == 1);
    const auto dayless = import(head + good + "resident," + residentNumber(3).toLatin1() +
                                ",normal,,2022-06-02T09:00:00Z\n");
    CHECK(dayless.exit == 1);
    CHECK(dayless.err.contains("line 4"));
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM health"_s) == "0");
    const auto run = import(head + good);
    CHECK(run.exit == 0);
    CHECK(run.json().value(u"imported"_s).toInt() == 2);
    CHECK(psql(hub.database.name(), u"SELECT level, test_day FROM health ORDER BY level"_s) ==
          "no-result|\nnormal|2022-06-01");
}

TEST_CASE("After a restore the epoch is another, and what is sent again is there again",
          "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    EnrolledDesk desk(hub);
    QList<wire::SealedRecord> records;
    for (int i = 0; i < 20; ++i)
        records << desk.desk.seal(desk.link(i, i));
    REQUIRE(desk.send(hub, records.mid(0, 5)).size() == 5);
    const QString backup = hub.folder.filePath(u"backup"_s);
    const auto saved = hub.run({u"backup"_s, backup});
    INFO(saved.err.toStdString());
    REQUIRE(saved.exit == 0);
    REQUIRE(desk.send(hub, records).size() == 20);
    HubConnection connection(hub.port, desk.identity());
    const auto before = connection.get("/v1/rules");
    const qint64 version = wire::decodeDocument(before.body)->version;

    CHECK(hub.run({u"restore"_s, backup}).exit == 1); // it is serving
    CHECK(hub.stop() == 0);
    CHECK(hub.run({u"restore"_s, written(hub, u"broken"_s, "no dump")}).exit == 5);
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM records"_s) == "20");
    CHECK(hub.run({u"restore"_s, backup}).exit == 0);

    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM records"_s) == "5");
    REQUIRE(hub.serve());
    HubConnection again(hub.port, desk.identity());
    const auto after = again.get("/v1/rules");
    CHECK(after.headers.value("hub-epoch") != before.headers.value("hub-epoch"));
    CHECK(wire::decodeDocument(after.body)->version > version);
    REQUIRE(desk.send(hub, records).size() == 20);
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM holding"_s) == "20");
    CHECK(hub.run({u"audit"_s, u"verify"_s}).exit == 0);
}

namespace
{

/// Records as a desk that is online says them, each decided before the next is made.
class Histories
{
public:
    explicit Histories(HubProcess &hub)
        : m_hub(hub)
        , m_one(hub)
        , m_two(hub)
    {
    }

    wire::Record link(int card, int holder, const std::function<void(wire::Record &)> &change = {})
    {
        return sent(m_one, m_one.link(card, holder), change);
    }
    wire::Record linkElsewhere(int card, int holder,
                               const std::function<void(wire::Record &)> &change = {})
    {
        return sent(m_two, m_two.link(card, holder), change);
    }
    /// An unlink, or a replace of `old`.
    wire::Record end(int card, int holder, int old = 0)
    {
        return sent(m_one, m_one.link(card, holder), [old](wire::Record &record) {
            record.kind = old == 0 ? u"unlink"_s : u"replace"_s;
            record.oldCard = old == 0 ? QString() : cardNumber(old);
            record.consents.clear();
            record.holder.name.clear();
        });
    }
    wire::Record revoke(const wire::Record &of)
    {
        return sent(of.desk == m_one.desk.enrolment.desk ? m_one : m_two, of,
                    [this, &of](wire::Record &record) {
                        record.id = newRecordId(m_one.clock);
                        record.kind = u"revoke"_s;
                        record.of = of.id;
                    });
    }
    /// The next record shall be refused.
    Histories &refused()
    {
        m_refused = true;
        return *this;
    }
    void importCards(const QByteArray &lines) const
    {
        const QString file = written(m_hub, u"cards.csv"_s, "card,state\n" + lines);
        REQUIRE(m_hub.run({u"cards"_s, u"import"_s, file}).exit == 0);
    }
    void erase(int who) const
    {
        REQUIRE(m_hub
                    .run({u"subject"_s, u"erase"_s, u"--doc-kind"_s, u"resident"_s,
                          u"--doc-number"_s, residentNumber(who)})
                    .exit == 0);
    }
    void revokeDesk() const
    {
        REQUIRE(m_hub.run({u"desk"_s, u"revoke"_s, m_two.desk.enrolment.desk}).exit == 0);
    }

private:
    wire::Record sent(const EnrolledDesk &desk, wire::Record record,
                      const std::function<void(wire::Record &)> &change)
    {
        if (change)
            change(record);
        record.seq = ++m_seq;
        const auto results = desk.send(m_hub, {desk.desk.seal(record)});
        REQUIRE(results.size() == 1);
        INFO(record.kind.toStdString() << " " << results.first().reason.toStdString());
        REQUIRE(results.first().reason.isEmpty() != std::exchange(m_refused, false));
        return record;
    }

    HubProcess &m_hub;
    EnrolledDesk m_one;
    EnrolledDesk m_two;
    qint64 m_seq = 0;
    bool m_refused = false;
};

void actedFor(wire::Record &record)
{
    record.agent = person(90);
    record.reason = u"behalf"_s;
}

void onPhone(wire::Record &record)
{
    record.medium = u"phone"_s;
}

} // namespace

TEST_CASE("The audit finds what somebody changed in the database", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    Histories histories(hub);
    histories.importCards(cardNumber(9).toUtf8() + ",new\n");
    (void)histories.link(1, 1);
    (void)histories.link(2, 2, actedFor);
    (void)histories.link(3, 3);
    (void)histories.end(3, 3);
    (void)histories.revoke(histories.link(4, 4));
    (void)histories.refused().link(1, 5);
    (void)histories.refused().end(5, 5);
    const auto verify = [&] { return hub.run({u"audit"_s, u"verify"_s}); };
    REQUIRE(verify().exit == 0);
    // A database anew for each would take minutes: each change is undone by a copy of the tables.
    const QString name = hub.database.name();
    const QStringList tables{u"envelope"_s, u"records"_s, u"card"_s, u"holding"_s, u"agency"_s};
    QString save;
    QString putBack;
    for (const QString &table : tables) {
        save += u"CREATE TABLE was_%1 AS TABLE %1;"_s.arg(table);
        putBack += u"TRUNCATE %1; INSERT INTO %1 SELECT * FROM was_%1;"_s.arg(table);
    }
    (void)psql(name, save);
    for (const char *change : {
             "UPDATE envelope SET sealed = set_byte(sealed, 40, 0)",
             "DELETE FROM envelope",
             "UPDATE envelope SET sealed = 'x', sha256 = sha256('x')",
             "DELETE FROM records",
             "UPDATE card SET person = sha256('x')",
             "UPDATE records SET live = false",
             "UPDATE records SET operator = '9999'",
             "DELETE FROM card",
             "UPDATE holding SET card = sha256('x')",
             "UPDATE records SET seq = 9, trusted = trusted - interval '1 hour'"
             " WHERE id = (SELECT min(id::text)::uuid FROM records)",
             "UPDATE records SET journal_head = sha256('x'), seq = 2"
             " WHERE id = (SELECT min(id::text)::uuid FROM records)",
             // links and places
             "DELETE FROM holding",
             "UPDATE holding SET place = 2",
             "UPDATE holding SET slot = 'phone'",
             "UPDATE holding SET person = sha256('x') WHERE place = 1 AND card = (SELECT card"
             " FROM card WHERE person IS NOT NULL LIMIT 1)",
             "INSERT INTO holding VALUES (sha256('x'), 'phone', 1, sha256('y'))",
             "UPDATE card SET slot = 'phone' WHERE person IS NOT NULL",
             "UPDATE card SET place = 2 WHERE person IS NOT NULL",
             "UPDATE card SET place = NULL WHERE person IS NOT NULL",
             "UPDATE card SET slot = 'phone' WHERE person IS NOT NULL;"
             "UPDATE holding SET slot = 'phone'",
             // agents
             "DELETE FROM agency",
             "UPDATE agency SET place = 2",
             "UPDATE card SET agent = NULL, agent_place = NULL",
             "UPDATE card SET agent = NULL, agent_place = NULL; DELETE FROM agency",
             "UPDATE card SET agent_place = NULL",
             "INSERT INTO agency SELECT sha256('x'), 1, card FROM card WHERE listed",
             // states
             "UPDATE card SET state = 'none' WHERE person IS NOT NULL",
             "UPDATE card SET state = 'registered' WHERE person IS NOT NULL",
             "UPDATE card SET state = 'registered' WHERE person IS NOT NULL;"
             "UPDATE records SET state = 'registered'",
             "UPDATE card SET state = 'linked' WHERE person IS NULL",
             "UPDATE card SET state = 'new' WHERE person IS NULL",
             "UPDATE card SET slot = 'phone' WHERE person IS NULL",
             // decisions
             "UPDATE records SET reason = 'card-linked-to-other' WHERE live AND kind = 'link'",
             "UPDATE records SET reason = 'superseded' WHERE kind = 'unlink' AND live",
             "UPDATE records SET reason = 'superseded', live = false WHERE kind = 'unlink'",
             "UPDATE records SET reason = 'superseded' WHERE ended_by IS NOT NULL",
             "UPDATE records SET reason = 'superseded' WHERE NOT live AND reason IS NULL"
             " AND ended_by IS NULL",
             "UPDATE records SET reason = 'superseded', live = false WHERE kind = 'revoke'",
             "UPDATE records SET reason = NULL WHERE kind = 'link'",
             "UPDATE records SET reason = NULL WHERE kind = 'unlink'",
             "UPDATE records SET reason = NULL, live = true WHERE reason IS NOT NULL"
             " AND kind = 'link'",
             "UPDATE records SET live = true WHERE ended_by IS NOT NULL",
             "UPDATE records SET ended_by = NULL",
             "UPDATE records SET ended_by = (SELECT id FROM records WHERE kind = 'revoke')"
             " WHERE ended_by IS NOT NULL",
         }) {
        INFO(change);
        (void)psql(name, QString::fromLatin1(change));

        const auto found = verify();

        CHECK(found.exit == 1);
        CHECK_FALSE(found.json().value(u"ok"_s).toBool(true));
        CHECK_FALSE(found.json().value(u"firstBad"_s).toString().isEmpty());
        (void)psql(name, putBack);
    }
    CHECK(verify().exit == 0);
}

TEST_CASE("The audit has nothing against whatever the hub itself has done", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    Histories histories(hub);
    const auto isAllRight = [&](const char *what) {
        const auto verify = hub.run({u"audit"_s, u"verify"_s});
        INFO(what << ": " << verify.out.toStdString());
        CHECK(verify.exit == 0);
    };
    struct Case {
        const char *what;
        std::function<void()> history;
    };
    wire::Record record;
    const std::vector<Case> cases{
        {"a link for another, taken back and restored",
         [&] {
             record = histories.revoke(histories.link(1, 1, actedFor));
             isAllRight("taken back");
             record = histories.revoke(record);
             isAllRight("restored");
             (void)histories.revoke(record);
         }},
        {"an unlink taken back, and one that is not",
         [&] {
             (void)histories.link(2, 2, actedFor);
             (void)histories.revoke(histories.end(2, 2));
             isAllRight("taken back");
             (void)histories.end(2, 2);
         }},
        {"the card of somebody who has it no longer", [&] { (void)histories.link(2, 3); }},
        {"a card and a phone", [&] { (void)histories.link(4, 3, onPhone); }},
        {"a replace, taken back and restored",
         [&] {
             (void)histories.link(5, 5, actedFor);
             record = histories.end(6, 5, 5);
             isAllRight("replaced");
             record = histories.revoke(record);
             isAllRight("taken back");
             (void)histories.revoke(record);
         }},
        {"one link of two desks",
         [&] {
             record = histories.link(7, 7, actedFor);
             (void)histories.linkElsewhere(7, 7, onPhone);
             isAllRight("both");
             (void)histories.revoke(record);
         }},
        {"one link of two desks that was ended, and not",
         [&] {
             (void)histories.link(8, 8);
             (void)histories.linkElsewhere(8, 8, actedFor);
             (void)histories.revoke(histories.end(8, 8));
         }},
        {"records that were refused",
         [&] {
             (void)histories.refused().link(8, 9);
             (void)histories.refused().end(9, 9);
             (void)histories.refused().end(8, 9);
             record = histories.refused().link(9, 8);
             (void)histories.refused().revoke(record);
         }},
        {"cards that were sold",
         [&] {
             const QByteArray card = cardNumber(10).toUtf8();
             histories.importCards(card + ",new\n" + cardNumber(8).toUtf8() + ",new\n" +
                                   cardNumber(11).toUtf8() + ",new\n");
             isAllRight("listed");
             record = histories.revoke(histories.link(10, 10));
             isAllRight("new again");
             (void)histories.revoke(record);
             (void)histories.end(10, 10);
             histories.importCards(card + ",none\n" + cardNumber(8).toUtf8() + ",none\n");
             histories.importCards(card + ",new\n");
         }},
        {"a person who is forgotten, after others had the card",
         [&] {
             (void)histories.link(12, 12);
             (void)histories.revoke(histories.end(12, 12));
             (void)histories.end(12, 12);
             (void)histories.revoke(histories.link(12, 13));
             (void)histories.link(12, 14, actedFor);
             histories.erase(14);
         }},
        {"an agent who is forgotten",
         [&] {
             (void)histories.link(12, 15, [](wire::Record &link) {
                 actedFor(link);
                 link.agent = person(12);
             });
             histories.erase(12);
             (void)histories.end(12, 15);
         }},
        {"a person with an ended link who is forgotten", [&] { histories.erase(15); }},
        {"a database that was put back, and what is forgotten since",
         [&] {
             const QString backup = hub.folder.filePath(u"backup"_s);
             REQUIRE(hub.run({u"backup"_s, backup}).exit == 0);
             (void)histories.revoke(histories.link(16, 16));
             (void)histories.link(17, 16);
             (void)histories.link(16, 17);
             histories.erase(16);
             histories.erase(5);
             CHECK(hub.stop() == 0);
             REQUIRE(hub.run({u"restore"_s, backup}).exit == 0);
         }},
        {"new tokens for all cards", [&] { histories.revokeDesk(); }},
    };
    for (const Case &one : cases) {
        INFO(one.what);
        one.history();
        isAllRight(one.what);
    }
}

TEST_CASE("A journal number that fell is told, and accuses nobody", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    EnrolledDesk desk(hub);
    const auto seq = [&](int card, qint64 number) {
        wire::Record record = desk.link(card, card);
        record.seq = number;
        return desk.desk.seal(record);
    };
    // The second is older in its own time than what came in before: it was refused first, say.
    REQUIRE(desk.send(hub, {seq(1, 9)}).size() == 1);
    REQUIRE(desk.send(hub, {seq(2, 8)}).size() == 1);

    const auto verify = hub.run({u"audit"_s, u"verify"_s});

    CHECK(verify.exit == 0);
    CHECK(verify.json().value(u"journalsToLookAt"_s).toArray().size() == 1);
}

TEST_CASE("An older folder of a desk that was put back is told, and hides nothing that was changed",
          "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    EnrolledDesk desk(hub);
    const auto send = [&](int card, qint64 number, char head) {
        wire::Record record = desk.link(card, card);
        record.seq = number;
        record.journalHead = QByteArray(32, head);
        REQUIRE(desk.send(hub, {desk.desk.seal(record)}).size() == 1);
        return record.id;
    };
    (void)send(1, 1, 'a');
    const QString first = send(2, 2, 'b');
    (void)send(3, 3, 'c');
    const QString forked = send(4, 2, 'd'); // as it was after its first record, and goes on
    (void)send(5, 3, 'e');
    const auto verify = [&] { return hub.run({u"audit"_s, u"verify"_s}); };

    const auto fork = verify();

    CHECK(fork.exit == 1);
    CHECK(fork.json().value(u"firstBad"_s) == desk.desk.enrolment.desk);
    CHECK(fork.json().value(u"why"_s) == u"a desk whose journal was rewritten"_s);
    const QJsonArray forks = fork.json().value(u"journalForks"_s).toArray();
    REQUIRE(forks.size() == 1);
    CHECK(forks[0].toObject().value(u"desk"_s) == desk.desk.enrolment.desk);
    CHECK(forks[0].toObject().value(u"record"_s) == forked);
    CHECK(forks[0].toObject().value(u"seq"_s) == 2);
    CHECK(forks[0].toObject().value(u"records"_s) == 2);

    const QString name = hub.database.name();
    (void)psql(name, u"CREATE TABLE was_envelope AS TABLE envelope;"
                     "CREATE TABLE was_records AS TABLE records"_s);
    struct Case {
        QString change;
        QString why;
        int forks;
    };
    const std::vector<Case> cases{
        {u"UPDATE envelope SET sealed = 'x', sha256 = sha256('x') WHERE id = '%1'"_s.arg(first),
         u"evidence that its desk did not sign"_s, 1},
        {u"UPDATE records SET journal_head = repeat('b', 32)::bytea WHERE seq = 2"_s,
         u"a place in a desk's journal that is not as its record says"_s, 1},
        {u"UPDATE records SET seq = seq + 2 WHERE journal_head = repeat('d', 32)::bytea"
         " OR journal_head = repeat('e', 32)::bytea"_s,
         u"a place in a desk's journal that is not as its record says"_s, 0},
        {u"UPDATE records SET live = false WHERE id = '%1'"_s.arg(first),
         u"a link that no record holds up"_s, 1},
    };
    for (const Case &one : cases) {
        INFO(one.change.toStdString());
        (void)psql(name, one.change);

        const auto found = verify();

        INFO(found.out.toStdString());
        CHECK(found.exit == 1);
        CHECK(found.json().value(u"why"_s) == one.why);
        CHECK(found.json().value(u"firstBad"_s) != desk.desk.enrolment.desk);
        CHECK(found.json().value(u"journalForks"_s).toArray().size() == one.forks);
        (void)psql(name, u"TRUNCATE envelope; INSERT INTO envelope SELECT * FROM was_envelope;"
                         "TRUNCATE records; INSERT INTO records SELECT * FROM was_records"_s);
    }
}

TEST_CASE("A person gets what is kept, and is forgotten on request", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    EnrolledDesk desk(hub);
    REQUIRE(
        desk.send(hub, {desk.desk.seal(desk.link(1, 1)), desk.desk.seal(desk.link(2, 2))}).size() ==
        2);
    const auto subject = [&](const QString &what, int who) {
        return hub.run({u"subject"_s, what, u"--doc-kind"_s, u"resident"_s, u"--doc-number"_s,
                        residentNumber(who)});
    };

    const auto exported = subject(u"export"_s, 1);
    CHECK(exported.exit == 0);
    CHECK(exported.json().value(u"card"_s).toString() == cardNumber(1));
    CHECK(exported.json().value(u"name"_s).toString() == person(1).name);
    CHECK(exported.json().value(u"consents"_s).toArray().size() == 2);
    CHECK(exported.out.count('\n') == 1);
    CHECK(subject(u"erase"_s, 1).exit == 0);

    const auto nothing = subject(u"export"_s, 1);
    CHECK(nothing.exit == 1);
    CHECK(nothing.out.isEmpty());
    CHECK(nothing.err == "Nothing is kept of this person.\n");
    CHECK(subject(u"erase"_s, 1).exit == 1);
    CHECK(subject(u"export"_s, 2).exit == 0);
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM holding"_s) == "1");
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM envelope WHERE length(sealed) = 0"_s) ==
          "1");
    CHECK(hub.run({u"audit"_s, u"verify"_s}).exit == 0);
    // The card is free for somebody else.
    CHECK(desk.send(hub, {desk.desk.seal(desk.link(1, 3))}).first().reason.isEmpty());
}
