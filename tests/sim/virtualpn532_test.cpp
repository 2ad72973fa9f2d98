#include "support/catch.h"

#include "chiphost.h"

#include <random>

using namespace upgradedesk;
using namespace upgradedesk::test;
using Tech = VirtualCard::Tech;

namespace
{

VirtualCard talkingCard()
{
    VirtualCard talking = card();
    talking.apdus << ScriptedApdu{hex("00A4040002AABB"), hex("6F009000")}
                  << ScriptedApdu{hex("00B0950000"), QByteArray(600, '\x42') + hex("9000")};
    return talking;
}

VirtualCard felica()
{
    VirtualCard other = card(Tech::Felica);
    other.uid = hex("0102030405060708");
    other.pmm = hex("1112131415161718");
    other.systemCode = hex("8008");
    return other;
}

} // namespace

TEST_CASE("The chip answers each command of libnfc as a PN532 does", "[sim]")
{
    struct Row {
        const char *request;
        const char *answer;
    };
    const auto row = GENERATE(values<Row>({
        {"1401", "15"},
        {"00006C69626E6663", "01006C69626E6663"},
        {"02", "0332010607"},
        {"1214", "13"},
        {"0663026303630D6338633D", "078080000000"},
        {"066302630363056338633C633D", "07808040001000"},
        {"320100", "33"},
        {"320101", "33"},
        {"3205FFFFFF", "33"},
        {"4A0100", "4B00"},
        {"4A010100FFFF0100", "4B00"},
        {"4A010200FFFF0100", "4B00"},
        {"4A010300", "4B00"},
        {"4A0104", "4B00"},
        {"60020110", "6100"},
        {"400100B0950000", "4127"}, // nothing is selected
        {"42B2", "4301"},
        {"4400", "4500"},
        {"5200", "5300"},
        {"04", "0500010000"},
    }));
    VirtualPn532 chip = readyChip();

    INFO(row.request);
    CHECK(ask(chip, hex(row.request)) == hex(row.answer));
}

TEST_CASE("Unknown commands and bad parameters get an error frame", "[sim]")
{
    const auto *request =
        GENERATE("FE", "00", "06", "0663", "086302", "12", "1214FF", "14", "16", "32", "3205FF",
                 "4A", "4A0300", "4A0105", "60", "6001", "40", "44", "440000");
    VirtualPn532 chip = readyChip();

    INFO(request);
    CHECK(ask(chip, hex(request)) == "error");
}

TEST_CASE("The chip sleeps until it is woken, at first and after power-down", "[sim]")
{
    VirtualPn532 chip;
    CHECK(allBytes(chip.receive(hostFrame(hex("02")))).isEmpty());
    CHECK_FALSE(allBytes(chip.receive(hex("5555") + QByteArray(14, '\0') + hostFrame(hex("1401"))))
                    .isEmpty());

    CHECK(ask(chip, hex("16F0")) == hex("1700"));

    CHECK(allBytes(chip.receive(hostFrame(hex("02")))).isEmpty());
    CHECK_FALSE(allBytes(chip.receive(hex("55") + hostFrame(hex("02")))).isEmpty());
}

TEST_CASE("A written register keeps its value until the power goes", "[sim]")
{
    VirtualPn532 chip = readyChip();

    CHECK(ask(chip, hex("08630500633D07")) == hex("09"));

    CHECK(ask(chip, hex("066305633D")) == hex("070007"));
    chip.powerCycle();
    static_cast<void>(chip.receive(hex("55")));
    CHECK(ask(chip, hex("066305633D")) == hex("074000"));
}

TEST_CASE("The last answer is sent again when the host asks for it", "[sim]")
{
    VirtualPn532 chip = readyChip();
    REQUIRE(ask(chip, hex("02")) == hex("0332010607"));

    CHECK(allBytes(chip.receive(hex("0000FFFF0000"))) == chipFrame(hex("0332010607")));
}

TEST_CASE("A card in the field is found as what it is", "[sim]")
{
    VirtualPn532 chip = readyChip();

    SECTION("ISO 14443-4 with its ATS")
    {
        static_cast<void>(chip.place(card()));
        CHECK(ask(chip, hex("4A0100")) == hex("4B0101000420045C1E73A90578807002"));
        CHECK(ask(chip, hex("4A0100085C1E73A9")) == hex("4B00")); // wanted: another identifier
        CHECK(ask(chip, hex("4A01005C1E73A9")).startsWith(hex("4B01")));
    }
    SECTION("without automatic RATS it stays a plain type A card")
    {
        static_cast<void>(chip.place(card()));
        REQUIRE(ask(chip, hex("1200")) == hex("13"));
        CHECK(ask(chip, hex("4A0100")) == hex("4B0101000420045C1E73A9"));
    }
    SECTION("FeliCa tells its system when asked for it")
    {
        static_cast<void>(chip.place(felica()));
        CHECK(ask(chip, hex("4A0100")) == hex("4B00"));
        CHECK(ask(chip, hex("4A010100FFFF0100")) ==
              hex("4B0101140101020304050607081112131415161718") + hex("8008"));
        CHECK(ask(chip, hex("4A010100FFFF0000")) ==
              hex("4B010112010102030405060708") + hex("1112131415161718"));
        CHECK(ask(chip, hex("40010A040102030405060708")) == hex("41000B05010203040506070800"));
        CHECK(ask(chip, hex("4A01010080050100")) == hex("4B00"));
    }
    SECTION("type B tells its identifier")
    {
        static_cast<void>(chip.place(card(Tech::Iso14443B4)));
        CHECK(ask(chip, hex("4A010300")) == hex("4B0101505C1E73A9000000000081810100"));
    }
    SECTION("Ultralight pages can be read, nothing else")
    {
        VirtualCard ticket = card(Tech::MifareUltralight);
        ticket.uid = hex("04A1A2A3A4A5A6");
        ticket.sak = 0;
        static_cast<void>(chip.place(ticket));
        REQUIRE(ask(chip, hex("4A01008804A1A2A3A4A5A6")).startsWith(hex("4B01")));
        CHECK(ask(chip, hex("40013000")).startsWith(hex("410004A1A28FA3A4A5A604")));
        CHECK(ask(chip, hex("400160000000")) == hex("4101"));
        CHECK(ask(chip, hex("40013000")) == hex("4101")); // it went back to sleep
    }
    SECTION("Classic refuses every key")
    {
        static_cast<void>(chip.place(card(Tech::MifareClassic)));
        REQUIRE(ask(chip, hex("4A0100")).startsWith(hex("4B01")));
        CHECK(ask(chip, hex("40016000FFFFFFFFFFFF5C1E73A9")) == hex("4114"));
    }
    SECTION("polling finds it by kind")
    {
        static_cast<void>(chip.place(card()));
        CHECK(ask(chip, hex("6001010020")) == hex("61010009010004"
                                                  "20045C1E73A9"));
        CHECK(ask(chip, hex("60010120")) == hex("6101200E010004"
                                                "20045C1E73A90578807002"));
    }
}

TEST_CASE("A random identifier is another one at each activation", "[sim]")
{
    VirtualPn532 chip = readyChip();
    VirtualCard phone = card();
    phone.uid = hex("08000000");
    static_cast<void>(chip.place(phone));

    const QByteArray first = ask(chip, hex("4A0100"));
    const QByteArray second = ask(chip, hex("4A0100"));

    CHECK(first.mid(7, 1) == hex("08"));
    CHECK(second.mid(7, 1) == hex("08"));
    CHECK(first.mid(7, 4) != second.mid(7, 4));
}

TEST_CASE("An endless search waits for a card, and ends when the host says so", "[sim]")
{
    VirtualPn532 chip = readyChip();
    REQUIRE(ask(chip, hex("3205FFFFFF")) == hex("33"));
    REQUIRE(ask(chip, hex("4A0100")) == "none");

    SECTION("a card comes")
    {
        CHECK(allBytes(chip.place(card())) == chipFrame(hex("4B0101000420045C1E73A90578807002")));
        CHECK(allBytes(chip.place(card())).isEmpty());
    }
    SECTION("a card of another kind comes")
    {
        CHECK(allBytes(chip.place(felica())).isEmpty());
    }
    SECTION("the host aborts")
    {
        const auto reaction = chip.receive(ackFrame());
        CHECK(reaction.cancels);
        CHECK(reaction.emissions.isEmpty());
        CHECK(allBytes(chip.place(card())).isEmpty());
    }
}

TEST_CASE("A long answer comes in pieces, the last one without the mark", "[sim]")
{
    VirtualPn532 chip = readyChip();
    static_cast<void>(chip.place(talkingCard()));
    REQUIRE(ask(chip, hex("4A0100")).startsWith(hex("4B01")));

    QByteArray whole;
    QByteArray piece = ask(chip, hex("400100B0950000"));
    CHECK(piece.startsWith(hex("4140")));
    whole += piece.mid(2);
    piece = ask(chip, hex("4001"));
    CHECK(piece.startsWith(hex("4140")));
    whole += piece.mid(2);
    piece = ask(chip, hex("4001"));
    CHECK(piece.startsWith(hex("4100")));
    whole += piece.mid(2);

    CHECK(whole == QByteArray(600, '\x42') + hex("9000"));
}

TEST_CASE("A command in pieces is put together before the card sees it", "[sim]")
{
    VirtualPn532 chip = readyChip();
    static_cast<void>(chip.place(talkingCard()));
    REQUIRE(ask(chip, hex("4A0100")).startsWith(hex("4B01")));

    CHECK(ask(chip, hex("404100A404")) == hex("4100"));
    CHECK(ask(chip, hex("40010002AABB")) == hex("41006F009000"));
}

TEST_CASE("The presence check follows the block numbers and changes nothing", "[sim]")
{
    VirtualPn532 chip = readyChip();
    static_cast<void>(chip.place(talkingCard()));
    CHECK(ask(chip, hex("42B2")) == hex("4301"));
    REQUIRE(ask(chip, hex("4A0100")).startsWith(hex("4B01")));

    CHECK(ask(chip, hex("42B2")) == hex("4300A3"));
    REQUIRE(ask(chip, hex("400100A4040002AABB")) == hex("41006F009000"));
    CHECK(ask(chip, hex("42B2")) == hex("4300026F009000")); // the last block again
    CHECK(ask(chip, hex("42B2")) == hex("4300026F009000"));
    REQUIRE(ask(chip, hex("400100A4040002AABB")) == hex("41006F009000"));
    CHECK(ask(chip, hex("42B2")) == hex("4300A3"));
    CHECK(ask(chip, hex("42B3")) == hex("4300036F009000"));

    chip.removeCard();
    CHECK(ask(chip, hex("42B2")) == hex("4301"));
}

TEST_CASE("A card that takes the place of another is not selected yet", "[sim]")
{
    VirtualPn532 chip = readyChip();
    static_cast<void>(chip.place(card()));
    REQUIRE(ask(chip, hex("4A0100")).startsWith(hex("4B01")));

    static_cast<void>(chip.place(talkingCard()));

    CHECK(ask(chip, hex("42B2")) == hex("4301"));
    CHECK(ask(chip, hex("400100A4040002AABB")) == hex("4127"));
}

TEST_CASE("A card can be torn away in the middle", "[sim]")
{
    VirtualPn532 chip = readyChip();
    static_cast<void>(chip.place(talkingCard()));
    REQUIRE(ask(chip, hex("4A0100")).startsWith(hex("4B01")));
    chip.tear(1);

    CHECK(ask(chip, hex("400100A4040002AABB")) == hex("41006F009000"));
    CHECK(ask(chip, hex("400100A4040002AABB")) == hex("4101"));
    CHECK(ask(chip, hex("4A0100")) == hex("4B00"));
}

TEST_CASE("Forced status bytes and damage last for as many answers as asked", "[sim]")
{
    VirtualPn532 chip = readyChip();

    chip.forceStatus(2, 0x80);
    CHECK(ask(chip, hex("02")) == hex("0332010607")); // has no status byte
    CHECK(ask(chip, hex("5200")) == hex("5380"));
    CHECK(ask(chip, hex("42B2")) == hex("4380"));
    CHECK(ask(chip, hex("5200")) == hex("5300"));

    chip.corrupt(3);
    for (int left = 3; left > 0; --left)
        CHECK(ask(chip, hex("02")) == "damaged");
    CHECK(ask(chip, hex("02")) == hex("0332010607"));
}

TEST_CASE("Whatever the host sends, each answer is a good frame without bit 7 in its status",
          "[sim]")
{
    std::mt19937 random{20220602};
    std::uniform_int_distribution<int> byte{0, 0xFF};
    std::uniform_int_distribution<int> length{0, 40};
    constexpr std::array codes{0x00, 0x02, 0x04, 0x06, 0x08, 0x12, 0x14, 0x32,
                               0x40, 0x42, 0x44, 0x4A, 0x52, 0x54, 0x60};
    std::uniform_int_distribution<size_t> code{0, codes.size() - 1};
    VirtualPn532 chip = readyChip();
    static_cast<void>(chip.place(talkingCard()));
    int statuses = 0;
    for (int round = 0; round < 20'000; ++round) {
        QByteArray command(1 + length(random), '\0');
        std::generate(command.begin(), command.end(), [&] { return char(byte(random)); });
        command[0] = char(codes[code(random)]);
        if (round % 3 == 0)
            command = hex("4001") + command.mid(1);
        if (round % 7 == 0)
            command = hex("4A0100");
        const QByteArray answer = ask(chip, command);
        REQUIRE(answer != "damaged");
        REQUIRE(answer != "no ack");
        if (answer.size() > 1 && (answer.at(0) == '\x41' || answer.at(0) == '\x43')) {
            ++statuses;
            REQUIRE((quint8(answer.at(1)) & 0x80) == 0);
        }
    }
    CHECK(statuses > 1000);
}
