#include "app/desk.h"
#include "core/process.h"
#include "core/sentences.h"
#include "gui/starttrouble.h"
#include "gui/theme/theme.h"

#include <QApplication>
#include <QScreen>
#include <QTranslator>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

/// Says it on stderr for scripts and on the screen for staff; returns the exit code.
int refuse(const Error &error, Language language)
{
    std::fprintf(stderr, "%s\n", sentence(error, language).toUtf8().constData());
    StartTrouble trouble(error);
    QObject::connect(&trouble, &StartTrouble::ended, qApp, &QCoreApplication::quit);
    trouble.setGeometry(QGuiApplication::primaryScreen()->availableGeometry());
    trouble.showMaximized();
    QApplication::exec();
    return int(exitCode(error.code));
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

    QTranslator translator;
    if (options->language == Language::English && translator.load(u":/i18n/upgradedesk_en.qm"_s))
        QApplication::installTranslator(&translator);
    applyTheme(application, Theme::light());

    const SystemClock clock;
    const auto desk = Desk::create(*options, clock);
    if (!desk)
        return refuse(desk.error(), options->language);
    std::optional<Error> failure;
    QObject::connect(desk->get(), &Desk::startFailed, qApp, [&failure](const Error &error) {
        failure = error;
        QCoreApplication::quit();
    });
    (*desk)->start();
    const int code = QApplication::exec();
    return failure ? refuse(*failure, options->language) : code;
}
