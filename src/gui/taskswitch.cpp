#include "gui/taskswitch.h"

#include "gui/desktasks.h"
#include "gui/linkcontroller.h"
#include "gui/pages/devicespage.h"
#include "gui/pages/inboxpage.h"
#include "gui/pages/lookuppage.h"
#include "gui/pages/queuepage.h"
#include "gui/widgets/taskrail.h"

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

const QString &flow()
{
    static const QString task = u"upgrade"_s;
    return task;
}

} // namespace

TaskSwitch::TaskSwitch(TaskRail &rail, LinkController &controller, DeskTasks &tasks,
                       QObject *parent)
    : QObject(parent)
    , m_rail(rail)
    , m_controller(controller)
    , m_tasks(tasks)
    , m_task(flow())
{
    connect(&m_tasks, &DeskTasks::inboxChanged, this, &TaskSwitch::showCount);
}

void TaskSwitch::setPages(LookupPage *lookup, InboxPage *inbox, QueuePage *queue,
                          DevicesPage *devices)
{
    m_lookup = lookup;
    m_inbox = inbox;
    m_queue = queue;
    m_devices = devices;
    connect(m_lookup, &LookupPage::left, this, &TaskSwitch::leave);
    connect(m_inbox, &InboxPage::left, this, &TaskSwitch::leave);
    connect(m_queue, &QueuePage::left, this, &TaskSwitch::leave);
    connect(m_devices, &DevicesPage::left, this, &TaskSwitch::leave);
    connect(m_queue, &QueuePage::inboxWanted, this, [this] { choose(u"inbox"_s); });
}

void TaskSwitch::choose(const QString &task)
{
    if (task == u"lookup") {
        // A typed number that does not agree with its card is mended, not typed again.
        const LinkState &state = m_controller.state();
        const bool doubted = state.step == LinkStep::Card && state.card && state.card->typed;
        openLookup(doubted ? state.card->number : QString());
    } else if (task == u"inbox" || task == u"queue" || task == u"devices") {
        open(task);
    } else {
        leave();
    }
}

void TaskSwitch::openLookup(const QString &typed)
{
    const QString task = u"lookup"_s;
    if (m_task != task)
        m_lookup->open(typed);
    open(task);
}

void TaskSwitch::open(const QString &task)
{
    if (m_task != task)
        m_tapsBefore = m_controller.taps();
    setFront(task);
}

/// Back to the passenger who waits, or to where cards are tapped.
void TaskSwitch::leave()
{
    setFront(flow());
}

void TaskSwitch::setFront(const QString &task)
{
    if (m_task == u"lookup" && task != m_task)
        m_lookup->forget();
    m_task = task;
    emit changed();
}

void TaskSwitch::forget()
{
    m_task = flow();
    m_lookup->forget();
    m_inbox->forget();
}

/// A torn card is no reason to leave the look-up: that a card cannot be read is why somebody types.
void TaskSwitch::noticeTaps()
{
    if (m_task == flow() || m_controller.taps() == m_tapsBefore)
        return;
    if (m_task == u"lookup")
        m_lookup->forget();
    m_task = flow();
}

DeskPage *TaskSwitch::page() const
{
    if (m_task == u"lookup")
        return m_lookup;
    if (m_task == u"inbox")
        return m_inbox;
    if (m_task == u"queue")
        return m_queue;
    if (m_task == u"devices")
        return m_devices;
    return nullptr;
}

void TaskSwitch::showCount()
{
    m_rail.setCount(u"inbox"_s, int(m_tasks.inbox().size()));
}

} // namespace upgradedesk
