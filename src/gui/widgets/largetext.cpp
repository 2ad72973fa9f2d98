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

constexpr int largestText = 34;
constexpr int smallestText = 17;
constexpr int readFlags = Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop;
constexpr double paragraphGap = 0.6; ///< as a part of the type size

QFont readFont(int px)
{
    QFont font = currentTheme().font(largestText);
    font.setPixelSize(px);
    return font;
}

double paragraphHeight(const QFont &font, double width, const QString &line)
{
    return QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 10000), readFlags, line).height();
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
    return {708, currentTheme().px(smallestText) * 8};
}

double LargeText::heightAt(int px) const
{
    double height = double(m_lines.size() - 1) * paragraphGap * px;
    for (const QString &line : m_lines)
        height += paragraphHeight(readFont(px), width(), line);
    return height;
}

int LargeText::fittingSize() const
{
    const Theme theme = currentTheme();
    int px = theme.px(largestText);
    while (px > smallestText && heightAt(px) > height())
        --px;
    return px;
}

void LargeText::paintEvent(QPaintEvent *)
{
    const int px = fittingSize();
    QPainter painter(this);
    painter.setFont(readFont(px));
    painter.setPen(currentTheme().ink);
    double y = std::max(0.0, (height() - heightAt(px)) / 2);
    for (const QString &line : m_lines) {
        const double high = paragraphHeight(painter.font(), width(), line);
        painter.drawText(QRectF(0, y, width(), high + 1), readFlags | Qt::TextDontClip, line);
        y += high + paragraphGap * px;
    }
}

} // namespace upgradedesk
