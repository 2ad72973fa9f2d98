#include "gui/widgets/rowline.h"

#include "gui/widgets/painting.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int wrapFlags = Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignVCenter;

} // namespace

RowLine::RowLine(QWidget *parent)
    : PaintedWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void RowLine::setLook(Look look)
{
    m_look = look;
    renew();
}

void RowLine::setIcon(Icon icon)
{
    m_icon = icon;
    renew();
}

void RowLine::setLabel(const QString &label)
{
    m_label = label;
    renew();
}

void RowLine::setValue(const QString &value)
{
    m_value = value;
    renew();
}

void RowLine::setRight(const QString &text, Tone tone, Icon icon)
{
    m_right = text;
    m_rightTone = tone;
    m_rightIcon = icon;
    renew();
}

void RowLine::setNumber(int number, Tone tone)
{
    m_number = number;
    m_numberTone = tone;
    renew();
}

void RowLine::setPending(bool pending)
{
    m_pending = pending;
    renew();
}

void RowLine::renew()
{
    setAccessibleName(m_look == Look::Numbered ? QString::number(m_number) : m_label);
    setAccessibleDescription(m_right.isEmpty() ? m_value : m_value + u", "_s + m_right);
    updateGeometry();
    update();
}

bool RowLine::wraps() const
{
    return m_look != Look::Fact;
}

int RowLine::lineHeight() const
{
    switch (m_look) {
    case Look::Fact:
        return 76;
    case Look::Notice:
        return 72;
    case Look::Numbered:
        return 52;
    }
    return 76;
}

int RowLine::valueLeft() const
{
    const Theme theme = currentTheme();
    switch (m_look) {
    case Look::Fact:
        return 40 + std::max(112, textWidth(theme, 17, false, m_label) + 16);
    case Look::Notice:
        return 44 + std::max(128, textWidth(theme, 20, true, m_label) + 16);
    case Look::Numbered:
        return 48;
    }
    return 40;
}

int RowLine::rightWidth() const
{
    if (m_right.isEmpty())
        return 0;
    const int size = m_rightTone == Tone::Ink ? 20 : 17;
    return textWidth(currentTheme(), size, false, m_right) +
           (m_rightIcon == Icon::None ? 0 : 18 + 8);
}

bool RowLine::hasHeightForWidth() const
{
    return wraps();
}

int RowLine::heightForWidth(int width) const
{
    if (!wraps())
        return lineHeight();
    const QRectF room(0, 0, std::max(80, width - valueLeft()), 10000);
    const QFontMetricsF metrics(currentTheme().font(20));
    const double text = metrics.boundingRect(room, wrapFlags, m_value).height();
    return std::max(lineHeight(), int(std::ceil(text)) + 16);
}

QSize RowLine::sizeHint() const
{
    return {708, heightForWidth(708)};
}

QSize RowLine::minimumSizeHint() const
{
    return {300, lineHeight()};
}

void RowLine::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    const double middle = height() / 2.0;
    const int left = valueLeft();
    QRectF value(left, 0, width() - left, height());

    if (m_look == Look::Numbered) {
        const QRectF ring(0, middle - 16, 32, 32);
        drawBox(painter, ring,
                {.border = theme.tone(m_numberTone), .borderWidth = 2, .radius = 16});
        drawText(painter, ring, theme.font(17, true), theme.tone(m_numberTone),
                 QString::number(m_number), Qt::AlignCenter);
        painter.setFont(theme.font(20));
        painter.setPen(theme.ink);
        painter.drawText(value, wrapFlags, m_value);
        return;
    }

    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
    if (m_look == Look::Notice) {
        paintIcon(painter, QRectF(0, middle - 14, 28, 28), m_icon, theme.accent, 1.8);
        drawText(painter, QRectF(44, 0, left - 44, height()), theme.font(20, true), theme.ink,
                 m_label);
        painter.setFont(theme.font(20));
        painter.setPen(theme.ink2);
        painter.drawText(value, wrapFlags, m_value);
        return;
    }

    paintIcon(painter, QRectF(0, middle - 12, 24, 24), m_icon, theme.ink3, 1.8);
    drawText(painter, QRectF(40, 0, left - 40, height()), theme.font(17), theme.ink3, m_label);
    if (!m_right.isEmpty()) {
        const int size = m_rightTone == Tone::Ink ? 20 : 17;
        const double from = width() - rightWidth();
        const double icon = m_rightIcon == Icon::None ? 0 : 26;
        if (icon > 0)
            paintIcon(painter, QRectF(from, middle - 9, 18, 18), m_rightIcon,
                      theme.tone(m_rightTone), 2.6);
        drawText(painter, QRectF(from + icon, 0, width() - from - icon, height()), theme.font(size),
                 theme.tone(m_rightTone), m_right);
        value.setRight(from - 16);
    }
    if (m_pending) {
        const double wide =
            std::min<double>(textWidth(theme, 20, true, m_value) + 24, value.width() + 12);
        const double high = theme.px(28) + 8;
        drawBox(painter, QRectF(left - 12, middle - high / 2, wide, high),
                {.fill = theme.pendSoft, .border = theme.pendLine, .dashed = true});
    }
    drawText(painter, value, theme.font(20, true), m_pending ? theme.pend : theme.ink, m_value);
}

} // namespace upgradedesk
