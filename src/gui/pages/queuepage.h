#pragma once

#include "gui/hubstate.h"
#include "gui/pages/deskpage.h"
#include "gui/pages/queuehistory.h"

#include <QTimer>

#include <memory>
#include <optional>

namespace upgradedesk
{

class Clock;
class DeskTasks;

namespace Ui
{
class QueuePage;
}

/// 队列 / 同步: what waits for the hub, how the hub stands, and what there is to do, which is
/// nearly always nothing.
class QueuePage final : public DeskPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QueuePage)

public:
    /// Tasks and clock must outlive the page.
    QueuePage(DeskTasks &tasks, const Clock &clock, QWidget *parent);
    ~QueuePage() override;

    [[nodiscard]] QString pageName() const override { return QStringLiteral("queue"); }
    void focusFirst() override;
    [[nodiscard]] QList<QWidget *> tabOrder() const override;

    /// Only a supervisor takes the queue away on a stick.
    void setSupervisor(bool supervisor);

    /// How long the primary button is deaf after the page appeared; 300 ms by default.
    void setArmingTime(int milliseconds);

signals:
    /// Back to where cards are tapped.
    void left();
    /// To the records the hub refused.
    void inboxWanted();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showAll();
    void showBadge();
    void showHead();
    void fitSide();
    void showFacts();
    void showNotice();
    void showActions();
    void note();
    void tick();
    void takeUsb(const UsbOutcome &outcome);
    void showReceipt();
    void print(const QString &record);
    [[nodiscard]] bool showReceiptNotice();
    void askUsb(UsbOutcome::Way way);
    [[nodiscard]] qint64 secondsSince(std::chrono::milliseconds boot) const;
    [[nodiscard]] bool isReachable() const;
    void retranslateUi();

    DeskTasks &m_tasks;
    const Clock &m_clock;
    std::unique_ptr<Ui::QueuePage> m_ui;
    QueueHistory m_history;
    QTimer m_second; ///< while the page is on the screen
    QTimer m_asked;  ///< 现在重试 was pressed; the answer is a new state of the hub
    bool m_supervisor = false;
    bool m_usbBusy = false;
    QString m_printed;               ///< the record whose receipt was asked for here
    std::optional<UsbOutcome> m_usb; ///< told until something else is done
};

} // namespace upgradedesk
