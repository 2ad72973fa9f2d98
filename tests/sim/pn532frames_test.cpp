#include "support/catch.h"

#include "chiphost.h"

#include "sim/pn532frames.h"

#include <random>

using namespace upgradedesk;
using namespace upgradedesk::test;

namespace
{

QByteArrayList commandsIn(const QByteArray &bytes)
{
    HostFrameScanner scanner;
    scanner.append(bytes);
    QByteArrayList found;
    while (const auto frame = scanner.next()) {
        switch (frame->kind) {
        case HostFrame::Kind::Ack:
            found << "ack";
            break;
        case HostFrame::Kind::Nack:
            found << "nack";
            break;
        case HostFrame::Kind::Command:
            found << frame->payload.toHex();
            break;
        }
    }
    return found;
}

struct Row {
    const char *what;
    const char *bytes;
    QByteArrayList found;
};

} // namespace

TEST_CASE("Frames of the host are found and everything else is skipped", "[sim]")
{
    const auto row = GENERATE(values<Row>({
        {"firmware version", "0000FF02FED4022A00", {"02"}},
        {"acknowledge", "0000FF00FF00", {"ack"}},
        {"repeat", "0000FFFF0000", {"nack"}},
        {"extended", "0000FFFFFF0002FED4022A00", {"02"}},
        {"no preamble", "00FF02FED4022A", {"02"}},
        {"wake-up before it", "555500000000000000000000000000000000FF02FED4022A00", {"02"}},
        {"noise before it", "FF13370000FF02FED4022A00", {"02"}},
        {"two in a row", "0000FF02FED4022A000000FF02FED4022A00", {"02", "02"}},
        {"wrong length check", "0000FF02FDD4022A00", {}},
        {"wrong data check", "0000FF02FED4022B00", {}},
        {"answer code instead of D4", "0000FF02FED5022900", {}},
        {"only the half", "0000FF02FED4", {}},
        {"a good one behind a damaged one", "0000FF02FED4022B000000FF02FED4022A00", {"02"}},
        {"a good one behind half a one", "0000FF09F7D40000FF02FED4022A00", {"02"}},
        {"extended, wrong check", "0000FFFFFF0002FDD4022A00", {}},
        {"extended, longer than the chip takes", "0000FFFFFF0200FED4022A00", {}},
        {"nothing but D4", "0000FF01FFD42C00", {}},
    }));

    INFO(row.what);
    CHECK(commandsIn(QByteArray::fromHex(row.bytes)) == row.found);
}

TEST_CASE("A frame that arrives byte by byte is the same frame", "[sim]")
{
    HostFrameScanner scanner;
    const QByteArray bytes = hostFrame(hex("4A0100"));
    for (qsizetype at = 0; at + 2 < bytes.size(); ++at) {
        scanner.append(bytes.mid(at, 1));
        CHECK_FALSE(scanner.next());
    }
    scanner.append(bytes.last(2));

    const auto frame = scanner.next();

    REQUIRE(frame);
    CHECK(frame->payload == hex("4A0100"));
}

TEST_CASE("Noise never costs a frame behind it", "[sim]")
{
    std::mt19937 random{20220601};
    std::uniform_int_distribution<int> byte{1, 0xFE};
    std::uniform_int_distribution<int> length{0, 300};
    for (int round = 0; round < 500; ++round) {
        QByteArray noise(length(random), '\0');
        // No 00 in the noise, so that no frame can start inside it.
        std::generate(noise.begin(), noise.end(), [&] { return char(byte(random)); });

        CHECK(commandsIn(noise + hostFrame(hex("02"))) == QByteArrayList{"02"});
    }
}

TEST_CASE("Answers are framed as libnfc wants them", "[sim]")
{
    CHECK(chipFrame(hex("0332010607")) == hex("0000FF06FAD50332010607E800"));

    const QByteArray longest = chipFrame(QByteArray(longestChipPayload, '\0'));
    CHECK(longest.startsWith(hex("0000FFFFFF0109F6D5")));
    CHECK(longest.endsWith(hex("2B00")));
    CHECK(longest.size() == 3 + 5 + 1 + longestChipPayload + 2);
}
