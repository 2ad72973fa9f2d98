#include "stallwatch.h"

#include "app/desk.h"
#include "gui/theme/theme.h"

#include <QApplication>
#include <QSocketNotifier>
#include <QTranslator>

#include <cstdio>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::bench;

/// The desk as main.cpp makes it, with a watch on its event loop. A line on stdin starts the watch
/// afresh; the end of stdin ends the desk, which then prints what was seen.
int main(int argc, char *argv[])
{
    WatchedApplication application(argc, argv);
    QApplication::setApplicationName(u"upgradedesk"_s);
    const auto options = parseOptions(QApplication::arguments().mid(1));
    if (!options)
        return 2;
    QTranslator translator;
    if (options->language == Language::English && translator.load(u":/i18n/upgradedesk_en.qm"_s))
        QApplication::installTranslator(&translator);
    applyTheme(application, Theme::light());

    const SystemClock clock;
    const auto desk = Desk::create(*options, clock);
    if (!desk)
        return 1;
    StallWatch watch(application);
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &application, [&watch] {
        std::array<char, 64> line{};
        if (::read(STDIN_FILENO, line.data(), line.size()) > 0)
            watch.restart();
        else
            QCoreApplication::quit();
    });
    (*desk)->start();
    QApplication::exec();
    std::puts(watch.summary().constData());
    return 0;
}
