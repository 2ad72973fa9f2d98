#include "support/catch.h"

#include "sampleslip.h"
#include "slip/qrcode.h"
#include "slip/sliprender.h"

#include <QBuffer>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QThread>

#include <zbar.h>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

/// What a reader of codes finds in a picture.
QStringList codesIn(const QImage &image)
{
    const QImage gray = image.convertToFormat(QImage::Format_Grayscale8);
    QByteArray pixels;
    for (int y = 0; y < gray.height(); ++y)
        pixels += QByteArray(reinterpret_cast<const char *>(gray.constScanLine(y)), gray.width());
    zbar::ImageScanner scanner;
    scanner.set_config(zbar::ZBAR_NONE, zbar::ZBAR_CFG_ENABLE, 0);
    scanner.set_config(zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_ENABLE, 1);
    zbar::Image scanned(unsigned(gray.width()), unsigned(gray.height()), "Y800", pixels.constData(),
                        ulong(pixels.size()));
    scanner.scan(scanned);
    QStringList found;
    for (auto symbol = scanned.symbol_begin(); symbol != scanned.symbol_end(); ++symbol)
        found << QString::fromStdString(symbol->get_data());
    return found;
}

QByteArray output(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    REQUIRE(process.waitForFinished());
    REQUIRE(process.exitCode() == 0);
    return process.readAllStandardOutput();
}

/// A file of the receipt, made on another thread as the desk does.
QString pdfOf(const QTemporaryDir &folder, const QList<SlipLine> &lines)
{
    const QString path = folder.filePath(u"receipt.pdf"_s);
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    bool written = false;
    const std::unique_ptr<QThread> worker(
        QThread::create([&] { written = writeSlipPdf(lines, file).has_value(); }));
    worker->start();
    worker->wait();
    REQUIRE(written);
    return path;
}

} // namespace

TEST_CASE("A QR code of a record's id is read back", "[slip]")
{
    const auto code = qrCode(sampleRecord.toLatin1());
    REQUIRE(code);
    CHECK(code->size == 29);
    QImage image = drawnCode(*code, 6);
    image.invertPixels();
    CHECK(codesIn(image) == QStringList{sampleRecord});
}

TEST_CASE("What fits in no QR code is none", "[slip]")
{
    CHECK(qrCode(QByteArray(2331, 'x')));
    CHECK_FALSE(qrCode(QByteArray(2332, 'x')));
    CHECK_FALSE(qrCode({}));
}

TEST_CASE("A receipt as PDF is one page of 80 mm with its fonts, its text and its code", "[slip]")
{
    const QTemporaryDir folder;
    const Language language = GENERATE(Language::Chinese, Language::English);
    const auto state = GENERATE(storage::RecordState::Accepted, storage::RecordState::Queued);
    const QString pdf = pdfOf(folder, slipLines(sampleSlip(state), language));

    const QByteArray facts = output(u"pdfinfo"_s, {pdf});
    CHECK(facts.simplified().contains("Pages: 1 "));
    // 80 mm in points.
    CHECK(facts.simplified().contains("Page size: 227 x "));
    // name, type, encoding, emb, sub, uni: embedded, and readable as text.
    const QList<QByteArray> fonts = output(u"pdffonts"_s, {pdf}).trimmed().split('\n').sliced(2);
    REQUIRE_FALSE(fonts.isEmpty());
    for (const QByteArray &font : fonts)
        CHECK(QRegularExpression(u" yes (yes|no) +yes "_s)
                  .match(QString::fromLatin1(font))
                  .hasMatch());
    const QString text = QString::fromUtf8(output(u"pdftotext"_s, {u"-layout"_s, pdf, u"-"_s}));
    CHECK(text.contains(u"3105***********0012"));
    CHECK(text.contains(u"测*甲"));
    CHECK(text.contains(sampleRecord));
    CHECK(text.contains(u"010-96123"));

    const QImage page = QImage::fromData(
        output(u"pdftoppm"_s, {u"-r"_s, u"200"_s, u"-gray"_s, u"-singlefile"_s, pdf}), "PGM");
    REQUIRE_FALSE(page.isNull());
    CHECK(codesIn(page) == QStringList{sampleRecord});
    // Nothing runs over the edges of what is printed.
    const int edge = 200 * 3 / 25;
    int ink = 0;
    for (int y = 0; y < page.height(); ++y) {
        for (int x = 0; x < edge; ++x)
            ink += int(qGray(page.pixel(x, y)) < 128) +
                   int(qGray(page.pixel(page.width() - 1 - x, y)) < 128);
    }
    CHECK(ink == 0);
    if (qEnvironmentVariableIsSet("UPGRADEDESK_PICTURES"))
        page.save(u"receipt-%1-%2.png"_s.arg(language == Language::English ? u"en"_s : u"zh_CN"_s)
                      .arg(int(state)));
}

TEST_CASE("A line that is drawn has ink on all of its characters", "[slip]")
{
    for (const bool large : {false, true}) {
        const QImage image = drawnLine(u"姓名      测*\U00020BB7"_s, 576, large);
        CHECK(image.size() == QSize(576, large ? 54 : 30));
        CHECK(image.format() == QImage::Format_Mono);
        int dots = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                dots += image.pixelIndex(x, y);
        }
        CHECK(dots > 300);
        CHECK(dots < image.width() * image.height() / 4);
    }
}
