#pragma once

#include <QByteArray>

namespace upgradedesk
{

/// SHA-256 by OpenSSL, which uses what the processor has for it: a tenth of the time that
/// QCryptographicHash takes. Empty when OpenSSL fails.
[[nodiscard]] QByteArray sha256(QByteArrayView bytes);

} // namespace upgradedesk
