#pragma once

#include "core/arguments.h"
#include "hub/console.h"
#include "hub/hub.h"

#include <QStringList>

namespace upgradedesk::hub
{

/// What is to be known when a desk gets a certificate though it speaks with one.
[[nodiscard]] LocalText aboutSecondMachine(const QString &desk, const QDateTime &until);

/// A running hub for a command: configuration, keys, database. Reports what is wrong.
struct Opened {
    Config config;
    SystemClock clock;
    std::unique_ptr<Hub> hub;

    [[nodiscard]] Result<void> open(const QString &configFile);
};

/// A time as commands print it.
[[nodiscard]] QString timeOrEmpty(const QDateTime &time);

// Each returns its exit code.
int init(const Console &console, const QStringList &arguments);
int serve(const Console &console, const QStringList &arguments);
int deskInvite(const Console &console, const QStringList &arguments);
int deskList(const Console &console, const QStringList &arguments);
int deskRevoke(const Console &console, const QStringList &arguments);
int operatorAdd(const Console &console, const QStringList &arguments);
int operatorList(const Console &console, const QStringList &arguments);
int operatorDisable(const Console &console, const QStringList &arguments);
int operatorEnable(const Console &console, const QStringList &arguments);
int operatorPin(const Console &console, const QStringList &arguments);
int rulesList(const Console &console, const QStringList &arguments);
int rulesPublish(const Console &console, const QStringList &arguments);
int provision(const Console &console, const QStringList &arguments);
int recordsImport(const Console &console, const QStringList &arguments);
int cardsImport(const Console &console, const QStringList &arguments);
int healthImport(const Console &console, const QStringList &arguments);
int backup(const Console &console, const QStringList &arguments);
int restore(const Console &console, const QStringList &arguments);
int auditVerify(const Console &console, const QStringList &arguments);
int subjectExport(const Console &console, const QStringList &arguments);
int subjectErase(const Console &console, const QStringList &arguments);

} // namespace upgradedesk::hub
