#pragma once

#include <QByteArray>

#include <optional>

namespace upgradedesk::wire
{

/// What `text` is the Base64 of (RFC 4648 section 4): padded, nothing between or after the
/// characters, and no other text stands for the same bytes. Nothing for any other text.
/// QByteArray's decoder decides for each character which of 65 it is; on the random bytes of sealed
/// records the processor guesses that wrong, and they took five times as long.
[[nodiscard]] std::optional<QByteArray> decodeBase64(QByteArrayView text);

} // namespace upgradedesk::wire
