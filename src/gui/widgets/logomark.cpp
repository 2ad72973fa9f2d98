#include "gui/widgets/logomark.h"

#include "gui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QPen>

#include <utility>

namespace upgradedesk
{

LogoMark::LogoMark(QWidget *parent)
    : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("UpgradeDesk"));
}

void LogoMark::setSide(int side)
{
    if (std::exchange(m_side, side) == side)
        return;
    updateGeometry();
    update();
}

int LogoMark::side() const
{
    return m_side;
}

void LogoMark::paint(QPainter &painter, const QRectF &square)
{
    // The sign has its own two colours in every theme.
    const QColor card(0x0E, 0x22, 0x40);
    const QColor arrow(0x0B, 0x6A, 0x3A);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(square.topLeft());
    painter.scale(square.width() / 36, square.height() / 36);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::white);
    painter.drawRoundedRect(QRectF(0, 0, 36, 36), 8, 8);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(card, 2.5));
    painter.drawRoundedRect(QRectF(7, 16, 22, 13), 2.5, 2.5);
    QPainterPath up(QPointF(18, 20));
    up.lineTo(18, 7);
    up.moveTo(13.5, 11.5);
    up.lineTo(18, 7);
    up.lineTo(22.5, 11.5);
    painter.setPen(QPen(arrow, 2.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(up);
    painter.restore();
}

QSize LogoMark::sizeHint() const
{
    const int side = currentTheme().len(m_side);
    return {side, side};
}

QSize LogoMark::minimumSizeHint() const
{
    return sizeHint();
}

void LogoMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(painter, rect());
}

} // namespace upgradedesk
