#pragma once

#include <QString>

namespace upgradedesk
{

/// Keeps what is in memory out of core dumps; call it first in main().
void forbidCoreDumps();

/// Takes the memory that a start needs from the system in one step. Otherwise it comes page by
/// page, each by a trap, which takes some 20 us on a virtual machine. For a program with a window;
/// does nothing where the system cannot.
void reserveHeap();

/// The folder this program lies in. Needs no QCoreApplication, unlike Qt's own.
[[nodiscard]] QString programFolder();

} // namespace upgradedesk
