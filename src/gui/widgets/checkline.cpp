#include "gui/widgets/checkline.h"

#include "gui/widgets/painting.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace upgradedesk
{
namespace
{

constexpr int checkHeight = 50;
constexpr int labelLeft = 36;
constexpr int labelWidth = 76;
constexpr double betweenLines = 2;

} // namespace

CheckLine::CheckLine(QWidget *parent)
    : PaintedWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void CheckLine::setLabel(const QString &label)
{
    if (std::exchange(m_label, label) == label)
        return;
    renew();
}

void CheckLine::setIcon(Icon icon, Tone tone)
{
    m_icon = icon;
    m_tone = tone;
    renew();
}

void CheckLine::setText(const QString &text, const QStringList &strong)
{
    m_text = text;
    m_strong = strong;
    renew();
}

void CheckLine::renew()
{
    setAccessibleName(m_label);
    setAccessibleDescription(m_text);
    updateGeometry();
    update();
}

int CheckLine::textLeft() const
{
    return labelLeft + std::max(labelWidth, textWidth(currentTheme(), 17, true, m_label) + 16);
}

double CheckLine::layOut(QTextLayout &layout, double width) const
{
    const Theme theme = currentTheme();
    QList<QTextLayout::FormatRange> ranges;
    qsizetype from = 0;
    for (const QString &part : m_strong) {
        const qsizetype at = m_text.indexOf(part, from);
        if (at < 0)
            continue;
        QTextLayout::FormatRange range;
        range.start = int(at);
        range.length = int(part.size());
        range.format.setFont(theme.font(17, true));
        const bool wrong = m_tone == Tone::Warn || m_tone == Tone::Bad;
        range.format.setForeground(wrong ? theme.tone(m_tone) : theme.ink);
        ranges.append(range);
        from = at + part.size();
    }
    layout.setFormats(ranges);
    layout.beginLayout();
    double height = 0;
    while (true) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += line.height() + betweenLines;
    }
    layout.endLayout();
    return std::max(0.0, height - betweenLines);
}

bool CheckLine::hasHeightForWidth() const
{
    return true;
}

int CheckLine::heightForWidth(int width) const
{
    QTextLayout layout(m_text, currentTheme().font(17));
    const double text = layOut(layout, std::max(80, width - textLeft()));
    return std::max(checkHeight, int(std::ceil(text)) + 8);
}

QSize CheckLine::sizeHint() const
{
    return {708, heightForWidth(708)};
}

QSize CheckLine::minimumSizeHint() const
{
    return {300, checkHeight};
}

void CheckLine::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    const double middle = height() / 2.0;
    paintIcon(painter, QRectF(0, middle - 12, 24, 24), m_icon, theme.tone(m_tone), 2);
    drawText(painter, QRectF(labelLeft, 0, textLeft() - labelLeft, height()), theme.font(17, true),
             theme.ink, m_label);
    QTextLayout layout(m_text, theme.font(17));
    const double high = layOut(layout, width() - textLeft());
    painter.setPen(theme.ink2);
    layout.draw(&painter, QPointF(textLeft(), middle - high / 2));
}

} // namespace upgradedesk
