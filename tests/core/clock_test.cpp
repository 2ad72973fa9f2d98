#include "support/catch.h"

#include "core/clock.h"
#include "support/manualclock.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;
using namespace upgradedesk::test;

TEST_CASE("Beijing's date does not depend on the machine's zone", "[core]")
{
    const auto [utc, expected] = GENERATE(table<QString, QDate>({
        {u"2022-05-31T15:59:59Z"_s, QDate(2022, 5, 31)},
        {u"2022-05-31T16:00:00Z"_s, QDate(2022, 6, 1)},
        {u"2022-06-01T00:00:00+08:00"_s, QDate(2022, 6, 1)},
        {u"2022-05-31T12:00:00-11:00"_s, QDate(2022, 6, 1)},
    }));

    CHECK(beijingDate(QDateTime::fromString(utc, Qt::ISODate)) == expected);
}

TEST_CASE("Time since boot does not go back", "[core]")
{
    const SystemClock clock;

    const auto first = clock.sinceBoot();

    CHECK(first.count() > 0);
    CHECK(clock.sinceBoot() >= first);
}

namespace
{

const QDateTime hubTime(QDate(2022, 6, 1), QTime(8, 0), Qt::UTC);

} // namespace

TEST_CASE("Time is the machine's until the hub has told it, and then goes with the boot clock",
          "[core]")
{
    ManualClock machine;
    TrustedClock clock(machine);
    CHECK(clock.now() == machine.wall);
    CHECK_FALSE(clock.isTrusted());
    CHECK_FALSE(clock.lastHubTime());

    clock.tell(hubTime);
    CHECK(clock.isTrusted());
    CHECK(clock.now() == hubTime);
    machine.boot += std::chrono::minutes(5);
    machine.wall = machine.wall.addDays(-400); // whoever sets the wall clock changes nothing
    CHECK(clock.now() == hubTime.addSecs(300));
    CHECK(clock.lastHubTime() == hubTime);
}

TEST_CASE("What was told before this boot is remembered and not trusted", "[core]")
{
    ManualClock machine;
    const auto [bootWord, sinceBoot, trusted] =
        GENERATE(table<QString, int, bool>({{u"boot 1"_s, 2, true},
                                            {u"boot 0"_s, 2, false},
                                            {u""_s, 2, false},
                                            {u"boot 1"_s, 4, false}}));
    TrustedClock clock(machine);

    clock.adopt({hubTime, bootWord, std::chrono::hours(sinceBoot)});

    CHECK(clock.isTrusted() == trusted);
    CHECK(clock.now() == (trusted ? hubTime.addSecs(3600) : machine.wall));
    CHECK(clock.lastHubTime() == hubTime);
    TrustedClock never(machine);
    never.adopt({});
    CHECK_FALSE(never.lastHubTime());
}
