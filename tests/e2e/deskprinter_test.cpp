#include "support/catch.h"

#include "app/desk.h"
#include "gui/appearance.h"
#include "gui/widgets/keybutton.h"
#include "gui/widgets/pinedit.h"
#include "simprinter.h"
#include "support/samplepeople.h"
#include "support/stallwatch.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <functional>
#include <iostream>

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

// The whole desk in this process, with its threads, and a receipt printer in another.

namespace
{

constexpr int patienceMs = 60'000;

bool comesTrue(const std::function<bool()> &condition)
{
    QElapsedTimer time;
    time.start();
    while (!condition()) {
        if (time.elapsed() > patienceMs)
            return false;
        QEventLoop loop;
        QTimer::singleShot(10, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return true;
}

class PrinterDesk
{
public:
    explicit PrinterDesk(const QString &printer)
        : m_options(optionsFor(folder.path(), printer))
        , m_desk(m_options, m_clock, m_appearance, loadDeskData(m_options, m_clock).value())
    {
        REQUIRE(m_desk.start());
        REQUIRE(comesTrue([this] { return window() != nullptr && shows<PinEdit>(); }));
        QObject::connect(window(), &MainWindow::pageShown, window(),
                         [this](const QString &page) { m_page = page; });
        for (const char digit : {'1', '3', '5', '7', '9', '0'})
            QTest::keyClick(window()->findChild<PinEdit *>(), digit);
        REQUIRE(comesTrue([this] { return m_page == u"idle"; }));
        REQUIRE(comesTrue([this] { return window()->findChild<KeyButton *>() != nullptr; }));
    }

    [[nodiscard]] static Options optionsFor(const QString &folder, const QString &printer)
    {
        Options options;
        options.profile = Profile::Training;
        options.dataFolder = folder;
        options.printer = printerNamed(printer).value();
        return options;
    }

    [[nodiscard]] MainWindow *window() const
    {
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (auto *found = qobject_cast<MainWindow *>(top))
                return found;
        }
        return nullptr;
    }
    template <typename T>
    [[nodiscard]] bool shows() const
    {
        const auto *widget = window()->findChild<T *>();
        return widget && widget->isVisible();
    }

    void tap(const QString &card)
    {
        // The child may still be on its way to the reader.
        REQUIRE(comesTrue([this, &card] {
            if (m_page != u"card")
                emit window()->trainingTapRequested(card);
            return m_page == u"card";
        }));
        emit window()->trainingRemoveRequested();
    }

    /// Enter until that page is there: a page is deaf for a moment after it has come.
    void enterTo(const QString &page)
    {
        REQUIRE(comesTrue([this, &page] {
            if (m_page != page)
                QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
            return m_page == page;
        }));
    }

    void typeName()
    {
        press(Qt::Key_3, Qt::AltModifier);
        REQUIRE(comesTrue(
            [] { return qobject_cast<QLineEdit *>(QApplication::focusWidget()) != nullptr; }));
        QInputMethodEvent event;
        event.setCommitString(u"测试甲"_s);
        QApplication::sendEvent(QApplication::focusWidget(), &event);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    }
    void type(QChar character)
    {
        QTest::keyClick(QApplication::focusWidget(), character.toLatin1());
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }

    [[nodiscard]] const QString &page() const { return m_page; }
    [[nodiscard]] ReceiptTasks &receipts() { return m_desk.receipts(); }

    [[nodiscard]] bool waitForPrinter(PrinterState::Kind kind)
    {
        return comesTrue([this, kind] { return receipts().printer().kind == kind; });
    }
    [[nodiscard]] bool waitForSlip(ReceiptTasks::Stand stand)
    {
        return comesTrue([&] { return receipts().standOf(receipts().record()) == stand; });
    }

    const QTemporaryDir folder;

private:
    const SystemClock m_clock;
    Appearance m_appearance{Look{}};
    const Options m_options;
    Desk m_desk;
    QString m_page;
};

/// From the document's page to the end.
void finishLink(PrinterDesk &desk)
{
    desk.enterTo(u"consent"_s);
    desk.enterTo(u"health"_s);
    desk.enterTo(u"confirm"_s);
    desk.enterTo(u"done"_s);
}

} // namespace

TEST_CASE("A printer unplugged again and again takes nothing of a link with it", "[e2e]")
{
    bool measured = false;
    const int wanted = qEnvironmentVariableIntValue("UPGRADEDESK_PRINTER_UNPLUGS", &measured);
    const int rounds = measured ? wanted : 8;
    const SimPrinter printer;
    PrinterDesk desk(printer.path());
    REQUIRE(desk.waitForPrinter(PrinterState::Kind::Ready));

    // A first passenger, with a receipt by the key.
    desk.tap(u"beijing-card"_s);
    desk.enterTo(u"document"_s);
    desk.typeName();
    for (const QChar digit : residentNumber(1))
        desk.type(digit);
    finishLink(desk);
    desk.press(Qt::Key_P, Qt::AltModifier);
    REQUIRE(desk.waitForSlip(ReceiptTasks::Stand::Printed));
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
        if (typed < number.size() - 1)
            desk.type(number.at(typed++));
        printer.tell(u"unplug"_s);
        REQUIRE(desk.waitForSlip(ReceiptTasks::Stand::Failed));
        REQUIRE(desk.waitForPrinter(PrinterState::Kind::Trouble));
        ++tornSlips;
        CHECK(desk.page() == u"document");
        printer.tell(u"plug"_s);
        REQUIRE(desk.waitForPrinter(PrinterState::Kind::Ready));
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
    REQUIRE(desk.waitForSlip(ReceiptTasks::Stand::Printed));
    CHECK(printer.slips() == 2);
    CHECK(printer.slip(2).contains(u"回执号    2"_s));
    if (measured)
        CHECK(report.longest <= std::chrono::milliseconds(16));
}

TEST_CASE("Without paper the desk says so and goes on; the slip comes when it is asked for again",
          "[e2e]")
{
    const SimPrinter printer;
    PrinterDesk desk(printer.path());
    REQUIRE(desk.waitForPrinter(PrinterState::Kind::Ready));
    desk.tap(u"beijing-card"_s);
    desk.enterTo(u"document"_s);
    desk.typeName();
    for (const QChar digit : residentNumber(3))
        desk.type(digit);
    finishLink(desk);
    // Out of paper in the middle of the slip.
    printer.tell(u"paper 6"_s);
    desk.press(Qt::Key_P, Qt::AltModifier);
    REQUIRE(desk.waitForSlip(ReceiptTasks::Stand::Failed));
    CHECK(desk.receipts().failure()->code == ErrorCode::PrinterNoPaper);
    CHECK(desk.page() == u"done");

    // The next passenger does not wait.
    desk.tap(u"phone"_s);
    printer.tell(u"paper full"_s);
    REQUIRE(desk.waitForPrinter(PrinterState::Kind::Ready));
    CHECK(printer.slips() == 0);
    CHECK(printer.uncut().size() == 6);
    // From the queue, with the passenger parked.
    desk.press(Qt::Key_F9);
    REQUIRE(comesTrue([&] { return desk.page() == u"queue"; }));
    desk.press(Qt::Key_P, Qt::AltModifier);
    REQUIRE(desk.waitForSlip(ReceiptTasks::Stand::Printed));
    CHECK(printer.slips() == 1);
    desk.press(Qt::Key_F2);
    REQUIRE(comesTrue([&] { return desk.page() == u"card"; }));
}

TEST_CASE("A printer of the system that is not there is one sentence", "[e2e]")
{
    PrinterDesk desk(u"system:no such printer"_s);
    REQUIRE(desk.waitForPrinter(PrinterState::Kind::Trouble));
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
