#include "gui/widgets/readerlostart.h"

#include "gui/theme/theme.h"

#include <QPainter>
#include <QPen>

namespace upgradedesk
{

ReaderLostArt::ReaderLostArt(QWidget *parent)
    : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize ReaderLostArt::sizeHint() const
{
    return QSize(220, 132) * currentTheme().scale;
}

QSize ReaderLostArt::minimumSizeHint() const
{
    return sizeHint();
}

void ReaderLostArt::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto pen = [&painter](const QColor &colour, double width) {
        painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    };

    painter.scale(theme.scale, theme.scale);
    // The reader with its light, and the cable.
    pen(theme.lineStrong, 2.5);
    painter.setBrush(theme.sunken);
    painter.drawRoundedRect(QRectF(8, 44, 104, 48), 10, 10);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.bad);
    painter.drawEllipse(QPointF(92, 68), 5, 5);
    pen(theme.lineStrong, 4);
    painter.drawLine(QPointF(112, 68), QPointF(134, 68));

    // Plug and socket apart.
    pen(theme.ink2, 2.5);
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(QRectF(134, 56, 26, 24), 3, 3);
    painter.drawRect(QRectF(182, 52, 30, 32));
    pen(theme.bad, 3.5);
    painter.drawLine(QPointF(165, 44), QPointF(171, 54));
    painter.drawLine(QPointF(165, 92), QPointF(171, 82));
}

} // namespace upgradedesk
