#include "support/catch.h"

#include "e2e/storedesk.h"

#include <SQLiteCpp/SQLiteCpp.h>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

void setState(const StoreDesk &desk, const char *sql)
{
    SQLite::Database database((desk.data + u"/desk.sqlite"_s).toStdString(),
                              SQLite::OPEN_READWRITE);
    database.exec(sql);
}

void checkAnswer(const Run &run, int exit, const QString &decision, const QString &code)
{
    INFO(run.out.toStdString() << run.err.toStdString());
    CHECK(run.exit == exit);
    const QJsonObject answer = run.line();
    CHECK(answer.keys() ==
          QStringList{u"asOf"_s, u"basis"_s, u"code"_s, u"decision"_s, u"message"_s});
    CHECK(answer.value(u"decision"_s) == decision);
    CHECK(answer.value(u"code"_s) == code);
    CHECK(answer.value(u"basis"_s) == u"snapshot"_s);
    CHECK(answer.value(u"message"_s).toObject().keys() == QStringList{u"en"_s, u"zh_CN"_s});
    CHECK(answer.value(u"asOf"_s).isNull() == (decision == u"unknown"));
}

} // namespace

TEST_CASE("A gate answers from what this desk knows", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    REQUIRE(desk.link(1).exit == 0);
    const QString card = cardNumber(1);

    checkAnswer(desk.run({u"gate"_s, cardNumber(2)}), 4, u"unknown"_s, u"unknown"_s);
    const Run waiting = desk.run({u"gate"_s, card});
    checkAnswer(waiting, 1, u"manual"_s, u"not-linked"_s);
    CHECK(waiting.line().value(u"message"_s)[u"zh_CN"_s].toString().toUtf8() ==
          "\xe6\x9c\xaa\xe6\x9f\xa5\xe5\x88\xb0\xe5\x81\xa5\xe5\xba\xb7\xe7\xa0\x81"
          "\xe4\xbf\xa1\xe6\x81\xaf\xef\xbc\x8c\xe8\xaf\xb7\xe6\x82\xa8\xe5\xb0\xbd"
          "\xe5\xbf\xab\xe6\x8e\x88\xe6\x9d\x83\xe5\x8d\x87\xe7\xba\xa7");
    // Printed with spaces, as on the card.
    checkAnswer(desk.run({u"gate"_s, card.left(4) + u' ' + card.mid(4)}), 1, u"manual"_s,
                u"not-linked"_s);

    setState(desk, "UPDATE outbox SET state = 'accepted'");
    checkAnswer(desk.run({u"gate"_s, card}), 4, u"unknown"_s, u"unknown"_s); // test day not known
    checkAnswer(desk.run({u"gate"_s, card, u"--venue"_s, u"bus"_s}), 4, u"unknown"_s, u"unknown"_s);
    checkAnswer(desk.run({u"gate"_s, card, u"--venue"_s, u"none"_s}), 0, u"pass"_s, u"ok"_s);
    checkAnswer(desk.run({u"gate"_s, card, u"--place"_s, u"345慢"_s}), 4, u"unknown"_s,
                u"unknown"_s);
    checkAnswer(desk.run({u"gate"_s, card, u"--place"_s, u"345慢"_s, u"--at"_s, u"2022-05-27"_s}),
                0, u"pass"_s, u"ok"_s);
    // No venue checked before the rule of 28 May 2022, Beijing time.
    checkAnswer(desk.run({u"gate"_s, card, u"--at"_s, u"2022-05-27T23:59"_s}), 0, u"pass"_s,
                u"ok"_s);
    checkAnswer(desk.run({u"gate"_s, card, u"--at"_s, u"2022-05-28"_s}), 4, u"unknown"_s,
                u"unknown"_s);
    checkAnswer(desk.run({u"gate"_s, card, u"--at"_s, u"2022-05-27T15:59:59Z"_s}), 0, u"pass"_s,
                u"ok"_s);
    checkAnswer(desk.run({u"gate"_s, card, u"--at"_s, u"2022-05-27T16:00:00Z"_s}), 4, u"unknown"_s,
                u"unknown"_s);
    checkAnswer(desk.run({u"gate"_s, card, u"--at"_s, u"2022-05-28T03:00+12:00"_s}), 0, u"pass"_s,
                u"ok"_s);
}

TEST_CASE("A card of another city is told by its number, a revoked link no longer", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const Run linked = desk.link(1);
    REQUIRE(desk.revoke(linked.line().value(u"record"_s).toString()).exit == 0);

    checkAnswer(desk.run({u"gate"_s, cardNumber(1)}), 4, u"unknown"_s, u"unknown"_s);
    checkAnswer(desk.run({u"gate"_s, u"3104830099900012345"_s}), 1, u"manual"_s, u"foreign"_s);
    // No hub knows more of it, so none is asked.
    checkAnswer(desk.run({u"gate"_s, u"3104830099900012345"_s, u"--online"_s}), 1, u"manual"_s,
                u"foreign"_s);
}

TEST_CASE("A gate cannot be asked with half a number, a strange time or a hub that is not there",
          "[e2e]")
{
    const StoreDesk desk;
    const QString card = cardNumber(1);
    CHECK(desk.run({u"gate"_s, card}).exit == 6);
    desk.provision();

    const auto [arguments, exit, part] = GENERATE(table<QStringList, int, QByteArray>({
        {{u"--online"_s}, 4, "has no hub"},
        {{u"--venue"_s, u"ferry"_s}, 2, "--venue"},
        {{u"--place"_s, u"345"_s}, 2, "bus-345-slow"},
        {{u"--place"_s, u"bus-14"_s, u"--venue"_s, u"bus"_s}, 2, "--place"},
        {{u"--at"_s, u"noon"_s}, 2, "--at"},
        {{u"--at"_s, u"2022-02-30T10:00"_s}, 2, "--at"},
        {{u"--colour"_s}, 2, "not known"},
    }));
    const Run run = desk.run(QStringList{u"gate"_s, card} + arguments);
    INFO(run.err.toStdString());
    CHECK(run.exit == exit);
    CHECK(run.out.isEmpty());
    CHECK(run.err.count('\n') == 1);
    CHECK(run.err.contains(part));

    const Run half = desk.run({u"gate"_s, card.left(18)});
    CHECK(half.exit == 1);
    CHECK(half.out.isEmpty());
    CHECK_FALSE(half.err.contains(card.left(18).toUtf8()));
}
