#pragma once

#include "core/result.h"

#include <QByteArray>

namespace upgradedesk
{

/// One selected card that answers APDUs. Implemented over libnfc, by the virtual reader and by
/// tests.
class Transceiver
{
public:
    virtual ~Transceiver() = default;

    /// Sends one command and returns the whole answer, status word included. Blocks for a bounded
    /// time. Fails with CardLost when the card moved and with ReaderLost when the reader is gone.
    [[nodiscard]] virtual Result<QByteArray> transmit(const QByteArray &apdu) = 0;
};

} // namespace upgradedesk
