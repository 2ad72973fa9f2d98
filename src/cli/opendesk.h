#pragma once

#include "card/catalogue.h"
#include "cli/console.h"
#include "core/clock.h"
#include "core/result.h"
#include "flow/linkcheck.h"
#include "flow/rules.h"
#include "identity/documentkinds.h"
#include "storage/store.h"
#include "sync/deskidentity.h"
#include "sync/recordsealer.h"

#include <functional>
#include <memory>

namespace upgradedesk
{

/// The provisioned desk in the data folder.
struct OpenDesk {
    sync::DeskIdentity identity;
    storage::Store store;
    std::unique_ptr<TrustedClock> clock; ///< the hub's time, when it was told since boot

    /// Beside the errors of identity and store: TrainingFolder when only the training mode has data
    /// on this computer, NotTrainingFolder, ProfileMismatch. `machine` must outlive the desk.
    [[nodiscard]] static Result<OpenDesk> open(const Console &console, const Clock &machine);
};

/// The newest refused record of a card, by its key; empty: none.
using RefusedOf = std::function<Result<QString>(const QByteArray &cardKey)>;

/// Everything a link is checked against. Immutable; workers may share it.
struct LinkData {
    Catalogue catalogue;
    DocumentKinds documents;
    Rules rules;

    [[nodiscard]] static Result<LinkData> load();

    /// The rules the hub has published, where there are any, in the place of our own.
    [[nodiscard]] Result<void> usePublished(OpenDesk &desk);

    [[nodiscard]] LinkContext context(const Clock &clock) const;

    /// What the rules say of a card of that medium today.
    [[nodiscard]] sync::LinkTerms terms(const QString &medium, const Clock &clock) const;

    /// Checks the form and seals it; what comes back only has to be committed. `refusedOf` tells
    /// which refused record of the same card is settled by this one.
    [[nodiscard]] Result<storage::NewRecord> prepare(const LinkForm &form,
                                                     const sync::DeskIdentity &identity,
                                                     const storage::JournalHead &anchor,
                                                     const Clock &clock,
                                                     const RefusedOf &refusedOf = {}) const;
};

/// Tells what was stored; `done` has %1 for the slip. The exit code of that.
[[nodiscard]] int tellQueued(const Console &console, const storage::Committed &committed,
                             const LocalText &done);

/// Reads the PIN from stdin and logs the operator in.
[[nodiscard]] Result<storage::Operator> loginFromStdin(OpenDesk &desk, const QString &operatorId,
                                                       const Clock &clock);

} // namespace upgradedesk
