#include "support/catch.h"

#include "device/serial/printeraddress.h"
#include "device/serial/receiptprinter.h"
#include "sim/printerline.h"

#include <QSignalSpy>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <QTest>

#include <utility>

#include <unistd.h>

using namespace upgradedesk;
using namespace Qt::StringLiterals;

namespace
{

constexpr int patienceMs = 20'000;
/// Long enough for a loaded machine, short enough for tests that wait for it.
constexpr ReceiptPrinter::Times times{1000, 30, 20'000};
constexpr int baud = 115200;

const QByteArray slip = "\x1B@" + QByteArray("a line\n").repeated(20) + QByteArray("\x1DVA\x00", 4);

/// A printer on a line, and what looks after it.
struct Counter {
    explicit Counter(const ReceiptPrinter::Times &asked = times)
        : printer(asked, nullptr)
    {
        REQUIRE(far.plug());
        // First, so that each change is seen.
        QObject::connect(&printer, &ReceiptPrinter::failed, &printer,
                         [this](const Error &error) { failures << error.code; });
    }

    void watch() { printer.watch(path, baud); }

    [[nodiscard]] std::optional<ErrorCode> trouble() const
    {
        return printer.trouble() ? std::optional(printer.trouble()->code) : std::nullopt;
    }

    /// Waits until the printer is known to be as it should.
    [[nodiscard]] bool knows(std::optional<ErrorCode> code)
    {
        return told.size() > 0 || told.wait(patienceMs)
                   ? QTest::qWaitFor([this, code] { return trouble() == code; }, patienceMs)
                   : false;
    }

    [[nodiscard]] bool print()
    {
        const qsizetype before = failures.size() + printed.size();
        printer.print(slip);
        return QTest::qWaitFor([this, before] { return failures.size() + printed.size() > before; },
                               patienceMs);
    }

    QTemporaryDir folder;
    QString path = folder.filePath(u"printer"_s);
    PrinterLine far{path};
    ReceiptPrinter printer;
    QSignalSpy told{&printer, &ReceiptPrinter::troubleChanged};
    QSignalSpy printed{&printer, &ReceiptPrinter::printed};
    QList<ErrorCode> failures;
};

/// A printer that answers for slips when the test says so, and to questions at once.
struct SlowFar {
    SlowFar()
    {
        REQUIRE(terminal);
        QObject::connect(&reads, &QSocketNotifier::activated, &reads, [this] { take(); });
    }

    void take()
    {
        heard += terminal->read();
        for (qsizetype at = 0;
             (at = heard.indexOf("\x10\x04", at)) >= 0 && at + 2 < heard.size();) {
            QByteArray answer(hasPaper || heard.at(at + 2) != 4 ? "\x12" : "\x72");
            if (heard.at(at + 2) == 4 && std::exchange(doneAtNextLook, false))
                answer += '\0';
            terminal->write(answer);
            heard.remove(at, 3);
        }
    }

    /// How often it was asked to say when all before is printed.
    [[nodiscard]] qsizetype asked() const { return heard.count("\x1Dr\x01"); }
    void done() const { terminal->write(QByteArray(1, '\0')); }

    QTemporaryDir folder;
    QString path = folder.filePath(u"line"_s);
    Result<PseudoTerminal> terminal = PseudoTerminal::open(path);
    QSocketNotifier reads{terminal->descriptor(), QSocketNotifier::Read};
    QByteArray heard;
    bool hasPaper = true;
    bool doneAtNextLook = false;
};

} // namespace

TEST_CASE("A printer is named by its line or as one of the system", "[device]")
{
    using Way = PrinterAddress::Way;
    const auto serial = [](const QString &path, int speed = 9600, bool narrow = false,
                           bool makesCodes = true) {
        return PrinterAddress{Way::Serial, path, speed, narrow, makesCodes, {}};
    };
    const auto system = [](const QString &name) {
        return PrinterAddress{Way::System, {}, 9600, false, true, name};
    };
    const auto [words, expected] = GENERATE_COPY(table<QString, std::optional<PrinterAddress>>({
        {u""_s, PrinterAddress{}},
        {u"/dev/ttyUSB0"_s, serial(u"/dev/ttyUSB0"_s)},
        {u"/dev/ttyS1,paper=58,baud=19200,qr=image"_s, serial(u"/dev/ttyS1"_s, 19200, true, false)},
        {u"/dev/ttyS1,paper=80,qr=text"_s, serial(u"/dev/ttyS1"_s)},
        {u"system"_s, system({})},
        {u"system:Receipts: left"_s, system(u"Receipts: left"_s)},
        {u",paper=58"_s, std::nullopt},
        {u"/dev/ttyS1,paper=70"_s, std::nullopt},
        {u"/dev/ttyS1,baud=0"_s, std::nullopt},
        {u"/dev/ttyS1,baud=fast"_s, std::nullopt},
        {u"/dev/ttyS1,qr"_s, std::nullopt},
        {u"/dev/ttyS1,"_s, std::nullopt},
    }));

    const auto named = printerNamed(words);
    CAPTURE(words.toStdString());
    REQUIRE(named.has_value() == expected.has_value());
    if (named)
        CHECK(*named == *expected);
    else
        CHECK(named.error().code == ErrorCode::PrinterNameInvalid);
}

TEST_CASE("A slip is printed when the printer says so", "[device]")
{
    Counter counter;
    counter.watch();

    REQUIRE(counter.print());

    CHECK(counter.printed.size() == 1);
    CHECK(counter.failures.isEmpty());
    REQUIRE(counter.far.printer().slips().size() == 1);
    CHECK(counter.far.printer().slips().first() == QStringList(20, u"a line"_s));
    CHECK(counter.knows(std::nullopt));
}

TEST_CASE("A slip that takes its time is waited for, and a second one refused meanwhile",
          "[device]")
{
    // The line may stand still for a while on a loaded machine; here that is no silence.
    Counter counter({patienceMs, times.watch, times.whole});
    counter.far.setPace(20);
    counter.watch();

    counter.printer.print(slip);
    counter.printer.print(slip);

    CHECK(counter.failures == QList{ErrorCode::PrinterBusy});
    CHECK(counter.printer.isPrinting());
    REQUIRE(counter.printed.wait(patienceMs));
    CHECK(counter.far.printer().slips().size() == 1);
    CHECK(counter.failures.size() == 1);
}

TEST_CASE("What keeps a printer from printing is told in its own word", "[device]")
{
    Counter counter;
    VirtualPrinter &far = counter.far.printer();
    const auto [code, brought, mended] =
        GENERATE(table<ErrorCode, void (*)(VirtualPrinter &), void (*)(VirtualPrinter &)>({
            {ErrorCode::PrinterNoPaper, [](VirtualPrinter &it) { it.setPaper(0); },
             [](VirtualPrinter &it) { it.setPaper(std::nullopt); }},
            {ErrorCode::PrinterCoverOpen, [](VirtualPrinter &it) { it.setCoverOpen(true); },
             [](VirtualPrinter &it) { it.setCoverOpen(false); }},
            {ErrorCode::PrinterOffline, [](VirtualPrinter &it) { it.setOnline(false); },
             [](VirtualPrinter &it) { it.setOnline(true); }},
            {ErrorCode::PrinterFault, [](VirtualPrinter &it) { it.setFault(true); },
             [](VirtualPrinter &it) { it.setFault(false); }},
        }));
    counter.watch();
    REQUIRE(counter.knows(std::nullopt));

    brought(far);
    REQUIRE(counter.knows(code));
    REQUIRE(counter.print());
    CHECK(counter.failures == QList{code});
    mended(far);
    counter.far.goOn();

    REQUIRE(counter.knows(std::nullopt));
    // Nothing comes by itself.
    CHECK(far.slips().isEmpty());
    CHECK(far.uncut().isEmpty());
    REQUIRE(counter.print());
    CHECK(counter.printed.size() == 1);
    CHECK(far.slips().size() == 1);
}

TEST_CASE("A slip that runs out of paper fails and never comes later", "[device]")
{
    Counter counter;
    counter.far.printer().setPaper(7);
    counter.watch();

    REQUIRE(counter.print());
    CHECK(counter.failures == QList{ErrorCode::PrinterNoPaper});
    CHECK(counter.far.printer().uncut().size() == 7);
    // The order to forget the rest has come once an answer that follows it has.
    const int looks = 3;
    for (int i = 0; i < looks; ++i)
        QTest::qWait(times.watch);
    counter.far.printer().setPaper(std::nullopt);
    counter.far.goOn();
    REQUIRE(counter.knows(std::nullopt));

    CHECK(counter.far.printer().uncut().size() == 7);
    CHECK(counter.far.printer().slips().isEmpty());
}

TEST_CASE("A printer that says nothing is told apart, and works again by itself", "[device]")
{
    Counter counter;
    counter.watch();
    REQUIRE(counter.knows(std::nullopt));
    counter.far.stall(3 * times.answer);

    REQUIRE(counter.print());

    CHECK(counter.failures == QList{ErrorCode::PrinterSilent});
    REQUIRE(counter.knows(std::nullopt));
    CHECK(counter.far.printer().slips().isEmpty());
    REQUIRE(counter.print());
    CHECK(counter.far.printer().slips().size() == 1);
}

TEST_CASE("A port that is missing, held or closed to this user is one failure each, at once",
          "[device]")
{
    Counter counter;
    SECTION("missing")
    {
        counter.far.unplug();
        counter.watch();
        CHECK(counter.trouble() == ErrorCode::PortNotFound);
        counter.printer.print(slip);
        CHECK(counter.failures == QList{ErrorCode::PortNotFound});
    }
    SECTION("held by another")
    {
        ReceiptPrinter other;
        other.watch(counter.path, baud);
        counter.watch();
        counter.printer.print(slip);
        CHECK(counter.failures == QList{ErrorCode::PortBusy});
        other.close();
        CHECK(counter.knows(std::nullopt));
    }
    SECTION("none set up")
    {
        counter.printer.print(slip);
        CHECK(counter.failures == QList{ErrorCode::PrinterAbsent});
    }
    SECTION("a line that is no printer")
    {
        counter.watch();
        REQUIRE(counter.knows(std::nullopt));
        counter.printer.watch(counter.folder.path(), baud);
        CHECK(counter.trouble() == ErrorCode::PortFailed);
    }
}

TEST_CASE("A printer that is put away while it prints ends its slip", "[device]")
{
    Counter counter;
    counter.far.setPace(50);
    counter.watch();
    REQUIRE(counter.knows(std::nullopt));
    counter.printer.print(slip);
    counter.printer.close();

    CHECK(counter.failures == QList{ErrorCode::PrinterAbsent});
    CHECK_FALSE(counter.printer.isPrinting());
}

TEST_CASE("Noise on the line is neither an answer nor the end of a slip", "[device]")
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"line"_s);
    const auto terminal = PseudoTerminal::open(path);
    REQUIRE(terminal);
    ReceiptPrinter printer(times, nullptr);
    QList<ErrorCode> failures;
    QSignalSpy printed(&printer, &ReceiptPrinter::printed);
    QObject::connect(&printer, &ReceiptPrinter::failed, &printer,
                     [&failures](const Error &error) { failures << error.code; });
    printer.watch(path, baud);
    printer.print(slip);

    // Letters, XON and XOFF, a byte with its top bit set.
    terminal->write(QByteArray::fromHex("414211139FFF20"));
    REQUIRE(QTest::qWaitFor([&failures] { return !failures.isEmpty(); }, patienceMs));

    CHECK(failures == QList{ErrorCode::PrinterSilent});
    CHECK(printed.isEmpty());
}

TEST_CASE("What a printer says of a slip that has failed is not said of the next one", "[device]")
{
    SlowFar far;
    ReceiptPrinter printer({patienceMs, times.watch, patienceMs}, nullptr);
    QSignalSpy printed(&printer, &ReceiptPrinter::printed);
    QSignalSpy failed(&printer, &ReceiptPrinter::failed);
    // Some printers know no order to throw a slip away, and print it when there is paper.
    const bool printsLate = GENERATE(true, false);
    const int failures = GENERATE(1, 2);
    const auto comesTrue = [](const auto &what) { return QTest::qWaitFor(what, patienceMs); };
    printer.watch(far.path, baud);
    for (int slips = 1; slips <= failures; ++slips) {
        far.hasPaper = true;
        REQUIRE(comesTrue([&] { return !printer.trouble(); }));
        printer.print(slip);
        REQUIRE(comesTrue([&] { return far.asked() == slips; }));
        far.hasPaper = false;
        REQUIRE(comesTrue([&] { return failed.size() == slips; }));
    }
    far.hasPaper = true;
    REQUIRE(comesTrue([&] { return !printer.trouble(); }));

    printer.print(slip);
    REQUIRE(comesTrue([&] { return far.asked() == failures + 1; }));
    for (int late = 1; late <= failures; ++late) {
        far.done();
        REQUIRE(
            comesTrue([&] { return far.asked() == failures + 1 + late || !printed.isEmpty(); }));
        CHECK(printed.isEmpty());
    }
    far.done();
    CHECK(comesTrue([&] { return printed.size() == 1; }));
    // The last questions of a printer that answered late are not answered yet.
    if (printsLate) {
        for (int left = 0; left < failures; ++left)
            far.done();
    }

    printer.print(slip);
    const qsizetype before = far.asked();
    REQUIRE(comesTrue([&] { return far.asked() == before + 1; }));
    for (int i = 0; i <= failures && printed.size() == 1; ++i) {
        const qsizetype asked = far.asked();
        far.done();
        REQUIRE(comesTrue([&] { return far.asked() > asked || printed.size() == 2; }));
    }
    CHECK(printed.size() == 2);
    CHECK(failed.size() == failures);
}

TEST_CASE("The end of a slip is heard while the printer is asked for its state", "[device]")
{
    SlowFar far;
    ReceiptPrinter printer({patienceMs, times.watch, 2000}, nullptr);
    QSignalSpy printed(&printer, &ReceiptPrinter::printed);
    printer.watch(far.path, baud);
    printer.print(slip);
    REQUIRE(QTest::qWaitFor([&] { return far.asked() == 1; }, patienceMs));
    far.doneAtNextLook = true;
    CHECK(printed.wait(patienceMs));
}

TEST_CASE("A printer unplugged in the middle of a slip fails once and comes back", "[device]")
{
    const int rounds = qEnvironmentVariableIntValue("UPGRADEDESK_PRINTER_UNPLUGS") > 0
                           ? qEnvironmentVariableIntValue("UPGRADEDESK_PRINTER_UNPLUGS")
                           : 12;
    Counter counter;
    counter.far.setPace(2);
    counter.watch();
    for (int round = 0; round < rounds; ++round) {
        REQUIRE(counter.knows(std::nullopt));
        counter.failures.clear();
        counter.printer.print(slip);
        // Before the first line, in the middle and near the end.
        const qsizetype lines = round % 18;
        REQUIRE(QTest::qWaitFor([&] { return counter.far.printer().uncut().size() >= lines; },
                                patienceMs));
        counter.far.unplug();
        REQUIRE(QTest::qWaitFor([&] { return !counter.failures.isEmpty(); }, patienceMs));
        CHECK(counter.failures.size() == 1);
        CHECK((counter.failures.first() == ErrorCode::PortLost ||
               counter.failures.first() == ErrorCode::PortNotFound));
        REQUIRE(counter.far.plug());
    }
    CHECK(counter.printed.isEmpty());
    CHECK(counter.far.printer().slips().isEmpty());
}
