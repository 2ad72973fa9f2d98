#pragma once

#include <QString>

namespace upgradedesk
{

// Masks count code points, not UTF-16 units (identity.md §5): a rare Han character is one
// character.

/// 张* · 张*三 · one character becomes *.
[[nodiscard]] QString maskName(const QString &name);

/// 18 characters keep 3 + 4, 15 keep 3 + 4, anything else the first 2 and last 2; 4 or fewer keep
/// none.
[[nodiscard]] QString maskDocumentNumber(const QString &number);

/// First 3 and last 4.
[[nodiscard]] QString maskPhone(const QString &number);

/// First 4 and last 4; 8 or fewer keep none.
[[nodiscard]] QString maskCardNumber(const QString &number);

} // namespace upgradedesk
