#include "support/catch.h"

#include "crypto/digest.h"

using namespace upgradedesk;

TEST_CASE("SHA-256 is that of FIPS 180-4's examples", "[crypto]")
{
    CHECK(sha256("abc").toHex() ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256({}).toHex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256(QByteArray(1000000, 'a')).toHex() ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
