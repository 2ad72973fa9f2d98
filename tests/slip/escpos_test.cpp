#include "support/catch.h"

#include "sampleslip.h"
#include "sim/virtualprinter.h"
#include "slip/escpos.h"

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

using Kind = SlipLine::Kind;

constexpr PaperRoll wide{};

QByteArray hex(const char *text)
{
    return QByteArray::fromHex(text);
}

/// The slips a printer makes of the bytes.
QList<QStringList> printed(const QByteArray &bytes)
{
    VirtualPrinter printer;
    printer.receive(bytes);
    while (printer.step()) {
    }
    CHECK(printer.unknown() == 0);
    CHECK(printer.uncut().isEmpty());
    return printer.slips();
}

} // namespace

TEST_CASE("Each kind of line is sent as the manuals say", "[slip]")
{
    const QByteArray begin = hex("1b40 1c26");
    const QByteArray end = hex("1c2e 1d564100");
    struct Case {
        SlipLine line;
        QByteArray bytes;
    };
    const Case one = GENERATE(values<Case>({
        {{Kind::Text, {}, u"ok"_s}, hex("1b6100 6f6b 0a")},
        {{Kind::Centred, {}, u"ok"_s}, hex("1b6101 6f6b 0a")},
        {{Kind::Strong, {}, u"张*三"_s}, hex("1b6100 1b4501 d5c5 2a c8fd 0a 1b4500")},
        {{Kind::Title, {}, u"票"_s}, hex("1b6101 1b4501 1d2111 c6b1 0a 1d2100 1b4500")},
        {{Kind::Subtitle, {}, u"A"_s}, hex("1b6101 1b4501 41 0a 1b4500")},
        {{Kind::Field, u"卡号"_s, u"3105"_s}, hex("1b6100 bfa8bac5 202020202020 33313035 0a")},
        {{Kind::Rule, {}, {}}, hex("1b6100") + QByteArray(48, '-') + '\n'},
        {{Kind::Code, {}, u"AB"_s},
         hex("1b6101 1d286b0400 31413200 1d286b0300 314306 1d286b0300 314531"
             "1d286b0500 3150304142 1d286b0300 315130 0a")},
    }));

    CHECK(escPos({one.line}, wide).toHex() == (begin + one.bytes + end).toHex());
}

TEST_CASE("What printers have a font for is two bytes, and nothing else is sent as text", "[slip]")
{
    const auto [text, bytes] = GENERATE(table<QString, const char *>({
        {u"A~"_s, "417e"},
        {u"\u4E00"_s, "d2bb"},
        {u"「」，、"_s, "a1b8a1b9a3aca1a2"},
        {u"·"_s, "a1a4"},
        {u"\u9555"_s, "e946"},      // in GBK and not in GB 2312
        {u"\U00020BB7"_s, nullptr}, // four bytes
        {u"\u3400"_s, nullptr},
        {u"\u9FFF"_s, nullptr},
        {u"\uE000"_s, nullptr}, // private use
        {u"\x1B@"_s, nullptr},  // a command in a name is none
        {u"a\nb"_s, nullptr},
        {u"\u0080"_s, nullptr},
        {QString(QChar(0xD842)), nullptr}, // half of a character
    }));

    const auto made = printerText(text);
    CAPTURE(text.toStdString());
    REQUIRE(made.has_value() == (bytes != nullptr));
    if (bytes)
        CHECK(made->toHex() == bytes);
}

TEST_CASE("A receipt comes out of a printer as it was meant", "[slip]")
{
    const auto slips = printed(escPos(slipLines(sampleSlip(), Language::Chinese), wide));

    REQUIRE(slips.size() == 1);
    const QStringList &lines = slips.first();
    CHECK(lines.contains(u"卡号      3105***********0012"_s));
    CHECK(lines.contains(u"姓名      测*甲"_s));
    CHECK(lines.contains(u"[QR %1]"_s.arg(sampleRecord)));
    const QString text = lines.join(QString());
    CHECK(text.contains(u"这张卡已升级，现在就可以刷卡进站，和以前一样刷；设备自动查验核酸结果。"));
}

TEST_CASE("No line is wider than the paper, on both rolls and in both languages", "[slip]")
{
    const PaperRoll roll = GENERATE(PaperRoll{}, PaperRoll::narrow());
    for (const Language language : {Language::Chinese, Language::English}) {
        for (const auto state : {storage::RecordState::Accepted, storage::RecordState::Queued}) {
            Slip slip = sampleSlip(state);
            slip.station = u"名字长得一行写不下的样例车站与样例换乘通道的东南出入口"_s;
            slip.desk = QString(70, u'W');
            const auto slips = printed(escPos(slipLines(slip, language), roll));
            REQUIRE(slips.size() == 1);
            for (const QString &line : slips.first()) {
                const auto bytes = printerText(line);
                REQUIRE(bytes);
                CAPTURE(line.toStdString());
                CHECK((line.startsWith(u"[QR") || bytes->size() <= roll.columns));
            }
        }
    }
}

TEST_CASE("English words are not torn", "[slip]")
{
    const auto slips = printed(escPos(
        {{Kind::Text, {}, u"Until the upload the gate stays closed"_s}}, PaperRoll{16, 192, true}));

    REQUIRE(slips.size() == 1);
    CHECK(slips.first() == QStringList{u"Until the upload"_s, u"the gate stays"_s, u"closed"_s});
}

TEST_CASE("A rare character is drawn, not lost and not replaced", "[slip]")
{
    Slip slip = sampleSlip();
    slip.row.maskedName = maskName(u"\U00030EDD某\U00020BB7"_s);
    const QByteArray bytes = escPos(slipLines(slip, Language::Chinese), wide);
    const auto slips = printed(bytes);

    REQUIRE(slips.size() == 1);
    // 30 rows high, sent 24 at a time.
    CHECK(slips.first().contains(u"[picture 576x24]"_s));
    CHECK(slips.first().contains(u"[picture 576x6]"_s));
    CHECK_FALSE(slips.first().join(u'\n').contains(u"姓名"));
}

TEST_CASE("Where a printer makes no codes it gets a picture of one", "[slip]")
{
    const auto slips = printed(escPos({{Kind::Code, {}, sampleRecord}}, PaperRoll::narrow(false)));

    REQUIRE(slips.size() == 1);
    int rows = 0;
    for (const QString &line : slips.first()) {
        REQUIRE(line.startsWith(u"[picture 224x"));
        rows += line.section(u'x', 1).chopped(1).toInt();
    }
    CHECK(rows == (29 + 8) * 6);
}

TEST_CASE("A virtual printer stops without paper, and what was cleared never comes", "[slip]")
{
    const QByteArray slip = escPos(slipLines(sampleSlip(), Language::Chinese), wide);
    VirtualPrinter printer;
    printer.setPaper(5);
    // However the bytes come.
    for (const char byte : slip)
        printer.receive(QByteArray(1, byte));
    while (printer.step()) {
    }
    CHECK(printer.uncut().size() == 5);
    printer.receive(hex("100404 100402 100401"));
    CHECK(printer.takeAnswers().toHex() == "7e321a");

    SECTION("left alone, it goes on with a new roll")
    {
        printer.setPaper(std::nullopt);
        while (printer.step()) {
        }
        CHECK(printer.slips().size() == 1);
    }
    SECTION("cleared, it does not")
    {
        printer.receive(hex("10140801031401060208"));
        printer.setPaper(std::nullopt);
        CHECK_FALSE(printer.step());
        CHECK(printer.slips().isEmpty());
    }
}
