#include "support/catch.h"

#include "card/nearnumbers.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

using Difference = NearMatch::Difference;

const Catalogue &catalogue()
{
    static const auto loaded = Catalogue::load();
    REQUIRE(loaded);
    return *loaded;
}

/// How `real` is told from `typed`; nothing when it is no neighbour.
std::optional<NearMatch> found(const QString &typed, const QString &real)
{
    const QList<NearMatch> all = neighbours(catalogue(), typed);
    const auto match = std::ranges::find(all, real, &NearMatch::number);
    return match == all.end() ? std::nullopt : std::optional(*match);
}

const QString real = u"3105170010170907984"_s;

} // namespace

TEST_CASE("A number one edit away is made and its place told", "[card]")
{
    const auto [typed, difference, position] = GENERATE(table<QString, Difference, int>({
        {u"310517001017090798"_s, Difference::Missing, 18},
        {u"105170010170907984"_s, Difference::Missing, 0},
        {u"31051700101709079845"_s, Difference::Extra, 19},
        {u"93105170010170907984"_s, Difference::Extra, 0},
        {u"3105170010170907985"_s, Difference::Wrong, 18},
        {u"3105270010170907984"_s, Difference::Wrong, 4},
        {u"3105170010170909784"_s, Difference::Swapped, 15},
        {u"1305170010170907984"_s, Difference::Swapped, 0},
        {u"0310517001017090798"_s, Difference::Missing, 18},
        {u"03105170010170907985"_s, Difference::Wrong, 18},
        {u"031051700101709079845"_s, Difference::Extra, 20},
        {u"03105170010170909784"_s, Difference::Swapped, 15},
    }));
    INFO(typed.toStdString());

    const auto match = found(typed, real);

    REQUIRE(match);
    CHECK(differenceKey(match->difference) == differenceKey(difference));
    CHECK(match->position == position);
}

TEST_CASE("Numbers further away, and the number itself, are no neighbours", "[card]")
{
    const QString typed = GENERATE_COPY(values<QString>({
        real,
        u'0' + real,
        u"31051700101709079"_s,
        u"3105170010170907899"_s,
        u"1305170010170907948"_s,
        u"00310517001017090798"_s,
        u""_s,
        u"0"_s,
        QString(1000, u'3'),
    }));

    CHECK_FALSE(found(typed, real));
}

TEST_CASE("Only whole numbers of a linkable kind are made, each once", "[card]")
{
    const QString typed = GENERATE(values<QString>(
        {u"310517001017090798"_s, u"3105170010170907984"_s, u"31051700101709079845"_s,
         u"100075151140992"_s, u"1000751511409928"_s, u"10007515114099281"_s,
         u"3104870395346358827"_s, u"310517101017090798"_s}));
    INFO(typed.toStdString());

    const QList<NearMatch> all = neighbours(catalogue(), typed);

    CHECK(all.size() < 300);
    QSet<QString> numbers;
    for (const NearMatch &match : all) {
        numbers << match.number;
        const CardProduct *kind = catalogue().productOfNumber(match.number);
        REQUIRE(kind != nullptr);
        CHECK(kind->service == CardService::Linkable);
        CHECK(kind->digits == match.number.size());
    }
    CHECK(numbers.size() == all.size());
}

TEST_CASE("Every single edit of a number is found again", "[card]")
{
    for (qsizetype at = 0; at < real.size(); ++at) {
        QString missing = real;
        missing.remove(at, 1);
        QString extra = real;
        extra.insert(at, u'7');
        QString wrong = real;
        wrong[at] = wrong[at] == u'5' ? u'6' : u'5';
        for (const QString &typed : {missing, extra, wrong}) {
            INFO(typed.toStdString());
            CHECK(found(typed, real));
        }
        if (at + 1 < real.size() && real[at] != real[at + 1]) {
            QString swapped = real;
            std::swap(swapped[at], swapped[at + 1]);
            INFO(swapped.toStdString());
            CHECK(found(swapped, real));
        }
    }
}
