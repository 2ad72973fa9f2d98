#include "device/nfc/readercandidates.h"

#include <QFileInfo>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

struct UsbId {
    quint16 vendor;
    quint16 product;
};

// The adapters on PN532 boards with a USB socket and on the cables sold with bare ones. A kind that
// is missing can always be named with --reader or in libnfc.conf.
constexpr std::array adapters{
    UsbId{0x1A86, 0x7523}, // WCH CH340
    UsbId{0x1A86, 0x7522}, // WCH CH340K
    UsbId{0x1A86, 0x5523}, // WCH CH341
    UsbId{0x1A86, 0x55D3}, // WCH CH343
    UsbId{0x1A86, 0x55D4}, // WCH CH9102
    UsbId{0x10C4, 0xEA60}, // Silicon Labs CP2102, CP2104
    UsbId{0x0403, 0x6001}, // FTDI FT232R
    UsbId{0x0403, 0x6015}, // FTDI FT230X, FT231X
    UsbId{0x067B, 0x2303}, // Prolific PL2303
    UsbId{0x067B, 0x23A3}, // Prolific PL2303GC
};

bool isKnown(const SerialPort &port)
{
    return std::ranges::any_of(adapters, [&port](const UsbId &adapter) {
        return adapter.vendor == port.vendor && adapter.product == port.product;
    });
}

} // namespace

bool isAmong(const QStringList &paths, const QString &port)
{
    const QFileInfo file(port);
    return std::ranges::any_of(paths, [&](const QString &path) {
        const QFileInfo other(path);
        return path == port || (other.exists() && file.exists() &&
                                other.canonicalFilePath() == file.canonicalFilePath());
    });
}

QStringList readerCandidates(const QList<SerialPort> &ports, const QStringList &others)
{
    QStringList connstrings;
    for (const SerialPort &port : ports) {
        // A colon would be read as the start of the speed.
        if (isKnown(port) && port.hasNode && !port.path.isEmpty() && !port.path.contains(u':') &&
            !isAmong(others, port.path))
            connstrings << u"pn532_uart:"_s + port.path;
    }
    connstrings.sort();
    connstrings.removeDuplicates();
    return connstrings;
}

QString serialPathOf(const QString &connstring)
{
    constexpr std::array drivers{"pn532_uart"_L1, "arygon"_L1, "acr122s"_L1, "pn532_i2c"_L1,
                                 "pn532_spi"_L1};
    const QStringList parts = connstring.split(u':');
    if (parts.size() < 2 || std::ranges::find(drivers, parts.first()) == drivers.end())
        return {};
    return parts.at(1);
}

QString withDriver(const QString &connstring)
{
    return connstring.startsWith(u'/') ? u"pn532_uart:"_s + connstring : connstring;
}

} // namespace upgradedesk
