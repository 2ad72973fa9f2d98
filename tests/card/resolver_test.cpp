#include "support/catch.h"

#include "card/resolver.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

using Verdict = CardNumberExplanation::Verdict;

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
