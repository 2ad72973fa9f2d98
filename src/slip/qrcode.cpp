#include "slip/qrcode.h"

#include <memory>

#include <qrencode.h>

namespace upgradedesk
{

std::optional<QrCode> qrCode(const QByteArray &bytes)
{
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> made(
        QRcode_encodeData(int(bytes.size()),
                          reinterpret_cast<const unsigned char *>(bytes.constData()), 0,
                          QR_ECLEVEL_M),
        QRcode_free);
    if (!made)
        return std::nullopt;
    QrCode code;
    code.size = made->width;
    const std::size_t modules = std::size_t(made->width) * std::size_t(made->width);
    code.dark.reserve(modules);
    // The lowest bit of a module is its colour, the others say what it is for.
    for (std::size_t i = 0; i < modules; ++i)
        code.dark.push_back((made->data[i] & 1U) != 0);
    return code;
}

} // namespace upgradedesk
