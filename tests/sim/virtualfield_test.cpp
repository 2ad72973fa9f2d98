#include "support/catch.h"

#include "chiphost.h"

#include <QSet>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

VirtualCard named(const char *name, const QByteArray &uid)
{
    VirtualCard named = card();
    named.name = QString::fromLatin1(name);
    named.uid = QByteArray::fromHex(uid);
    named.apdus << ScriptedApdu{hex("805C000204"), named.uid + hex("9000")};
    return named;
}

const QByteArray search = hex("4A0100");
const QByteArray askFor = hex("4001805C000204");
const QByteArray nothing = hex("4B00");

QByteArray found(VirtualPn532 &chip)
{
    const QByteArray answer = ask(chip, search);
    return answer == nothing ? QByteArray{} : answer.mid(7, 4);
}

} // namespace

TEST_CASE("Of two cards one answers, and the other once the first sleeps", "[sim]")
{
    VirtualPn532 chip = readyChip();
    static_cast<void>(chip.place(named("first", "11111111")));
    static_cast<void>(chip.add(named("second", "22222222")));

    CHECK(found(chip) == hex("11111111"));
    CHECK(found(chip) == hex("11111111"));
    CHECK(ask(chip, askFor) == hex("4100111111119000"));
    REQUIRE(ask(chip, hex("4400")) == hex("4500"));
    CHECK(found(chip) == hex("22222222"));
    CHECK(ask(chip, askFor) == hex("4100222222229000"));
    REQUIRE(ask(chip, hex("4400")) == hex("4500"));
    CHECK(found(chip).isEmpty());

    REQUIRE(ask(chip, hex("320100")) == hex("33"));
    REQUIRE(ask(chip, hex("320101")) == hex("33"));
    CHECK(found(chip) == hex("11111111"));
}

TEST_CASE("A card lifted from beside the selected one disturbs nothing", "[sim]")
{
    VirtualPn532 chip = readyChip();
    static_cast<void>(chip.place(named("first", "11111111")));
    static_cast<void>(chip.add(named("second", "22222222")));
    REQUIRE(found(chip) == hex("11111111"));
    REQUIRE(ask(chip, hex("4400")) == hex("4500"));
    REQUIRE(found(chip) == hex("22222222"));

    CHECK_FALSE(chip.lift(QStringLiteral("nobody")));
    CHECK(chip.lift(QStringLiteral("first")));
    CHECK(ask(chip, askFor) == hex("4100222222229000"));
    CHECK(chip.lift(QStringLiteral("second")));
    CHECK(ask(chip, askFor) == hex("4127"));
    CHECK(found(chip).isEmpty());
    CHECK(chip.card() == nullptr);
}

TEST_CASE("A weak card hears about as many commands as it was told to", "[sim]")
{
    const int percent = GENERATE(0, 30, 70, 100);
    VirtualPn532 chip = readyChip();
    static_cast<void>(chip.place(named("band", "11111111")));
    REQUIRE_FALSE(found(chip).isEmpty());
    chip.weaken(percent);

    constexpr int rounds = 2000;
    int heard = 0;
    for (int round = 0; round < rounds; ++round)
        heard += ask(chip, askFor).startsWith(hex("4100")) ? 1 : 0;

    INFO(heard);
    CHECK(heard >= (percent - 5) * rounds / 100);
    CHECK(heard <= (percent + 5) * rounds / 100);
    CHECK((percent > 0 && percent < 100) == (heard > 0 && heard < rounds));
}

TEST_CASE("The chip changes its speed when the host has acknowledged, and forgets it without power",
          "[sim]")
{
    VirtualPn532 chip = readyChip();
    CHECK(chip.speed() == 115200);

    REQUIRE(ask(chip, hex("1006")) == hex("11"));
    CHECK(chip.speed() == 115200);
    CHECK(chip.hears(460800));
    static_cast<void>(chip.receive(ackFrame()));
    CHECK(chip.speed() == 460800);
    CHECK_FALSE(chip.hears(115200));

    REQUIRE(ask(chip, hex("1004")) == hex("11"));
    REQUIRE(ask(chip, hex("02")) == hex("0332010607"));
    CHECK(chip.speed() == 460800);
    CHECK(ask(chip, hex("1009")) == "error");
    CHECK(ask(chip, hex("10")) == "error");

    chip.powerCycle();
    CHECK(chip.speed() == 115200);
}

TEST_CASE("A faster line saves line time only", "[sim]")
{
    const AirTime slow{true};
    const AirTime fast{true, 460800};

    CHECK(slow.serial(100) == std::chrono::microseconds{8680});
    CHECK(fast.serial(100) == std::chrono::microseconds{2170});
    CHECK(fast.air(100) == slow.air(100));
}
