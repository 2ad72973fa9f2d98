#pragma once

#include "core/localtext.h"

#include <QDate>

#include <optional>

namespace upgradedesk
{

struct Arguments;

/// The day of `--on`, or today in Beijing without it; nothing when it is no date.
[[nodiscard]] std::optional<QDate> dayOption(const Arguments &arguments);

/// What is wrong with the command line when it is no date.
[[nodiscard]] LocalText dayOptionUsage();

} // namespace upgradedesk
