#include "support/catch.h"

#include "chiphost.h"

#include <cmath>

using namespace upgradedesk;
using namespace upgradedesk::test;
using namespace std::chrono_literals;

namespace
{

double milliseconds(VirtualPn532 &chip, const QByteArray &command)
{
    std::chrono::microseconds total{0};
    for (const auto &emission : chip.receive(hostFrame(command)).emissions)
        total += emission.after;
    return double(total.count()) / 1000.0;
}

} // namespace

TEST_CASE("With air time the chip is as slow as 115200 baud and 106 kbit/s make it", "[sim]")
{
    VirtualPn532 chip = readyChip(true);
    VirtualCard slow = card();
    slow.apdus << ScriptedApdu{hex("00B0950000"), QByteArray(254, '\x42') + hex("9000")}
               << ScriptedApdu{hex("805C000204"), hex("000000019000")};

    CHECK(std::abs(milliseconds(chip, hex("4A0100")) - 16) < 2);
    static_cast<void>(chip.place(slow));
    CHECK(std::abs(milliseconds(chip, hex("4A0100")) - 11) < 2);
    CHECK(std::abs(milliseconds(chip, hex("42B2")) - 4.2) < 2);
    CHECK(std::abs(milliseconds(chip, hex("4001805C000204")) - 5.2) < 2);
    CHECK(std::abs(milliseconds(chip, hex("400100B0950000")) - 50) < 5);
    chip.removeCard();
    REQUIRE(ask(chip, hex("4A0100")) == hex("4B00"));
}

TEST_CASE("A silent card is waited for as long as its ATS says", "[sim]")
{
    const AirTime time{true};

    CHECK(time.silence(hex("0578807002")) == 302us * 128 * 3);
    CHECK(time.silence(hex("0578808002")) == 302us * 256 * 3);
    CHECK(time.silence(hex("0420A002")) == 302us * 1024 * 3);
    CHECK(time.silence({}) == 302us * 16 * 3);
    CHECK(AirTime{}.silence(hex("0578808002")) == 0us);
}
