#include "support/catch.h"

#include "identity/scanpayload.h"
#include "identity/scansplitter.h"

#include <QStringEncoder>

using namespace upgradedesk;
using namespace Qt::StringLiterals;

namespace
{

using Kind = ScanPayload::Kind;
using Reason = ScanPayload::Reason;

const QByteArray td3First = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<";
const QByteArray td3Second = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
const QList<QByteArray> td1{"I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6",
                            "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"};

/// All bytes in pieces of that size, then silence.
QList<QByteArray> split(const QByteArray &bytes, qsizetype piece)
{
    ScanSplitter splitter;
    QList<QByteArray> scans;
    for (qsizetype at = 0; at < bytes.size(); at += piece)
        scans += splitter.take(bytes.mid(at, piece));
    return scans + splitter.silent();
}

} // namespace

TEST_CASE("A scan is told apart by its shape", "[identity]")
{
    struct Row {
        QByteArray bytes;
        Kind kind;
        Reason reason;
        QString text;
    };
    const auto row = GENERATE(values<Row>({
        {"3105170099900012349", Kind::CardNumber, Reason::None, u"3105170099900012349"_s},
        {"3105 1700 9990 0012 349", Kind::CardNumber, Reason::None, u"3105170099900012349"_s},
        {"1000-7511-0000-1234", Kind::CardNumber, Reason::None, u"1000751100001234"_s},
        {"]C103105170099900012349", Kind::CardNumber, Reason::None, u"03105170099900012349"_s},
        {"]C1 ]Q3\x02"
         "03105170099900012349\x03",
         Kind::CardNumber, Reason::None, u"03105170099900012349"_s},
        {"\x02"
         "10007511000012345\x03",
         Kind::CardNumber, Reason::None, u"10007511000012345"_s},
        {"３１０５１７００９９９０００１２３４９", Kind::CardNumber, Reason::None,
         u"3105170099900012349"_s},
        {"123456789012345", Kind::Unknown, Reason::Other, {}},
        {"123456789012345678901", Kind::Unknown, Reason::Other, {}},
        {"6901234567892", Kind::Unknown, Reason::Other, {}},
        // Eighteen digits are a number of a person, or of a payment; never of a card.
        {"11010219020304004X", Kind::Unknown, Reason::Document, {}},
        {"134567890123456789", Kind::Unknown, Reason::Document, {}},
        {"7b1f3c9e2a5d48c6b0aa41d2", Kind::HealthCode, Reason::None, u"7b1f3c9e2a5d48c6b0aa41d2"_s},
        {"eyJhbGciOiJFUzI1NiJ9.abc-DEF_123=", Kind::HealthCode, Reason::None,
         u"eyJhbGciOiJFUzI1NiJ9.abc-DEF_123="_s},
        {"]Q17b1f3c9e2a5d48c6b0aa41d2", Kind::HealthCode, Reason::None,
         u"7b1f3c9e2a5d48c6b0aa41d2"_s},
        {"short", Kind::Unknown, Reason::Other, {}},
        {"two words of sufficient length", Kind::Unknown, Reason::Other, {}},
        {"HC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5", Kind::Unknown, Reason::Certificate, {}},
        {"shc:/5676295953265460346029254077280433", Kind::Unknown, Reason::Certificate, {}},
        {"https://example.org/a-long-address", Kind::Unknown, Reason::Link, {}},
        {"wxp://f2f0-a-code-for-payments", Kind::Unknown, Reason::Link, {}},
        {"WWW.EXAMPLE.ORG/LONG-ADDRESS", Kind::Unknown, Reason::Link, {}},
        {"乘客的姓名和别的内容都不是这里用的", Kind::Unknown, Reason::Other, {}},
        {"", Kind::Unknown, Reason::Empty, {}},
        {" \t ", Kind::Unknown, Reason::Empty, {}},
        {"with\x01"
         "control\x02inside-of-it",
         Kind::Unknown,
         Reason::NotText,
         {}},
        {"\xff\xfe\xff\xfe\xff", Kind::Unknown, Reason::NotText, {}},
        {QByteArray(8193, 'a'), Kind::Unknown, Reason::TooLong, {}},
        {QByteArray(8192, 'a'), Kind::Unknown, Reason::Other, {}},
        {QByteArray(4096, 'a'), Kind::HealthCode, Reason::None, QString(4096, u'a')},
        {td3First + '\n' + td3Second, Kind::Mrz, Reason::None,
         QString::fromLatin1(td3First + '\n' + td3Second)},
        {td3First + "\r\n" + td3Second, Kind::Mrz, Reason::None,
         QString::fromLatin1(td3First + '\n' + td3Second)},
        {td3First + td3Second, Kind::Mrz, Reason::None, QString::fromLatin1(td3First + td3Second)},
        {(td3First + '\n' + td3Second).toLower(), Kind::Mrz, Reason::None,
         QString::fromLatin1(td3First + '\n' + td3Second)},
        {td1.join('\n'), Kind::Mrz, Reason::None, QString::fromLatin1(td1.join('\n'))},
        // A line that was not read to its end is still one of a zone, for whoever checks it.
        {td3First.chopped(3) + '\n' + td3Second, Kind::Mrz, Reason::None,
         QString::fromLatin1(td3First.chopped(3) + '\n' + td3Second)},
    }));
    INFO(row.bytes.left(60).toStdString());

    const ScanPayload payload = readScan(row.bytes);

    CHECK(scanKindKey(payload.kind).toStdString() == scanKindKey(row.kind).toStdString());
    CHECK(scanReasonKey(payload.reason).toStdString() == scanReasonKey(row.reason).toStdString());
    CHECK(payload.text == row.text);
}

TEST_CASE("Chinese from a scanner is understood in UTF-8 and in GB18030", "[identity]")
{
    QStringEncoder encoder("GB18030");
    REQUIRE(encoder.isValid());
    const QString text = u"交通卡３１０５１７００９９９０００１２３４９"_s;
    const QByteArray gb = encoder.encode(text.mid(3));
    REQUIRE(gb != text.mid(3).toUtf8());

    CHECK(readScan(gb).kind == Kind::CardNumber);
    CHECK(readScan(text.mid(3).toUtf8()).kind == Kind::CardNumber);
    CHECK(readScan(QByteArray(encoder.encode(text))).reason == Reason::Other);
}

TEST_CASE("Scans are cut at any end of line, in pieces of any size", "[identity]")
{
    const auto end = GENERATE(values<QByteArray>({"\r", "\n", "\r\n", "\n\n\r"}));
    const auto piece = GENERATE(1, 2, 7, 1000);

    CHECK(split("3105170099900012349" + end + "token-of-a-service" + end, piece) ==
          QList<QByteArray>{"3105170099900012349", "token-of-a-service"});
    CHECK(split("no-end-of-line-here", piece) == QList<QByteArray>{"no-end-of-line-here"});
    CHECK(split(end, piece).isEmpty());
    CHECK(
        split("3105170099900012349" + end + td3First + end + td3Second + end + "x" + end, piece) ==
        QList<QByteArray>{"3105170099900012349", td3First + '\n' + td3Second, "x"});
    CHECK(split(td1.join(end) + end, piece) == QList<QByteArray>{td1.join('\n')});
}

TEST_CASE("Half a zone holds up nothing that comes after it", "[identity]")
{
    CHECK(split(td3First + "\r3105170099900012349\r", 5) ==
          QList<QByteArray>{td3First, "3105170099900012349"});
    CHECK(split(td3First + "\r", 5) == QList<QByteArray>{td3First});
    ScanSplitter splitter;
    CHECK(splitter.take(td3First + "\r").isEmpty());
    CHECK(splitter.isMidZone());
    splitter.clear();
    CHECK_FALSE(splitter.isWaiting());
    CHECK(splitter.take("x\r") == QList<QByteArray>{"x"});
}

TEST_CASE("An endless line costs no more than its limit and is told as too long", "[identity]")
{
    ScanSplitter splitter;
    for (int i = 0; i < 200; ++i)
        CHECK(splitter.take(QByteArray(1000, 'a')).isEmpty());
    const QList<QByteArray> scans = splitter.take("\rnext-scan-that-is-good\r");
    REQUIRE(scans.size() == 2);
    CHECK(scans.first().size() == ScanSplitter::longest + 1);
    CHECK(readScan(scans.first()).reason == Reason::TooLong);
    CHECK(readScan(scans.last()).kind == Kind::HealthCode);
}
