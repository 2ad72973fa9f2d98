#pragma once

#include "gui/pages_window.h"

#include <functional>

namespace upgradedesk::test
{

/// Called at each state with its name: the number of the mock it is compared with, and a word.
using AtState = std::function<void(const QString &state)>;

/// The main job from the login to the end, with what can go wrong on the way. The window must be
/// new.
void walkMainJob(WindowUnderTest &desk, const AtState &at);

/// Every other state a page can be in: other cards, a child, a refusal, troubles. The window must
/// be new and in training.
void walkOtherStates(WindowUnderTest &desk, const AtState &at);

/// The look-up, the other kinds of documents, taking back, help. The window must be new.
void walkSideWays(WindowUnderTest &desk, const AtState &at);

/// A passenger whose hub can be asked, with every answer it may give. The window must be new.
void walkOnline(WindowUnderTest &desk, const AtState &at);

/// The queue in each state of hub, store and stick. The window must be new.
void walkQueue(WindowUnderTest &desk, const AtState &at);

/// Refused records and what is done with them. The window must be new.
void walkInbox(WindowUnderTest &desk, const AtState &at);

/// The devices of the counter, well and not. The window must be new.
void walkDevices(WindowUnderTest &desk, const AtState &at);
/// The ID reader in each state, and what it read. The window must be new and in training.
void walkIdReader(WindowUnderTest &desk, const AtState &at);

/// Walks all ways, each in a window of its own with this look and size.
void walkAllStates(const Look &look, QSize size,
                   const std::function<void(WindowUnderTest &desk, const QString &state)> &at);

} // namespace upgradedesk::test
