#include "support/catch.h"

#include "core/arguments.h"

using namespace Qt::StringLiterals;
using namespace upgradedesk;

TEST_CASE("Options, flags and words are told apart", "[core]")
{
    const Arguments parsed = Arguments::parse(
        {u"resident"_s, u"--on"_s, u"2022-06-01"_s, u"--near"_s, u"110"_s}, {u"on"_s}, {u"near"_s});

    CHECK_FALSE(parsed.wrong);
    CHECK(parsed.words == QStringList{u"resident"_s, u"110"_s});
    CHECK(parsed.value(u"on"_s) == u"2022-06-01"_s);
    CHECK(parsed.has(u"near"_s));
    CHECK_FALSE(parsed.has(u"from"_s));
    CHECK(parsed.value(u"from"_s, u"other"_s) == u"other"_s);
}

TEST_CASE("After two dashes everything is a word", "[core]")
{
    const Arguments parsed = Arguments::parse({u"--"_s, u"--on"_s}, {u"on"_s});

    CHECK_FALSE(parsed.wrong);
    CHECK(parsed.words == QStringList{u"--on"_s});
}

TEST_CASE("A line that is not usable says why and repeats nothing that was typed", "[core]")
{
    const auto [line, chinese, english] = GENERATE(table<QStringList, QString, QString>({
        {{u"--secret-name"_s, u"x"_s}, u"有一个选项不认识"_s, u"an option is not known"_s},
        {{u"--on"_s}, u"--on 缺少值"_s, u"--on needs a value"_s},
        {{u"--on"_s, u"1"_s, u"--on"_s, u"2"_s}, u"--on 写了两次"_s, u"--on is given twice"_s},
    }));

    CHECK(Arguments::parse(line, {u"on"_s}).wrong == LocalText{chinese, english});
}
