#include "support/catch.h"

#include "identity/name.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;

TEST_CASE("A name is trimmed and its dots are made one", "[identity]")
{
    const auto [typed, name] = GENERATE(table<QString, QString>({
        {u"测试甲"_s, u"测试甲"_s},
        {u"  测试甲\u3000"_s, u"测试甲"_s},
        {u"测试\u2022样例"_s, u"测试\u00B7样例"_s},
        {u"测试\u30FB样例"_s, u"测试\u00B7样例"_s},
        {u"测试\uFF0E样例"_s, u"测试\u00B7样例"_s},
        {u"测试\u00B7样例"_s, u"测试\u00B7样例"_s},
        {u"TEST O'SAMPLE-Name"_s, u"TEST O'SAMPLE-Name"_s},
        {u"测\U00020BB7"_s, u"测\U00020BB7"_s},
    }));

    const auto result = normaliseName(typed);

    REQUIRE(result);
    CHECK(*result == name);
    CHECK(*normaliseName(*result) == name);
}

TEST_CASE("A name has 1 to 60 characters, a rare one counting once", "[identity]")
{
    CHECK(normaliseName(u"\U00020BB7"_s.repeated(60)));
    CHECK(normaliseName(QString(60, u'a')));
    CHECK_FALSE(normaliseName(QString(61, u'a')));
    CHECK_FALSE(normaliseName(u""_s));
    CHECK_FALSE(normaliseName(u" \u3000 "_s));
}

TEST_CASE("A name with an invisible or broken character is refused", "[identity]")
{
    const char16_t bad =
        GENERATE(values<char16_t>({u'\0', u'\t', u'\n', u'\u007F', u'\u0085', u'\u061C', u'\u200B',
                                   u'\u200E', u'\u200F', u'\u2028', u'\u2029', u'\u202A', u'\u202E',
                                   u'\u2066', u'\u2069', u'\uFEFF', 0xD842, 0xDFB7, 0xFFFF}));
    INFO(int(bad));

    const auto result = normaliseName(u"测"_s + QChar(bad) + u"试"_s);

    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::NameInvalid);
    CHECK(result.error().args.isEmpty());
}
