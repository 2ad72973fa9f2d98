#pragma once

#include "identity/documentcheck.h"

namespace upgradedesk
{

// Numbers that hold a birth date, a sex and a check character. Each takes a normalised ASCII
// number.

/// 18 characters (GB 11643), or the 15 of the first generation. Numbers of residence permits (81,
/// 82, 83) pass too.
[[nodiscard]] DocumentCheck checkResident(const DocumentKinds &kinds, const QString &number,
                                          QDate on);

/// The same 18 characters with the division 810000, 820000 or 830000.
[[nodiscard]] DocumentCheck checkResidencePermit(const DocumentKinds &kinds, const QString &number,
                                                 QDate on);

/// Permanent residence of foreigners: 15 characters until 2023, 18 since.
[[nodiscard]] DocumentCheck checkForeignPermanent(const DocumentKinds &kinds, const QString &number,
                                                  QDate on);

} // namespace upgradedesk
