#pragma once

#include "e2e/storedesk.h"
#include "sync/fakehub.h"

#include <QTest>

namespace upgradedesk::test
{

/// deskctl against a hub that answers in this process.
inline Run runDeskctl(const EnrolledDesk &desk, const QStringList &arguments)
{
    QProcess process;
    process.start(StoreDesk::program(),
                  QStringList{u"--data"_s, desk.path, u"--lang"_s, u"en"_s, u"--json"_s} +
                      arguments);
    process.closeWriteChannel();
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 60'000))
        qFatal("deskctl does not end");
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace upgradedesk::test
