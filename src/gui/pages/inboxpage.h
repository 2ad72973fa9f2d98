#pragma once

#include "core/error.h"
#include "gui/pages/deskpage.h"

#include <QTimer>

#include <memory>
#include <optional>

namespace upgradedesk
{

class Catalogue;
class Clock;
class DeskTasks;
struct QueueEntry;

namespace Ui
{
class InboxPage;
}

/// 待处理: records the hub refused, why in words, and what to do with each. The desk cannot reopen
/// what it sealed, so everything is masked, and mending means doing it again with the passenger.
class InboxPage final : public DeskPage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InboxPage)

public:
    /// Tasks and clock must outlive the page.
    InboxPage(DeskTasks &tasks, const Clock &clock, QWidget *parent);
    ~InboxPage() override;

    [[nodiscard]] QString pageName() const override { return QStringLiteral("inbox"); }
    void focusFirst() override;
    [[nodiscard]] QList<QWidget *> tabOrder() const override;
    void setArmingTime(int milliseconds);

    /// Another operator: what was made void is theirs to take back no longer.
    void forget();

signals:
    /// Back to where cards are tapped: with a record that is to be done again, or without.
    void left();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showEntries();
    void showChosen();
    void showFacts(const QueueEntry &entry);
    void showSteps(const QueueEntry &entry);
    void fitDetail();
    void showNotice();
    void showActions();
    void fix();
    void retry();
    void setVoid(QString record, bool isVoid);
    [[nodiscard]] bool isBusy() const { return m_asked.isActive(); }
    void retranslateUi();

    DeskTasks &m_tasks;
    const Clock &m_clock;
    std::unique_ptr<Ui::InboxPage> m_ui;
    QTimer m_asked; ///< something was asked for that is not answered yet
    std::optional<Error> m_trouble;
    QString m_voiding; ///< asked for, not answered yet
    QString m_voided;  ///< the record last made void here
    QString m_voidedLastFour;
};

} // namespace upgradedesk
