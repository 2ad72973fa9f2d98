#pragma once

#include "core/error.h"

#include <optional>

namespace upgradedesk
{

/// The reader of identity cards as the window shows it; nothing of a person is in it.
struct IdReaderState {
    /// Absent: this desk has none, so nobody misses it.
    enum class Link { Absent, Starting, Ok, Lost };

    Link link = Link::Absent;
    std::optional<Error> trouble; ///< why it is lost
    bool reading = false;         ///< a document lies there and is being read
    bool simulated = false;       ///< a virtual one, on whose shelf documents lie
    std::optional<Error> unread;  ///< why the last document was not read or is not to be used
};

} // namespace upgradedesk
