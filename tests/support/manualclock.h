#pragma once

#include "core/clock.h"

namespace upgradedesk::test
{

using namespace Qt::StringLiterals;

/// A clock that stands until a test moves it.
class ManualClock final : public Clock
{
public:
    [[nodiscard]] QDateTime now() const override { return wall; }
    [[nodiscard]] std::chrono::milliseconds sinceBoot() const override { return boot; }
    [[nodiscard]] QString bootId() const override { return bootWord; }

    QDateTime wall = QDateTime(QDate(2022, 6, 1), QTime(2, 0), Qt::UTC);
    std::chrono::milliseconds boot = std::chrono::hours(3);
    QString bootWord = u"boot 1"_s;
};

} // namespace upgradedesk::test
