#pragma once

#include "gui/hubstate.h"
#include "gui/receipttasks.h"

#include <QObject>

namespace upgradedesk
{

/// What the window asks of the network layer and of the store about hub and queue, and what they
/// answer. Lives in the GUI thread and never waits: slots take what was told, pages show it. The
/// questions about one passenger are LinkController's.
class DeskTasks final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeskTasks)

public:
    explicit DeskTasks(QObject *parent = nullptr);

    [[nodiscard]] const HubState &hub() const { return m_hub; }
    [[nodiscard]] const QueueFacts &queue() const { return m_queue; }
    [[nodiscard]] ReceiptTasks &receipts() { return m_receipts; }
    /// Records the hub refused and nobody has settled, the newest first.
    [[nodiscard]] const QList<QueueEntry> &inbox() const { return m_inbox; }

public slots:
    // For the network layer and the store:
    void setHub(const upgradedesk::HubState &hub);
    void setQueue(const upgradedesk::QueueFacts &queue);
    void setInbox(const QList<upgradedesk::QueueEntry> &entries);
    /// The answer to exportRequested() or receiptsRequested().
    void usbDone(const upgradedesk::UsbOutcome &outcome);
    /// One of retryRequested() and voidRequested() was not done.
    void taskFailed(const upgradedesk::Error &error);

signals:
    // What staff want:
    /// 现在重试: a try at once, whatever was planned.
    void syncRequested();
    /// A refused record is to be sent once more; setInbox() follows.
    void retryRequested(const QString &record);
    /// 作废, or taking that back; setInbox() follows.
    void voidRequested(const QString &record, bool isVoid);
    /// Everything that waits, sealed as it is, onto a USB stick; usbDone() follows.
    void exportRequested();
    /// The hub's receipts from a USB stick; usbDone() follows.
    void receiptsRequested();
    /// A page of the queue is on the screen: setQueue() and setInbox() with what is true now.
    void refreshWanted();

    // For the pages:
    void hubChanged();
    void queueChanged();
    void inboxChanged();
    void usbTold(const upgradedesk::UsbOutcome &outcome);
    void troubleTold(const upgradedesk::Error &error);

private:
    HubState m_hub;
    QueueFacts m_queue;
    QList<QueueEntry> m_inbox;
    ReceiptTasks m_receipts;
};

} // namespace upgradedesk
