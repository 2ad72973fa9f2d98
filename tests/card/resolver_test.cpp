#include "support/catch.h"

#include "card/resolver.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

using Verdict = CardNumberExplanation::Verdict;
using Difference = NearMatch::Difference;

const Catalogue &catalogue()
{
    static const auto loaded = Catalogue::load();
    REQUIRE(loaded);
    return *loaded;
}

struct Row {
    QString typed;
    QString number;
    Verdict verdict;
    QString product;
    QList<int> expected;
    int missing;
    CardService service;
};

} // namespace

TEST_CASE("A typed number is explained", "[card]")
{
    using enum Verdict;
    using enum CardService;
    const Row row = GENERATE(values<Row>({
        {u"3105170010170907984"_s,
         u"3105170010170907984"_s,
         Complete,
         u"beijing-tunion"_s,
         {19},
         0,
         Linkable},
        {u"3105 1700 1017 0907 984"_s,
         u"3105170010170907984"_s,
         Complete,
         u"beijing-tunion"_s,
         {19},
         0,
         Linkable},
        {u"3105-1700-1017-0907-984"_s,
         u"3105170010170907984"_s,
         Complete,
         u"beijing-tunion"_s,
         {19},
         0,
         Linkable},
        {u"\uFF13\uFF11\uFF10\uFF15\u30001700 1017 0907 984"_s,
         u"3105170010170907984"_s,
         Complete,
         u"beijing-tunion"_s,
         {19},
         0,
         Linkable},
        {u"03105170010170907984"_s,
         u"3105170010170907984"_s,
         Complete,
         u"beijing-tunion"_s,
         {19},
         0,
         Linkable},
        {u"0310517001017090798"_s,
         u"0310517001017090798"_s,
         TooShort,
         u"beijing-tunion"_s,
         {20},
         1,
         Linkable},
        {u"031051700101709079841"_s,
         u"031051700101709079841"_s,
         TooLong,
         u"beijing-tunion"_s,
         {20},
         0,
         Linkable},
        {u"310517001017090798"_s,
         u"310517001017090798"_s,
         TooShort,
         u"beijing-tunion"_s,
         {19},
         1,
         Linkable},
        {u"31051700101709079841"_s,
         u"31051700101709079841"_s,
         TooLong,
         u"beijing-tunion"_s,
         {19},
         0,
         Linkable},
        {u"31051700"_s, u"31051700"_s, TooShort, u"beijing-tunion"_s, {19}, 11, Linkable},
        {u"3104870395346358827"_s,
         u"3104870395346358827"_s,
         Complete,
         u"tunion-other"_s,
         {19},
         0,
         Foreign},
        {u"03104870395346358827"_s,
         u"3104870395346358827"_s,
         Complete,
         u"tunion-other"_s,
         {19},
         0,
         Foreign},
        {u"310"_s, u"310"_s, TooShort, u""_s, {19}, 16, TapNeeded},
        {u"3105170"_s, u"3105170"_s, TooShort, u""_s, {19}, 12, TapNeeded},
        {u"3105171"_s, u"3105171"_s, TooShort, u"tunion-other"_s, {19}, 12, Foreign},
        {u"3"_s, u"3"_s, TooShort, u""_s, {19}, 18, TapNeeded},
        {u"03"_s, u"03"_s, TooShort, u""_s, {20}, 18, TapNeeded},
        {u"1000751511409928"_s,
         u"1000751511409928"_s,
         Complete,
         u"beijing-bmac"_s,
         {16, 17, 20},
         0,
         Linkable},
        {u"100075151140992"_s,
         u"100075151140992"_s,
         TooShort,
         u"beijing-bmac"_s,
         {16, 17, 20},
         1,
         Linkable},
        {u"10007515114099281"_s,
         u"10007515114099281"_s,
         Complete,
         u"beijing-bmac"_s,
         {16, 17, 20},
         0,
         TapNeeded},
        {u"10007515114099281234"_s,
         u"10007515114099281234"_s,
         Complete,
         u"beijing-bmac"_s,
         {16, 17, 20},
         0,
         TapNeeded},
        {u"100075151140992812"_s,
         u"100075151140992812"_s,
         TooLong,
         u"beijing-bmac"_s,
         {16, 17, 20},
         0,
         Linkable},
        {u"1"_s, u"1"_s, TooShort, u"beijing-bmac"_s, {16, 17, 20}, 15, Linkable},
        {u"2000751511409928"_s, u"2000751511409928"_s, UnknownPrefix, u""_s, {}, 0, TapNeeded},
        {u"20007515114099281"_s, u"20007515114099281"_s, UnknownPrefix, u""_s, {}, 0, TapNeeded},
        {u""_s, u""_s, NotANumber, u""_s, {}, 0, TapNeeded},
        {u" - "_s, u""_s, NotANumber, u""_s, {}, 0, TapNeeded},
        {u"31051700O"_s, u""_s, NotANumber, u""_s, {}, 0, TapNeeded},
        {u"\u0663\u0661\u0660"_s, u""_s, NotANumber, u""_s, {}, 0, TapNeeded}, // Arabic-Indic
        {u"\u0969\u0967\u0966"_s, u""_s, NotANumber, u""_s, {}, 0, TapNeeded}, // Devanagari
        {u"三一〇"_s, u""_s, NotANumber, u""_s, {}, 0, TapNeeded},
    }));
    INFO(row.typed.toStdString());

    const CardNumberExplanation result = explain(catalogue(), row.typed);

    CHECK(result.input == row.typed);
    CHECK(result.number == row.number);
    CHECK(verdictKey(result.verdict) == verdictKey(row.verdict));
    CHECK(result.product == row.product);
    CHECK(result.digits == row.number.size());
    CHECK(result.expectedDigits == row.expected);
    CHECK(result.missing == row.missing);
    CHECK(serviceKey(result.service) == serviceKey(row.service));
}

TEST_CASE("The explanation says it in both languages", "[card]")
{
    const auto [typed, chinese, english] = GENERATE(table<QString, QString, QString>({
        {u"310517001017090798"_s,
         u"31051700 开头，是北京互通卡。已输 18 位，这种卡是 19 位，少 1 位。"_s,
         u"Starts with 31051700: Beijing interoperable card. 18 typed, this kind has 19: 1 missing."_s},
        {u"3105170010170907984"_s,
         u"31051700 开头，是北京互通卡。这种卡没有校验位，请与卡面再核对一遍。"_s,
         u"Starts with 31051700: Beijing interoperable card. This kind has no check digit; compare "
         u"with the card once more."_s},
        {u"3105"_s, u"可能是外地交通联合卡或北京互通卡，再输几位就能确定。"_s,
         u"Could be T-Union card issued elsewhere or Beijing interoperable card; a few more digits "
         u"will tell."_s},
        {u"9999999"_s, u"9999 开头的卡不在卡种表里，请刷卡读取。"_s,
         u"No known kind starts with 9999; please tap the card."_s},
        {u"2000751511409928"_s,
         u"2000 开头的卡不在卡种表里，请刷卡读取。16 位市政一卡通（旧）要以 1000 开头。"_s,
         u"No known kind starts with 2000; please tap the card. A 16-digit Municipal Pass (older) "
         u"starts with 1000."_s},
        {u"12a"_s, u"只能是数字；已去掉空格和横线。"_s,
         u"Digits only; spaces and dashes removed."_s},
    }));

    const CardNumberExplanation result = explain(catalogue(), typed);

    CHECK(result.explanation.chinese == chinese);
    CHECK(result.explanation.english == english);
}

TEST_CASE("An older print is explained and ends in a tap", "[card]")
{
    const QString typed =
        GENERATE(values<QString>({u"10007515114099281"_s, u"10007515114099281234"_s,
                                  u"20007515114099281"_s, u"20007515114099281234"_s}));

    const CardNumberExplanation result = explain(catalogue(), typed);

    CHECK_FALSE(result.linkable());
    CHECK(result.service == CardService::TapNeeded);
    CHECK(result.explanation.chinese.contains(u"请刷卡读取"_s));
    CHECK(result.explanation.english.contains(u"please tap the card"_s));
}

TEST_CASE("While several kinds are possible each is a candidate", "[card]")
{
    const CardNumberExplanation result = explain(catalogue(), u"31051"_s);

    REQUIRE(result.candidates.size() == 2);
    CHECK(result.candidates[0] == CardNumberExplanation::Candidate{u"tunion-other"_s, 5, {19}, 14});
    CHECK(result.candidates[1] ==
          CardNumberExplanation::Candidate{u"beijing-tunion"_s, 5, {19}, 14});
}

TEST_CASE("Only a canonical number is ever linkable, whatever is typed", "[card]")
{
    QRandomGenerator random(2022);
    const QString alphabet = u"0123456789310517001000 -\u3000\uFF10\uFF13xX\u0660"_s;
    const QStringList starts{u""_s, u"31051700"_s, u"031051700"_s, u"1000"_s, u"3104"_s};
    int linkable = 0;
    for (int round = 0; round < 20000; ++round) {
        QString typed = starts[random.bounded(int(starts.size()))];
        const int length = random.bounded(20);
        for (int i = 0; i < length; ++i)
            typed += alphabet[random.bounded(round % 2 == 0 ? 10 : int(alphabet.size()))];

        const CardNumberExplanation result = explain(catalogue(), typed);

        INFO(typed.toStdString());
        const bool canonical =
            (result.number.size() == 19 && result.number.startsWith(u"31051700")) ||
            (result.number.size() == 16 && result.number.startsWith(u"1000"));
        CHECK(result.linkable() == canonical);
        linkable += result.linkable() ? 1 : 0;
        CHECK((result.verdict == Verdict::NotANumber) == result.number.isEmpty());
        CHECK((result.missing > 0) == (result.verdict == Verdict::TooShort));
        CHECK_FALSE(result.explanation.chinese.contains(u'%'));
        CHECK_FALSE(result.explanation.english.contains(u'%'));
        CHECK(explain(catalogue(), result.number).number == result.number);
    }
    CHECK(linkable > 100);
}

TEST_CASE("A number one edit away is found and its place told", "[card]")
{
    const QString real = u"3105170010170907984"_s;
    const auto [typed, difference, position] = GENERATE(table<QString, Difference, int>({
        {u"310517001017090798"_s, Difference::Missing, 18},
        {u"105170010170907984"_s, Difference::Missing, 0},
        {u"31051700101709079845"_s, Difference::Extra, 19},
        {u"93105170010170907984"_s, Difference::Extra, 0},
        {u"3105170010170907985"_s, Difference::Wrong, 18},
        {u"3105170010170909784"_s, Difference::Swapped, 15},
        {u"1305170010170907984"_s, Difference::Swapped, 0},
    }));
    INFO(typed.toStdString());

    const QList<NearMatch> matches = nearMatches(typed, {u"1000751511409928"_s, real});

    REQUIRE(matches.size() == 1);
    CHECK(matches[0] == NearMatch{real, difference, position});
}

TEST_CASE("Numbers further away, and the number itself, are no near matches", "[card]")
{
    const QString real = u"3105170010170907984"_s;
    const QString typed = GENERATE_COPY(values<QString>({
        real,
        u"31051700101709079"_s,
        u"3105170010170907899"_s,
        u"1305170010170907948"_s,
        u"310517001017090784 1"_s,
        u""_s,
    }));

    CHECK(nearMatches(typed, {real}).isEmpty());
}

TEST_CASE("At most three near matches are offered, none twice", "[card]")
{
    const QStringList today{u"11"_s, u"12"_s, u"12"_s, u"13"_s, u"14"_s, u"15"_s};

    const QList<NearMatch> matches = nearMatches(u"1"_s, today);

    REQUIRE(matches.size() == 3);
    CHECK(matches[2].number == u"13");
}

TEST_CASE("Every single edit of a number is found again", "[card]")
{
    const QString real = u"3105170010170907984"_s;
    for (qsizetype at = 0; at < real.size(); ++at) {
        QString missing = real;
        missing.remove(at, 1);
        QString extra = real;
        extra.insert(at, u'7');
        QString wrong = real;
        wrong[at] = wrong[at] == u'5' ? u'6' : u'5';
        for (const QString &typed : {missing, extra, wrong}) {
            INFO(typed.toStdString());
            CHECK(nearMatches(typed, {real}).size() == 1);
        }
    }
}

TEST_CASE("Digits are shown in the groups of their kind", "[card]")
{
    const auto [number, shown] = GENERATE(table<QString, QString>({
        {u"3105170010170907984"_s, u"3105 1700 1017 0907 984"_s},
        {u"1000751511409928"_s, u"1000 7515 1140 9928"_s},
        {u"31051700"_s, u"3105 1700"_s},
        {u"310517001"_s, u"3105 1700 1"_s},
        {u"10007515114099281"_s, u"1000 7515 1140 99281"_s},
        {u"9999"_s, u"9999"_s},
        {u""_s, u""_s},
    }));

    CHECK(groupedNumber(catalogue(), number) == shown);
}
