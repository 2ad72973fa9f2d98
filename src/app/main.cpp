#include "app/desk.h"
#include "app/lookfile.h"
#include "core/process.h"
#include "core/sentences.h"
#include "gui/starttrouble.h"

#include <QApplication>
#include <QFontDatabase>
#include <QScreen>

#include <cstdio>
#include <future>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

/// Says it on stderr for scripts and on the screen for staff; returns the exit code.
int refuse(const Error &error, const Appearance &appearance)
{
    const Language language = appearance.look().language;
    std::fprintf(stderr, "%s\n", sentence(error, language).toUtf8().constData());
    StartTrouble trouble(error);
    QObject::connect(&trouble, &StartTrouble::ended, qApp, &QCoreApplication::quit);
    trouble.setGeometry(QGuiApplication::primaryScreen()->availableGeometry());
    trouble.showMaximized();
    QApplication::exec();
    return int(exitCode(error.code));
}

Look startLook(const Options &options)
{
    Look look = loadLook(options.dataFolder);
    look.language = options.language.value_or(look.language);
    look.dark = options.dark.value_or(look.dark);
    look.textSize = options.textSize.value_or(look.textSize);
    return look;
}

} // namespace

int main(int argc, char *argv[])
{
    forbidCoreDumps();
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"upgradedesk"_s);
    QApplication::setApplicationVersion(QStringLiteral(UPGRADEDESK_VERSION));

    const auto options = parseOptions(QApplication::arguments().mid(1));
    if (!options) {
        const QString why = sentence(options.error(), Language::Chinese);
        std::fprintf(stderr, "%s\n", why.toUtf8().constData());
        return int(ExitCode::Usage);
    }
    if (options->help) {
        std::fputs(optionsHelp, stdout);
        return int(ExitCode::Done);
    }

    // The list of the system's fonts takes as long as our own files: side by side.
    const auto fonts = std::async(std::launch::async, [] { QFontDatabase::hasFamily({}); });
    Appearance appearance(startLook(*options));
    const SystemClock clock;
    const auto desk = Desk::create(*options, clock, appearance);
    if (!desk)
        return refuse(desk.error(), appearance);
    std::optional<Error> failure;
    QObject::connect(desk->get(), &Desk::startFailed, qApp, [&failure](const Error &error) {
        failure = error;
        QCoreApplication::quit();
    });
    (*desk)->start();
    const int code = QApplication::exec();
    return failure ? refuse(*failure, appearance) : code;
}
