#include "support/catch.h"

#include "readerbench.h"

using namespace upgradedesk;
using namespace upgradedesk::test;
using namespace Qt::StringLiterals;

TEST_CASE("Two cards on the reader are named and give no number", "[device]")
{
    const auto [first, second, reason] = GENERATE(table<QString, QString, QString>({
        {u"one"_s, u"beside"_s, u"several-cards"_s},
        {u"beside"_s, u"one"_s, u"several-cards"_s},
        {u"one"_s, u"classic"_s, u"several-cards"_s},
        {u"classic"_s, u"one"_s, u"several-cards"_s},
        {u"phone"_s, u"one"_s, u"several-cards"_s},
        {u"phone"_s, u"other-phone"_s, u"several-cards"_s},
        {u"phone"_s, u"other-kind"_s, u"kinds-disagree"_s},
    }));
    Bench bench;
    // The first lies there before the reader looks, so that both are found together.
    REQUIRE(bench.reader.tap(first));
    REQUIRE(bench.reader.add(second));
    bench.startAndWait();

    REQUIRE(Bench::waitFor(bench.arrived, 1));
    CHECK(bench.sighting(0).outcome == CardSighting::Outcome::ReadError);
    CHECK(bench.sighting(0).reason == reason);
    CHECK(bench.sighting(0).number.isEmpty());
    CHECK_FALSE(Bench::waitFor(bench.arrived, 2, 1200));
    CHECK(bench.left.isEmpty());
}

TEST_CASE("Once one of two cards is lifted the other is read, whichever it is", "[device]")
{
    const auto [lifted, number] = GENERATE(table<QString, QString>({
        {u"one"_s, u"3105170000000000058"_s},
        {u"beside"_s, u"3105170000000000017"_s},
    }));
    Bench bench;
    REQUIRE(bench.reader.tap(u"one"_s));
    REQUIRE(bench.reader.add(u"beside"_s));
    bench.startAndWait();
    REQUIRE(Bench::waitFor(bench.arrived, 1));

    bench.reader.lift(lifted);

    REQUIRE(Bench::waitFor(bench.arrived, 2));
    CHECK(bench.sighting(1).number == number);
    CHECK(bench.left.size() == 1);
    bench.reader.remove();
    CHECK(Bench::waitFor(bench.left, 2));
}

TEST_CASE("A phone that wakes up under another identifier is one card", "[device]")
{
    Bench bench;
    REQUIRE(bench.reader.tap(u"phone"_s));
    REQUIRE(bench.reader.add(u"same-phone"_s));
    bench.startAndWait();

    REQUIRE(Bench::waitFor(bench.arrived, 1));
    CHECK(bench.sighting(0).number == u"3105170000000000041"_s);
    CHECK_FALSE(Bench::waitFor(bench.arrived, 2, 800));
}

TEST_CASE("A card that comes beside an announced one changes nothing until that is lifted",
          "[device]")
{
    Bench bench;
    bench.startAndWait();
    REQUIRE(bench.reader.tap(u"one"_s));
    REQUIRE(Bench::waitFor(bench.arrived, 1));
    CHECK_FALSE(Bench::waitFor(bench.arrived, 2, 400));

    REQUIRE(bench.reader.add(u"beside"_s));
    CHECK_FALSE(Bench::waitFor(bench.arrived, 2, 600));
    bench.reader.lift(u"one"_s);

    REQUIRE(Bench::waitFor(bench.arrived, 2));
    CHECK(bench.sighting(1).number == u"3105170000000000058"_s);
}

TEST_CASE("A wristband that hears half of everything is read and stays one tap", "[device]")
{
    Bench bench;
    bench.startAndWait();
    bench.reader.weaken(50);
    for (int tap = 1; tap <= 5; ++tap) {
        REQUIRE(bench.reader.tap(u"one"_s));
        REQUIRE(Bench::waitFor(bench.arrived, tap));
        CHECK(bench.sighting(tap - 1).number == u"3105170000000000017"_s);
        bench.reader.remove();
        REQUIRE(Bench::waitFor(bench.left, tap));
    }
    CHECK(bench.lost.isEmpty());
}
