#include "gui/widgets/largetext.h"

#include "gui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int largest = 34;
constexpr int smallest = 17;
constexpr int wrapped = Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop;
constexpr double paragraphGap = 0.6; ///< as a part of the type size

QFont fontAt(int px)
{
    QFont font = currentTheme().font(largest);
    font.setPixelSize(px);
    return font;
}

double lineHeight(const QFont &font, double width, const QString &line)
{
    return QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 10000), wrapped, line).height();
}

} // namespace

LargeText::LargeText(QWidget *parent)
    : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void LargeText::setLines(const QStringList &lines)
{
    m_lines = lines;
    setAccessibleName(lines.join(u'\n'));
    update();
}

QSize LargeText::sizeHint() const
{
    return {708, currentTheme().px(smallest) * 8};
}

double LargeText::heightAt(int px) const
{
    double height = double(m_lines.size() - 1) * paragraphGap * px;
    for (const QString &line : m_lines)
        height += lineHeight(fontAt(px), width(), line);
    return height;
}

int LargeText::fittingSize() const
{
    const Theme theme = currentTheme();
    int px = theme.px(largest);
    while (px > smallest && heightAt(px) > height())
        --px;
    return px;
}

void LargeText::paintEvent(QPaintEvent *)
{
    const int px = fittingSize();
    QPainter painter(this);
    painter.setFont(fontAt(px));
    painter.setPen(currentTheme().ink);
    double y = std::max(0.0, (height() - heightAt(px)) / 2);
    for (const QString &line : m_lines) {
        const double high = lineHeight(painter.font(), width(), line);
        painter.drawText(QRectF(0, y, width(), high + 1), wrapped | Qt::TextDontClip, line);
        y += high + paragraphGap * px;
    }
}

} // namespace upgradedesk
