#include "support/catch.h"

#include "core/sentences.h"
#include "sim/virtualcard.h"

using namespace upgradedesk;
using namespace Qt::StringLiterals;

namespace
{

QByteArray fileWith(const QByteArray &card)
{
    return "{\n\"vectors\": [\n" + card + "\n]}";
}

const QByteArray goodCard = R"({"name": "a", "tech": "iso14443-4a", "uid": "01020304", "sak": "20",
"atqa": "0004", "ats": "0578807002", "apdus": [{"command": "00A4", "response": null},
{"command": "00B0", "response": "9000", "in": "MF", "sets": "X", "exact": true, "trap": true}]})";

} // namespace

TEST_CASE("A card file is read whole", "[sim]")
{
    const auto cards = parseVirtualCards(fileWith(goodCard), u"cards.json"_s);

    REQUIRE(cards);
    REQUIRE(cards->size() == 1);
    const VirtualCard &card = cards->first();
    CHECK(card.name == u"a"_s);
    CHECK(card.uid.toHex() == "01020304");
    CHECK(card.sak == 0x20);
    REQUIRE(card.apdus.size() == 2);
    CHECK_FALSE(card.apdus.at(0).response);
    CHECK(card.apdus.at(1).match == ScriptedApdu::Match::Literal);
    CHECK(card.apdus.at(1).in == u"MF"_s);
    CHECK(card.apdus.at(1).sets == u"X"_s);
    CHECK(card.apdus.at(1).trap);
}

TEST_CASE("What is wrong in a card file is named with its line", "[sim]")
{
    struct Row {
        const char *from;
        const char *to;
        int line;
    };
    const auto row = GENERATE(values<Row>({
        {R"("name": "a")", R"("name": "")", 3},
        {R"("name": "a")", R"("name": "a b")", 3},
        {"iso14443-4a", "iso9999", 3},
        {"01020304", "0102", 3},
        {"01020304", "0102030G", 3},
        {R"("sak": "20")", R"("sak": "08")", 3},
        {R"("atqa": "0004")", R"("atqa": "04")", 4},
        {"0578807002", "0678807002", 4},
        {R"("command": "00A4")", R"("command": "0")", 4},
        {R"(, "response": null)", "", 4},
        {R"("response": "9000")", R"("response": "90 00")", 5},
    }));
    QByteArray text = goodCard;
    text.replace(row.from, row.to);

    const auto cards = parseVirtualCards(fileWith(text), u"cards.json"_s);

    INFO(row.from << " becomes " << row.to);
    REQUIRE_FALSE(cards);
    CHECK(cards.error().code == ErrorCode::ResourceInvalid);
    REQUIRE(cards.error().args.size() == 3);
    CHECK(cards.error().args.at(0) == u"cards.json"_s);
    CHECK(cards.error().args.at(1) == QString::number(row.line));
}

TEST_CASE("A card file without cards or with two of one name is refused", "[sim]")
{
    CHECK_FALSE(parseVirtualCards("{}", u"x"_s));
    CHECK_FALSE(parseVirtualCards(R"({"vectors": []})", u"x"_s));
    CHECK_FALSE(parseVirtualCards(fileWith(goodCard + ",\n" + goodCard), u"x"_s));
    const auto missing = loadVirtualCards(u"/nowhere/cards.json"_s);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == ErrorCode::FileUnreadable);
}
