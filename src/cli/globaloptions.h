#pragma once

#include <QStringList>

namespace upgradedesk
{

/// The options that every command has, which are read before the command, may be written behind it
/// too: brings them to the front, in their order. One that lacks its value is the last of what
/// comes back. What follows `--` stays where it is, and so does `--training` behind `provision`,
/// which has it as an option of its own.
[[nodiscard]] QStringList withGlobalOptionsFirst(const QStringList &words);

} // namespace upgradedesk
