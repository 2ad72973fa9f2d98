#pragma once

#include "core/error.h"
#include "core/language.h"

#include <QString>

namespace upgradedesk
{

/// One sentence for people that says what happened and what to do, from
/// resources/texts/errors.json.
[[nodiscard]] QString sentence(const Error &error, Language language);

/// The same for a code without arguments.
[[nodiscard]] QString sentence(ErrorCode code, Language language);

/// The words of a key of resources/texts/words.json, such as the reasons of a document check; empty
/// when unknown.
[[nodiscard]] QString word(const QString &key, Language language);

/// What a reason of the hub for refusing a record means to staff: its title, or with `part` what
/// happened (`.text`) and what to do about it (`.fix`). A reason nobody knows is told as such.
[[nodiscard]] QString rejectionWord(const QString &reason, const QString &part, Language language);

} // namespace upgradedesk
