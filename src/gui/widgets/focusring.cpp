#include "gui/widgets/focusring.h"

#include "gui/theme/theme.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QPen>

namespace upgradedesk
{
namespace
{

constexpr int offset = 2;
constexpr int thickness = 3;
constexpr double controlRadius = 8;

} // namespace

FocusRing::FocusRing(QWidget *window)
    : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    hide();
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget *, QWidget *now) { follow(now); });
    follow(QApplication::focusWidget());
}

QWidget *FocusRing::target() const
{
    return m_target;
}

void FocusRing::follow(QWidget *focused)
{
    if (m_target)
        m_target->removeEventFilter(this);
    const bool ours = focused && focused != parentWidget() && focused->window() == window() &&
                      focused->focusPolicy() != Qt::NoFocus &&
                      !focused->property("ownFocus").toBool();
    m_target = ours ? focused : nullptr;
    if (m_target)
        m_target->installEventFilter(this);
    place();
}

void FocusRing::place()
{
    if (!m_target || !m_target->isVisible()) {
        hide();
        return;
    }
    const int grow = offset + thickness;
    const QPoint corner = m_target->mapTo(parentWidget(), QPoint(0, 0));
    setGeometry(QRect(corner, m_target->size()).adjusted(-grow, -grow, grow, grow));
    raise();
    show();
}

bool FocusRing::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::Paint:
        // A parent that moved sends its children nothing but a paint, so that is a time to look,
        // too.
        if (watched == m_target &&
            (event->type() != QEvent::Paint ||
             m_target->mapTo(parentWidget(), QPoint(0, 0)) !=
                 geometry().topLeft() + QPoint(offset + thickness, offset + thickness)))
            QMetaObject::invokeMethod(this, &FocusRing::place, Qt::QueuedConnection);
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void FocusRing::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(currentTheme().focus, thickness));
    const double half = thickness / 2.0;
    const double radius = controlRadius + offset + half;
    painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), radius, radius);
}

} // namespace upgradedesk
