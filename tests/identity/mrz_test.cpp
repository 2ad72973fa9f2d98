#include "support/catch.h"

#include "identity/mrz.h"
#include "identity/mrzzones.h"

#include <QRandomGenerator>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

const QDate today(2022, 6, 1);

const DocumentKinds &kinds()
{
    static const auto loaded = DocumentKinds::load();
    REQUIRE(loaded);
    return *loaded;
}

Mrz read(const QString &text, QDate on = today)
{
    return readMrz(kinds(), text.toUtf8(), on);
}

QStringList reasons(const QString &text)
{
    const Mrz mrz = read(text);
    CHECK(mrz.valid == mrz.reasons.isEmpty());
    return mrz.reasons;
}

/// The zone with one field set.
MrzFields with(QString MrzFields::*field, const QString &value)
{
    MrzFields fields;
    fields.*field = value;
    return fields;
}

} // namespace

TEST_CASE("The three sizes of documents are read field by field", "[identity]")
{
    const auto [format, text] = GENERATE(
        table<QString, QString>({{u"TD3"_s, passport()}, {u"TD2"_s, td2()}, {u"TD1"_s, td1()}}));
    INFO(text.toStdString());

    const Mrz mrz = read(text);

    CHECK(mrz.valid);
    CHECK(mrz.reasons.isEmpty());
    CHECK(mrz.warnings == QStringList{u"SPECIMEN"_s});
    CHECK(mrzFormatKey(mrz.format) == format);
    CHECK(mrz.documentCode == (format == u"TD3" ? u"P"_s : u"I"_s));
    CHECK(mrz.issuer == u"UTO");
    CHECK(mrz.documentNumber == u"L00000001");
    CHECK(mrz.surname == u"TESTER");
    CHECK(mrz.given == u"ANNA MARIA");
    CHECK(mrz.nationality == u"UTO");
    CHECK(mrz.birth == QDate(1974, 8, 12));
    CHECK(mrz.sex == u"F");
    CHECK(mrz.expiry == QDate(2032, 4, 15));
    CHECK(mrz.checks ==
          MrzChecks{true, true, true, format == u"TD3" ? std::optional(true) : std::nullopt, true});
}

TEST_CASE("Lines may end as any machine ends them, or not at all", "[identity]")
{
    const Mrz expected = read(passport());
    QString one = passport();
    one.remove(u'\n');
    const QString crlf = passport().replace(u'\n', u"\r\n"_s) + u"\r\n"_s;

    CHECK(read(one) == expected);
    CHECK(read(crlf) == expected);
    CHECK(read(passport().replace(u'\n', u'\r')) == expected);
    CHECK(read(u"\n\n  "_s + passport().replace(u'\n', u"\t\n\n "_s) + u" \n"_s) == expected);
    CHECK(read(passport().toLower()) == expected);
    CHECK(read(u"\uFEFF"_s + passport()) == expected);
    CHECK(read(td1().remove(u'\n')) == read(td1()));
    CHECK(read(td2().remove(u'\n')) == read(td2()));
}

TEST_CASE("A number of more than nine characters goes on in the optional field", "[identity]")
{
    // The example of ICAO 9303 part 5.
    const Mrz specimen = read(u"I<UTOD23145890<7349<<<<<<<<<<<\n"
                              "3407127M9507122UTO<<<<<<<<<<<2\n"
                              "STEVENSON<<PETER<JOHN<<<<<<<<<"_s);
    CHECK(specimen.valid);
    CHECK(specimen.documentNumber == u"D23145890734");
    CHECK(specimen.surname == u"STEVENSON");
    CHECK(specimen.birth == QDate(1934, 7, 12));

    for (const QString &number : {u"L0000000012"_s, u"ABCDEFGHI00000000000"_s}) {
        MrzFields fields{.code = u"I"_s, .number = number, .optional = {}};
        const Mrz card = read(td1(fields));
        CHECK(card.valid);
        CHECK(card.documentNumber == number);
        if (number.size() > 14)
            continue;
        const Mrz small = read(td2(fields));
        CHECK(small.valid);
        CHECK(small.documentNumber == number);
    }
}

TEST_CASE("A long number that breaks off is no number", "[identity]")
{
    const auto [from, to] = GENERATE(table<QString, QString>({
        {u"<7349<"_s, u"<7340<"_s}, // check digit
        {u"<7349<"_s, u"<7349A"_s}, // the filler behind it
        {u"<7349<"_s, u"<9<<<<"_s}, // a check digit and no rest
        {u"<7349<"_s, u"<<<<<<"_s},
        {u"0<7349"_s, u"<<7349"_s}, // the first part ends early
    }));
    QString text = u"I<UTOD23145890<7349<<<<<<<<<<<\n"
                   "3407127M9507122UTO<<<<<<<<<<<2\n"
                   "STEVENSON<<PETER<JOHN<<<<<<<<<"_s;
    text.replace(from, to);
    INFO(text.toStdString());

    const Mrz mrz = read(text);

    CHECK_FALSE(mrz.valid);
    CHECK(mrz.checks.number == false);
    // A passport has no such numbers at all.
    QString booklet = passport();
    booklet[54] = u'<';
    CHECK(read(booklet).checks.number == false);
}

TEST_CASE("What has not the size of a zone, or not its characters, is not read", "[identity]")
{
    const QString good = passport();
    const auto [text, reason] = GENERATE_COPY(table<QString, QString>({
        {u""_s, u"LENGTH"_s},
        {u"\n\n"_s, u"LENGTH"_s},
        {u"P<"_s, u"LENGTH"_s},
        {good.chopped(1), u"LENGTH"_s},
        {good + u'0', u"LENGTH"_s},
        {good + u"\nX"_s, u"LENGTH"_s},
        {good + u'\n' + good, u"LENGTH"_s},
        {good.first(44), u"LENGTH"_s},
        {td1().first(61), u"LENGTH"_s},
        {QString(2000, u'<'), u"LENGTH"_s},
        {QString(good).replace(u"TESTER"_s, u"TEST R"_s), u"CHARSET"_s},
        {QString(good).replace(u"TESTER"_s, u"TEST\u00C9"_s), u"CHARSET"_s}, // two bytes of UTF-8
        {QString(good).replace(u"TESTER"_s, u"TEST-R"_s), u"CHARSET"_s},
        {QString(good).replace(u"TESTER"_s, u"TES\0ER"_s), u"CHARSET"_s},
        {u"\u00A0"_s + good, u"LENGTH"_s},
    }));
    INFO(text.toStdString());

    const Mrz mrz = read(text);

    CHECK(mrz.reasons == QStringList{reason});
    CHECK(mrz.documentNumber.isEmpty());
    CHECK(mrz.surname.isEmpty());
    CHECK(mrz.checks == MrzChecks{});
}

TEST_CASE("A visa is no identity document", "[identity]")
{
    const Mrz large = read(passport(with(&MrzFields::code, u"V"_s)));
    const Mrz small = read(td2({.code = u"VC"_s, .optional = {}}));

    CHECK(large.reasons == QStringList{u"VISA"_s});
    CHECK(mrzFormatKey(large.format) == u"MRV-A");
    CHECK(small.reasons == QStringList{u"VISA"_s});
    CHECK(mrzFormatKey(small.format) == u"MRV-B");
    CHECK(large.surname.isEmpty());
}

TEST_CASE("Cards of three lines with a layout of their own are not taken for TD1", "[identity]")
{
    // As on travel permits of China: the number begins behind two letters.
    const auto first = GENERATE(values<QString>(
        {u"CRH00000000<<<<<<<<<<<<<<<<<<<"_s, u"CT00000000<<<<<<<<<<<<<<<<<<<<"_s,
         u"I<<<<D231458907<<<<<<<<<<<<<<<"_s, u"I<D<DD231458907<<<<<<<<<<<<<<<"_s,
         u"X<UTOD231458907<<<<<<<<<<<<<<<"_s, u"P<UTOD231458907<<<<<<<<<<<<<<<"_s}));
    const Mrz mrz = read(first + u"\n7408122F1204159UTO<<<<<<<<<<<6\n"
                                 "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"_s);

    CHECK(mrz.reasons == QStringList{u"FORMAT"_s});
    CHECK(mrz.documentNumber.isEmpty());
}

TEST_CASE("A birth date is in the century that makes it the latest that has been", "[identity]")
{
    const auto [birth, day] = GENERATE(table<QString, QDate>({
        {u"220601"_s, QDate(2022, 6, 1)},
        {u"220602"_s, QDate(1922, 6, 2)},
        {u"000229"_s, QDate(2000, 2, 29)},
        {u"991231"_s, QDate(1999, 12, 31)},
        {u"230101"_s, QDate(1923, 1, 1)},
    }));

    CHECK(read(passport(with(&MrzFields::birth, birth))).birth == day);
}

TEST_CASE("Dates that are unknown are told from dates that do not exist", "[identity]")
{
    const auto [field, value, reason, warning] =
        GENERATE(table<QString MrzFields::*, QString, QString, QString>({
            {&MrzFields::birth, u"<<<<<<"_s, {}, u"BIRTH_UNKNOWN"_s},
            {&MrzFields::birth, u"74<<<<"_s, {}, u"BIRTH_UNKNOWN"_s},
            {&MrzFields::birth, u"7408<<"_s, {}, u"BIRTH_UNKNOWN"_s},
            {&MrzFields::birth, u"7413<<"_s, u"BIRTH_DATE"_s, {}},
            {&MrzFields::birth, u"7<<<<<"_s, u"BIRTH_DATE"_s, {}},
            {&MrzFields::birth, u"74<<12"_s, u"BIRTH_DATE"_s, {}},
            {&MrzFields::birth, u"740832"_s, u"BIRTH_DATE"_s, {}},
            {&MrzFields::birth, u"210229"_s, u"BIRTH_DATE"_s, {}},
            {&MrzFields::birth, u"74O812"_s, u"BIRTH_DATE"_s, {}},
            {&MrzFields::expiry, u"<<<<<<"_s, {}, u"EXPIRY_UNKNOWN"_s},
            {&MrzFields::expiry, u"22<<<<"_s, u"EXPIRY_DATE"_s, {}},
            {&MrzFields::expiry, u"220230"_s, u"EXPIRY_DATE"_s, {}},
            {&MrzFields::expiry, u"22023A"_s, u"EXPIRY_DATE"_s, {}},
            {&MrzFields::expiry, u"220531"_s, {}, u"EXPIRED"_s},
            {&MrzFields::expiry, u"220601"_s, {}, {}},
            {&MrzFields::expiry, u"991231"_s, {}, {}},
        }));
    INFO(value.toStdString());

    const Mrz mrz = read(passport(with(field, value)));

    CHECK(mrz.reasons == (reason.isEmpty() ? QStringList() : QStringList{reason}));
    CHECK(mrz.valid == reason.isEmpty());
    for (const QString &key : {u"BIRTH_UNKNOWN"_s, u"EXPIRY_UNKNOWN"_s, u"EXPIRED"_s})
        CHECK(mrz.warnings.contains(key) == (key == warning));
}

TEST_CASE("Names are cut at the double filler", "[identity]")
{
    const auto [field, surname, given, truncated] =
        GENERATE(table<QString, QString, QString, bool>({
            {u"TESTER<<ANNA"_s, u"TESTER"_s, u"ANNA"_s, false},
            {u"TESTER"_s, u"TESTER"_s, u""_s, false},
            {u"VAN<DER<TEST<<ANNA<MARIA"_s, u"VAN DER TEST"_s, u"ANNA MARIA"_s, false},
            {u"TESTER<<ANNA<<MARIA"_s, u"TESTER"_s, u"ANNA MARIA"_s, false},
            {u"<<ANNA"_s, u""_s, u"ANNA"_s, false},
            {QString(39, u'T'), QString(39, u'T'), u""_s, true},
            {u"TESTER<<"_s + QString(31, u'A'), u"TESTER"_s, QString(31, u'A'), true},
            {u"TESTER<<"_s + QString(30, u'A'), u"TESTER"_s, QString(30, u'A'), false},
        }));
    INFO(field.toStdString());

    const Mrz mrz = read(passport(with(&MrzFields::names, field)));

    CHECK(mrz.valid);
    CHECK(mrz.surname == surname);
    CHECK(mrz.given == given);
    CHECK(mrz.warnings.contains(u"NAME_TRUNCATED"_s) == truncated);
}

TEST_CASE("What no check digit covers is still looked at", "[identity]")
{
    CHECK(reasons(passport(with(&MrzFields::names, {}))) == QStringList{u"NAME"_s});
    CHECK(reasons(passport(with(&MrzFields::names, u"TE5TER<<ANNA"_s))) == QStringList{u"NAME"_s});
    CHECK(reasons(passport(with(&MrzFields::sex, u"H"_s))) == QStringList{u"FORMAT"_s});
    CHECK(reasons(passport(with(&MrzFields::nationality, u"0TO"_s))) == QStringList{u"FORMAT"_s});
    CHECK(reasons(passport(with(&MrzFields::nationality, u"<<<"_s))) == QStringList{u"FORMAT"_s});
    CHECK(reasons(passport(with(&MrzFields::number, {}))) == QStringList{u"FORMAT"_s});
    CHECK(reasons(passport(with(&MrzFields::number, u"<L0000001"_s))) == QStringList{u"FORMAT"_s});
    CHECK(read(passport(with(&MrzFields::number, u"L0<000001"_s))).documentNumber == u"L0<000001");
    CHECK(read(passport(with(&MrzFields::sex, u"<"_s))).sex.isEmpty());
    CHECK(read(passport(with(&MrzFields::sex, u"X"_s))).sex.isEmpty());
    CHECK(mrzUncovered() ==
          QStringList{u"issuer"_s, u"surname"_s, u"given"_s, u"nationality"_s, u"sex"_s});
}

TEST_CASE("A state nobody knows is a warning, a specimen is one too", "[identity]")
{
    const auto [issuer, nationality, warnings] = GENERATE(table<QString, QString, QStringList>({
        {u"D<<"_s, u"D<<"_s, {}},
        {u"CHN"_s, u"CHN"_s, {}},
        {u"UNO"_s, u"XXA"_s, {}},
        {u"QQQ"_s, u"CHN"_s, {u"COUNTRY_UNKNOWN"_s}},
        {u"CHN"_s, u"DE<"_s, {u"COUNTRY_UNKNOWN"_s}},
        {u"UTO"_s, u"UTO"_s, {u"SPECIMEN"_s}},
    }));

    const Mrz mrz = read(passport({.issuer = issuer, .nationality = nationality}));

    CHECK(mrz.valid);
    CHECK(mrz.warnings == warnings);
}

TEST_CASE("An empty optional field may have no check digit, a full one must", "[identity]")
{
    const QString empty = passport(with(&MrzFields::optional, {}));
    REQUIRE(empty[87] == u'0');
    // The composite runs over the place as well; a filler counts as 0 there.
    CHECK(read(QString(empty).replace(87, 1, u"<"_s)).valid);
    QString full = passport();
    full[87] = u'<';
    CHECK(read(full).checks.optional == false);
}

TEST_CASE("Each check digit is looked at by itself", "[identity]")
{
    // Places of the check digits in the second line: number, birth, expiry, optional, composite.
    const auto [at, checks] = GENERATE(table<int, MrzChecks>({
        {9, {false, true, true, true, false}},
        {19, {true, false, true, true, false}},
        {27, {true, true, false, true, false}},
        {42, {true, true, true, false, false}},
        {43, {true, true, true, true, false}},
    }));
    const QString good = passport();
    for (const QChar digit : u"0123456789<AK"_s) {
        QString wrong = good;
        wrong[45 + at] = digit;
        if (wrong == good)
            continue;
        INFO(wrong.toStdString());
        const Mrz mrz = read(wrong);
        CHECK(mrz.reasons == QStringList{u"CHECK_DIGIT"_s});
        // The composite digit counts letters by their value, so it may agree with one by chance.
        MrzChecks expected = checks;
        if (!digit.isDigit() && at != 43)
            expected.composite = mrz.checks.composite;
        CHECK(mrz.checks == expected);
    }
}

TEST_CASE("Every wrong digit in a checked field is caught, and every swap the weights can tell",
          "[identity]")
{
    QRandomGenerator random(9303);
    const auto digits = [&random](int count) {
        QString text;
        for (int i = 0; i < count; ++i)
            text += QChar(u'0' + random.bounded(10));
        return text;
    };
    for (int round = 0; round < 40; ++round) {
        MrzFields fields;
        fields.number = digits(9);
        fields.optional = digits(7);
        fields.birth = QDate(1930, 1, 1).addDays(random.bounded(30000)).toString(u"yyMMdd"_s);
        fields.expiry = QDate(2023, 1, 1).addDays(random.bounded(3650)).toString(u"yyMMdd"_s);
        const int shape = round % 3;
        fields.code = shape == 0 ? u"P"_s : u"I"_s;
        const QString good = shape == 0 ? passport(fields) : shape == 1 ? td2(fields) : td1(fields);
        REQUIRE(read(good).valid);
        // No digit stands outside what the check digits cover.
        for (qsizetype at = 0; at < good.size(); ++at) {
            if (!good[at].isDigit())
                continue;
            for (const QChar digit : u"0123456789"_s) {
                QString wrong = good;
                wrong[at] = digit;
                if (wrong != good)
                    CHECK_FALSE(read(wrong).valid);
            }
            if (at == 0 || !good[at - 1].isDigit() || good[at] == good[at - 1])
                continue;
            QString swapped = good;
            swapped[at] = good[at - 1];
            swapped[at - 1] = good[at];
            // Weights 7, 3, 1 differ by even numbers: digits that differ by 5 trade places unseen.
            const bool seen = std::abs(good[at].unicode() - good[at - 1].unicode()) != 5;
            if (seen) {
                INFO(good.toStdString() << " " << at);
                CHECK_FALSE(read(swapped).valid);
            }
        }
    }
}

TEST_CASE("Any bytes of any length are judged without surprises", "[identity]")
{
    QRandomGenerator random(44);
    const QByteArray alphabet("0123456789ABPIVUTO<\n\r \t");
    const QList<QByteArray> zones{passport().toUtf8(), td1().toUtf8(), td2().toUtf8()};
    for (int round = 0; round < 30000; ++round) {
        QByteArray bytes;
        if (round % 2 == 0) {
            bytes = zones[round % 3];
            const int edits = random.bounded(1, 4);
            for (int i = 0; i < edits; ++i)
                bytes[random.bounded(int(bytes.size()))] = char(random.bounded(256));
        } else {
            const int length = random.bounded(round % 100 == 1 ? 5000 : 120);
            for (int i = 0; i < length; ++i)
                bytes += round % 3 == 0 ? char(random.bounded(256))
                                        : alphabet[random.bounded(int(alphabet.size()))];
        }
        INFO(bytes.toHex().toStdString());
        const Mrz mrz = readMrz(kinds(), bytes, today);
        CHECK(mrz.valid == mrz.reasons.isEmpty());
        if (mrz.valid) {
            CHECK_FALSE(mrz.documentNumber.isEmpty());
            CHECK_FALSE((mrz.surname + mrz.given).isEmpty());
        }
    }
}
