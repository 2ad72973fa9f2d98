#include "support/catch.h"

#include "device/nfc/readercandidates.h"

#include <QFile>
#include <QTemporaryDir>

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

TEST_CASE("A port that has another device is not tried, by whichever of its names", "[device]")
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"ttyUSB0"_s);
    const QString free = folder.filePath(u"ttyUSB1"_s);
    const QString name = folder.filePath(u"by-id-scanner"_s);
    for (const QString &port : {path, free}) {
        QFile file(port);
        REQUIRE(file.open(QIODevice::WriteOnly));
    }
    REQUIRE(QFile::link(path, name));
    const QList<SerialPort> ports{{path, 0x1A86, 0x7523}, {free, 0x1A86, 0x7523}};
    const QStringList both{u"pn532_uart:"_s + path, u"pn532_uart:"_s + free};
    struct Row {
        QStringList others;
        QStringList tried;
    };
    const QList<Row> rows{
        {{}, both},
        {{path}, both.mid(1)},
        {{name}, both.mid(1)},
        {{name, free}, {}},
        // One that is not plugged in is nobody else.
        {{folder.filePath(u"none"_s)}, both},
    };

    for (const Row &row : rows) {
        INFO(row.others.join(u' ').toStdString());
        CHECK(readerCandidates(ports, row.others) == row.tried);
    }
}
