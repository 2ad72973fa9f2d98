#include "gui/railtasks.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

/// Translation context of the words below.
struct RailTasks {
    Q_DECLARE_TR_FUNCTIONS(upgradedesk::MainWindow)
};

} // namespace

QList<RailTask> railTasks()
{
    return {
        //: nav.upgrade
        {u"upgrade"_s, Icon::Up, RailTasks::tr("升级办理"), Qt::Key_F2, RailTask::Place::Bench},
        //: nav.lookup
        {u"lookup"_s, Icon::Search, RailTasks::tr("卡号查询"), Qt::Key_F5, RailTask::Place::Bench},
        //: nav.inbox
        {u"inbox"_s, Icon::Inbox, RailTasks::tr("待处理"), Qt::Key_F8, RailTask::Place::Back},
        //: nav.queue
        {u"queue"_s, Icon::Queue, RailTasks::tr("队列 / 同步"), Qt::Key_F9, RailTask::Place::Back},
        //: nav.devices
        {u"devices"_s, Icon::Devices, RailTasks::tr("设备"), Qt::Key_F11, RailTask::Place::Back},
        //: nav.help
        {u"help"_s, Icon::Help, RailTasks::tr("帮助"), Qt::Key_F1, RailTask::Place::Foot},
        //: nav.lock
        {u"lock"_s, Icon::Lock, RailTasks::tr("锁屏 / 换班"), Qt::Key_F12, RailTask::Place::Foot},
    };
}

} // namespace upgradedesk
