#include "support/catch.h"

#include "e2e/storedesk.h"

#include <QDir>

#include <csignal>
#include <sys/resource.h>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// Runs a shell script in a mount namespace of its own, where even a plain user may mount a tmpfs.
Run inNamespace(const QString &script, const QByteArray &input = {})
{
    return StoreDesk::runProgram(u"unshare"_s, {u"-Urm"_s, u"sh"_s, u"-c"_s, script}, input);
}

bool mayMount()
{
    const QTemporaryDir folder;
    const bool may = inNamespace(u"mount -t tmpfs none '%1'"_s.arg(folder.path())).exit == 0;
    if (!may)
        WARN("this machine permits no mounts of its own: skipped");
    return may;
}

QString quoted(const QStringList &words)
{
    QString line;
    for (const QString &word : words)
        line += u'\'' + word + u"' "_s;
    return line;
}

} // namespace

TEST_CASE("A read-only data folder is one sentence and exit 5", "[e2e]")
{
    if (!mayMount())
        return;
    const StoreDesk desk;
    desk.provision();
    const QString mount =
        u"mount --bind '%1' '%1' && mount -o remount,ro,bind '%1' && "_s.arg(desk.data);

    for (const QStringList &arguments :
         {QStringList{u"queue"_s, u"status"_s},
          QStringList{u"link"_s, u"--from"_s, u"-"_s, u"--operator"_s, u"9001"_s}}) {
        const Run run =
            inNamespace(mount + quoted(QStringList{StoreDesk::program()} + desk.command(arguments)),
                        "135790\n");
        CHECK(run.exit == 5);
        CHECK(run.out.isEmpty());
        CHECK(run.err.contains("cannot be written"));
        CHECK(run.err.count('\n') == 1);
    }
    const Run provision = inNamespace(u"mount -t tmpfs -o ro none '%1' && "_s.arg(desk.data) +
                                      quoted(QStringList{StoreDesk::program()} +
                                             desk.command({u"provision"_s, u"--training"_s})));
    CHECK(provision.exit == 5);
    CHECK(provision.err.contains("cannot be written"));
}

TEST_CASE("A full disk stops with one sentence; what was printed is stored and can be read",
          "[e2e]")
{
    if (!mayMount())
        return;
    const StoreDesk desk;
    QDir().mkpath(desk.data);
    const QString deskctl = quoted(QStringList{StoreDesk::program()} + desk.command({}));
    const QString script =
        u"mount -t tmpfs -o size=2m none '%1' || exit 99\n"
        "%2 provision --training >/dev/null || exit 98\n"
        "echo 135790 | %2 link --from '%3' --operator 9001 >'%4/out' 2>'%4/err'; echo $?\n"
        "head -c 4m /dev/zero >'%1/filler' 2>/dev/null\n"
        "%2 queue status; echo $?\n"
        "%2 audit verify; echo $?\n"
        "rm '%1/filler'\n"
        "%2 audit verify; echo $?\n"_s.arg(desk.data, deskctl, desk.bulkFile(1, 3000),
                                           desk.folder.path());

    const Run run = inNamespace(script);

    REQUIRE(run.exit == 0);
    const QList<QByteArray> lines = run.out.trimmed().split('\n');
    INFO(run.out.toStdString() << run.err.toStdString());
    REQUIRE(lines.size() == 7);
    CHECK(lines[0] == "5");
    QFile err(desk.folder.filePath(u"err"_s));
    REQUIRE(err.open(QIODevice::ReadOnly));
    const QByteArray sentence = err.readAll();
    CHECK(sentence.contains("storage is full"));
    CHECK(sentence.count('\n') == 1);
    QFile out(desk.folder.filePath(u"out"_s));
    REQUIRE(out.open(QIODevice::ReadOnly));
    const qsizetype printed = out.readAll().count('\n');
    CHECK(printed > 100);
    CHECK(QJsonDocument::fromJson(lines[1]).object().value(u"queued"_s) == printed);
    CHECK(lines[2] == "0");
    CHECK(lines[4] == "0");
    CHECK(lines[6] == "0");
}

TEST_CASE("A limit on file size counts as a full disk", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const QString file = desk.bulkFile(1, 2000);

    const Run run = StoreDesk::runProgram(
        StoreDesk::program(),
        desk.command({u"link"_s, u"--from"_s, file, u"--operator"_s, u"9001"_s}), "135790\n", [] {
            signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{600000, 600000};
            setrlimit(RLIMIT_FSIZE, &limit);
        });

    CHECK(run.exit == 5);
    CHECK(run.err.contains("storage is full"));
    CHECK(run.err.count('\n') == 1);
    CHECK(desk.run({u"queue"_s, u"status"_s}).line().value(u"queued"_s).toInt() ==
          run.lines().size());
    CHECK(desk.run({u"audit"_s, u"verify"_s}).exit == 0);
}

TEST_CASE("A damaged database is told with exit 5 and left as it is", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    REQUIRE(desk.bulk(desk.bulkFile(1, 50)).exit == 0);
    const QString path = desk.data + u"/desk.sqlite"_s;
    const auto bytes = [&] {
        QFile file(path);
        REQUIRE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    };
    QByteArray damaged = bytes();
    const int from = GENERATE(0, 4096, 40000);
    damaged.replace(from, 3000, QByteArray(3000, '\x77'));
    {
        QFile file(path);
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write(damaged);
    }

    for (const QStringList &arguments :
         {QStringList{u"audit"_s, u"verify"_s}, QStringList{u"queue"_s, u"status"_s},
          QStringList{u"link"_s, u"--from"_s, u"-"_s, u"--operator"_s, u"9001"_s}}) {
        const Run run = desk.run(arguments, "135790\n");
        CHECK(run.exit == 5);
        CHECK(run.err.contains("damaged"));
        CHECK(run.err.count('\n') == 1);
    }
    const bool untouched = bytes() == damaged;
    CHECK(untouched);
}
