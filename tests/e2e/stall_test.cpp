#include "support/catch.h"

#include "app/desk.h"
#include "gui/appearance.h"
#include "gui/pages/headlinelabel.h"
#include "gui/widgets/pinedit.h"
#include "gui/widgets/statusstrip.h"
#include "support/stallwatch.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <csignal>
#include <functional>
#include <iostream>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

// The whole desk in this process, with its real child, its threads and the virtual reader. The
// figure is printed; it is held against one frame of 16 ms only when UPGRADEDESK_STALL_TAPS says
// how many taps, on a machine that has nothing else to do.

namespace
{

constexpr int patience = 60'000;

template <typename T>
T *onScreen()
{
    for (QWidget *top : QApplication::topLevelWidgets()) {
        for (T *widget : top->findChildren<T *>()) {
            if (widget->isVisible())
                return widget;
        }
    }
    return nullptr;
}

MainWindow *deskWindow()
{
    for (QWidget *top : QApplication::topLevelWidgets()) {
        if (auto *window = qobject_cast<MainWindow *>(top))
            return window;
    }
    return nullptr;
}

/// Runs the event loop, and nothing but the event loop, until something is so.
bool until(const std::function<bool()> &condition)
{
    QElapsedTimer time;
    time.start();
    while (!condition()) {
        if (time.elapsed() > patience)
            return false;
        QEventLoop loop;
        QTimer::singleShot(20, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return true;
}

StatusItem::Mood readerMood()
{
    return onScreen<StatusStrip>()->chip(u"reader"_s)->item().mood;
}

bool readerWorks()
{
    return onScreen<StatusStrip>()->chip(u"reader"_s)->item().icon == Icon::CheckCircle &&
           readerMood() == StatusItem::Mood::Calm;
}

QString headline()
{
    const auto *label = onScreen<HeadlineLabel>();
    return label ? label->text() : QString();
}

void killChild()
{
    QFile children(u"/proc/self/task/%1/children"_s.arg(QCoreApplication::applicationPid()));
    REQUIRE(children.open(QIODevice::ReadOnly));
    for (const QByteArray &child : children.readAll().simplified().split(' ')) {
        if (child.toInt() > 0)
            ::kill(child.toInt(), SIGKILL);
    }
}

} // namespace

TEST_CASE("Taps with faults leave nobody waiting for the window", "[e2e]")
{
    bool measured = false;
    const int wanted = qEnvironmentVariableIntValue("UPGRADEDESK_STALL_TAPS", &measured);
    const int taps = measured ? wanted : 12;
    const QTemporaryDir folder;
    Options options;
    options.profile = Profile::Training;
    options.dataFolder = folder.path();
    const SystemClock clock;
    Appearance appearance(Look{});
    auto data = loadDeskData(options, clock);
    REQUIRE(data);
    Desk desk(options, clock, appearance, *std::move(data));
    REQUIRE(desk.start());
    REQUIRE(until([] { return onScreen<PinEdit>() != nullptr; }));
    MainWindow *window = deskWindow();
    REQUIRE(window);
    for (const char digit : {'1', '3', '5', '7', '9', '0'})
        QTest::keyClick(onScreen<PinEdit>(), digit);
    REQUIRE(until([] { return onScreen<PinEdit>() == nullptr; }));
    REQUIRE(until(readerWorks));

    const QStringList cards{u"beijing-card"_s, u"wristband"_s, u"phone"_s, u"older-card"_s,
                            u"foreign-card"_s};
    QSignalSpy shown(window, &MainWindow::pageShown);
    const StallWatch watch;
    for (int i = 0; i < taps; ++i) {
        INFO("tap " << i);
        const auto before = shown.size();
        emit window->trainingTapRequested(cards.at(i % cards.size()));
        REQUIRE(until([&] { return shown.size() > before; }));
        emit window->trainingRemoveRequested();
        switch (i % 12) {
        case 3:
            emit window->trainingTearRequested(cards.at((i + 1) % cards.size()));
            until([] { return headline() == u"没读完，请再放一次"; });
            CHECK(headline() == u"没读完，请再放一次");
            break;
        case 7:
            emit window->trainingUnplugRequested();
            REQUIRE(until([] { return readerMood() == StatusItem::Mood::Bad; }));
            emit window->trainingPlugRequested();
            REQUIRE(until(readerWorks));
            break;
        case 11:
            killChild();
            REQUIRE(until(readerWorks));
            break;
        default:
            break;
        }
    }

    const StallReport report = watch.report();
    std::cout << "longest stall in " << taps << " taps: " << double(report.longest.count()) / 1000
              << " ms without waiting for a processor ("
              << double(report.longestElapsed.count()) / 1000 << " ms by the clock), "
              << report.over16ms << " of " << report.pings << " pings over 16 ms\n";
    CHECK(report.pings > taps);
    if (measured)
        CHECK(report.longest <= std::chrono::milliseconds(16));
}
