#include "gui/desktasks.h"

namespace upgradedesk
{

DeskTasks::DeskTasks(QObject *parent)
    : QObject(parent)
{
}

void DeskTasks::setHub(const HubState &hub)
{
    m_hub = hub;
    emit hubChanged();
}

void DeskTasks::setQueue(const QueueFacts &queue)
{
    m_queue = queue;
    emit queueChanged();
}

void DeskTasks::setInbox(const QList<QueueEntry> &entries)
{
    if (m_inbox == entries)
        return;
    m_inbox = entries;
    emit inboxChanged();
}

void DeskTasks::usbDone(const UsbOutcome &outcome)
{
    emit usbTold(outcome);
}

void DeskTasks::taskFailed(const Error &error)
{
    emit troubleTold(error);
}

} // namespace upgradedesk
