#include "gui/widgets/lengthbars.h"

#include "gui/widgets/painting.h"

#include <QPainter>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr double lengthBarHeight = 6;
/// The longest number any card has printed; a full bar.
constexpr int fullBar = 20;

} // namespace

LengthBars::LengthBars(QWidget *parent)
    : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    LengthBars::retranslateUi();
}

void LengthBars::setRows(const QList<Row> &rows)
{
    if (std::exchange(m_rows, rows) == rows)
        return;
    retranslateUi();
    updateGeometry();
    update();
}

void LengthBars::setTone(Tone tone)
{
    if (std::exchange(m_tone, tone) == tone)
        return;
    update();
}

int LengthBars::rowHeight(const Row &row) const
{
    const Theme theme = currentTheme();
    return theme.px(28) + 33 + (row.note.isEmpty() ? 0 : theme.px(18));
}

QSize LengthBars::sizeHint() const
{
    int height = 0;
    for (const Row &row : m_rows)
        height += rowHeight(row);
    return {294, height};
}

QSize LengthBars::minimumSizeHint() const
{
    return {200, sizeHint().height()};
}

void LengthBars::paintRow(QPainter &painter, const Row &row, double top, int longest) const
{
    const Theme theme = currentTheme();
    const double line = theme.px(28);
    const QColor colour = row.current ? theme.tone(m_tone) : theme.ink;
    painter.fillRect(QRectF(0, top, width(), 1), theme.line);

    //: unit after a number of digits
    const QString unit = tr("位");
    const int unitWide = textWidth(theme, 15, false, unit);
    const QString digits = QString::number(row.digits);
    const int digitsWide = textWidth(theme, 20, true, digits);
    const double textTop = top + 10;
    drawText(painter, QRectF(width() - unitWide, textTop, unitWide, line), theme.font(15),
             theme.ink3, unit);
    drawText(painter, QRectF(width() - unitWide - 6 - digitsWide, textTop, digitsWide, line),
             theme.font(20, true), colour, digits);
    const double room = width() - unitWide - digitsWide - 18;
    const int size = textWidth(theme, 17, row.current, row.name) > room ? 15 : 17;
    drawText(painter, QRectF(0, textTop, room, line), theme.font(size, row.current), theme.ink,
             row.name);

    const double barTop = textTop + line + 4;
    drawBox(painter, QRectF(0, barTop, width(), lengthBarHeight),
            {.fill = theme.sunken, .borderWidth = 0, .radius = lengthBarHeight / 2});
    drawBox(painter, QRectF(0, barTop, width() * double(row.digits) / longest, lengthBarHeight),
            {.fill = row.current ? theme.tone(m_tone) : theme.lineStrong,
             .borderWidth = 0,
             .radius = lengthBarHeight / 2});
    drawText(painter, QRectF(0, barTop + lengthBarHeight + 4, width(), theme.px(18)),
             theme.font(13), theme.ink3, row.note);
}

void LengthBars::paintEvent(QPaintEvent *)
{
    int longest = fullBar;
    for (const Row &row : std::as_const(m_rows))
        longest = std::max(longest, row.digits);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    double top = 0;
    for (const Row &row : std::as_const(m_rows)) {
        paintRow(painter, row, top, longest);
        top += rowHeight(row);
    }
}

void LengthBars::retranslateUi()
{
    //: lk.lengths
    setAccessibleName(tr("各种卡有几位"));
    QStringList parts;
    for (const Row &row : std::as_const(m_rows))
        parts << u"%1 %2 %3"_s.arg(row.name).arg(row.digits).arg(tr("位"));
    setAccessibleDescription(parts.join(u", "_s));
}

} // namespace upgradedesk
