#include "gui/widgets/queuesteps.h"

#include "core/clock.h"
#include "gui/widgets/painting.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr qint64 hour = 3600;
constexpr int marksOfTime = 5;
constexpr int mostMarks = 4;

} // namespace

QueueSteps::QueueSteps(QWidget *parent)
    : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    QueueSteps::retranslateUi();
}

void QueueSteps::setPoints(const QList<QueuePoint> &points, const QDateTime &now)
{
    const bool same = m_points == points && m_now == now;
    m_points = points;
    m_now = now;
    if (same)
        return;
    retranslateUi();
    update();
}

std::pair<int, int> QueueSteps::scaleFor(int most)
{
    // 1, 2, 5 and their tens.
    int step = 1;
    while (step * mostMarks < most) {
        const bool two = QString::number(step).startsWith(u'2');
        step = two ? step / 2 * 5 : step * 2;
    }
    const int marks = std::max(3, (most + step - 1) / step);
    return {marks * step, step};
}

int QueueSteps::most() const
{
    int most = 0;
    for (const QueuePoint &point : m_points)
        most = std::max(most, point.waiting);
    return most;
}

QSize QueueSteps::sizeHint() const
{
    return {718, currentTheme().len(150)};
}

QSize QueueSteps::minimumSizeHint() const
{
    return {300, currentTheme().len(100)};
}

QRectF QueueSteps::plot() const
{
    const Theme theme = currentTheme();
    const double left = theme.px(44);
    const double bottom = theme.px(26);
    return {left, 12, width() - left - theme.px(18), height() - bottom - 12};
}

double QueueSteps::xOf(const QDateTime &time) const
{
    const QRectF area = plot();
    const double ago = double(time.secsTo(m_now)) / double(hour);
    return area.right() - std::clamp(ago, 0.0, 1.0) * area.width();
}

void QueueSteps::paintScale(QPainter &painter, int top, int step) const
{
    const Theme theme = currentTheme();
    const QRectF area = plot();
    const double line = theme.px(18);
    for (int mark = 0; mark <= top; mark += step) {
        const double y = area.bottom() - area.height() * mark / top;
        painter.fillRect(QRectF(area.left(), y, area.width(), 1), theme.grid);
        drawText(painter, QRectF(0, y - line / 2, area.left() - 8, line), theme.font(13),
                 theme.ink3, QString::number(mark), Qt::AlignRight | Qt::AlignVCenter);
    }
    const double wide = theme.px(60);
    for (int i = 0; i < marksOfTime; ++i) {
        const QDateTime time = m_now.addSecs(-hour + i * hour / (marksOfTime - 1));
        const QRectF place(xOf(time) - wide / 2, area.bottom() + 6, wide, line);
        drawText(painter, place, theme.font(13), theme.ink3, toBeijing(time).toString(u"HH:mm"_s),
                 Qt::AlignCenter);
    }
}

/// Hatched as well as coloured: a grey picture still shows when the hub was away.
void QueueSteps::paintOffline(QPainter &painter) const
{
    const Theme theme = currentTheme();
    const QRectF area = plot();
    double labelled = -1;
    for (qsizetype i = 0; i < m_points.size(); ++i) {
        if (!m_points.at(i).offline)
            continue;
        const double from = xOf(m_points.at(i).at);
        const QDateTime end = i + 1 < m_points.size() ? m_points.at(i + 1).at : m_now;
        const QRectF span(from, area.top(), xOf(end) - from, area.height());
        painter.fillRect(span, theme.pendSoft);
        painter.fillRect(span, QBrush(theme.pendLine, Qt::BDiagPattern));
        if (labelled < 0 || i == 0 || !m_points.at(i - 1).offline)
            labelled = from;
    }
    if (labelled < 0)
        return;
    //: q.away, an arrow points to the hatched part of the chart
    const QString label = tr("中心离线 →");
    const double wide = textWidth(theme, 13, false, label);
    if (labelled - wide - 8 > area.left())
        drawText(painter, QRectF(labelled - wide - 8, area.top(), wide, theme.px(18)),
                 theme.font(13), theme.pend, label);
}

void QueueSteps::paintLine(QPainter &painter, int top) const
{
    const Theme theme = currentTheme();
    const QRectF area = plot();
    const auto y = [&](int waiting) { return area.bottom() - area.height() * waiting / top; };
    QPainterPath line;
    for (const QueuePoint &point : m_points) {
        const double x = xOf(point.at);
        if (line.elementCount() == 0)
            line.moveTo(x, y(point.waiting));
        else
            line.lineTo(x, line.currentPosition().y());
        line.lineTo(x, y(point.waiting));
    }
    if (line.elementCount() == 0)
        return;
    line.lineTo(xOf(m_now), line.currentPosition().y());
    QPainterPath below = line;
    below.lineTo(below.currentPosition().x(), area.bottom());
    below.lineTo(xOf(m_points.first().at), area.bottom());
    below.closeSubpath();
    QColor fill = theme.c2;
    fill.setAlphaF(0.28F);
    painter.fillPath(below, fill);
    painter.strokePath(line, QPen(theme.c1, 2.5, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
}

void QueueSteps::paintEvent(QPaintEvent *)
{
    if (!m_now.isValid())
        return;
    QPainter painter(this);
    const auto [top, step] = scaleFor(most());
    paintOffline(painter);
    paintScale(painter, top, step);
    paintLine(painter, top);
}

void QueueSteps::retranslateUi()
{
    //: q.chart
    setAccessibleName(tr("队列长度（最近 1 小时，条）"));
    //: a11y: the chart in one sentence
    setAccessibleDescription(
        m_points.isEmpty() ? QString()
                           : tr("现在 %1 条，最多 %2 条").arg(m_points.last().waiting).arg(most()));
}

} // namespace upgradedesk
