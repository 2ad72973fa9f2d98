#include "gui/widgets/idreaderart.h"

#include <QPainter>
#include <QPainterPath>
#include <QPen>

namespace upgradedesk
{

IdReaderArt::IdReaderArt(QWidget *parent)
    : Drawing(QSize(224, 172), parent)
{
}

void IdReaderArt::draw(QPainter &painter, const Theme &theme) const
{
    // The reader, and where the card is to lie.
    setPen(painter, theme.lineStrong, 2.5);
    painter.setBrush(theme.sunken);
    painter.drawRoundedRect(QRectF(2, 65, 220, 105), 12, 12);
    QPen dashed(theme.lineStrong, 2, Qt::CustomDashLine, Qt::FlatCap, Qt::RoundJoin);
    dashed.setDashPattern({3, 3});
    painter.setPen(dashed);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(26, 86, 172, 63), 8, 8);

    // The card with its lines and portrait.
    setPen(painter, theme.ink2, 3);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(QRectF(40, 2, 144, 92), 8, 8);
    painter.drawLine(QPointF(58, 26), QPointF(100, 26));
    painter.drawLine(QPointF(58, 44), QPointF(90, 44));
    painter.drawLine(QPointF(58, 70), QPointF(108, 70));
    painter.drawEllipse(QPointF(147, 34), 13, 13);
    QPainterPath shoulders(QPointF(127, 72));
    shoulders.cubicTo(QPointF(129, 48), QPointF(165, 48), QPointF(167, 72));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(shoulders);

    setPen(painter, theme.accent, 4);
    painter.drawLine(QPointF(112, 106), QPointF(112, 134));
    painter.drawPolyline(QPolygonF{QPointF(101, 124), QPointF(112, 135), QPointF(123, 124)});
}

} // namespace upgradedesk
