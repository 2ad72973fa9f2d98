#include "support/catch.h"

#include "identity/checkdigits.h"
#include "identity/documentcheck.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

const QDate today(2022, 6, 1);

const DocumentKinds &kinds()
{
    static const auto loaded = DocumentKinds::load();
    REQUIRE(loaded);
    return *loaded;
}

DocumentCheck check(const QString &kind, const QString &typed, QDate on = today)
{
    return checkDocument(kinds(), kind, typed, on);
}

QString complete(const QString &digits)
{
    return digits + mod11CheckCharacter(digits);
}

QString completeIcao(const QString &text)
{
    return text + icaoCheckDigit(text);
}

} // namespace

TEST_CASE("What people type is normalised", "[identity]")
{
    const auto [typed, normalised] = GENERATE(table<QString, QString>({
        {u" 11010219020304004x\r\n"_s, u"11010219020304004X"_s},
        {u"110102-19020304-004X"_s, u"11010219020304004X"_s},
        {u"110102\u300019020304\t004X"_s, u"11010219020304004X"_s},
        {u"\uFF11\uFF110102\uFF1190203040\uFF104\uFF38"_s, u"11010219020304004X"_s},
        {u"11010219020304004\uFF58"_s, u"11010219020304004X"_s},
        {u"ea0000000"_s, u"EA0000000"_s},
    }));

    CHECK(normaliseDocumentNumber(typed) == normalised);
}

TEST_CASE("A character of another script is not taken for its look-alike", "[identity]")
{
    const QString last = GENERATE(values<QString>(
        {u"\u0425"_s, u"\u03A7"_s, u"\u2169"_s, u"\u0664"_s, u"\U0001D7D8"_s, u"\u00D7"_s}));

    const DocumentCheck result = check(u"resident"_s, u"11010219020304004"_s + last);

    CHECK_FALSE(result.valid);
    CHECK(result.reasons == QStringList{u"CHARSET"_s});
}

TEST_CASE("A resident number is judged by every rule at once", "[identity]")
{
    const auto [number, reasons] = GENERATE(table<QString, QStringList>({
        {complete(u"11010219020304004"_s), {}},
        {u"110102190203040041"_s, {u"CHECK_DIGIT"_s}},
        {u"1101021902030400"_s, {u"LENGTH"_s}},
        {u"1101021902030400411"_s, {u"LENGTH"_s}},
        {u""_s, {u"LENGTH"_s}},
        {u"11010219020304O041"_s, {u"CHARSET"_s}},
        {u"X1010219020304004X"_s, {u"CHARSET"_s}},
        {u"11010219020304004A"_s, {u"CHARSET"_s}},
        {complete(u"11010219021304004"_s), {u"BIRTH_DATE"_s}},
        {complete(u"11010219000229004"_s), {u"BIRTH_DATE"_s}},
        {complete(u"11010200000101004"_s), {u"BIRTH_DATE"_s}},
        {complete(u"11010218911231004"_s), {u"BIRTH_RANGE"_s}},
        {complete(u"11010218920101004"_s), {}},
        {complete(u"11010220220601004"_s), {}},
        {complete(u"11010220220602004"_s), {u"BIRTH_RANGE"_s}},
        {complete(u"16010219020304004"_s), {u"REGION"_s}},
        {complete(u"81000119020304004"_s), {u"REGION"_s}},
        {u"160102190213040041"_s, {u"CHECK_DIGIT"_s, u"BIRTH_DATE"_s, u"REGION"_s}},
    }));
    INFO(number.toStdString());

    const DocumentCheck result = check(u"resident"_s, number);

    CHECK(result.reasons == reasons);
    CHECK(result.valid == reasons.isEmpty());
}

TEST_CASE("A number of the first generation is completed", "[identity]")
{
    const auto [number, upgraded, valid] = GENERATE(table<QString, QString, bool>({
        {u"110102000101001"_s, u"110102190001010010"_s, true},
        {u"110102950101996"_s, complete(u"11010218950101996"_s), true},
        {u"110102900101999"_s, complete(u"11010218900101999"_s), false}, // older than 130
        {u"110102000101995"_s, complete(u"11010219000101995"_s), true},
        {u"110102000230001"_s, complete(u"11010219000230001"_s), false},
    }));
    INFO(number.toStdString());

    const DocumentCheck result = check(u"resident"_s, number);

    CHECK(result.form == u"cn15");
    CHECK(result.upgraded == upgraded);
    CHECK(result.valid == valid);
    CHECK(check(u"resident"_s, upgraded).valid == valid);
}

TEST_CASE("A residence permit has its own three divisions", "[identity]")
{
    const auto [number, reasons, region] = GENERATE(table<QString, QStringList, QString>({
        {u"810000199408230021"_s, {}, u"HK"_s},
        {u"830000199201300022"_s, {}, u"TW"_s},
        {complete(u"82000019020304004"_s), {}, u"MO"_s},
        {complete(u"82000119020304004"_s), {u"REGION"_s}, u"MO"_s},
        {complete(u"84000019020304004"_s), {u"REGION"_s}, u"unknown"_s},
        {u"11010219020304004X"_s, {u"REGION"_s}, u"current"_s},
        {u"810000199408230022"_s, {u"CHECK_DIGIT"_s}, u"HK"_s},
        {u"110102000101001"_s, {u"LENGTH"_s}, u""_s},
    }));
    INFO(number.toStdString());

    const DocumentCheck result = check(u"hmt-residence"_s, number);

    CHECK(result.reasons == reasons);
    CHECK(result.valid == reasons.isEmpty());
    CHECK(result.region == region);
}

TEST_CASE("Permanent residents of foreign nationality have two kinds of numbers", "[identity]")
{
    const auto [number, reasons] = GENERATE(table<QString, QStringList>({
        {u"KAZ110090123105"_s, {}},
        {u"kaz 1100 901231 05"_s, {}},
        {u"KAZ110090123107"_s, {u"CHECK_DIGIT"_s}},
        {u"KA1110090123105"_s, {u"FORMAT"_s}},
        {u"KAZ11009012310X"_s, {u"FORMAT"_s}},
        {u"KAZ1100901231051"_s, {u"LENGTH"_s}},
        {completeIcao(u"ZZZ11009012310"_s), {u"COUNTRY"_s}},
        {completeIcao(u"ATA17009012310"_s), {u"REGION"_s}},
        {completeIcao(u"ATA11009002300"_s), {u"BIRTH_DATE"_s}},
        {completeIcao(u"ATA11000002290"_s), {}}, // 2000 was a leap year
        {u"911398199012310021"_s, {}},
        {complete(u"91139919901231002"_s), {u"COUNTRY"_s}},
        {complete(u"91739819901231002"_s), {u"REGION"_s}},
        {complete(u"81139819901231002"_s), {u"FORMAT"_s}},
        {complete(u"91139819901331002"_s), {u"BIRTH_DATE"_s}},
        {complete(u"91139820990101002"_s), {u"BIRTH_RANGE"_s}},
        {u"91139819901231O021"_s, {u"CHARSET"_s}},
    }));
    INFO(number.toStdString());

    const DocumentCheck result = check(u"foreign-permanent"_s, number);

    CHECK(result.reasons == reasons);
    CHECK(result.valid == reasons.isEmpty());
}

TEST_CASE("A birth date without a century is the latest one that has been", "[identity]")
{
    CHECK(check(u"foreign-permanent"_s, u"KAZ110090123105"_s).birth == QDate(1990, 12, 31));
    CHECK(check(u"foreign-permanent"_s, completeIcao(u"ATA11002205310"_s)).birth ==
          QDate(2022, 5, 31));
    CHECK(check(u"foreign-permanent"_s, completeIcao(u"ATA11002206020"_s)).birth ==
          QDate(1922, 6, 2));
}

TEST_CASE("Travel documents have their shapes", "[identity]")
{
    const auto [kind, number, valid, detail] = GENERATE(table<QString, QString, bool, QString>({
        {u"hmt-permit"_s, u"H12345678"_s, true, u"HK"_s},
        {u"hmt-permit"_s, u"m12345678"_s, true, u"MO"_s},
        {u"hmt-permit"_s, u"H1234567801"_s, true, u"HK"_s},
        {u"hmt-permit"_s, u"A1234567801"_s, false, u""_s},
        {u"hmt-permit"_s, u"H123456780"_s, false, u""_s},
        {u"hmt-permit"_s, u"H1234567"_s, false, u""_s},
        {u"hmt-permit"_s, u"12345678"_s, false, u""_s},
        {u"taiwan-permit"_s, u"12345678"_s, true, u""_s},
        {u"taiwan-permit"_s, u"1234567"_s, false, u""_s},
        {u"taiwan-permit"_s, u"123456789"_s, false, u""_s},
        {u"taiwan-permit"_s, u"T123456789"_s, true, u""_s},
        {u"taiwan-permit"_s, u"123456789012"_s, true, u""_s},
        {u"taiwan-permit"_s, u"1234567890123"_s, false, u""_s},
        {u"passport"_s, u"E00000000"_s, true, u"ordinary"_s},
        {u"passport"_s, u"EA0000000"_s, true, u"ordinary"_s},
        {u"passport"_s, u"EI0000000"_s, false, u""_s},
        {u"passport"_s, u"EO0000000"_s, false, u""_s},
        {u"passport"_s, u"E0000000"_s, true, u"foreign"_s},
        {u"passport"_s, u"G00000000"_s, true, u"ordinary"_s},
        {u"passport"_s, u"G0000000"_s, true, u"foreign"_s},
        {u"passport"_s, u"150000000"_s, true, u"ordinary"_s},
        {u"passport"_s, u"140000000"_s, true, u"ordinary"_s},
        {u"passport"_s, u"PE0000000"_s, true, u"public-affairs"_s},
        {u"passport"_s, u"P0000000"_s, true, u"public-affairs"_s},
        {u"passport"_s, u"SE0000000"_s, true, u"service"_s},
        {u"passport"_s, u"S00000000"_s, true, u"service"_s},
        {u"passport"_s, u"S0000000"_s, true, u"service"_s},
        {u"passport"_s, u"DE0000000"_s, true, u"diplomatic"_s},
        {u"passport"_s, u"D0000000"_s, true, u"diplomatic"_s},
        {u"passport"_s, u"D00000000"_s, true, u"diplomatic"_s},
        {u"passport"_s, u"H00000000"_s, true, u"hk-sar"_s},
        {u"passport"_s, u"K00000000"_s, true, u"hk-sar"_s},
        {u"passport"_s, u"KJ0000000"_s, true, u"hk-sar"_s},
        {u"passport"_s, u"MA0000000"_s, true, u"macao-sar"_s},
        {u"passport"_s, u"L898902C3"_s, true, u"foreign"_s},
        {u"passport"_s, u"1"_s, true, u"foreign"_s},
        {u"passport"_s, u"L898902C36"_s, false, u""_s},
        {u"passport"_s, u"L89890/C3"_s, false, u""_s},
        {u"passport"_s, u""_s, false, u""_s},
    }));
    INFO(kind.toStdString() << " " << number.toStdString());

    const DocumentCheck result = check(kind, number);

    CHECK(result.valid == valid);
    CHECK(result.reasons == (valid ? QStringList() : QStringList{u"FORMAT"_s}));
    CHECK(result.region + result.subtype == detail);
}

TEST_CASE("Older and unusual numbers are taken with a warning", "[identity]")
{
    const auto [kind, number, form, warnings] =
        GENERATE(table<QString, QString, QString, QStringList>({
            {u"hmt-permit"_s, u"H00000000"_s, u"hm-permit"_s, {}},
            {u"hmt-permit"_s, u"M0000000001"_s, u"hm-permit-1999"_s, {u"OLD_FORM"_s}},
            {u"taiwan-permit"_s, u"00000000"_s, u"tw-permit"_s, {}},
            {u"taiwan-permit"_s, u"0000000000"_s, u"tw-permit-booklet"_s, {u"OLD_FORM"_s}},
            {u"taiwan-permit"_s, u"T00000000000"_s, u"tw-permit-booklet"_s, {u"OLD_FORM"_s}},
            {u"passport"_s, u"EA0000000"_s, u"passport"_s, {}},
            {u"passport"_s, u"EA000000"_s, u"passport"_s, {u"FORMAT_UNUSUAL"_s}},
            {u"passport"_s, u"E0000000"_s, u"passport"_s, {u"FORMAT_UNUSUAL"_s}},
            {u"passport"_s, u"L898902C3"_s, u"passport"_s, {}},
        }));
    INFO(number.toStdString());

    const DocumentCheck result = check(kind, number);

    CHECK(result.valid);
    CHECK(result.form == form);
    CHECK(result.warnings == warnings);
}

TEST_CASE("A shape that more characters can complete is unfinished, not only wrong", "[identity]")
{
    const auto [kind, number, unfinished] = GENERATE(table<QString, QString, bool>({
        {u"hmt-permit"_s, u"H"_s, true},
        {u"hmt-permit"_s, u"H1234567"_s, true},
        {u"hmt-permit"_s, u"H123456789"_s, true},
        {u"hmt-permit"_s, u"H12345678901"_s, false},
        {u"hmt-permit"_s, u"A1"_s, false},
        {u"hmt-permit"_s, u"HA"_s, false},
        {u"taiwan-permit"_s, u"1234567"_s, true},
        {u"taiwan-permit"_s, u"123456789"_s, true},
        {u"taiwan-permit"_s, u"1234567890123"_s, false},
        {u"passport"_s, u"EO0000000"_s, false},
        {u"resident"_s, u"110102"_s, false},
    }));
    INFO(number.toStdString());

    const DocumentCheck result = check(kind, number);

    CHECK_FALSE(result.valid);
    CHECK(result.unfinished == unfinished);
}

TEST_CASE("A military number is never refused for its shape and never passes unwarned",
          "[identity]")
{
    const auto [number, normalized, unusual] = GENERATE(table<QString, QString, bool>({
        {u"军字第0000000号"_s, u"军字第0000000号"_s, false},
        {u"军字第0000000"_s, u"军字第0000000号"_s, false},
        {u" 军字第 \uFF10000-000 号 "_s, u"军字第0000000号"_s, false},
        {u"士字第ab00号"_s, u"士字第AB00号"_s, false},
        {u"武警测字第00000000号"_s, u"武警测字第00000000号"_s, false},
        {u"军字第000号"_s, u"军字第000号"_s, true},
        {u"00000000"_s, u"00000000"_s, true},
        {u"\U00020BB7字第0000"_s, u"\U00020BB7字第0000号"_s, false},
    }));
    INFO(number.toStdString());

    const DocumentCheck result = check(u"military"_s, number);

    CHECK(result.valid);
    CHECK(result.normalized == normalized);
    CHECK(result.warnings == (unusual ? QStringList{u"UNCHECKED"_s, u"FORMAT_UNUSUAL"_s}
                                      : QStringList{u"UNCHECKED"_s}));
    CHECK(check(u"military"_s, result.normalized) == result);
}

TEST_CASE("A military number has Han characters, letters and digits, and not too many",
          "[identity]")
{
    const auto [number, reason] = GENERATE(table<QString, QString>({
        {u""_s, u"LENGTH"_s},
        {u"军字第"_s, u"LENGTH"_s},
        {u"军字第"_s + QString(18, u'0'), u"LENGTH"_s},
        {u"军字第000\u0661号"_s, u"CHARSET"_s},
        {u"军字第0000\u202E号"_s, u"CHARSET"_s},
        {u"军字第0000/号"_s, u"CHARSET"_s},
        {u"军字第0000"_s + QChar(0xD842), u"CHARSET"_s},
    }));

    const DocumentCheck result = check(u"military"_s, number);

    CHECK(result.reasons == QStringList{reason});
}

TEST_CASE("An unknown kind of document is refused", "[identity]")
{
    CHECK(check(u"library-card"_s, u"12345678"_s).reasons == QStringList{u"FORMAT"_s});
}

TEST_CASE("Every wrong digit and every swap of neighbours is caught", "[identity]")
{
    QRandomGenerator random(11);
    for (int round = 0; round < 50; ++round) {
        const QDate birth = QDate(1895, 1, 1).addDays(random.bounded(46000));
        const QString number =
            complete(u"110102"_s + birth.toString(u"yyyyMMdd"_s) +
                     QString::number(random.bounded(1000)).rightJustified(3, u'0'));
        INFO(number.toStdString());
        REQUIRE(check(u"resident"_s, number).valid);

        for (qsizetype at = 0; at < number.size(); ++at) {
            for (const QChar digit : at == 17 ? u"0123456789X"_s : u"0123456789"_s) {
                QString wrong = number;
                wrong[at] = digit;
                if (wrong != number)
                    CHECK_FALSE(check(u"resident"_s, wrong).valid);
            }
            if (at == 0 || number[at] == number[at - 1])
                continue;
            QString swapped = number;
            swapped[at] = number[at - 1];
            swapped[at - 1] = number[at];
            CHECK_FALSE(check(u"resident"_s, swapped).valid);
        }
    }
}

TEST_CASE("Permanent residence numbers catch what their check digits guarantee", "[identity]")
{
    QRandomGenerator random(15);
    for (int round = 0; round < 50; ++round) {
        const QString birth =
            QDate(1930, 1, 1).addDays(random.bounded(33000)).toString(u"yyMMdd"_s);
        const QString old =
            completeIcao(u"ATA1100"_s + birth + QString::number(random.bounded(10)));
        const QString recent = complete(u"911398"_s + u"19"_s + birth + u"000"_s);
        for (const QString &number : {old, recent}) {
            INFO(number.toStdString());
            for (qsizetype at = 0; at < number.size(); ++at) {
                if (!number[at].isDigit())
                    continue;
                for (const QChar digit : u"0123456789"_s) {
                    QString wrong = number;
                    wrong[at] = digit;
                    if (wrong != number)
                        CHECK_FALSE(check(u"foreign-permanent"_s, wrong).valid);
                }
                if (at == 0 || !number[at - 1].isDigit() || number[at] == number[at - 1])
                    continue;
                // ICAO's weights differ by even numbers: digits that differ by 5 trade places
                // unseen.
                const int difference = std::abs(number[at].unicode() - number[at - 1].unicode());
                if (number == old && difference == 5)
                    continue;
                QString swapped = number;
                swapped[at] = number[at - 1];
                swapped[at - 1] = number[at];
                CHECK_FALSE(check(u"foreign-permanent"_s, swapped).valid);
            }
        }
    }
}

TEST_CASE("Random input is judged without surprises", "[identity]")
{
    QRandomGenerator random(5);
    const QString alphabet = u"0123456789XEHMGKAZ -\u3000\uFF11\u0661\u4E00\u5B57\u7B2C\u53F7"_s;
    for (int round = 0; round < 20000; ++round) {
        QString typed;
        const int length = random.bounded(24);
        for (int i = 0; i < length; ++i)
            typed += round % 3 == 0 ? QChar(ushort(random.bounded(0x10000)))
                                    : alphabet[random.bounded(int(alphabet.size()))];
        for (const DocumentKind &kind : kinds().kinds()) {
            const DocumentCheck result = check(kind.key, typed);
            INFO(kind.key.toStdString() << " " << typed.toUtf8().toHex().toStdString());
            CHECK(result.valid == result.reasons.isEmpty());
            CHECK(check(kind.key, result.normalized) == result);
        }
    }
}

TEST_CASE("Age counts whole years", "[identity]")
{
    CHECK(ageOn(QDate(2008, 6, 2), QDate(2022, 6, 1)) == 13);
    CHECK(ageOn(QDate(2008, 6, 1), QDate(2022, 6, 1)) == 14);
    CHECK(ageOn(QDate(2008, 2, 29), QDate(2022, 2, 28)) == 13);
    CHECK(ageOn(QDate(2008, 2, 29), QDate(2022, 3, 1)) == 14);
    CHECK(ageOn(QDate(2022, 6, 1), QDate(2022, 6, 1)) == 0);
}
