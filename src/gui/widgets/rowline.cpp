#include "gui/widgets/rowline.h"

#include "gui/widgets/painting.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

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
    if (std::exchange(m_look, look) == look)
        return;
    renew();
}

void RowLine::setIcon(Icon icon)
{
    if (std::exchange(m_icon, icon) == icon)
        return;
    renew();
}

void RowLine::setLabel(const QString &label)
{
    if (std::exchange(m_label, label) == label)
        return;
    renew();
}

QString RowLine::label() const
{
    return m_label;
}

void RowLine::setValue(const QString &value)
{
    if (std::exchange(m_value, value) == value)
        return;
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
    if (std::exchange(m_pending, pending) == pending)
        return;
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
    return m_look != Look::Fact && m_look != Look::Short;
}

int RowLine::lineHeight() const
{
    const Theme theme = currentTheme();
    switch (m_look) {
    case Look::Fact:
        break;
    case Look::Notice:
        return theme.len(72);
    case Look::Numbered:
        return theme.len(52);
    case Look::Step:
        return theme.len(60);
    case Look::Short:
        return theme.len(48);
    }
    return theme.len(76);
}

/// Of the widest label among the rows beside this one, so that their values stand in one column.
int RowLine::labelsWidth(int size, bool strong) const
{
    const Theme theme = currentTheme();
    int widest = textWidth(theme, size, strong, m_label);
    if (!parentWidget())
        return widest;
    for (const RowLine *row :
         parentWidget()->findChildren<RowLine *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (row->m_look == m_look)
            widest = std::max(widest, textWidth(theme, size, strong, row->m_label));
    }
    return widest;
}

int RowLine::valueLeft() const
{
    const Theme theme = currentTheme();
    switch (m_look) {
    case Look::Fact:
        return theme.len(40) + std::max(theme.len(112), labelsWidth(17, false) + 16);
    case Look::Notice:
        return theme.len(44) + std::max(theme.len(128), labelsWidth(20, true) + 16);
    case Look::Step:
        return theme.len(44) + std::max(theme.len(140), labelsWidth(17, true) + 16);
    case Look::Short:
        return textWidth(theme, 15, false, m_label) + 12;
    case Look::Numbered:
        break;
    }
    return theme.len(48);
}

int RowLine::textSize() const
{
    return m_look == Look::Step ? 17 : 20;
}

int RowLine::rightWidth() const
{
    if (m_right.isEmpty())
        return 0;
    const int size = m_rightTone == Tone::Ink ? 20 : 17;
    const Theme theme = currentTheme();
    return textWidth(theme, size, false, m_right) +
           (m_rightIcon == Icon::None ? 0 : theme.len(18) + 8);
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
    const QFontMetricsF metrics(currentTheme().font(textSize()));
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

void RowLine::paintRing(QPainter &painter) const
{
    const Theme theme = currentTheme();
    const double side = theme.len(m_look == Look::Step ? 28 : 32);
    const QRectF ring(0, (height() - side) / 2, side, side);
    drawBox(painter, ring,
            {.border = theme.tone(m_numberTone), .borderWidth = 2, .radius = side / 2});
    drawText(painter, ring, theme.font(m_look == Look::Step ? 15 : 17, true),
             theme.tone(m_numberTone), QString::number(m_number), Qt::AlignCenter);
}

/// The label, when it has a size, and the text in its place, on as many lines as it needs.
void RowLine::paintText(QPainter &painter, const QRectF &place, int labelSize) const
{
    const Theme theme = currentTheme();
    if (labelSize > 0) {
        const double label = theme.len(44);
        drawText(painter, QRectF(label, 0, place.left() - label, height()),
                 theme.font(labelSize, true), theme.ink, m_label);
    }
    painter.setFont(theme.font(textSize()));
    painter.setPen(m_look == Look::Numbered ? theme.ink : theme.ink2);
    painter.drawText(place, wrapFlags, m_value);
}

void RowLine::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    const double middle = height() / 2.0;
    const int left = valueLeft();
    QRectF value(left, 0, width() - left, height());

    if (m_look == Look::Numbered) {
        paintRing(painter);
        paintText(painter, value, 0);
        return;
    }

    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
    if (m_look == Look::Short) {
        drawText(painter, QRectF(0, 0, left, height()), theme.font(15), theme.ink3, m_label);
        drawText(painter, value, theme.font(17, true), theme.ink, m_value,
                 Qt::AlignRight | Qt::AlignVCenter);
        return;
    }
    if (m_look == Look::Step) {
        paintRing(painter);
        paintText(painter, value, 17);
        return;
    }
    if (m_look == Look::Notice) {
        const double side = theme.len(28);
        paintIcon(painter, QRectF(0, middle - side / 2, side, side), m_icon, theme.accent, 1.8);
        paintText(painter, value, 20);
        return;
    }

    const double sign = theme.len(24);
    const double label = theme.len(40);
    paintIcon(painter, QRectF(0, middle - sign / 2, sign, sign), m_icon, theme.ink3, 1.8);
    drawText(painter, QRectF(label, 0, left - label, height()), theme.font(17), theme.ink3,
             m_label);
    if (!m_right.isEmpty()) {
        const int size = m_rightTone == Tone::Ink ? 20 : 17;
        const double from = width() - rightWidth();
        const double mark = theme.len(18);
        const double icon = m_rightIcon == Icon::None ? 0 : mark + 8;
        if (icon > 0)
            paintIcon(painter, QRectF(from, middle - mark / 2, mark, mark), m_rightIcon,
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
