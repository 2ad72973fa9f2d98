#include "app/desk.h"
#include "app/lookfile.h"
#include "core/process.h"
#include "core/sentences.h"
#include "gui/starttrouble.h"

#include <QApplication>
#include <QFontDatabase>
#include <QRegularExpression>
#include <QScreen>

#include <algorithm>
#include <cstdio>
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

/// Options of QApplication's own, which it takes away; with one dash or two.
bool isForQt(const QString &argument)
{
    static const QRegularExpression own(
        u"^--?(platform(pluginpath|theme)?|plugin|style(sheet)?|display|geometry|title|icon|name|"
        "reverse|session|dpi|fontengine|qwindow(geometry|icon|title)|qmljsdebugger)(=.*)?$"_s);
    return own.match(argument).hasMatch();
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
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    // QApplication ends the program where there is no display, so what can be answered before is.
    if (std::ranges::none_of(arguments, isForQt)) {
        if (const auto code = answer(parseOptions(arguments), arguments))
            return *code;
    }
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"upgradedesk"_s);
    QApplication::setApplicationVersion(QStringLiteral(UPGRADEDESK_VERSION));

    const auto options = parseOptions(QApplication::arguments().mid(1));
    if (const auto code = answer(options, arguments))
        return *code;

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
