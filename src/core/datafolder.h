#pragma once

#include <QString>

namespace upgradedesk
{

/// The three profiles never mix: each has a data folder of its own.
enum class Profile { Production, Practice, Training };

/// `production`, `practice`, `training`.
[[nodiscard]] QString profileKey(Profile profile);

/// Where this user's data of a profile lives unless --data names another folder.
[[nodiscard]] QString dataFolder(Profile profile);

} // namespace upgradedesk
