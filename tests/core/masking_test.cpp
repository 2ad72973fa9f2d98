#include "support/catch.h"

#include "core/masking.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;

TEST_CASE("Names keep their first and last character", "[core]")
{
    const auto [name, masked] = GENERATE(table<QString, QString>({
        {u""_s, u""_s},
        {u"测"_s, u"*"_s},
        {u"张三"_s, u"张*"_s},
        {u"张小三"_s, u"张*三"_s},
        {u"测试用人名"_s, u"测***名"_s},
        // U+20BB7 is one character of two UTF-16 units.
        {u"\U00020BB7"_s, u"*"_s},
        {u"\U00020BB7三"_s, u"\U00020BB7*"_s},
        {u"测\U00020BB7\U00020BB7"_s, u"测*\U00020BB7"_s},
        {u"ANNA MARIA"_s, u"A********A"_s},
    }));

    CHECK(maskName(name) == masked);
}

TEST_CASE("Document numbers keep what identity.md allows", "[core]")
{
    const auto [number, masked] = GENERATE(table<QString, QString>({
        {u"110102190001010011"_s, u"110***********0011"_s},
        {u"11010219020304004X"_s, u"110***********004X"_s},
        {u"KAZ110090123105"_s, u"KAZ********3105"_s},
        {u"E00000000"_s, u"E0*****00"_s},
        {u"H12345678"_s, u"H1*****78"_s},
        {u"12345678"_s, u"12****78"_s},
        {u"1234"_s, u"****"_s},
        {u""_s, u""_s},
    }));

    CHECK(maskDocumentNumber(number) == masked);
}

TEST_CASE("Phone and card numbers keep their ends", "[core]")
{
    CHECK(maskPhone(u"12000000000"_s) == u"120****0000"_s);
    CHECK(maskCardNumber(u"3105170010170907984"_s) == u"3105***********7984"_s);
    CHECK(maskCardNumber(u"1000751511409928"_s) == u"1000********9928"_s);
    CHECK(maskCardNumber(u"12345678"_s) == u"********"_s);
}
