#include "cli/commands.h"

#include "cli/opendesk.h"
#include "cli/recordname.h"
#include "core/arguments.h"
#include "core/newfile.h"
#include "device/serial/printeraddress.h"
#include "device/serial/receiptprinter.h"
#include "slip/escpos.h"
#include "slip/sliprender.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

Result<void> writePdf(const QList<SlipLine> &lines, const QString &path)
{
    QBuffer pdf;
    pdf.open(QIODevice::WriteOnly);
    if (const auto made = writeSlipPdf(lines, pdf); !made)
        return fail(made.error().code, made.error().detail, {path});
    auto file = NewFile::create(path);
    if (!file)
        return tl::unexpected(file.error());
    if (const auto written = file->write(pdf.data()); !written)
        return written;
    return file->finish();
}

/// Returns when the printer has said that it is done.
Result<void> printOn(const PrinterAddress &address, const QByteArray &bytes)
{
    ReceiptPrinter printer;
    std::optional<Error> failure;
    QObject::connect(&printer, &ReceiptPrinter::printed, &printer,
                     [] { QCoreApplication::quit(); });
    QObject::connect(&printer, &ReceiptPrinter::failed, &printer, [&failure](const Error &error) {
        failure = error;
        QCoreApplication::quit();
    });
    // Inside the event loop: what fails at once would leave it before it began.
    QMetaObject::invokeMethod(
        &printer,
        [&printer, &address, &bytes] {
            printer.watch(address.path, address.baud);
            printer.print(bytes);
        },
        Qt::QueuedConnection);
    QCoreApplication::exec();
    if (failure)
        return tl::unexpected(*failure);
    return {};
}

void tell(const Console &console, const storage::QueueRow &row, const QList<SlipLine> &lines)
{
    QStringList texts;
    for (const SlipLine &line : lines) {
        if (line.kind != SlipLine::Kind::Rule && line.kind != SlipLine::Kind::Code)
            texts << (line.label.isEmpty() ? line.text : line.label + u' ' + line.text);
    }
    console.result(QJsonObject{{u"record"_s, row.record},
                               {u"slip"_s, row.slip},
                               {u"state"_s, storage::stateKey(row.state)},
                               {u"lines"_s, QJsonArray::fromStringList(texts)}},
                   texts.join(u'\n'));
}

} // namespace

int receipt(Console &console, const QStringList &arguments)
{
    const Arguments line = Arguments::parse(arguments, {u"pdf"_s, u"port"_s});
    if (line.wrong)
        return console.usage(*line.wrong);
    if (line.words.size() != 1)
        return console.usage(
            {u"receipt 要一个记录编号或单号"_s, u"receipt takes one record or slip"_s});
    if (line.has(u"pdf"_s) && line.has(u"port"_s))
        return console.usage(
            {u"--pdf 和 --port 只能选一个"_s, u"--pdf and --port exclude each other"_s});
    const auto printer = printerNamed(line.value(u"port"_s));
    if (!printer)
        return console.report(printer.error());
    if (printer->way == PrinterAddress::Way::System)
        return console.usage({u"--port 是串口；要用系统打印机，先 --pdf 再打印那个文件"_s,
                              u"--port is a serial line; for a printer of the system use --pdf and "
                              "print the file"_s});

    const SystemClock clock;
    auto desk = OpenDesk::open(console, clock);
    if (!desk)
        return console.report(desk.error());
    const auto record = recordNamed(desk->store, line.words.first());
    if (!record)
        return console.report(record.error());
    const auto row = desk->store.row(*record);
    if (!row)
        return console.report(row.error());
    const sync::DeskIdentity &identity = desk->identity;
    const QList<SlipLine> lines =
        slipLines({*row, identity.stationName(), identity.deskName(), identity.profile()},
                  console.language());

    Result<void> done;
    if (line.has(u"pdf"_s)) {
        done = writePdf(lines, line.value(u"pdf"_s));
    } else if (line.has(u"port"_s)) {
        PaperRoll roll = printer->narrow ? PaperRoll::narrow() : PaperRoll{};
        roll.makesCodes = printer->makesCodes;
        done = printOn(*printer, escPos(lines, roll));
    }
    if (!done)
        return console.report(done.error());
    tell(console, *row, lines);
    return int(ExitCode::Done);
}

} // namespace upgradedesk
