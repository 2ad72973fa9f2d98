#include "support/catch.h"

#include "crypto/hmac.h"

#include <QSet>

using namespace upgradedesk;

TEST_CASE("HMAC-SHA-256 agrees with RFC 4231", "[crypto]")
{
    const auto [key, message, expected] = GENERATE(table<QByteArray, QByteArray, QByteArray>({
        {QByteArray(20, '\x0b'), "Hi There",
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {"Jefe", "what do ya want for nothing?",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {QByteArray(20, '\xaa'), QByteArray(50, '\xdd'),
         "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
    }));

    const auto digest = hmacSha256(Secret(QByteArray(key)), message);

    REQUIRE(digest);
    CHECK(digest->toHex() == expected);
}

TEST_CASE("Tokens of different purposes, parts or keys never meet", "[crypto]")
{
    const Secret key(QByteArray(32, 'k'));
    const Secret otherKey(QByteArray(32, 'o'));
    QSet<QByteArray> tokens;

    tokens << token(key, "card", {"12", "3"}).value();
    tokens << token(key, "card", {"1", "23"}).value();
    tokens << token(key, "card", {"123"}).value();
    tokens << token(key, "card", {"123", ""}).value();
    tokens << token(key, "person", {"123"}).value();
    tokens << token(key, "card1", {"23"}).value();
    tokens << token(otherKey, "card", {"123"}).value();

    CHECK(tokens.size() == 7);
    CHECK(token(key, "card", {"123"}).value() == token(key, "card", {"123"}).value());
}
