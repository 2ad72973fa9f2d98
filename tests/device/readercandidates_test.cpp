#include "support/catch.h"

#include "device/nfc/readercandidates.h"

using namespace upgradedesk;
using namespace Qt::StringLiterals;

TEST_CASE("Only ports behind the adapters of PN532 boards are tried", "[device]")
{
    struct Row {
        QList<SerialPort> ports;
        QStringList connstrings;
    };
    const auto row = GENERATE(values<Row>({
        {{}, {}},
        {{{u"/dev/ttyS0"_s, 0, 0}}, {}},
        {{{u"/dev/ttyUSB0"_s, 0x1A86, 0x7523}}, {u"pn532_uart:/dev/ttyUSB0"_s}},
        {{{u"/dev/ttyUSB0"_s, 0x10C4, 0xEA60}}, {u"pn532_uart:/dev/ttyUSB0"_s}},
        {{{u"/dev/ttyUSB0"_s, 0x0403, 0x6001}}, {u"pn532_uart:/dev/ttyUSB0"_s}},
        {{{u"/dev/ttyUSB0"_s, 0x067B, 0x2303}}, {u"pn532_uart:/dev/ttyUSB0"_s}},
        // A modem, a scanner and an Arduino are nobody's card reader.
        {{{u"/dev/ttyACM0"_s, 0x2341, 0x0043},
          {u"/dev/ttyACM1"_s, 0x0C2E, 0x0B61},
          {u"/dev/ttyUSB1"_s, 0x12D1, 0x1506}},
         {}},
        // Half an identity is none.
        {{{u"/dev/ttyUSB0"_s, 0x1A86, 0}, {u"/dev/ttyUSB1"_s, 0, 0x7523}}, {}},
        {{{u"/dev/ttyUSB1"_s, 0x1A86, 0x7523},
          {u"/dev/ttyS0"_s, 0, 0},
          {u"/dev/ttyUSB0"_s, 0x10C4, 0xEA60},
          {u"/dev/ttyUSB1"_s, 0x1A86, 0x7523}},
         {u"pn532_uart:/dev/ttyUSB0"_s, u"pn532_uart:/dev/ttyUSB1"_s}},
        // A port without a device node cannot be opened by anybody.
        {{{u"/dev/ttyUSB0"_s, 0x1A86, 0x7523, false}, {u"/dev/ttyUSB1"_s, 0x1A86, 0x7523}},
         {u"pn532_uart:/dev/ttyUSB1"_s}},
        {{{u""_s, 0x1A86, 0x7523}, {u"/dev/a:b"_s, 0x1A86, 0x7523}}, {}},
    }));

    CHECK(readerCandidates(row.ports) == row.connstrings);
}
