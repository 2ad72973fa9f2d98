#include "gui/widgets/stepper.h"

#include "gui/theme/iconset.h"
#include "gui/widgets/painting.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int height56 = 56;
constexpr int stepGap = 8;
constexpr int ring = 28;

} // namespace

Stepper::Stepper(QWidget *parent)
    : PaintedWidget(parent)
{
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    Stepper::retranslateUi();
}

void Stepper::setCurrent(int step)
{
    const int current = std::clamp(step, 0, count);
    if (std::exchange(m_current, current) == current)
        return;
    retranslateUi();
    update();
}

int Stepper::current() const
{
    return m_current;
}

void Stepper::setNote(int step, const QString &note)
{
    if (std::exchange(m_notes.at(std::size_t(step)).text, note) == note)
        return;
    update();
}

void Stepper::setPending(int step, bool pending)
{
    if (std::exchange(m_notes.at(std::size_t(step)).pending, pending) == pending)
        return;
    retranslateUi();
    update();
}

Stepper::State Stepper::state(int step) const
{
    if (step == m_current)
        return State::Current;
    if (step > m_current)
        return State::Todo;
    return m_notes.at(std::size_t(step)).pending ? State::Pending : State::Done;
}

QString Stepper::label(int step) const
{
    switch (step) {
    case 0:
        //: step.1
        return tr("卡片");
    case 1:
        //: step.2
        return tr("证件");
    case 2:
        //: step.3
        return tr("告知与授权");
    case 3:
        //: step.4
        return tr("健康状态");
    default:
        //: step.5
        return tr("确认");
    }
}

void Stepper::reset()
{
    m_notes = {};
    setCurrent(0);
}

QSize Stepper::sizeHint() const
{
    return {1134, currentTheme().len(height56)};
}

QSize Stepper::minimumSizeHint() const
{
    return {700, currentTheme().len(height56)};
}

QRect Stepper::cell(int step) const
{
    const double each = (width() - stepGap * (count - 1)) / double(count);
    const int left = qRound(step * (each + stepGap));
    return {left, 0, qRound(step * (each + stepGap) + each) - left, height()};
}

int Stepper::doneStepAt(QPoint position) const
{
    for (int step = 0; step < count; ++step) {
        if (cell(step).contains(position))
            return step < m_current ? step : -1;
    }
    return -1;
}

bool Stepper::event(QEvent *event)
{
    // A note too long for its cell can be read in full here.
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int step = doneStepAt(help->pos());
        if (step >= 0)
            QToolTip::showText(help->globalPos(), m_notes.at(std::size_t(step)).text, this);
        return true;
    }
    return PaintedWidget::event(event);
}

void Stepper::mouseMoveEvent(QMouseEvent *event)
{
    if (doneStepAt(event->pos()) >= 0)
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
}

void Stepper::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->button() == Qt::LeftButton ? doneStepAt(event->pos()) : -1;
}

void Stepper::mouseReleaseEvent(QMouseEvent *event)
{
    const int step = doneStepAt(event->pos());
    if (step >= 0 && step == m_pressed)
        emit stepClicked(step);
    m_pressed = -1;
}

void Stepper::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    for (int step = 0; step < count; ++step)
        paintStep(painter, step);
}

void Stepper::paintStep(QPainter &painter, int step) const
{
    const Theme theme = currentTheme();
    const double side = theme.len(ring);
    const State now = state(step);
    const bool done = now == State::Done || now == State::Pending;

    BoxStyle box{.border = theme.line};
    BoxStyle disc{.border = theme.lineStrong, .borderWidth = 2, .radius = side / 2};
    QColor ink = theme.ink3;
    QColor sign = theme.ink3;
    if (now == State::Current) {
        box = {.fill = theme.accent, .border = theme.accent};
        disc = {.fill = theme.onAccent, .border = theme.onAccent, .radius = side / 2};
        ink = theme.onAccent;
        sign = theme.accent;
    } else if (done) {
        const Tone tone = now == State::Pending ? Tone::Pend : Tone::Ok;
        box.fill = theme.surface;
        disc.fill = theme.soft(tone);
        disc.border = theme.tone(tone);
        disc.dashed = now == State::Pending;
        ink = theme.ink;
        sign = theme.tone(tone);
    }

    const QRectF area = cell(step);
    drawBox(painter, area, box);
    const QRectF round(area.left() + 13, area.center().y() - side / 2, side, side);
    drawBox(painter, round, disc);
    if (done)
        paintIcon(painter, round.adjusted(side / 5, side / 5, -side / 5, -side / 5),
                  now == State::Pending ? Icon::Hourglass : Icon::Check, sign,
                  now == State::Pending ? 2.4 : 3.0);
    else
        drawText(painter, round, theme.font(15, true), sign, QString::number(step + 1),
                 Qt::AlignCenter);

    QRectF text = area.adjusted(13 + side + 10, 0, -8, 0);
    const QString note = done ? m_notes.at(std::size_t(step)).text : QString();
    if (!note.isEmpty()) {
        const int line = theme.px(20);
        const int small = theme.px(17);
        const double top = area.center().y() - (line + small) / 2.0;
        drawText(painter, QRectF(text.left(), top + line, text.width(), small), theme.font(13),
                 theme.ink2, note);
        text.setTop(top);
        text.setHeight(line);
    }
    drawText(painter, text, theme.font(17, now == State::Current), ink, label(step));
}

void Stepper::retranslateUi()
{
    //: a11y name of the stepper
    setAccessibleName(tr("步骤"));
    QStringList parts;
    if (m_current < count)
        //: a11y: step %1 of %2, name %3
        parts << tr("第 %1 步，共 %2 步，%3").arg(m_current + 1).arg(count).arg(label(m_current));
    for (int step = 0; step < m_current; ++step) {
        //: a11y: a step that is done, and one whose result is still to come
        parts
            << (state(step) == State::Pending ? tr("%1 待补查") : tr("%1 已完成")).arg(label(step));
    }
    setAccessibleDescription(parts.join(tr("；")));
}

} // namespace upgradedesk
