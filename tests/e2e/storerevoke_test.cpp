#include "support/catch.h"

#include "e2e/storedesk.h"

#include "core/recordid.h"
#include "wire/recordfile.h"

#include <QElapsedTimer>
#include <QRandomGenerator>

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// One line of `link --from` with another card or medium for the person.
QByteArray entryOf(int card, int person)
{
    QJsonObject object = StoreDesk::entry(person);
    object.insert(u"card"_s, cardNumber(card));
    return StoreDesk::jsonLine(object);
}

QString recordOf(const Run &run)
{
    return run.line().value(u"record"_s).toString();
}

} // namespace

TEST_CASE("Revoke speaks as the contract says and frees the card", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const Run linked = desk.link(1);
    REQUIRE(linked.exit == 0);

    const Run revoked = desk.revoke(recordOf(linked));

    REQUIRE(revoked.exit == 0);
    CHECK(revoked.line().keys() == QStringList{u"record"_s, u"slip"_s, u"state"_s});
    CHECK(isRecordId(recordOf(revoked)));
    CHECK(revoked.line().value(u"slip"_s) == 2);
    CHECK(revoked.line().value(u"state"_s) == u"queued"_s);
    CHECK(revoked.err.isEmpty());
    const auto rows = desk.run({u"queue"_s, u"list"_s}).lines();
    REQUIRE(rows.size() == 2);
    CHECK(rows[1].value(u"kind"_s) == u"revoke"_s);
    CHECK(desk.bulk(u"-"_s, "135790\n" + entryOf(1, 2)).exit == 0);
    CHECK(desk.run({u"audit"_s, u"verify"_s}).exit == 0);
}

TEST_CASE("Revoking the revoke restores, unless the card has gone to somebody else", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const QString revoke = recordOf(desk.revoke(recordOf(desk.link(1))));

    SECTION("free")
    {
        const Run restored = desk.revoke(revoke);
        CHECK(restored.exit == 0);
        CHECK(restored.line().value(u"slip"_s) == 3);
        const Run taken = desk.bulk(u"-"_s, "135790\n" + entryOf(1, 2));
        CHECK(taken.line().value(u"error"_s) == u"card-linked-to-other"_s);
    }
    SECTION("taken, and so no longer the last record either")
    {
        REQUIRE(desk.bulk(u"-"_s, "135790\n" + entryOf(1, 2)).exit == 0);
        const Run restored = desk.revoke(revoke);
        CHECK(restored.exit == 1);
        CHECK(restored.out.isEmpty());
    }
    CHECK(desk.run({u"audit"_s, u"verify"_s}).exit == 0);
}

TEST_CASE("Revoke refuses with one sentence and the exit code of its reason", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const QString first = recordOf(desk.link(1));
    const QString second = recordOf(desk.link(2));
    const auto sentence = [](const Run &run, int exit, const QByteArray &part) {
        INFO(run.err.toStdString());
        CHECK(run.exit == exit);
        CHECK(run.out.isEmpty());
        CHECK(run.err.count('\n') == 1);
        CHECK(run.err.contains(part));
    };

    sentence(desk.revoke(first), 1, "only your own last record");
    sentence(desk.revoke(u"01812345-0000-7000-8000-000000000001"_s), 1, "no such record");
    sentence(desk.revoke(u"something"_s), 1, "no such record");
    sentence(desk.revoke(second, "000000\n"), 6, "Wrong PIN");
    sentence(desk.revoke(second, {}), 6, "No PIN");
    sentence(desk.revoke(u"9"_s), 1, "no such record");
    sentence(desk.revoke(u"0"_s), 1, "no such record");
    sentence(desk.revoke(second, "135790\n", u"9009"_s), 6, "no such operator");
    sentence(desk.run({u"revoke"_s, u"--operator"_s, u"9001"_s}), 2, "revoke takes one record");
    sentence(desk.run({u"revoke"_s, second}), 2, "--operator");
    {
        SQLite::Database database((desk.data + u"/desk.sqlite"_s).toStdString(),
                                  SQLite::OPEN_READWRITE);
        database.exec("UPDATE outbox SET boot_ticks = boot_ticks - 300001");
    }
    sentence(desk.revoke(second), 1, "More than 5 minutes");
    CHECK(desk.run({u"queue"_s, u"status"_s}).line().value(u"queued"_s) == 2);
}

TEST_CASE("A record is revoked by its slip as by its id", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    REQUIRE(desk.link(1).line().value(u"slip"_s) == 1);
    const QString second = recordOf(desk.link(2));

    CHECK(desk.revoke(u"1"_s).exit == 1);
    const Run revoked = desk.revoke(u"2"_s);

    REQUIRE(revoked.exit == 0);
    CHECK(revoked.line().value(u"slip"_s) == 3);
    CHECK(recordOf(desk.revoke(second)) == recordOf(revoked));
    const Run help = desk.run({u"revoke"_s, u"--help"_s});
    CHECK(help.exit == 0);
    CHECK(help.out.contains("revoke RECORD|SLIP"));
}

TEST_CASE("The help says of each mode of sync what it does", "[e2e]")
{
    const QByteArray help = StoreDesk().run({u"sync"_s, u"--help"_s}).out;

    for (const char *line : {"\n       --once, or no option           each record is tried once",
                             "\n       --until-empty                  as long as records wait"})
        CHECK(help.contains(line));
}

TEST_CASE("Two programs that revoke the same record at once store one revoke", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const QString link = recordOf(desk.link(1));
    std::array<QProcess, 3> programs;
    for (QProcess &program : programs) {
        program.start(StoreDesk::program(),
                      desk.command({u"revoke"_s, link, u"--operator"_s, u"9001"_s}));
        program.write("135790\n");
        program.closeWriteChannel();
    }

    QSet<QString> records;
    for (QProcess &program : programs) {
        REQUIRE(program.waitForFinished(60000));
        CHECK(program.exitCode() == 0);
        records << recordOf(Run{0, program.readAllStandardOutput(), {}});
    }

    CHECK(records.size() == 1);
    CHECK(desk.run({u"queue"_s, u"list"_s}).lines().size() == 2);
    CHECK(desk.run({u"audit"_s, u"verify"_s}).exit == 0);
}

TEST_CASE("Killed at any moment, a revoke is stored wholly or not at all, and can be asked again",
          "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const int kills = qEnvironmentVariableIntValue("UPGRADEDESK_E2E_KILLS") > 0
                          ? qEnvironmentVariableIntValue("UPGRADEDESK_E2E_KILLS")
                          : 6;
    QRandomGenerator random = QRandomGenerator::securelySeeded();
    int cutOff = 0;

    for (int round = 1; round <= kills; ++round) {
        const QString link = recordOf(desk.link(round));
        QProcess program;
        program.start(StoreDesk::program(),
                      desk.command({u"revoke"_s, link, u"--operator"_s, u"9001"_s}));
        program.write("135790\n");
        program.closeWriteChannel();
        QElapsedTimer timer;
        timer.start();
        const int after = random.bounded(100, 260);
        while (timer.elapsed() < after && program.state() != QProcess::NotRunning)
            program.waitForReadyRead(1);
        program.kill();
        program.waitForFinished(20000);
        const QString told = recordOf(Run{0, program.readAllStandardOutput(), {}});
        cutOff += told.isEmpty();

        const Run again = desk.revoke(link);
        REQUIRE(again.exit == 0);
        if (!told.isEmpty())
            CHECK(recordOf(again) == told);
        // The same card is free for the same person's other try and for anybody else.
        CHECK(desk.run({u"queue"_s, u"list"_s}).lines().size() == 2 * round);
    }

    INFO(cutOff << " of " << kills << " cut off");
    CHECK(desk.run({u"audit"_s, u"verify"_s}).exit == 0);
}

TEST_CASE("The queue is exported whole, sealed and in order, and stays as it is", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    REQUIRE(desk.bulk(desk.bulkFile(1, 30)).exit == 0);
    const QString link = recordOf(desk.link(31));
    REQUIRE(desk.revoke(link).exit == 0);
    const QByteArray before = desk.run({u"queue"_s, u"list"_s}).out;
    const QString path = desk.folder.filePath(u"out.jsonl"_s);

    const Run exported = desk.run({u"queue"_s, u"export"_s, path});

    REQUIRE(exported.exit == 0);
    CHECK(exported.line().value(u"records"_s) == 32);
    CHECK(exported.line().value(u"file"_s) == path);
    CHECK(desk.run({u"queue"_s, u"list"_s}).out == before);
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    QStringList ids;
    QHash<QString, QByteArray> sealed;
    const auto head =
        wire::readRecordFile(file, [&](const QString &id, const QByteArray &bytes) -> Result<void> {
            ids << id;
            sealed.insert(id, bytes);
            return {};
        });
    REQUIRE(head);
    CHECK(head->hub == u"training-hub"_s);
    QStringList listed;
    for (const QJsonObject &row : desk.run({u"queue"_s, u"list"_s}).lines())
        listed << row.value(u"record"_s).toString();
    CHECK(ids == listed);
    SQLite::Database database((desk.data + u"/desk.sqlite"_s).toStdString());
    SQLite::Statement rows(database, "SELECT record, sealed FROM outbox");
    while (rows.executeStep()) {
        const auto bytes = rows.getColumn(1);
        CHECK(sealed.value(QString::fromStdString(rows.getColumn(0).getString())) ==
              QByteArray(static_cast<const char *>(bytes.getBlob()), bytes.getBytes()));
    }

    file.seek(0);
    const QByteArray text = file.readAll();
    QByteArray all = text;
    for (const QByteArray &bytes : std::as_const(sealed))
        all += bytes;
    for (int i = 1; i <= 31; ++i) {
        CHECK_FALSE(all.contains(cardNumber(i).toUtf8()));
        CHECK_FALSE(all.contains(residentNumber(i).toUtf8()));
        CHECK_FALSE(all.contains(personName(i).toUtf8()));
        CHECK_FALSE(all.contains(cardNumber(i).right(4).prepend(u'*').toUtf8()));
    }
}

TEST_CASE("An export takes no other file's place and names a folder it cannot write", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    REQUIRE(desk.link(1).exit == 0);
    const QString path = desk.folder.filePath(u"out.jsonl"_s);
    REQUIRE(desk.run({u"queue"_s, u"export"_s, path}).exit == 0);
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();

    const Run again = desk.run({u"queue"_s, u"export"_s, path});
    CHECK(again.exit == 1);
    CHECK(again.err.contains("exists"));
    CHECK(again.out.isEmpty());
    file.seek(0);
    CHECK(file.readAll() == before);

    const Run nowhere =
        desk.run({u"queue"_s, u"export"_s, desk.folder.filePath(u"no/out.jsonl"_s)});
    CHECK(nowhere.exit == 2);
    CHECK(nowhere.err.count('\n') == 1);
    CHECK(desk.run({u"queue"_s, u"export"_s}).exit == 2);
}
