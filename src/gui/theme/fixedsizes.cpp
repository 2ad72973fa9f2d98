#include "gui/theme/fixedsizes.h"

#include <QLabel>
#include <QLineEdit>
#include <QRect>
#include <QVariant>
#include <QWidget>

namespace upgradedesk
{
namespace
{

// Minimum as the top left corner and maximum as the bottom right one.
constexpr char baseProperty[] = "fixedSizeBase";
constexpr char setProperty[] = "fixedSizeSet";

int scaled(int length, double scale)
{
    return length == 0 || length >= QWIDGETSIZE_MAX ? length : qRound(length * scale);
}

QRect fixedSizes(const QWidget &widget)
{
    // The height of a headline is the style sheet's.
    if (qobject_cast<const QLabel *>(&widget))
        return {QPoint(widget.minimumWidth(), 0), QPoint(widget.maximumWidth(), 0)};
    return {QPoint(widget.minimumWidth(), widget.minimumHeight()),
            QPoint(widget.maximumWidth(), widget.maximumHeight())};
}

QRect scaledSizes(const QWidget &widget, const QRect &base, double scale)
{
    QRect sizes(QPoint(scaled(base.left(), scale), scaled(base.top(), scale)),
                QPoint(scaled(base.right(), scale), scaled(base.bottom(), scale)));
    if (scale > 1) {
        if (const int width = widget.property("largeWidth").toInt(); width > 0) {
            sizes.setLeft(width);
            sizes.setRight(width);
        }
        if (const int height = widget.property("largeHeight").toInt(); height > 0) {
            sizes.setTop(height);
            sizes.setBottom(height);
        }
    }
    return sizes;
}

} // namespace

void scaleFixedSizes(QWidget &window, double scale)
{
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        // Pages that were never shown hear of no change of style, but keep what they measured.
        widget->updateGeometry();
        const bool wasScaled = widget->property(setProperty).isValid();
        if ((scale == 1 && !wasScaled) || qobject_cast<QLineEdit *>(widget))
            continue;
        const QRect now = fixedSizes(*widget);
        if (widget->property(setProperty).toRect() != now)
            widget->setProperty(baseProperty, now);
        const QRect sizes = scaledSizes(*widget, widget->property(baseProperty).toRect(), scale);
        widget->setMinimumWidth(sizes.left());
        widget->setMaximumWidth(sizes.right());
        if (!qobject_cast<QLabel *>(widget)) {
            widget->setMinimumHeight(sizes.top());
            widget->setMaximumHeight(sizes.bottom());
        }
        widget->setProperty(setProperty, fixedSizes(*widget));
    }
}

} // namespace upgradedesk
