#include "gui/widgets/taskrail.h"

#include "gui/theme/theme.h"
#include "gui/widgets/logomark.h"
#include "gui/widgets/painting.h"
#include "gui/widgets/railbutton.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHash>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int brandHeight = 72;

/// The hairline between the work at the bench and the work behind it.
class RailLine final : public PaintedWidget
{
public:
    explicit RailLine(QWidget *parent)
        : PaintedWidget(parent)
    {
        setFixedHeight(17);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter(this).fillRect(QRect(8, 8, width() - 16, 1), currentTheme().railLine);
    }
};

} // namespace

TaskRail::TaskRail(QWidget *parent)
    : PaintedWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_group(new QButtonGroup(this))
{
    m_layout->setContentsMargins(8, brandHeight, 8, 8);
    m_layout->setSpacing(0);
    m_layout->addStretch();
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    connect(m_group, &QButtonGroup::buttonClicked, this,
            [this](QAbstractButton *button) { emit chosen(button->objectName()); });
    TaskRail::retranslateUi();
}

void TaskRail::setTasks(const QList<RailTask> &tasks)
{
    QHash<QString, int> counts;
    const QString selected = current();
    for (RailButton *old : std::as_const(m_buttons)) {
        counts.insert(old->objectName(), old->count());
        m_group->removeButton(old);
        // The click that led here may still be on its way through the button.
        old->hide();
        old->setShortcut({});
        old->deleteLater();
    }
    m_buttons.clear();
    qDeleteAll(m_separators);
    m_separators.clear();
    while (QLayoutItem *item = m_layout->takeAt(0))
        delete item;

    const auto add = [&](RailTask::Place place) {
        for (const RailTask &task : tasks) {
            if (task.place != place)
                continue;
            auto *button = new RailButton(task.icon, task.label, task.key, this);
            button->setObjectName(task.id);
            button->setCount(counts.value(task.id));
            button->show();
            m_group->addButton(button);
            m_buttons.append(button);
            m_layout->addWidget(button);
        }
    };
    const auto any = [&tasks](RailTask::Place place) {
        return std::any_of(tasks.begin(), tasks.end(),
                           [place](const RailTask &task) { return task.place == place; });
    };
    add(RailTask::Place::Bench);
    if (any(RailTask::Place::Bench) && any(RailTask::Place::Back)) {
        auto *line = new RailLine(this);
        line->show();
        m_separators.append(line);
        m_layout->addWidget(line);
    }
    add(RailTask::Place::Back);
    m_layout->addStretch();
    add(RailTask::Place::Foot);
    setCurrent(selected);
}

void TaskRail::setCurrent(const QString &id)
{
    m_group->setExclusive(false);
    for (RailButton *button : std::as_const(m_buttons))
        button->setChecked(button->objectName() == id);
    m_group->setExclusive(true);
    // Qt moves the way of Tab through a group only when a key moves the choice. One without any
    // focus would lose its place in the order.
    const RailButton *chosen = button(id);
    for (RailButton *button : std::as_const(m_buttons))
        button->setFocusPolicy(!chosen || button == chosen ? Qt::StrongFocus : Qt::ClickFocus);
}

QString TaskRail::current() const
{
    const QAbstractButton *button = m_group->checkedButton();
    return button ? button->objectName() : QString();
}

void TaskRail::setCount(const QString &id, int count)
{
    if (RailButton *found = button(id))
        found->setCount(count);
}

RailButton *TaskRail::button(const QString &id) const
{
    for (RailButton *button : m_buttons) {
        if (button->objectName() == id)
            return button;
    }
    return nullptr;
}

QSize TaskRail::sizeHint() const
{
    return {184, 728};
}

void TaskRail::changeEvent(QEvent *event)
{
    PaintedWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        m_layout->setContentsMargins(8, currentTheme().len(brandHeight), 8, 8);
}

void TaskRail::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    painter.fillRect(rect(), theme.rail);
    const double side = theme.len(36);
    LogoMark::paint(painter, QRectF(16, theme.len(18), side, side));
    const double left = 16 + side + 10;
    const double room = width() - left - 8;
    // The name of the product keeps its size: it is a sign, not text to read.
    QFont name = theme.font(15, true);
    name.setPixelSize(theme.len(16));
    QFont sub = theme.font(13);
    sub.setPixelSize(theme.len(13));
    drawText(painter, QRectF(left, theme.len(18), room, theme.len(19)), name, theme.railInk,
             u"UpgradeDesk"_s);
    //: app.title
    drawText(painter, QRectF(left, theme.len(37), room, theme.len(17)), sub, theme.railInk2,
             tr("票务升级服务台"));
}

void TaskRail::retranslateUi()
{
    //: a11y name of the task rail
    setAccessibleName(tr("任务"));
}

} // namespace upgradedesk
