#pragma once

#include "cli/opendesk.h"
#include "core/result.h"
#include "sync/uploader.h"

#include <functional>
#include <optional>

namespace upgradedesk
{

/// Whether rules of the hub can be used here: RulesInvalid.
[[nodiscard]] Result<void> checkRules(const QByteArray &body);

/// How far a run goes.
enum class SyncUntil {
    Once,     ///< each record that waits is tried once; the first trouble with the hub ends it
    Empty,    ///< as long as records wait that can go, whatever comes between
    Documents ///< rules, roster and keys only
};

/// Runs uploads and downloads in this thread until done; the program has no other event loop.
/// `tell` is called when the hub is in trouble, once for each cause in a row. The error is the
/// hub's trouble or the store's.
[[nodiscard]] Result<sync::UploaderState> runSync(OpenDesk &desk, const QString &folder,
                                                  SyncUntil until,
                                                  const std::function<void(const Error &)> &tell);

} // namespace upgradedesk
