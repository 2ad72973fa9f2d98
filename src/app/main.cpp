#include "app/desk.h"
#include "app/lookfile.h"
#include "core/process.h"
#include "core/sentences.h"
#include "gui/starttrouble.h"

#include <QApplication>
#include <QFontDatabase>
#include <QScreen>
#include <QThread>

#ifdef Q_OS_LINUX
#include <fontconfig/fontconfig.h>
#endif

#include <cstdio>
#include <functional>
#include <future>
#include <optional>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

int misused(const LocalText &why, const QStringList &arguments)
{
    const Language language = languageOf(arguments);
    const Error error{ErrorCode::Usage, why.english, {why.in(language), u"upgradedesk"_s}};
    std::fprintf(stderr, "%s\n", sentence(error, language).toUtf8().constData());
    return int(ExitCode::Usage);
}

/// What needs no window. Nothing when the program has to go on.
std::optional<int> answer(const tl::expected<Options, LocalText> &options,
                          const QStringList &arguments)
{
    if (!options)
        return misused(options.error(), arguments);
    if (options->help)
        std::fputs(optionsHelp, stdout);
    else if (options->version)
        std::puts("upgradedesk " UPGRADEDESK_VERSION);
    else
        return std::nullopt;
    return int(ExitCode::Done);
}

/// Reads what fonts the system has; Qt looks for it later, and finds it there.
void loadSystemFonts()
{
#ifdef Q_OS_LINUX
    FcInit();
#endif
}

/// Says it on stderr for scripts and on the screen for staff; returns the exit code.
int refuse(const Error &error, Appearance &appearance)
{
    const Language language = appearance.look().language;
    std::fprintf(stderr, "%s\n", sentence(error, language).toUtf8().constData());
    StartTrouble trouble(error);
    QObject::connect(&trouble, &StartTrouble::ended, qApp, &QCoreApplication::quit);
    appearance.follow(trouble);
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
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    // QApplication ends the program where there is no display, so what can be answered before is.
    arguments = withoutOptionsOfQt(arguments);
    const auto options = parseOptions(arguments);
    if (const auto code = answer(options, arguments))
        return *code;

    reserveHeap();
    // Qt takes the first thread it hears of for the one of the window.
    QThread::currentThread();
    // Files, keys and the system's fonts take as long as the connection to the screen, and then our
    // own widgets as long as Qt's list of these fonts: side by side.
    const SystemClock clock;
    auto loading = std::async(std::launch::async, loadDeskData, *options, std::cref(clock));
    const auto fonts = std::async(std::launch::async, loadSystemFonts);
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"upgradedesk"_s);
    QApplication::setApplicationVersion(QStringLiteral(UPGRADEDESK_VERSION));
    const auto families = std::async(std::launch::async, [] { QFontDatabase::hasFamily({}); });
    Appearance appearance(startLook(*options));
    auto data = loading.get();
    if (!data)
        return refuse(data.error(), appearance);

    Desk desk(*options, clock, appearance, *std::move(data));
    std::optional<Error> failure;
    QObject::connect(&desk, &Desk::startFailed, qApp, [&failure](const Error &error) {
        failure = error;
        QCoreApplication::quit();
    });
    const auto started = desk.start();
    if (!started)
        return refuse(started.error(), appearance);
    const int code = QApplication::exec();
    return failure ? refuse(*failure, appearance) : code;
}
