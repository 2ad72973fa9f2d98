#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace upgradedesk::bench
{

/// One line of the table. Printed as JSON to stdout, where bench.py collects it.
struct Figure {
    QString part; ///< what belongs together: `tap`, `commit`, …
    QString name;
    double value = 0;
    QString unit;
    std::optional<double> limit{}; ///< measured in the same run, or fixed; same unit
    QString aim{};                 ///< in words; empty: a figure without an aim
    std::optional<bool> met{};
    std::optional<double> ratio{}; ///< when it is not simply value / limit
};

void print(const Figure &figure);

/// Says why on stderr and ends the program: nothing could be measured.
[[noreturn]] void giveUp(const QString &why);

/// The value that `share` (0 to 1) of them do not exceed. `values` must not be empty.
[[nodiscard]] double quantile(std::vector<double> values, double share);
[[nodiscard]] inline double median(std::vector<double> values)
{
    return quantile(std::move(values), 0.5);
}

} // namespace upgradedesk::bench
