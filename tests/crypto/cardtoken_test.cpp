#include "support/catch.h"

#include "crypto/cardtoken.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;

TEST_CASE("A card has one token under one key, and snapshots keep its first eight bytes",
          "[crypto]")
{
    const Secret key(QByteArray(32, 'k'));
    const Secret other(QByteArray(32, 'o'));
    const QByteArray token = cityCardToken(key, u"3105170010100000001"_s).value();

    CHECK(token.size() == 32);
    CHECK(token == cityCardToken(key, u"3105170010100000001"_s).value());
    CHECK(token != cityCardToken(key, u"3105170010100000002"_s).value());
    CHECK(token != cityCardToken(other, u"3105170010100000001"_s).value());
    CHECK(snapshotToken(QByteArray::fromHex("0102030405060708ff") + QByteArray(23, '\0')) ==
          0x0102030405060708u);
    CHECK(snapshotToken(QByteArray(32, '\xff')) == ~CardToken(0));
}
