#include "gui/widgets/statusstrip.h"
#include "support/samplepeople.h"
#include "support/stallwatch.h"
#include "trainingdesk.h"

#include <iostream>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

// The whole desk in this process, with its child of the reader in another.

// UPGRADEDESK_UNPLUGS=500 makes it as long as a release asks for.
TEST_CASE("A card reader unplugged again and again takes nothing of a link with it", "[e2e]")
{
    bool measured = false;
    const int wanted = qEnvironmentVariableIntValue("UPGRADEDESK_UNPLUGS", &measured);
    const int rounds = measured ? wanted : 8;
    TrainingDesk desk;
    const auto *strip = desk.window()->findChild<StatusStrip *>();
    const auto says = [strip](const QString &value) {
        const StatusChip *chip = strip->chip(u"reader"_s);
        return chip && chip->item().value == value;
    };
    desk.tap(u"beijing-card"_s);
    desk.enterTo(u"document"_s);
    desk.typeName();
    const QString number = residentNumber(1);
    qsizetype typed = 0;
    qint64 slowest = 0;
    const StallWatch watch;
    for (int round = 0; round < rounds; ++round) {
        INFO("round " << round);
        REQUIRE(comesTrue([&] { return says(u"正常"_s); }));
        desk.typeOn(number, typed);
        QElapsedTimer time;
        time.start();
        emit desk.window()->trainingUnplugRequested();
        REQUIRE(comesTrue([&] { return says(u"未连接"_s); }));
        slowest = std::max(slowest, time.elapsed());
        CHECK(desk.page() == u"document");
        time.start();
        emit desk.window()->trainingPlugRequested();
        REQUIRE(comesTrue([&] { return says(u"正常"_s); }));
        slowest = std::max(slowest, time.elapsed());
        CHECK(desk.page() == u"document");
    }
    const StallReport report = watch.report();
    std::cout << rounds << " times unplugged and plugged in, the chip right within " << slowest
              << " ms, the longest stall " << double(report.longest.count()) / 1000 << " ms\n";
    while (typed < number.size())
        desk.type(number.at(typed++));
    finishLink(desk);
    if (measured) {
        CHECK(slowest < 1000);
        CHECK(report.longest <= std::chrono::milliseconds(16));
    }
}

TEST_CASE("A document that is read while devices are tried is nobody's", "[e2e]")
{
    TrainingDesk desk;
    desk.press(Qt::Key_F11);
    REQUIRE(comesTrue([&] { return desk.window()->isOnDevices(); }));

    emit desk.window()->trainingDocumentRequested();
    REQUIRE(comesTrue([&] { return desk.documentsRead() == 1; }));

    desk.press(Qt::Key_F2);
    desk.tap(u"beijing-card"_s);
    CHECK(desk.page() == u"card");
}
