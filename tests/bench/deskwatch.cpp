#include "slowevents.h"

#include "support/stallwatch.h"

#include "app/desk.h"
#include "gui/appearance.h"
#include "gui/theme/theme.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>

#include <array>
#include <cstdio>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

QByteArray summary(const test::StallReport &report, const bench::SlowEvents &events)
{
    const auto milliseconds = [](std::chrono::microseconds time) {
        return double(time.count()) / 1000;
    };
    const QJsonObject seen{{u"longestMs"_s, milliseconds(report.longest)},
                           {u"longestElapsedMs"_s, milliseconds(report.longestElapsed)},
                           {u"pings"_s, report.pings},
                           {u"over16ms"_s, report.over16ms},
                           {u"events"_s, events.longest()}};
    return QJsonDocument(QJsonObject{{u"stalls"_s, seen}}).toJson(QJsonDocument::Compact);
}

} // namespace

/// The desk as main.cpp makes it, with a watch on its event loop. A line on stdin starts the watch
/// afresh; the end of stdin ends the desk, which then prints what was seen.
int main(int argc, char *argv[])
{
    bench::SlowEvents application(argc, argv);
    QApplication::setApplicationName(u"upgradedesk"_s);
    const auto options = parseOptions(QApplication::arguments().mid(1));
    if (!options)
        return int(ExitCode::Usage);
    applyTheme(application, Theme::light());

    const SystemClock clock;
    Appearance appearance(Look{});
    auto data = loadDeskData(*options, clock);
    if (!data)
        return int(exitCode(data.error().code));
    Desk desk(*options, clock, appearance, *std::move(data));
    test::StallWatch watch;
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &application, [&] {
        std::array<char, 64> line{};
        if (::read(STDIN_FILENO, line.data(), line.size()) <= 0)
            return QCoreApplication::quit();
        watch.reset();
        application.reset();
    });
    if (const auto started = desk.start(); !started)
        return int(exitCode(started.error().code));
    QApplication::exec();
    std::puts(summary(watch.report(), application).constData());
    return 0;
}
