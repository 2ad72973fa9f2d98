#include "support/catch.h"

#include "core/jsonfile.h"

#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace upgradedesk;

namespace
{

Result<JsonFile> parse(const QByteArray &text)
{
    return JsonFile::parse(text, u"test.json"_s, ErrorCode::CatalogueInvalid);
}

} // namespace

TEST_CASE("A value knows its line", "[core]")
{
    const auto file = parse("{\n  \"a\": [\n    1,\n    {\"b\": \"x\\\"}\"},\n    \"c\"\n  ],\n"
                            "  \"d\": {}, \"e\": true\n}\n");

    REQUIRE(file);
    CHECK(file->lineOf(u"a"_s) == 2);
    CHECK(file->lineOf(u"a/0"_s) == 3);
    CHECK(file->lineOf(u"a/1/b"_s) == 4);
    CHECK(file->lineOf(u"a/2"_s) == 5);
    CHECK(file->lineOf(u"e"_s) == 7);
    CHECK(file->lineOf(u"a/1/missing/deeper"_s) == 4);
    CHECK(file->lineOf(u"missing"_s) == 1);
}

TEST_CASE("A schema error names file, line and value", "[core]")
{
    const auto file = parse("{\n\"a\":\n 1}");

    const Error error = file->schemaError(u"a"_s, u"a text is needed"_s);

    CHECK(error.code == ErrorCode::CatalogueInvalid);
    CHECK(error.args == QStringList{u"test.json"_s, u"3"_s, u"a: a text is needed"_s});
}

TEST_CASE("Text that is not one JSON object is refused with its line", "[core]")
{
    const auto [text, line] = GENERATE(table<QByteArray, QString>({
        {"", u"1"_s},
        {"[]", u"1"_s},
        {"{\n\"a\": 1,\n}", u"3"_s},
        {"{\n\n\"a\" 1}", u"3"_s},
        {"{\"a\": \"\xff\xfe\"}", u"1"_s},
        {"{} {}", u"1"_s},
    }));

    const auto file = parse(text);

    REQUIRE_FALSE(file);
    CHECK(file.error().code == ErrorCode::CatalogueInvalid);
    CHECK(file.error().args.value(1) == line);
}

TEST_CASE("A missing file is unreadable, not invalid", "[core]")
{
    const QTemporaryDir folder;

    const auto file = JsonFile::load(folder.filePath(u"none.json"_s), ErrorCode::RulesUnreadable,
                                     ErrorCode::RulesInvalid);

    REQUIRE_FALSE(file);
    CHECK(file.error().code == ErrorCode::RulesUnreadable);
}
