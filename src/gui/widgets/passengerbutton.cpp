#include "gui/widgets/passengerbutton.h"

#include "gui/widgets/painting.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <utility>

namespace upgradedesk
{
namespace
{

constexpr int largeWord = 34;
constexpr int smallWord = 22;

} // namespace

PassengerButton::PassengerButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
}

void PassengerButton::setWords(const QString &large, const QString &small)
{
    setText(large);
    m_small = small;
    setAccessibleName(small.isEmpty() ? large : large + u' ' + small);
    update();
}

void PassengerButton::setScale(double scale)
{
    if (qFuzzyCompare(std::exchange(m_scale, scale), scale))
        return;
    update();
}

void PassengerButton::setArmed(bool armed)
{
    m_armed = armed;
    if (!armed)
        letGo();
}

void PassengerButton::letGo()
{
    m_held = false;
    setDown(false);
}

Theme PassengerButton::theme() const
{
    Theme theme = currentTheme();
    theme.textFactor = 1;
    theme.scale = m_scale;
    return theme;
}

QColor PassengerButton::fill() const
{
    const Theme now = theme();
    if (isChecked())
        return now.accent;
    return isDown() ? now.sunken : now.surface;
}

QColor PassengerButton::ink() const
{
    return isChecked() ? theme().onAccent : theme().ink;
}

int PassengerButton::wordSize() const
{
    return m_small.isEmpty() ? smallWord : largeWord;
}

QFont PassengerButton::wordFont() const
{
    return theme().font(wordSize(), true);
}

QSize PassengerButton::sizeHint() const
{
    const Theme now = theme();
    return {now.len(569), now.len(112)};
}

void PassengerButton::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->isAutoRepeat() || !m_armed) {
        event->accept();
        return;
    }
    m_held = true;
    if (enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void PassengerButton::mousePressEvent(QMouseEvent *event)
{
    if (!m_armed) {
        event->accept();
        return;
    }
    m_held = true;
    QAbstractButton::mousePressEvent(event);
}

void PassengerButton::mouseMoveEvent(QMouseEvent *event)
{
    if (m_held)
        QAbstractButton::mouseMoveEvent(event);
}

void PassengerButton::mouseReleaseEvent(QMouseEvent *event)
{
    // A finger that came down on another question lifts here: it answers neither.
    if (!m_held)
        setDown(false);
    QAbstractButton::mouseReleaseEvent(event);
    m_held = false;
}

bool PassengerButton::event(QEvent *event)
{
    if (event->type() == QEvent::StyleChange)
        update();
    return QAbstractButton::event(event);
}

void PassengerButton::paintEvent(QPaintEvent *)
{
    const Theme now = theme();
    QPainter painter(this);
    drawBox(painter, rect(),
            {.fill = fill(),
             .border = isChecked() ? now.accent : now.lineStrong,
             .borderWidth = 2,
             .radius = double(now.len(m_small.isEmpty() ? 8 : 16))});
    if (m_small.isEmpty()) {
        drawText(painter, rect(), wordFont(), ink(), text(), Qt::AlignCenter);
        return;
    }
    const int large = now.px(44);
    const int small = now.px(28);
    const int top = (height() - large - small) / 2;
    drawText(painter, QRectF(0, top, width(), large), wordFont(), ink(), text(), Qt::AlignCenter);
    drawText(painter, QRectF(0, top + large, width(), small), now.font(smallWord),
             isChecked() ? ink() : now.ink2, m_small, Qt::AlignCenter);
}

} // namespace upgradedesk
