#include "support/catch.h"

#include "e2e/storedesk.h"

#include "core/recordid.h"

#include <QDir>
#include <QDirIterator>

#include <SQLiteCpp/SQLiteCpp.h>

using namespace upgradedesk;
using namespace upgradedesk::test;

TEST_CASE("Provision, link, queue and audit speak as the contract says", "[e2e]")
{
    const StoreDesk desk;

    const Run provisioned = desk.run({u"provision"_s, u"--training"_s});
    REQUIRE(provisioned.exit == 0);
    CHECK(provisioned.line().keys() == QStringList{u"desk"_s, u"station"_s, u"validUntil"_s});

    const Run linked = desk.link(1);
    REQUIRE(linked.exit == 0);
    CHECK(linked.line().keys() == QStringList{u"record"_s, u"slip"_s, u"state"_s});
    CHECK(isRecordId(linked.line().value(u"record"_s).toString()));
    CHECK(linked.line().value(u"slip"_s) == 1);
    CHECK(linked.line().value(u"state"_s) == u"queued"_s);
    CHECK(linked.err.isEmpty());

    const Run status = desk.run({u"queue"_s, u"status"_s});
    CHECK(status.line().keys() == QStringList{u"accepted"_s, u"attention"_s, u"nextTrySeconds"_s,
                                              u"oldestSeconds"_s, u"queued"_s, u"sending"_s});
    CHECK(status.line().value(u"queued"_s) == 1);
    CHECK(status.line().value(u"nextTrySeconds"_s).isNull());

    const QJsonObject row = desk.run({u"queue"_s, u"list"_s}).line();
    CHECK(row.keys() == QStringList{u"active"_s, u"attempts"_s, u"kind"_s, u"maskedName"_s,
                                    u"maskedNumber"_s, u"queuedAt"_s, u"reason"_s, u"record"_s,
                                    u"restores"_s, u"slip"_s, u"state"_s});
    CHECK(row.value(u"record"_s) == linked.line().value(u"record"_s));
    CHECK(row.value(u"maskedNumber"_s).toString().count(u'*') == 11);
    CHECK(desk.run({u"queue"_s, u"list"_s, u"--state"_s, u"accepted"_s}).out.isEmpty());

    const Run verified = desk.run({u"audit"_s, u"verify"_s});
    CHECK(verified.exit == 0);
    CHECK(verified.line().value(u"ok"_s) == true);
    CHECK(verified.line().value(u"firstBad"_s).isNull());
    CHECK(desk.run({u"audit"_s, u"list"_s}).lines().size() ==
          verified.line().value(u"entries"_s).toInt());
}

TEST_CASE("What this desk knows refuses a second card and a second holder", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    REQUIRE(desk.link(1).exit == 0);
    const auto entry = [](int card, int person, const QString &medium) {
        QJsonObject object = StoreDesk::entry(person);
        object.insert(u"card"_s, cardNumber(card));
        object.insert(u"medium"_s, medium);
        return StoreDesk::jsonLine(object);
    };

    const Run run =
        desk.bulk(u"-"_s, "135790\n" + entry(2, 1, u"physical"_s) + entry(2, 1, u"wristband"_s) +
                              entry(1, 2, u"phone"_s) + entry(3, 1, u"phone"_s) +
                              entry(4, 1, u"phone"_s) + entry(1, 1, u"physical"_s));

    CHECK(run.exit == 1);
    const auto lines = run.lines();
    REQUIRE(lines.size() == 6);
    CHECK(lines[0].value(u"error"_s) == u"person-has-physical-card"_s);
    CHECK(lines[1].value(u"error"_s) == u"person-has-physical-card"_s);
    CHECK(lines[2].value(u"error"_s) == u"card-linked-to-other"_s);
    CHECK(lines[3].value(u"slip"_s) == 2);
    CHECK(lines[4].value(u"error"_s) == u"person-has-phone-card"_s);
    CHECK(lines[5].value(u"slip"_s) == 3);
}

TEST_CASE("An agent links five cards for others, not six, and none for himself", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const auto behalf = [](int holder, int agent) {
        QJsonObject object = StoreDesk::entry(holder);
        object.insert(u"reason"_s, u"behalf"_s);
        object.insert(u"agentDocKind"_s, u"resident"_s);
        object.insert(u"agentDocNumber"_s, residentNumber(agent));
        object.insert(u"agentName"_s, personName(agent));
        return StoreDesk::jsonLine(object);
    };
    QByteArray input = "135790\n";
    for (int holder = 1; holder <= 6; ++holder)
        input += behalf(holder, 500);

    const Run run = desk.bulk(u"-"_s, input + behalf(500, 500));

    const auto lines = run.lines();
    REQUIRE(lines.size() == 7);
    for (int i = 0; i < 5; ++i)
        CHECK(lines[i].value(u"slip"_s) == i + 1);
    CHECK(lines[5].value(u"error"_s) == u"agent-limit-reached"_s);
    CHECK(lines[6].value(u"error"_s) == u"agent-is-holder"_s);
}

TEST_CASE("Whoever writes line by line into a pipe gets each answer at once", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    QProcess process;
    process.start(StoreDesk::program(),
                  desk.command({u"link"_s, u"--from"_s, u"-"_s, u"--operator"_s, u"9001"_s}));
    process.write("135790\n");

    for (int i = 1; i <= 3; ++i) {
        process.write(StoreDesk::jsonLine(StoreDesk::entry(i)));
        while (!process.canReadLine() && process.waitForReadyRead(20000)) {
        }
        const QJsonObject answer = QJsonDocument::fromJson(process.readLine()).object();
        CHECK(answer.value(u"line"_s) == i);
        CHECK(answer.value(u"slip"_s) == i);
    }
    process.closeWriteChannel();
    REQUIRE(process.waitForFinished(20000));
    CHECK(process.exitCode() == 0);
}

TEST_CASE("Answers stand in the order of the lines", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();

    const Run run = desk.bulk(desk.bulkFile(1, 700));

    REQUIRE(run.exit == 0);
    const auto lines = run.lines();
    REQUIRE(lines.size() == 700);
    for (int i = 0; i < 700; ++i) {
        CHECK(lines[i].value(u"line"_s) == i + 1);
        CHECK(lines[i].value(u"slip"_s) == i + 1);
    }
}

TEST_CASE("Two programs at once lose, double and skip nothing", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const int each = qEnvironmentVariableIntValue("UPGRADEDESK_E2E_LINKS") > 0
                         ? qEnvironmentVariableIntValue("UPGRADEDESK_E2E_LINKS")
                         : 300;
    QProcess first;
    QProcess second;
    int start = 1;
    for (QProcess *process : {&first, &second}) {
        process->start(StoreDesk::program(),
                       desk.command({u"link"_s, u"--from"_s, desk.bulkFile(start, each),
                                     u"--operator"_s, u"9001"_s}));
        process->write("135790\n");
        process->closeWriteChannel();
        start += each;
    }
    QSet<qint64> slips;
    QSet<QString> records;
    for (QProcess *process : {&first, &second}) {
        REQUIRE(process->waitForFinished(600000));
        CHECK(process->exitCode() == 0);
        const Run run{0, process->readAllStandardOutput(), {}};
        CHECK(run.lines().size() == each);
        for (const QJsonObject &line : run.lines()) {
            slips << line.value(u"slip"_s).toInteger();
            records << line.value(u"record"_s).toString();
        }
    }

    CHECK(slips.size() == 2 * each);
    CHECK(records.size() == 2 * each);
    CHECK(slips.contains(1));
    CHECK(slips.contains(2 * each));
    CHECK(desk.run({u"audit"_s, u"verify"_s}).exit == 0);
    CHECK(desk.run({u"queue"_s, u"status"_s}).line().value(u"queued"_s) == 2 * each);
}

TEST_CASE("Nothing the program wrote after fifty links names anybody", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const Run run = desk.bulk(desk.bulkFile(1, 49));
    REQUIRE(run.exit == 0);
    REQUIRE(desk.link(50).exit == 0);
    QByteArray written = run.out + run.err;
    for (const QStringList &arguments :
         {QStringList{u"queue"_s, u"list"_s}, QStringList{u"audit"_s, u"list"_s}})
        written += desk.run(arguments).out;
    QDirIterator walk(desk.data, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        QFile file(walk.next());
        REQUIRE(file.open(QIODevice::ReadOnly));
        written += file.readAll();
    }

    const auto isWritten = [&](const QString &text) {
        const QByteArray utf8 = text.toUtf8();
        const QByteArray utf16(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
        bool found = written.contains(utf8) || written.contains(utf16);
        for (int shift = 0; shift < 3; ++shift) {
            const QByteArray base64 = (QByteArray(shift, 'x') + utf8).toBase64();
            found = found || written.contains(base64.mid(4, base64.size() - 8));
        }
        return found;
    };
    REQUIRE(isWritten(u"演示站"_s));
    for (int i = 1; i <= 50; ++i) {
        CHECK_FALSE(isWritten(cardNumber(i)));
        CHECK_FALSE(isWritten(residentNumber(i)));
        CHECK_FALSE(isWritten(personName(i)));
    }
}

TEST_CASE("A changed journal is told with the first bad entry and exit 1", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    REQUIRE(desk.bulk(desk.bulkFile(1, 20)).exit == 0);
    {
        SQLite::Database database((desk.data + u"/desk.sqlite"_s).toStdString(),
                                  SQLite::OPEN_READWRITE);
        database.exec("UPDATE journal SET at = at - 1000 WHERE seq = 9");
    }

    const Run verified = desk.run({u"audit"_s, u"verify"_s});

    CHECK(verified.exit == 1);
    CHECK(verified.line().value(u"ok"_s) == false);
    CHECK(verified.line().value(u"firstBad"_s) == 9);
    CHECK(verified.err.contains("entry 9"));
}
