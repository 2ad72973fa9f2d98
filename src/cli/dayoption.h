#pragma once

#include "core/localtext.h"

#include <QDate>

#include <optional>

namespace upgradedesk
{

struct Arguments;

/// YYYY-MM-DD; nothing when it is no date.
[[nodiscard]] std::optional<QDate> dayOf(const QString &text);

/// The day of `--on`, or today in Beijing without it; nothing when it is no date.
[[nodiscard]] std::optional<QDate> dayOption(const Arguments &arguments);

/// What is wrong with the command line when it is no date.
[[nodiscard]] LocalText dayOptionUsage();

} // namespace upgradedesk
