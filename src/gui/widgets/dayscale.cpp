#include "gui/widgets/dayscale.h"

#include "gui/theme/iconset.h"
#include "gui/theme/theme.h"
#include "gui/widgets/painting.h"

#include <QPainter>

#include <utility>

namespace upgradedesk
{
namespace
{

constexpr int cells = 5;
constexpr int gap = 8;

} // namespace

DayScale::DayScale(QWidget *parent)
    : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    DayScale::retranslateUi();
}

void DayScale::setCurrent(std::optional<Cell> cell)
{
    if (std::exchange(m_current, cell) == cell)
        return;
    retranslateUi();
    update();
}

std::optional<DayScale::Cell> DayScale::current() const
{
    return m_current;
}

bool DayScale::passes(Cell cell)
{
    return cell == Cell::Day0 || cell == Cell::Day1 || cell == Cell::Day2;
}

QString DayScale::days(Cell cell)
{
    switch (cell) {
    case Cell::Day0:
        //: man.0
        return tr("0 天");
    case Cell::Day1:
        //: man.1
        return tr("1 天");
    case Cell::Day2:
        //: man.2
        return tr("2 天");
    case Cell::Day3OrMore:
        //: man.3
        return tr("3 天及以上");
    case Cell::NoResult:
        //: man.4, short
        return tr("无结果");
    }
    return {};
}

QString DayScale::verdict(Cell cell)
{
    //: man.pass and man.turn
    return passes(cell) ? tr("放行") : tr("劝返");
}

QSize DayScale::sizeHint() const
{
    return {708, currentTheme().px(64)};
}

QSize DayScale::minimumSizeHint() const
{
    return {400, sizeHint().height()};
}

void DayScale::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    const double each = (width() - gap * (cells - 1)) / double(cells);
    for (int i = 0; i < cells; ++i) {
        const Cell cell = Cell(i);
        const bool here = m_current == cell;
        const Tone tone = passes(cell) ? Tone::Ok : Tone::Bad;
        const QRectF area(i * (each + gap), 0, each, height());
        drawBox(painter, area,
                {.fill = here ? theme.soft(tone) : QColor(Qt::transparent),
                 .border = here ? theme.tone(tone) : theme.line,
                 .borderWidth = here ? 3.0 : 1.0});

        const double line = theme.px(24);
        const double small = theme.px(18);
        const double top = area.center().y() - (line + small) / 2;
        drawText(painter, QRectF(area.left(), top, each, line), theme.font(17, here),
                 here ? theme.ink : theme.ink2, days(cell), Qt::AlignCenter);
        const QColor ink = here ? theme.tone(tone) : theme.ink3;
        const QString word = verdict(cell);
        const double side = theme.px(13);
        const double wide = side + 4 + textWidth(theme, 13, false, word);
        const double x = area.center().x() - wide / 2;
        paintIcon(painter, QRectF(x, top + line + (small - side) / 2, side, side),
                  passes(cell) ? Icon::Check : Icon::TurnBack, ink, 3);
        drawText(painter, QRectF(x + side + 4, top + line, wide, small), theme.font(13), ink, word);
    }
}

void DayScale::retranslateUi()
{
    //: a11y name of the day scale
    setAccessibleName(tr("核酸天数"));
    //: a11y: days and verdict
    setAccessibleDescription(m_current ? tr("%1，%2").arg(days(*m_current), verdict(*m_current))
                                       : QString());
}

} // namespace upgradedesk
