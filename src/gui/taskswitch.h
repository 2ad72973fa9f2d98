#pragma once

#include <QObject>

namespace upgradedesk
{

class DeskPage;
class DeskTasks;
class DevicesPage;
class InboxPage;
class LinkController;
class LookupPage;
class QueuePage;
class TaskRail;

/// Which task is in front of the passenger's flow: the look-up, the records to be mended, the
/// queue, the devices, or none. A card that is tapped leads back to the flow; the passenger who
/// waits there is not touched.
class TaskSwitch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskSwitch)

public:
    /// All of them must outlive it.
    TaskSwitch(TaskRail &rail, LinkController &controller, DeskTasks &tasks, QObject *parent);

    /// Once, before anything is chosen.
    void setPages(LookupPage *lookup, InboxPage *inbox, QueuePage *queue, DevicesPage *devices);

    /// Opens a task of the rail; `upgrade` goes back to the flow. Others are not its affair.
    void choose(const QString &task);
    /// The look-up with what has been typed already.
    void openLookup(const QString &typed);
    void leave();

    /// Nothing of a passenger or an operator stays.
    void forget();

    /// Goes back to the flow when a card was tapped since the task was opened.
    void noticeTaps();

    /// Null: the flow.
    [[nodiscard]] DeskPage *page() const;
    /// The task of the rail that is shown.
    [[nodiscard]] const QString &task() const { return m_task; }

signals:
    void changed();

private:
    void open(const QString &task);
    void setFront(const QString &task);
    void showCount();

    TaskRail &m_rail;
    LinkController &m_controller;
    DeskTasks &m_tasks;
    LookupPage *m_lookup = nullptr;
    InboxPage *m_inbox = nullptr;
    QueuePage *m_queue = nullptr;
    DevicesPage *m_devices = nullptr;
    QString m_task;
    quint64 m_tapsBefore = 0; ///< when the task was opened
};

} // namespace upgradedesk
