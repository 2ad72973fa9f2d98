#include "support/catch.h"

#include "e2e/cardprograms.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk::test;

namespace
{

/// The window on a machine without a display.
Outcome withoutDisplay(const QStringList &arguments)
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s})
        environment.remove(name);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    process.setProcessEnvironment(environment);
    process.start(program(u"upgradedesk"_s), arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(programPatienceMs) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

TEST_CASE("Help and version need no display", "[e2e]")
{
    const auto [option, text] = GENERATE(table<QString, QByteArray>({
        {u"--help"_s, "upgradedesk [--training | --practice]"},
        {u"-h"_s, "upgradedesk [--training | --practice]"},
        {u"--version"_s, "upgradedesk "},
    }));

    // With an option of Qt's own it starts QApplication, and still no desk.
    const auto more = GENERATE(QStringList{}, (QStringList{u"-platform"_s, u"offscreen"_s}));

    const Outcome run = withoutDisplay(QStringList{option} + more);

    CHECK(run.code == 0);
    CHECK(run.out.contains(text));
    if (more.isEmpty())
        CHECK(run.err.isEmpty());
}

TEST_CASE("A wrong line is told in one sentence of one language that names this program", "[e2e]")
{
    const auto [arguments, sentence] = GENERATE(table<QStringList, QByteArray>({
        {{u"--lang"_s, u"en"_s, u"--bogus"_s},
         "The command is not right: an option is not known. See upgradedesk --help.\n"},
        {{u"--bogus"_s, u"--lang"_s, u"zh_CN"_s},
         "命令写得不对：有一个选项不认识。请看 upgradedesk --help。\n"},
        {{u"--lang"_s, u"en"_s, u"--training"_s, u"--reader"_s, u"pn532_uart:/dev/ttyUSB0"_s},
         "The command is not right: --training uses its virtual reader and takes no --reader. See "
         "upgradedesk --help.\n"},
    }));

    const Outcome run = withoutDisplay(arguments);

    CHECK(run.code == 2);
    CHECK(run.err == sentence);
    CHECK(run.out.isEmpty());
}

TEST_CASE("A data folder of the training mode is told when --training is missing", "[e2e]")
{
    const QTemporaryDir folder;
    const QString data = folder.filePath(u"data"_s);
    REQUIRE(runProgram(u"deskctl"_s, {u"--data"_s, data, u"provision"_s, u"--training"_s}).code ==
            0);
    QProcess window;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    window.setProcessEnvironment(environment);

    window.start(program(u"upgradedesk"_s), {u"--data"_s, data, u"--lang"_s, u"en"_s});
    window.setReadChannel(QProcess::StandardError);
    // Qt may have something to say first.
    QByteArray said;
    while (!said.contains(data.toUtf8()) && waitForLine(window))
        said = window.readLine();

    CHECK(said.contains(data.toUtf8()));
    CHECK(said.contains("upgradedesk --training"));
    // It shows the sentence until somebody ends it.
    window.kill();
    CHECK(window.waitForFinished(programPatienceMs));
}
