#pragma once

#include <QString>

#include <cstddef>

namespace upgradedesk
{

/// Keeps what is in memory out of core dumps; call it first in main().
void forbidCoreDumps();

/// Takes the memory that a start needs from the system in one step. Otherwise it comes page by
/// page, each by a trap, which takes some 20 us on a virtual machine. For a program with a window;
/// does nothing where the system cannot.
void reserveHeap();

/// The same for memory that was just mapped by somebody else, such as the picture of a window:
/// `size` bytes from `start`, whose contents stay.
void populate(void *start, size_t size);

/// The folder this program lies in. Needs no QCoreApplication, unlike Qt's own.
[[nodiscard]] QString programFolder();

} // namespace upgradedesk
