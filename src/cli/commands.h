#pragma once

#include "cli/console.h"

#include <QStringList>

namespace upgradedesk
{

// The commands of deskctl. Each takes what follows its name and returns the exit code of
// contracts.md.

[[nodiscard]] int cardResolve(Console &console, const QStringList &arguments);
[[nodiscard]] int cardRead(Console &console, const QStringList &arguments);
[[nodiscard]] int idCardRead(Console &console, const QStringList &arguments);
[[nodiscard]] int idCheck(Console &console, const QStringList &arguments);
[[nodiscard]] int mrzCheck(Console &console, const QStringList &arguments);
[[nodiscard]] int scanListen(Console &console, const QStringList &arguments);
[[nodiscard]] int enrol(Console &console, const QStringList &arguments);
[[nodiscard]] int provision(Console &console, const QStringList &arguments);
/// One link, or many with --from.
[[nodiscard]] int link(Console &console, const QStringList &arguments);
[[nodiscard]] int queueStatus(Console &console, const QStringList &arguments);
[[nodiscard]] int queueList(Console &console, const QStringList &arguments);
[[nodiscard]] int queueExport(Console &console, const QStringList &arguments);
[[nodiscard]] int queueRetry(Console &console, const QStringList &arguments);
[[nodiscard]] int queueReceipts(Console &console, const QStringList &arguments);
[[nodiscard]] int synchronise(Console &console, const QStringList &arguments);
[[nodiscard]] int unlink(Console &console, const QStringList &arguments);
[[nodiscard]] int replace(Console &console, const QStringList &arguments);
[[nodiscard]] int revoke(Console &console, const QStringList &arguments);
[[nodiscard]] int receipt(Console &console, const QStringList &arguments);
[[nodiscard]] int gate(Console &console, const QStringList &arguments);
[[nodiscard]] int examine(Console &console, const QStringList &arguments);
[[nodiscard]] int report(Console &console, const QStringList &arguments);
[[nodiscard]] int auditVerify(Console &console, const QStringList &arguments);
[[nodiscard]] int auditList(Console &console, const QStringList &arguments);

} // namespace upgradedesk
