#pragma once

#include <QChar>
#include <QStringView>

namespace upgradedesk
{

/// Check character of ISO 7064 MOD 11-2 after these digits: `0` to `9` or `X`. Only ASCII digits
/// may be given.
[[nodiscard]] QChar mod11CheckCharacter(QStringView digits);

/// Check digit of ICAO 9303 (weights 7, 3, 1) after digits, capital letters and `<`.
[[nodiscard]] QChar icaoCheckDigit(QStringView text);

} // namespace upgradedesk
