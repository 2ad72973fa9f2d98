#include "gui/widgets/idleart.h"

#include "gui/theme/pathdata.h"

#include <QPainter>
#include <QPen>

namespace upgradedesk
{

IdleArt::IdleArt(QWidget *parent)
    : Drawing(QSize(300, 208), parent)
{
}

void IdleArt::draw(QPainter &painter, const Theme &theme) const
{
    painter.translate(0, 24);

    // The reader.
    setPen(painter, theme.lineStrong, 2.5);
    painter.setBrush(theme.sunken);
    painter.drawRoundedRect(QRectF(70, 128, 160, 48), 12, 12);
    painter.drawLine(QPointF(96, 152), QPointF(140, 152));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.ok);
    painter.drawEllipse(QPointF(206, 152), 5, 5);

    // The field between.
    painter.setBrush(Qt::NoBrush);
    setPen(painter, theme.accent, 4.5);
    painter.drawPath(pathFromData(u"M126 122a36 36 0 0 1 48 0M112 108a56 56 0 0 1 76 0"));

    // The card.
    painter.translate(0, -18);
    painter.translate(150, 52);
    painter.rotate(-8);
    painter.translate(-150, -52);
    setPen(painter, theme.ink2, 3);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(QRectF(88, 12, 124, 76), 9, 9);
    painter.drawLine(QPointF(88, 34), QPointF(212, 34));
    setPen(painter, theme.lineStrong, 3);
    painter.drawLine(QPointF(104, 68), QPointF(140, 68));
    painter.drawLine(QPointF(104, 54), QPointF(124, 54));
}

} // namespace upgradedesk
