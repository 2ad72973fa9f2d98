#include "gui/widgets/painting.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPen>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

void drawBox(QPainter &painter, const QRectF &rect, const BoxStyle &style)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool bordered = style.border.alpha() > 0 && style.borderWidth > 0;
    const double inset = bordered ? style.borderWidth / 2 : 0;
    QPen pen(Qt::NoPen);
    if (bordered) {
        pen = QPen(style.border, style.borderWidth);
        if (style.dashed) {
            pen.setCapStyle(Qt::FlatCap);
            const double dash = style.borderWidth < 2 ? 3 : 2;
            pen.setDashPattern({dash, dash});
        }
    }
    painter.setPen(pen);
    painter.setBrush(style.fill);
    const double radius = std::max(0.0, style.radius - inset);
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    painter.restore();
}

QString keyText(const QKeySequence &key)
{
    QString text = key.toString(QKeySequence::PortableText);
    text.replace(u"Return"_s, u"Enter"_s);
    return text;
}

QSizeF keyCapSize(const Theme &theme, const QString &text)
{
    const double height = std::max(theme.len(24), theme.px(13) + theme.len(11));
    return {std::max(height + 2, textWidth(theme, 13, false, text) + 14.0), height};
}

void drawKeyCap(QPainter &painter, const QRectF &rect, const Theme &theme, const QString &text,
                const QColor &colour)
{
    const QSizeF size = keyCapSize(theme, text);
    const QRectF cap(QPointF(rect.left(), std::round(rect.center().y() - size.height() / 2)), size);
    drawBox(painter, cap, {.border = colour, .borderWidth = 1, .radius = 4});
    drawText(painter, cap, theme.font(13), colour, text, Qt::AlignCenter);
}

int textWidth(const Theme &theme, int size, bool bold, const QString &text)
{
    return int(std::ceil(QFontMetricsF(theme.font(size, bold)).horizontalAdvance(text)));
}

void drawText(QPainter &painter, const QRectF &rect, const QFont &font, const QColor &colour,
              const QString &text, Qt::Alignment alignment)
{
    painter.setFont(font);
    painter.setPen(colour);
    const QFontMetricsF metrics(font);
    // A pixel of grace: the width was often measured with the same metrics and rounded.
    const QString shown = metrics.elidedText(text, Qt::ElideRight, rect.width() + 1);
    painter.drawText(rect, int(alignment) | Qt::TextSingleLine | Qt::TextDontClip, shown);
}

} // namespace upgradedesk
