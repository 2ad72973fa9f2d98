#pragma once

#include "gui/theme/iconset.h"
#include "gui/widgets/paintedwidget.h"

#include <QKeySequence>
#include <QList>

class QButtonGroup;
class QVBoxLayout;

namespace upgradedesk
{

class RailButton;

/// One entry of the task rail. Only tasks that exist are listed.
struct RailTask {
    /// Bench at the top, Back below the separator, Foot at the bottom.
    enum class Place { Bench, Back, Foot };

    QString id = {};
    Icon icon = Icon::None;
    QString label = {};
    QKeySequence key = {};
    Place place = Place::Bench;
};

/// The dark rail at the left: brand, tasks with their keys, counts.
class TaskRail final : public PaintedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TaskRail)

public:
    explicit TaskRail(QWidget *parent = nullptr);

    /// Replaces all entries. Call it again after a change of language: same ids keep selection and
    /// counts.
    void setTasks(const QList<RailTask> &tasks);

    /// Selects without announcing; an unknown id selects nothing.
    void setCurrent(const QString &id);
    [[nodiscard]] QString current() const;

    void setCount(const QString &id, int count);

    [[nodiscard]] RailButton *button(const QString &id) const;

    [[nodiscard]] QSize sizeHint() const override;

signals:
    /// A person chose a task, by click or key.
    void chosen(const QString &id);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void retranslateUi() override;

private:
    QVBoxLayout *m_layout;
    QButtonGroup *m_group;
    QList<RailButton *> m_buttons;
    QList<QWidget *> m_separators;
};

} // namespace upgradedesk
