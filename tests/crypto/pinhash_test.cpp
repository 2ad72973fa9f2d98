#include "support/catch.h"

#include "crypto/pinhash.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

constexpr ScryptCost cheap{10, 8, 1};

Secret pepper(char byte = 'p')
{
    return Secret(QByteArray(32, byte));
}

} // namespace

TEST_CASE("Only the right PIN with the right pepper matches", "[crypto]")
{
    const auto verifier = hashPin(u"135790"_s, pepper(), cheap);

    REQUIRE(verifier);
    CHECK(pinMatches(u"135790"_s, pepper(), *verifier).value());
    CHECK_FALSE(pinMatches(u"135791"_s, pepper(), *verifier).value());
    CHECK_FALSE(pinMatches(u""_s, pepper(), *verifier).value());
    CHECK_FALSE(pinMatches(u"135790"_s, pepper('q'), *verifier).value());
}

TEST_CASE("The same PIN has another verifier each time and never stands in it", "[crypto]")
{
    const QString first = hashPin(u"135790"_s, pepper(), cheap).value();
    const QString second = hashPin(u"135790"_s, pepper(), cheap).value();

    CHECK(first != second);
    CHECK_FALSE(first.contains(u"135790"));
}

TEST_CASE("The cost of a verifier is the stored one", "[crypto]")
{
    const QString verifier = hashPin(u"1"_s, pepper(), {11, 4, 2}).value();

    CHECK(verifier.startsWith(u"scrypt:11:4:2:"));
    CHECK(pinMatches(u"1"_s, pepper(), verifier).value());
}

TEST_CASE("A damaged verifier is an error, not a wrong PIN", "[crypto]")
{
    const QString verifier =
        GENERATE(u""_s, u"plain"_s, u"scrypt:10:8:1:00"_s, u"scrypt:40:8:1:00:00"_s,
                 u"scrypt:10:8:1:000102030405060708090a0b0c0d0e0f:00"_s,
                 u"scrypt:99:8:1:000102030405060708090a0b0c0d0e0f:"
                 u"0000000000000000000000000000000000000000000000000000000000000000"_s,
                 u"md5:10:8:1:000102030405060708090a0b0c0d0e0f:"
                 u"0000000000000000000000000000000000000000000000000000000000000000"_s);

    const auto matches = pinMatches(u"1"_s, pepper(), verifier);

    REQUIRE_FALSE(matches);
    CHECK(matches.error().code == ErrorCode::CryptoFailed);
}

TEST_CASE("The default cost asks for 32 MiB", "[crypto]")
{
    const ScryptCost cost;

    CHECK((128LL << cost.logN) * cost.r == 32LL * 1024 * 1024);
}
