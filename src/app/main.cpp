#include "app/desk.h"
#include "core/process.h"
#include "core/sentences.h"
#include "gui/theme/theme.h"

#include <QApplication>
#include <QTranslator>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

int report(const Error &error, Language language)
{
    std::fprintf(stderr, "%s\n", sentence(error, language).toUtf8().constData());
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
    if (!options)
        return report(options.error(), Language::Chinese);
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
        return report(desk.error(), options->language);
    (*desk)->start();
    return QApplication::exec();
}
