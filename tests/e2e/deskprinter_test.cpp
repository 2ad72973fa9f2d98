#include "simprinter.h"
#include "support/samplepeople.h"
#include "support/stallwatch.h"
#include "trainingdesk.h"

#include <iostream>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

// The whole desk in this process, with its threads, and a receipt printer in another.

namespace
{

bool waitForPrinter(TrainingDesk &desk, PrinterState::Kind kind)
{
    return comesTrue([&] { return desk.receipts().printer().kind == kind; });
}

bool waitForSlip(TrainingDesk &desk, ReceiptTasks::Stand stand)
{
    return comesTrue([&] { return desk.receipts().standOf(desk.receipts().record()) == stand; });
}

} // namespace

TEST_CASE("A printer unplugged again and again takes nothing of a link with it", "[e2e]")
{
    bool measured = false;
    const int wanted = qEnvironmentVariableIntValue("UPGRADEDESK_PRINTER_UNPLUGS", &measured);
    const int rounds = measured ? wanted : 8;
    const SimPrinter printer;
    TrainingDesk desk(printer.path());
    REQUIRE(waitForPrinter(desk, PrinterState::Kind::Ready));

    // A first passenger, with a receipt by the key.
    desk.tap(u"beijing-card"_s);
    desk.enterTo(u"document"_s);
    desk.typeName();
    for (const QChar digit : residentNumber(1))
        desk.type(digit);
    finishLink(desk);
    desk.press(Qt::Key_P, Qt::AltModifier);
    REQUIRE(waitForSlip(desk, ReceiptTasks::Stand::Printed));
    const QString record = desk.receipts().record();
    REQUIRE(printer.slips() == 1);
    const QStringList slip = printer.slip(1);
    CHECK(slip.contains(u"[QR %1]"_s.arg(record)));
    CHECK(slip.contains(u"姓名      测*甲"_s));
    CHECK(slip.contains(u"培训用，不作数"_s));
    CHECK_FALSE(slip.join(u' ').contains(u"测试甲"));

    // A second one, during whose document the printer comes and goes.
    desk.press(Qt::Key_Return);
    desk.tap(u"phone"_s);
    desk.enterTo(u"document"_s);
    desk.typeName();
    const QString number = residentNumber(2);
    printer.tell(u"pace 3"_s);
    qsizetype typed = 0;
    int tornSlips = 0;
    const StallWatch watch;
    for (int round = 0; round < rounds; ++round) {
        INFO("round " << round);
        desk.receipts().print(record, Language::Chinese);
        // Before, in and behind the lines of the slip.
        const int lines = round % 9;
        REQUIRE(comesTrue([&] { return printer.uncut().size() >= lines; }));
        desk.typeOn(number, typed);
        printer.tell(u"unplug"_s);
        REQUIRE(waitForSlip(desk, ReceiptTasks::Stand::Failed));
        REQUIRE(waitForPrinter(desk, PrinterState::Kind::Trouble));
        ++tornSlips;
        CHECK(desk.page() == u"document");
        printer.tell(u"plug"_s);
        REQUIRE(waitForPrinter(desk, PrinterState::Kind::Ready));
    }
    const StallReport report = watch.report();
    std::cout << "longest stall in " << rounds
              << " unplugged slips: " << double(report.longest.count()) / 1000
              << " ms without waiting for a processor (" << report.over16ms << " of "
              << report.pings << " pings over 16 ms)\n";
    CHECK(tornSlips == rounds);
    CHECK(printer.slips() == 1);
    while (typed < number.size())
        desk.type(number.at(typed++));
    finishLink(desk);

    // The second slip of the desk, whole.
    desk.press(Qt::Key_P, Qt::AltModifier);
    REQUIRE(waitForSlip(desk, ReceiptTasks::Stand::Printed));
    CHECK(printer.slips() == 2);
    CHECK(printer.slip(2).contains(u"回执号    2"_s));
    if (measured)
        CHECK(report.longest <= std::chrono::milliseconds(16));
}

TEST_CASE("Without paper the desk says so and goes on; the slip comes when it is asked for again",
          "[e2e]")
{
    const SimPrinter printer;
    TrainingDesk desk(printer.path());
    REQUIRE(waitForPrinter(desk, PrinterState::Kind::Ready));
    desk.tap(u"beijing-card"_s);
    desk.enterTo(u"document"_s);
    desk.typeName();
    for (const QChar digit : residentNumber(3))
        desk.type(digit);
    finishLink(desk);
    // Out of paper in the middle of the slip.
    printer.tell(u"paper 6"_s);
    desk.press(Qt::Key_P, Qt::AltModifier);
    REQUIRE(waitForSlip(desk, ReceiptTasks::Stand::Failed));
    CHECK(desk.receipts().failure()->code == ErrorCode::PrinterNoPaper);
    CHECK(desk.page() == u"done");

    // The next passenger does not wait.
    desk.tap(u"phone"_s);
    printer.tell(u"paper full"_s);
    REQUIRE(waitForPrinter(desk, PrinterState::Kind::Ready));
    CHECK(printer.slips() == 0);
    CHECK(printer.uncut().size() == 6);
    // From the queue, with the passenger parked.
    desk.press(Qt::Key_F9);
    REQUIRE(comesTrue([&] { return desk.page() == u"queue"; }));
    desk.press(Qt::Key_P, Qt::AltModifier);
    REQUIRE(waitForSlip(desk, ReceiptTasks::Stand::Printed));
    CHECK(printer.slips() == 1);
    desk.press(Qt::Key_F2);
    REQUIRE(comesTrue([&] { return desk.page() == u"card"; }));
}

TEST_CASE("A printer of the system that is not there is one sentence", "[e2e]")
{
    TrainingDesk desk(u"system:no such printer"_s);
    REQUIRE(waitForPrinter(desk, PrinterState::Kind::Trouble));
    CHECK(desk.receipts().printer().trouble->code == ErrorCode::PrinterAbsent);
    std::optional<Error> told;
    bool heard = false;
    QObject::connect(&desk.receipts(), &ReceiptTasks::testTold, &desk.receipts(),
                     [&](const std::optional<Error> &error) {
                         told = error;
                         heard = true;
                     });
    desk.receipts().printTest(Language::English);
    REQUIRE(comesTrue([&heard] { return heard; }));
    CHECK(told->code == ErrorCode::PrinterAbsent);
}
