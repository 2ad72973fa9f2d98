#include "support/catch.h"

#include "simprinter.h"
#include "storedesk.h"

using namespace upgradedesk::test;

namespace
{

/// One sentence on stderr and nothing else.
void checkRefused(const Run &run, int exit, const QByteArray &part)
{
    INFO(run.err.toStdString());
    CHECK(run.exit == exit);
    CHECK(run.out.isEmpty());
    CHECK(run.err.count('\n') == 1);
    CHECK(run.err.contains(part));
}

} // namespace

TEST_CASE("deskctl receipt tells a committed record by its id or its slip", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const QString record = desk.link(1).line().value(u"record"_s).toString();

    for (const QString &name : {record, u"1"_s}) {
        const Run run = desk.run({u"receipt"_s, name});
        CHECK(run.exit == 0);
        CHECK(run.err.isEmpty());
        CHECK(run.line().value(u"record"_s) == record);
        CHECK(run.line().value(u"state"_s) == u"queued"_s);
        const QString text = QString::fromUtf8(run.out);
        CHECK(text.contains(u"For training, not valid"));
        CHECK(text.contains(u"Card 3105***********0001"));
        // Nothing of the passenger that is not masked.
        CHECK_FALSE(text.contains(cardNumber(1)));
        CHECK_FALSE(text.contains(personName(1)));
        CHECK_FALSE(text.contains(residentNumber(1)));
    }
    REQUIRE(desk.revoke(record).exit == 0);
    CHECK(desk.run({u"receipt"_s, u"1"_s}).out.contains("taken back"));
    CHECK(desk.run({u"receipt"_s, u"2"_s}).out.contains("Undo receipt"));
}

TEST_CASE("A receipt comes out of a printer on a serial line", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    const QString record = desk.link(1).line().value(u"record"_s).toString();
    const SimPrinter printer;

    const Run run = desk.run({u"receipt"_s, record, u"--port"_s, printer.path()});

    CHECK(run.err.isEmpty());
    REQUIRE(run.exit == 0);
    CHECK(printer.slips() == 1);
    const QStringList slip = printer.slip(1);
    CHECK(slip.contains(u"[QR %1]"_s.arg(record)));
    CHECK(slip.contains(u"Card      3105***********0001"_s));
    CHECK_FALSE(slip.join(u' ').contains(personName(1)));

    // In the other language, on the other roll, with the code as a picture.
    const Run other = desk.run({u"--lang"_s, u"zh_CN"_s, u"receipt"_s, record, u"--port"_s,
                                printer.path() + u",paper=58,baud=115200,qr=image"_s});
    REQUIRE(other.exit == 0);
    const QStringList lines = printer.slip(2);
    CHECK(lines.contains(u"卡号      3105***********0001"_s));
    CHECK_FALSE(lines.filter(u"[picture 224x24]"_s).isEmpty());
    CHECK(lines.filter(u"[QR"_s).isEmpty());
}

TEST_CASE("A printer that cannot print is one sentence and exit code 3", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    REQUIRE(desk.link(1).exit == 0);
    const SimPrinter printer;
    const QStringList command{u"receipt"_s, u"1"_s, u"--port"_s, printer.path()};

    struct Case {
        QString brought;
        QByteArray said;
        QString mended;
    };
    const QList<Case> cases{
        {u"paper 0"_s, "out of paper", u"paper full"_s},
        // In the middle of the slip; the rest must not follow by surprise.
        {u"paper 4"_s, "out of paper", u"paper full"_s},
        {u"offline"_s, "offline", u"online"_s},
        {u"cover open"_s, "cover", u"cover closed"_s},
        {u"fault on"_s, "fault", u"fault off"_s},
        {u"unplug"_s, "no serial port", u"plug"_s},
        {u"stall 60000"_s, "does not answer", {}},
    };
    for (const Case &one : cases) {
        INFO(one.brought.toStdString());
        printer.tell(one.brought);
        checkRefused(desk.run(command), 3, one.said);
        if (!one.mended.isEmpty())
            printer.tell(one.mended);
        CHECK(printer.slips() == 0);
    }
    checkRefused(desk.run({u"receipt"_s, u"1"_s, u"--port"_s, u"/dev/null"_s}), 3, "does not work");
}

TEST_CASE("A receipt as PDF is a new file and never takes the place of one", "[e2e]")
{
    const StoreDesk desk;
    desk.provision();
    REQUIRE(desk.link(1).exit == 0);
    const QString file = desk.folder.filePath(u"receipt.pdf"_s);

    REQUIRE(desk.run({u"receipt"_s, u"1"_s, u"--pdf"_s, file}).exit == 0);
    QFile pdf(file);
    REQUIRE(pdf.open(QIODevice::ReadOnly));
    const QByteArray bytes = pdf.readAll();
    CHECK(bytes.startsWith("%PDF-"));
    CHECK(bytes.size() < 200'000);
    checkRefused(desk.run({u"receipt"_s, u"1"_s, u"--pdf"_s, file}), 1, "receipt.pdf");
    checkRefused(desk.run({u"receipt"_s, u"1"_s, u"--pdf"_s, u"/proc/receipt.pdf"_s}), 2,
                 "/proc/receipt.pdf");
}

TEST_CASE("deskctl receipt refuses with one sentence and the exit code of its reason", "[e2e]")
{
    const StoreDesk desk;
    checkRefused(desk.run({u"receipt"_s, u"1"_s}), 6, "provision");
    desk.provision();
    checkRefused(desk.run({u"receipt"_s, u"1"_s}), 1, "no such record");
    checkRefused(desk.run({u"receipt"_s, u"nothing"_s}), 1, "no such record");
    checkRefused(desk.run({u"receipt"_s}), 2, "one record");
    checkRefused(desk.run({u"receipt"_s, u"1"_s, u"2"_s}), 2, "one record");
    checkRefused(desk.run({u"receipt"_s, u"1"_s, u"--pdf"_s, u"a"_s, u"--port"_s, u"b"_s}), 2,
                 "exclude");
    checkRefused(desk.run({u"receipt"_s, u"1"_s, u"--port"_s, u"x,paper=1"_s}), 2,
                 "names no printer");
    checkRefused(desk.run({u"receipt"_s, u"1"_s, u"--port"_s, u"system"_s}), 2, "--pdf");
}
