#pragma once

#include "core/language.h"
#include "core/result.h"
#include "gui/pages/deskfacts.h"

namespace upgradedesk
{

/// The virtual cards training mode offers, from resources/training/shelf.json.
[[nodiscard]] Result<QList<TrainingCard>> loadTrainingShelf(Language language);

} // namespace upgradedesk
