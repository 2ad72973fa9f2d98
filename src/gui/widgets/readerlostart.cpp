#include "gui/widgets/readerlostart.h"

#include <QPainter>
#include <QPen>

namespace upgradedesk
{

ReaderLostArt::ReaderLostArt(QWidget *parent)
    : Drawing(QSize(220, 132), parent)
{
}

void ReaderLostArt::draw(QPainter &painter, const Theme &theme) const
{
    // The reader with its light, and the cable.
    setPen(painter, theme.lineStrong, 2.5);
    painter.setBrush(theme.sunken);
    painter.drawRoundedRect(QRectF(8, 44, 104, 48), 10, 10);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.bad);
    painter.drawEllipse(QPointF(92, 68), 5, 5);
    setPen(painter, theme.lineStrong, 4);
    painter.drawLine(QPointF(112, 68), QPointF(134, 68));

    // Plug and socket apart.
    setPen(painter, theme.ink2, 2.5);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(QRectF(134, 56, 26, 24), 3, 3);
    painter.drawRect(QRectF(182, 52, 30, 32));
    setPen(painter, theme.bad, 3.5);
    painter.drawLine(QPointF(165, 44), QPointF(171, 54));
    painter.drawLine(QPointF(165, 92), QPointF(171, 82));
}

} // namespace upgradedesk
