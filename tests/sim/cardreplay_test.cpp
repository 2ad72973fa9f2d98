#include "support/catch.h"

#include "chiphost.h"

#include "sim/cardreplay.h"

using namespace upgradedesk;
using namespace upgradedesk::test;
using namespace Qt::StringLiterals;
using Match = ScriptedApdu::Match;

namespace
{

ScriptedApdu entry(const char *command, const char *response, const QString &in = {},
                   const QString &sets = {}, Match match = Match::Usual)
{
    return {hex(command), response ? std::optional{hex(response)} : std::nullopt, match, in, sets,
            false};
}

CardReplay replay(const QList<ScriptedApdu> &apdus)
{
    VirtualCard scripted = card();
    scripted.apdus = apdus;
    return CardReplay{scripted};
}

} // namespace

TEST_CASE("Commands are matched by the rules of the card file", "[sim]")
{
    CardReplay card = replay({
        entry("00A4040002AABB", "6F009000", {}, u"APP"_s),
        entry("00B0950000", "01020304059000", u"APP"_s),
        entry("00B0950000", "0A0B9000", u"MF"_s),
        entry("00B0840002", "6700", {}, {}, Match::Literal),
        entry("80CA", "9000", {}, {}, Match::Prefix),
        entry("00C0000005", "11223344559000"),
    });
    struct Row {
        const char *command;
        const char *answer;
    };
    const auto check = [&card](const Row &row) {
        INFO(row.command);
        CHECK(card.answer(hex(row.command)) == hex(row.answer));
    };

    check({"00B0950000", "0A0B9000"}); // the master file is current at first
    check({"00A4040002AABC", "6A82"});
    check({"00A4040002AABB00", "6F009000"}); // Le does not count
    check({"00B0950000", "01020304059000"}); // the application's file now
    check({"00B0950003", "0102039000"});     // as much as Le asks for
    check({"00B0950009", "01020304059000"});
    check({"00B0960000", "6A82"});
    check({"00B0840002", "6700"});
    check({"00B0840003", "6A82"}); // literal means literal
    check({"80CA9F1300", "9000"});
    check({"00C0000005", "11223344559000"});
    check({"00", "6A82"});
    check({"", "6A82"});
    card.activate();
    check({"00B0950000", "0A0B9000"});
}

TEST_CASE("A literal entry goes before a usual one", "[sim]")
{
    CardReplay card = replay(
        {entry("00B0950000", "01029000"), entry("00B0950000", "6C02", {}, {}, Match::Literal)});

    CHECK(card.answer(hex("00B0950000")) == hex("6C02"));
    CHECK(card.answer(hex("00B0950002")) == hex("01029000"));
}

TEST_CASE("A card that fell silent answers again after its next activation", "[sim]")
{
    CardReplay card = replay({entry("00B0950000", nullptr), entry("00B0840000", "9000")});

    CHECK_FALSE(card.answer(hex("00B0950000")));
    CHECK_FALSE(card.answer(hex("00B0840000")));
    card.activate();
    CHECK(card.answer(hex("00B0840000")) == hex("9000"));
}

TEST_CASE("A sprung trap is remembered", "[sim]")
{
    ScriptedApdu trap = entry("80A8", "9000", {}, {}, Match::Prefix);
    trap.trap = true;
    CardReplay card = replay({trap});

    CHECK(card.answer(hex("80A8000000")) == hex("9000"));
    CHECK(card.trapsSprung() == QByteArrayList{hex("80A8000000")});
}
