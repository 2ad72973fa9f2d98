#pragma once

#include "gui/passenger_desk.h"

#include <functional>

namespace upgradedesk::test
{

/// Every scene of the passenger's screen, from the desk that is locked to the trial tap. `at` is
/// called at each with its name.
void walkPassenger(PassengerDesk &desk, const std::function<void(const QString &state)> &at);

} // namespace upgradedesk::test
