#pragma once

#include "core/result.h"

#include <QString>

namespace upgradedesk
{

/// The next byte of stdin, false at its end. Unbuffered on purpose: what follows belongs to whoever
/// reads stdin next.
[[nodiscard]] bool readInputByte(char &byte);

/// The first line of stdin as a PIN, at most 64 bytes, without its line end; the rest of stdin
/// stays unread. Fails with PinMissing when nothing is there, or with PinUnreadable; neither is a
/// try.
[[nodiscard]] Result<QString> readPin();

} // namespace upgradedesk
