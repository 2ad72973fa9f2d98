#include "support/catch.h"

#include "crypto/secret.h"

#include <utility>

using namespace upgradedesk;

TEST_CASE("A secret that was moved from is empty", "[crypto]")
{
    Secret first(QByteArray("key material"));

    const Secret second = std::move(first);

    CHECK(first.isEmpty());
    CHECK(second.view() == QByteArrayView("key material"));
}

TEST_CASE("Wiping a secret leaves an array shared with somebody else alone", "[crypto]")
{
    QByteArray shared(64, 's');
    const QByteArray other = shared;
    Secret secret(std::move(shared));

    secret.wipe();

    CHECK(secret.isEmpty());
    CHECK(other.count('s') == 64);
}

TEST_CASE("Random secrets have their size and differ", "[crypto]")
{
    const auto first = Secret::random(32);
    const auto second = Secret::random(32);

    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->size() == 32);
    CHECK_FALSE(first->equals(second->view()));
    CHECK(first->equals(first->view()));
}

TEST_CASE("Secrets of different length are not equal", "[crypto]")
{
    const Secret secret(QByteArray("abc"));

    CHECK(secret.equals("abc"));
    CHECK_FALSE(secret.equals("ab"));
    CHECK_FALSE(secret.equals("abcd"));
    CHECK_FALSE(secret.equals("abd"));
}
