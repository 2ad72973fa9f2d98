#include "gui/desktasks.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

/// Translation context of the words below.
struct DeskTasks {
    Q_DECLARE_TR_FUNCTIONS(upgradedesk::MainWindow)
};

} // namespace

QList<RailTask> deskTasks()
{
    return {
        //: nav.upgrade
        {u"upgrade"_s, Icon::Up, DeskTasks::tr("升级办理"), Qt::Key_F2, RailTask::Place::Bench},
        //: nav.lookup
        {u"lookup"_s, Icon::Search, DeskTasks::tr("卡号查询"), Qt::Key_F5, RailTask::Place::Bench},
        //: nav.help
        {u"help"_s, Icon::Help, DeskTasks::tr("帮助"), Qt::Key_F1, RailTask::Place::Foot},
        //: nav.lock
        {u"lock"_s, Icon::Lock, DeskTasks::tr("锁屏 / 换班"), Qt::Key_F12, RailTask::Place::Foot},
    };
}

} // namespace upgradedesk
