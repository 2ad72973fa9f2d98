#include "gui/widgets/countdownbar.h"

#include "gui/theme/theme.h"
#include "gui/widgets/painting.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace upgradedesk
{

CountdownBar::CountdownBar(QWidget *parent)
    : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void CountdownBar::setText(const QString &text)
{
    if (std::exchange(m_text, text) == text)
        return;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void CountdownBar::setLeft(double left)
{
    m_left = std::clamp(left, 0.0, 1.0);
    update();
}

QSize CountdownBar::sizeHint() const
{
    const Theme theme = currentTheme();
    return {std::max(theme.len(236), textWidth(theme, 15, false, m_text)), theme.px(21) + 10};
}

QSize CountdownBar::minimumSizeHint() const
{
    return {160, sizeHint().height()};
}

void CountdownBar::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    drawText(painter, QRectF(0, 0, width(), height() - 10), theme.font(15), theme.ink3, m_text);
    const QRectF bar(0, height() - 4, width(), 4);
    drawBox(painter, bar, {.fill = theme.line, .radius = 2});
    if (m_left > 0)
        drawBox(painter, QRectF(bar.topLeft(), QSizeF(std::max(4.0, bar.width() * m_left), 4)),
                {.fill = theme.ink3, .radius = 2});
}

} // namespace upgradedesk
