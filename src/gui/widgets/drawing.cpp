#include "gui/widgets/drawing.h"

#include <QPainter>
#include <QPen>

namespace upgradedesk
{

Drawing::Drawing(QSize size, QWidget *parent)
    : PaintedWidget(parent)
    , m_size(size)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize Drawing::sizeHint() const
{
    return m_size * currentTheme().scale;
}

QSize Drawing::minimumSizeHint() const
{
    return sizeHint();
}

void Drawing::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(theme.scale, theme.scale);
    draw(painter, theme);
}

void Drawing::setPen(QPainter &painter, const QColor &colour, double width)
{
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

} // namespace upgradedesk
