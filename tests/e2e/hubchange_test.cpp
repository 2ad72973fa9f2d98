#include "support/catch.h"

#include "core/clock.h"
#include "e2e/citydesk.h"

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

QString recordOf(const Run &run)
{
    INFO(run.err.toStdString());
    CHECK(run.exit == 0);
    return run.line().value(u"record"_s).toString();
}

/// What a gate without a test does with the card, as the hub says it now.
void checkLinked(const CityDesk &desk, int card, bool linked)
{
    desk.checkGate(card, {u"--venue"_s, u"none"_s, u"--online"_s}, linked ? 0 : 1,
                   linked ? u"ok"_s : u"not-linked"_s, u"hub"_s);
}

/// The reason with which the hub has refused that record; empty: it has not.
QString refusalOf(const CityDesk &desk, const QString &record)
{
    const auto rows = desk.run({u"queue"_s, u"list"_s, u"--state"_s, u"attention"_s}).lines();
    for (const QJsonObject &row : rows) {
        if (row.value(u"record"_s) == record)
            return row.value(u"reason"_s).toString();
    }
    return {};
}

} // namespace

TEST_CASE("Unlink and replace go through the hub like links, and each can be taken back",
          "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const CityDesk desk(hub);
    REQUIRE(desk.enrolled.exit == 0);
    const auto revoke = [&desk](const QString &record) {
        return desk.change({u"revoke"_s, record});
    };
    REQUIRE(desk.linkCard(1, 1).exit == 0);
    REQUIRE(desk.sync());
    checkLinked(desk, 1, true);

    const Run unlinked = desk.unlink(1, 1);
    CHECK(unlinked.line().keys() == QStringList{u"record"_s, u"slip"_s, u"state"_s});
    CHECK(unlinked.line().value(u"state"_s) == u"queued"_s);
    REQUIRE(desk.sync());
    checkLinked(desk, 1, false);
    // Without a hub the desk knows what it has ended itself, whatever an older snapshot says.
    desk.checkGate(1, {u"--venue"_s, u"none"_s}, 1, u"not-linked"_s, u"snapshot"_s);

    const QString back = recordOf(revoke(recordOf(unlinked)));
    REQUIRE(desk.sync());
    checkLinked(desk, 1, true);
    (void)recordOf(revoke(back));
    REQUIRE(desk.sync());
    checkLinked(desk, 1, false);

    // Free for somebody else, whose link is taken back and restored like any other.
    const QString link = recordOf(desk.linkCard(1, 2));
    REQUIRE(desk.sync());
    checkLinked(desk, 1, true);
    const QString unmade = recordOf(revoke(link));
    REQUIRE(desk.sync());
    checkLinked(desk, 1, false);
    (void)recordOf(revoke(unmade));
    REQUIRE(desk.sync());
    checkLinked(desk, 1, true);

    const QString replaced = recordOf(desk.replace(1, 2, 2));
    REQUIRE(desk.sync());
    checkLinked(desk, 1, false);
    checkLinked(desk, 2, true);
    const QString returned = recordOf(revoke(replaced));
    REQUIRE(desk.sync());
    checkLinked(desk, 1, true);
    checkLinked(desk, 2, false);
    (void)recordOf(revoke(returned));
    REQUIRE(desk.sync());
    checkLinked(desk, 1, false);
    checkLinked(desk, 2, true);
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM holding"_s) == "1");
    CHECK(desk.run({u"queue"_s, u"status"_s}).line().value(u"attention"_s) == 0);
    CHECK(desk.run({u"audit"_s, u"verify"_s}).exit == 0);
    CHECK(hub.run({u"audit"_s, u"verify"_s}).exit == 0);
}

TEST_CASE("What one desk has ended holds no other desk up", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const CityDesk one(hub);
    const CityDesk two(hub);
    REQUIRE(one.linkCard(1, 1).exit == 0);
    REQUIRE(one.sync());

    // Nobody else's card, and none that is not linked.
    const QString stranger = recordOf(two.unlink(1, 2));
    const QString nothing = recordOf(two.unlink(3, 1));
    REQUIRE(two.sync());
    CHECK(refusalOf(two, stranger) == u"holder-mismatch"_s);
    CHECK(refusalOf(two, nothing) == u"card-not-linked"_s);
    checkLinked(two, 1, true);

    // Asked once more while the first still waits, it would only be refused by the hub.
    (void)recordOf(two.unlink(1, 1));
    const Run again = two.unlink(1, 1);
    CHECK(again.exit == 1);
    CHECK(again.err.count('\n') == 1);
    CHECK(again.err.contains("waits for its upload"));
    REQUIRE(two.sync());
    checkLinked(one, 1, false);

    // At the first desk person and card have their old link in the outbox; both are free.
    (void)recordOf(one.linkCard(2, 1));
    (void)recordOf(one.linkCard(1, 2));
    REQUIRE(one.sync());
    CHECK(one.run({u"queue"_s, u"status"_s}).line().value(u"attention"_s) == 0);
    checkLinked(one, 1, true);
    checkLinked(one, 2, true);
}

TEST_CASE("A wrong unlink or replace holds the right holder's up at no desk", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const CityDesk desk(hub);
    for (int i : {1, 2})
        REQUIRE(desk.linkCard(i, i).exit == 0);
    REQUIRE(desk.sync());

    const QString unlink = recordOf(desk.unlink(1, 3));
    const QString replace = recordOf(desk.replace(2, 4, 3));
    (void)recordOf(desk.unlink(1, 1));
    (void)recordOf(desk.replace(2, 5, 2));
    REQUIRE(desk.sync());

    CHECK(refusalOf(desk, unlink) == u"holder-mismatch"_s);
    CHECK(refusalOf(desk, replace) == u"holder-mismatch"_s);
    CHECK(desk.run({u"queue"_s, u"status"_s}).line().value(u"attention"_s) == 2);
    checkLinked(desk, 1, false);
    checkLinked(desk, 2, false);
    checkLinked(desk, 4, false);
    checkLinked(desk, 5, true);
}

TEST_CASE("Offline, link, unlink and another link of one card stand in their order", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const CityDesk desk(hub);
    REQUIRE(hub.stop() == 0);
    REQUIRE(desk.linkCard(1, 1).exit == 0);
    CHECK(desk.linkCard(1, 2).exit == 1);
    CHECK(desk.unlink(1, 2).exit == 1); // not the holder, as far as this desk knows
    REQUIRE(desk.unlink(1, 1).exit == 0);
    REQUIRE(desk.linkCard(1, 2).exit == 0);
    REQUIRE(desk.replace(1, 2, 2).exit == 0);
    CHECK(desk.replace(2, 2, 2).exit == 1);
    REQUIRE(desk.linkCard(1, 1).exit == 0);

    REQUIRE(hub.serve());
    REQUIRE(desk.sync());

    CHECK(desk.run({u"queue"_s, u"status"_s}).line().value(u"accepted"_s) == 5);
    checkLinked(desk, 1, true);
    checkLinked(desk, 2, true);
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM holding"_s) == "2");
}

TEST_CASE("A refused record is settled by the one that does it anew", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const CityDesk one(hub);
    const CityDesk two(hub);
    REQUIRE(one.linkCard(1, 1).exit == 0);
    REQUIRE(one.sync());
    const QString refused = recordOf(two.linkCard(2, 1));
    REQUIRE(two.sync());
    REQUIRE(refusalOf(two, refused) == u"person-has-physical-card"_s);
    const auto list = [&two] {
        return StoreDesk::runProgram(
            StoreDesk::program(), {u"--practice"_s, u"--data"_s, two.files.data, u"--lang"_s,
                                   u"en"_s, u"queue"_s, u"list"_s, u"--state"_s, u"attention"_s});
    };
    const Run listed = list();
    CHECK(two.run({u"queue"_s, u"status"_s}).line().value(u"attention"_s) == 1);
    CHECK(listed.out.count('\n') == 1);
    CHECK(listed.out.contains(refused.toUtf8()));
    CHECK(listed.out.contains("Each person may link one physical card"));
    CHECK(listed.out.contains("Have the supervisor unlink the old card"));

    REQUIRE(two.unlink(1, 1).exit == 0);
    const QString anew = recordOf(two.linkCard(2, 1));
    REQUIRE(two.sync());

    checkLinked(two, 2, true);
    CHECK(refusalOf(two, anew).isEmpty());
    // Neither sent again nor carried by hand: it is settled.
    CHECK(two.run({u"queue"_s, u"status"_s}).line().value(u"attention"_s) == 0);
    CHECK(list().out.contains("Settled, nothing to do"));
    const Run exported =
        two.run({u"queue"_s, u"export"_s, two.files.folder.filePath(u"records"_s)});
    CHECK(exported.line().value(u"records"_s) == 0);
    const Run audit = two.run({u"audit"_s, u"list"_s});
    bool redone = false;
    for (const QJsonObject &entry : audit.lines())
        redone = redone || (entry.value(u"kind"_s) == u"redone"_s &&
                            entry.value(u"record"_s).toString() == refused);
    CHECK(redone);
    CHECK(two.run({u"audit"_s, u"verify"_s}).exit == 0);
}

TEST_CASE("Unlink and replace refuse a wrong line with one sentence", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const QStringList whole{u"unlink"_s,       u"--card"_s,     cardNumber(1),
                            u"--doc-kind"_s,   u"resident"_s,   u"--doc-number"_s,
                            residentNumber(1), u"--operator"_s, u"9001"_s};
    const auto check = [&desk](const QStringList &line, const QByteArray &pin, int exit,
                               const QByteArray &part) {
        const Run run = desk.run(line, pin);
        INFO(run.err.toStdString());
        CHECK(run.exit == exit);
        CHECK(run.out.isEmpty());
        CHECK(run.err.count('\n') == 1);
        CHECK(run.err.contains(part));
        CHECK_FALSE(run.err.contains(residentNumber(1).toUtf8()));
    };
    const auto with = [&whole](const QString &option, const QString &value) {
        QStringList line = whole;
        line[line.indexOf(option) + 1] = value;
        return line;
    };
    const QByteArray pin = "135790\n";

    check(whole.mid(0, 7), pin, 2, "--operator");
    check(whole + QStringList{u"--old-card"_s, cardNumber(2)}, pin, 2, "");
    check(QStringList{u"replace"_s} + whole.mid(1), pin, 2, "--old-card");
    check(whole, "000000\n", 6, "Wrong PIN");
    check(whole, {}, 6, "No PIN");
    check(with(u"--operator"_s, u"9009"_s), pin, 6, "no such operator");
    check(with(u"--card"_s, u"123"_s), pin, 1, "");
    check(with(u"--doc-number"_s, u"110102190001010012"_s), pin, 1, "");
    check(with(u"--doc-kind"_s, u"badge"_s), pin, 1, "");
    CHECK(desk.run({u"queue"_s, u"status"_s}).line().value(u"queued"_s) == 0);
}

TEST_CASE("A new card is registered at its first top-up, and a revoke makes it new again",
          "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    const auto import = [&hub](const QByteArray &lines) {
        QFile file(hub.folder.filePath(u"cards.csv"_s));
        REQUIRE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("card,state\n" + lines);
        file.close();
        return hub.run({u"cards"_s, u"import"_s, file.fileName()});
    };
    const auto line = [](int card, const QByteArray &state) {
        return cardNumber(card).toUtf8() + ',' + state + '\n';
    };
    const auto bad = import(line(1, "new") + "123,new\n");
    CHECK(bad.exit == 1);
    CHECK(bad.err.contains("line 3"));
    CHECK(import(line(1, "new") + line(2, "old")).exit == 1);
    CHECK(psql(hub.database.name(), u"SELECT count(*) FROM card"_s) == "0");
    CHECK(import(line(1, "new") + line(2, "new") + line(3, "new")).json().value(u"changed"_s) == 3);
    CHECK(import(line(1, "new") + line(3, "none")).json().value(u"changed"_s) == 1);
    REQUIRE(hub.serve());
    const CityDesk desk(hub);
    const auto states = [&hub] {
        return psql(hub.database.name(),
                    u"SELECT string_agg(state, ' ' ORDER BY state) FROM card"_s);
    };
    CHECK(states() == "new new none");
    REQUIRE(desk.sync());
    desk.checkGate(1, {}, 1, u"not-linked"_s, u"snapshot"_s);
    checkLinked(desk, 1, false);

    const Run topUp =
        desk.change({u"link"_s, u"--card"_s, cardNumber(1), u"--doc-kind"_s, u"resident"_s,
                     u"--doc-number"_s, residentNumber(1), u"--name"_s, personName(1),
                     u"--consent"_s, u"current"_s, u"--reason"_s, u"first-topup"_s});
    const QString record = recordOf(topUp);
    CHECK(desk.run({u"queue"_s, u"list"_s}).line().value(u"kind"_s) == u"first-topup"_s);
    REQUIRE(desk.sync());
    checkLinked(desk, 1, true);
    CHECK(states() == "new none registered");

    const QString revoked = recordOf(desk.change({u"revoke"_s, record}));
    REQUIRE(desk.sync());
    CHECK(states() == "new new none");
    checkLinked(desk, 1, false);
    (void)recordOf(desk.change({u"revoke"_s, revoked}));
    REQUIRE(desk.sync());
    CHECK(states() == "new none registered");

    // A registration that has been is no new card when it ends.
    (void)recordOf(desk.unlink(1, 1));
    REQUIRE(desk.sync());
    CHECK(states() == "new none none");
    CHECK(hub.run({u"audit"_s, u"verify"_s}).exit == 0);
}

TEST_CASE("A report counts every slip once, by kind, hour and what became of it", "[e2e][hub]")
{
    HubProcess hub;
    REQUIRE(addOperator(hub));
    REQUIRE(hub.serve());
    const CityDesk one(hub);
    const CityDesk two(hub);
    REQUIRE(one.linkCard(1, 1).exit == 0);
    REQUIRE(one.sync());
    REQUIRE(two.linkCard(2, 1).exit == 0); // refused, and done anew below
    REQUIRE(two.linkCard(1, 2).exit == 0); // refused, and left open
    REQUIRE(two.linkCard(3, 3).exit == 0);
    REQUIRE(two.sync());
    REQUIRE(two.unlink(1, 1).exit == 0);
    REQUIRE(two.linkCard(2, 1).exit == 0);
    const QString day = beijingDate(QDateTime::currentDateTimeUtc()).toString(Qt::ISODate);
    const QString dayBefore = QDate::fromString(day, Qt::ISODate).addDays(-1).toString(Qt::ISODate);
    const QStringList period{u"--from"_s, dayBefore, u"--to"_s, day};

    const Run run = two.run(QStringList{u"report"_s} + period);
    REQUIRE(run.exit == 0);
    QHash<QString, int> counts;
    for (const QJsonObject &row : run.lines())
        counts[row.value(u"kind"_s).toString() + u' ' + row.value(u"outcome"_s).toString()] +=
            row.value(u"count"_s).toInt();
    CHECK(counts == QHash<QString, int>{{u"link accepted"_s, 1},
                                        {u"link rejected-redone"_s, 1},
                                        {u"link rejected-open"_s, 1},
                                        {u"link queued"_s, 1},
                                        {u"unlink queued"_s, 1}});
    const Run csv = two.run(QStringList{u"report"_s, u"--format"_s, u"csv"_s} + period);
    CHECK(csv.out.startsWith("day,hour,kind,outcome,count\n20"));
    CHECK(csv.out.count('\n') >= 6);
    CHECK(two.run({u"report"_s, u"--from"_s, day, u"--to"_s, dayBefore}).exit == 2);
    CHECK(two.run({u"report"_s, u"--from"_s, u"2022-13-01"_s, u"--to"_s, day}).exit == 2);
    CHECK(two.run(QStringList{u"report"_s, u"--format"_s, u"pdf"_s} + period).exit == 2);
}
