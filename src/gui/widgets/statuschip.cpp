#include "gui/widgets/statuschip.h"

#include "gui/theme/theme.h"
#include "gui/widgets/painting.h"

#include <QKeyEvent>
#include <QPainter>

#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int edge = 14;
constexpr int iconSide = 16;
constexpr int chipGap = 6;

bool isEnter(const QKeyEvent &event)
{
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

} // namespace

StatusChip::StatusChip(QWidget *parent)
    : QToolButton(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
}

void StatusChip::setItem(const StatusItem &item)
{
    m_item = item;
    setObjectName(item.id);
    setText(item.value);
    const bool opens = !item.hint.isEmpty();
    setEnabled(opens);
    setFocusPolicy(opens ? Qt::StrongFocus : Qt::NoFocus);
    setProperty("keyHint", keyText(item.key));
    setAccessibleName(item.label.isEmpty() ? item.value : item.label + u' ' + item.value);
    setAccessibleDescription(item.hint);
    updateGeometry();
    update();
}

const StatusItem &StatusChip::item() const
{
    return m_item;
}

void StatusChip::setParted(bool parted)
{
    if (std::exchange(m_parted, parted) == parted)
        return;
    update();
}

QSize StatusChip::sizeHint() const
{
    const Theme theme = currentTheme();
    int width = 2 * edge + theme.len(iconSide) + chipGap + textWidth(theme, 14, true, m_item.value);
    if (!m_item.label.isEmpty())
        width += textWidth(theme, 14, false, m_item.label) + chipGap;
    return {width, theme.len(39)};
}

QSize StatusChip::minimumSizeHint() const
{
    return sizeHint();
}

bool StatusChip::event(QEvent *event)
{
    // Enter on a focused chip opens what the chip names, not the page's primary action.
    if (event->type() == QEvent::ShortcutOverride && isEnter(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QToolButton::event(event);
}

void StatusChip::keyPressEvent(QKeyEvent *event)
{
    if (isEnter(*event)) {
        if (!event->isAutoRepeat())
            click();
        return;
    }
    QToolButton::keyPressEvent(event);
}

void StatusChip::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    const bool bad = m_item.mood == StatusItem::Mood::Bad;
    QColor label = theme.ink2;
    QColor value = theme.ink;
    if (bad || m_item.mood == StatusItem::Mood::Waiting)
        label = value = bad ? theme.bad : theme.pend;

    if (bad)
        drawBox(painter, QRectF(4, (height() - theme.len(28)) / 2.0, width() - 8, theme.len(28)),
                {.fill = theme.badSoft, .radius = 4});
    else if (isEnabled() && (underMouse() || isDown()))
        drawBox(painter, QRectF(4, (height() - theme.len(28)) / 2.0, width() - 8, theme.len(28)),
                {.fill = theme.sunken, .radius = 4});
    if (m_parted)
        painter.fillRect(QRectF(0, (height() - theme.len(24)) / 2.0, 1, theme.len(24)), theme.line);

    double x = edge;
    const int side = theme.len(iconSide);
    paintIcon(painter, QRectF(x, (height() - side) / 2.0, side, side), m_item.icon, label);
    x += side + chipGap;
    if (!m_item.label.isEmpty()) {
        const int wide = textWidth(theme, 14, false, m_item.label);
        drawText(painter, QRectF(x, 0, wide, height()), theme.font(14), label, m_item.label);
        x += wide + chipGap;
    }
    drawText(painter, QRectF(x, 0, width() - x, height()), theme.font(14, true), value,
             m_item.value);
}

} // namespace upgradedesk
