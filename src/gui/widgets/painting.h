#pragma once

#include "gui/theme/theme.h"

#include <QKeySequence>
#include <QRectF>
#include <QString>

class QPainter;

namespace upgradedesk
{

/// Between groups of digits, as a part of the pixel size.
constexpr double digitGroupGap = 0.34;

// Small drawing helpers every painted widget shares. All lengths are logical pixels.

/// How a box is drawn: fill, border that stays inside the rectangle, corner radius.
struct BoxStyle {
    QColor fill = Qt::transparent;
    QColor border = Qt::transparent;
    double borderWidth = 1;
    double radius = 8;
    bool dashed = false;
};

void drawBox(QPainter &painter, const QRectF &rect, const BoxStyle &style);

/// What is printed on a key cap: Enter, Esc, Ctrl+Z, F2.
[[nodiscard]] QString keyText(const QKeySequence &key);

/// A key cap of this theme is that big.
[[nodiscard]] QSizeF keyCapSize(const Theme &theme, const QString &text);

/// Draws a key cap centred in height at the left edge of `rect`.
void drawKeyCap(QPainter &painter, const QRectF &rect, const Theme &theme, const QString &text,
                const QColor &colour);

/// Width of a line of text in the theme's font, rounded up.
[[nodiscard]] int textWidth(const Theme &theme, int size, bool bold, const QString &text);

/// One line of text in one colour; elided at the right when it does not fit.
void drawText(QPainter &painter, const QRectF &rect, const QFont &font, const QColor &colour,
              const QString &text, Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter);

} // namespace upgradedesk
