#pragma once

#include "card/catalogue.h"

#include <QByteArray>
#include <QDate>
#include <QString>

#include <optional>

namespace upgradedesk
{

/// The number of a record, or why it has none.
struct FieldNumber {
    QString number; ///< empty unless whole and valid
    QString reason; ///< `bad-length`, `empty-number`, `not-bcd`, `bad-prefix`, or empty

    bool operator==(const FieldNumber &) const = default;
};

/// A whole valid number or nothing: no digit is trimmed, repaired or guessed.
[[nodiscard]] FieldNumber readNumber(const NumberField &field, const QByteArray &record);

/// YYYYMMDD in 4 BCD bytes; nothing when they are missing or no real day.
[[nodiscard]] std::optional<QDate> readDate(const QByteArray &record, int at);

} // namespace upgradedesk
