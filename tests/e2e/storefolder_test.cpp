#include "support/catch.h"

#include "e2e/storedesk.h"

#include <QDir>
#include <QFileInfo>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// deskctl of a user whose data lies in this folder.
Run runAtHome(const QTemporaryDir &home, const QStringList &arguments)
{
    return StoreDesk::runProgram(
        u"/usr/bin/env"_s,
        QStringList{u"XDG_DATA_HOME="_s + home.path(), StoreDesk::program(), u"--lang"_s, u"en"_s} +
            arguments);
}

} // namespace

TEST_CASE("Data of the training mode is found with --training and told of without", "[e2e]")
{
    const QTemporaryDir home;
    const Run none = runAtHome(home, {u"queue"_s, u"status"_s});
    CHECK(none.exit == 6);
    CHECK(none.err.contains("deskctl provision --training"));
    CHECK(none.err.contains("deskctl enrol"));

    REQUIRE(runAtHome(home, {u"provision"_s, u"--training"_s}).exit == 0);
    const Run without = runAtHome(home, {u"queue"_s, u"status"_s});
    CHECK(without.exit == 6);
    CHECK(without.err.contains("deskctl --training"));
    CHECK(without.err.contains(home.filePath(u"upgradedesk/training"_s).toUtf8()));
    CHECK(without.err.count('\n') == 1);

    CHECK(runAtHome(home, {u"--training"_s, u"queue"_s, u"status"_s}).exit == 0);
    CHECK(runAtHome(home, {u"card"_s, u"resolve"_s, u"--near"_s, u"310517009900000001"_s}).exit ==
          1);
    const QString folder = home.filePath(u"upgradedesk/training"_s);
    CHECK(runAtHome(home, {u"--data"_s, folder, u"queue"_s, u"status"_s}).exit == 0);
    CHECK_FALSE(QFileInfo::exists(home.filePath(u"upgradedesk/production"_s)));
}

TEST_CASE("Provisioning names the folder that cannot be made or written", "[e2e]")
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"file"_s);
    REQUIRE(QFile(file).open(QIODevice::WriteOnly));

    for (const QString &data : {file, file + u"/desk"_s, u"/proc/desk"_s, u"/proc/no/desk"_s}) {
        INFO(data.toStdString());
        const Run run =
            StoreDesk::runProgram(StoreDesk::program(), {u"--lang"_s, u"en"_s, u"--data"_s, data,
                                                         u"provision"_s, u"--training"_s});
        CHECK(run.exit == 5);
        CHECK(run.err.startsWith("The data folder cannot be written: " + data.toUtf8() + '.'));
        CHECK(run.err.count('\n') == 1);
        CHECK(run.out.isEmpty());
    }
    CHECK(QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot) ==
          QStringList{u"file"_s});
}
