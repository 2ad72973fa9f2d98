#include "support/catch.h"

#include "core/clock.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;

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
