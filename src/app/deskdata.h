#pragma once

#include "app/options.h"
#include "card/catalogue.h"
#include "core/clock.h"
#include "flow/rules.h"
#include "gui/pages/deskfacts.h"
#include "identity/documentkinds.h"
#include "sim/virtualcard.h"
#include "sim/virtualperson.h"
#include "sync/deskidentity.h"

namespace upgradedesk
{

/// What a desk is built of: everything that is read from files before its window.
struct DeskData {
    Catalogue catalogue;
    DocumentKinds documents;
    Rules rules;
    sync::DeskIdentity identity;
    // In training only:
    QList<TrainingCard> shelf;
    QList<TrainingCard> shelfInEnglish;
    QList<VirtualCard> virtualCards;
    QList<VirtualPerson> virtualPersons;
};

/// Reads it; in training it makes the practice identity first. Needs no QApplication and may run on
/// any thread. The error has the sentence for whoever started the program.
[[nodiscard]] Result<DeskData> loadDeskData(const Options &options, const Clock &clock);

} // namespace upgradedesk
