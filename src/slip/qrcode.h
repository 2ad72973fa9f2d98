#pragma once

#include <QByteArray>

#include <optional>
#include <vector>

namespace upgradedesk
{

/// The dark and light modules of a QR code, without its quiet zone.
struct QrCode {
    int size = 0;           ///< modules a side
    std::vector<bool> dark; ///< size × size, row by row

    [[nodiscard]] bool at(int row, int column) const
    {
        return dark[std::size_t(row) * std::size_t(size) + std::size_t(column)];
    }
};

/// Modules a code is to be away from anything else.
constexpr int qrQuietZone = 4;

/// Error correction M, the smallest version that holds the bytes. Nothing when none does.
[[nodiscard]] std::optional<QrCode> qrCode(const QByteArray &bytes);

} // namespace upgradedesk
