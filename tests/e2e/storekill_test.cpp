#include "support/catch.h"

#include "e2e/storedesk.h"

#include <QElapsedTimer>
#include <QRandomGenerator>

#include <SQLiteCpp/SQLiteCpp.h>

#include <csignal>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// Ids a run printed before it was killed `after` milliseconds from its first answer (or, when
/// negative, so long after its start).
QStringList printedUntilKilled(const StoreDesk &desk, const QString &file, int after)
{
    QProcess process;
    process.start(StoreDesk::program(),
                  desk.command({u"link"_s, u"--from"_s, file, u"--operator"_s, u"9001"_s}));
    process.write("135790\n");
    process.closeWriteChannel();
    if (after >= 0)
        process.waitForReadyRead(20000);
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < qAbs(after) && process.state() != QProcess::NotRunning)
        process.waitForReadyRead(1);
    process.kill();
    process.waitForFinished(20000);

    QStringList ids;
    for (const QJsonObject &line : Run{0, process.readAllStandardOutput(), {}}.lines())
        ids << line.value(u"record"_s).toString();
    return ids;
}

} // namespace

TEST_CASE("Killed at any moment, every id that was printed is stored exactly once", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const int kills = qEnvironmentVariableIntValue("UPGRADEDESK_E2E_KILLS") > 0
                          ? qEnvironmentVariableIntValue("UPGRADEDESK_E2E_KILLS")
                          : 12;
    constexpr int linesPerRun = 1000;
    QRandomGenerator random = QRandomGenerator::securelySeeded();
    QStringList printed;
    int cutOff = 0;

    for (int round = 0; round < kills; ++round) {
        const int after = random.bounded(4) == 0 ? -random.bounded(1, 150) : random.bounded(300);
        const QStringList ids =
            printedUntilKilled(desk, desk.bulkFile(1 + round * linesPerRun, linesPerRun), after);
        printed << ids;
        cutOff += ids.size() < linesPerRun;
        QFile::remove(desk.folder.filePath(u"bulk-%1.jsonl"_s.arg(1 + round * linesPerRun)));
    }

    QHash<QString, int> stored;
    qint64 slips = 0;
    for (const QJsonObject &row : desk.run({u"queue"_s, u"list"_s}).lines()) {
        ++stored[row.value(u"record"_s).toString()];
        CHECK(row.value(u"slip"_s) == ++slips);
    }
    INFO(printed.size() << " printed, " << slips << " stored, " << cutOff << " runs cut off");
    CHECK(cutOff > 0);
    CHECK(printed.size() > 0);
    CHECK(slips >= printed.size());
    for (const QString &id : std::as_const(printed))
        CHECK(stored.value(id) == 1);
    const Run verified = desk.run({u"audit"_s, u"verify"_s});
    CHECK(verified.exit == 0);
    SQLite::Database database((desk.data + u"/desk.sqlite"_s).toStdString(),
                              SQLite::OPEN_READWRITE);
    CHECK(database.execAndGet("PRAGMA integrity_check").getString() == "ok");
    // The desk goes on where it was.
    const Run next = desk.link(kills * linesPerRun + 1);
    CHECK(next.line().value(u"slip"_s) == slips + 1);
}
