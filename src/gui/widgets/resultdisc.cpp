#include "gui/widgets/resultdisc.h"

#include "gui/theme/iconset.h"
#include "gui/theme/theme.h"
#include "gui/widgets/painting.h"

#include <QPainter>
#include <QPen>

#include <utility>

namespace upgradedesk
{
namespace
{

constexpr int side = 96;

} // namespace

ResultDisc::ResultDisc(QWidget *parent)
    : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void ResultDisc::setResult(Result result)
{
    if (std::exchange(m_result, result) == result)
        return;
    update();
}

ResultDisc::Result ResultDisc::result() const
{
    return m_result;
}

QSize ResultDisc::sizeHint() const
{
    return QSize(side, side) * currentTheme().scale;
}

QSize ResultDisc::minimumSizeHint() const
{
    return sizeHint();
}

void ResultDisc::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(theme.scale, theme.scale);
    const QRectF disc(0, 0, side, side);
    const auto sign = [&](Icon icon, double size, const QColor &colour, double stroke) {
        const QRectF square(disc.center() - QPointF(size / 2, size / 2), QSizeF(size, size));
        paintIcon(painter, square, icon, colour, stroke);
    };
    switch (m_result) {
    case Result::Done:
        drawBox(painter, disc, {.fill = theme.ok, .radius = side / 2.0});
        sign(Icon::Check, 60, theme.surface, 2.8);
        break;
    case Result::Good:
        drawBox(painter, disc,
                {.fill = theme.okSoft, .border = theme.ok, .borderWidth = 3, .radius = side / 2.0});
        sign(Icon::Check, 56, theme.ok, 2.6);
        break;
    case Result::Pending:
        drawBox(painter, disc,
                {.fill = theme.pendSoft,
                 .border = theme.pend,
                 .borderWidth = 3,
                 .radius = side / 2.0,
                 .dashed = true});
        sign(Icon::Hourglass, 48, theme.pend, 2.2);
        break;
    case Result::Stop:
        drawBox(
            painter, disc,
            {.fill = theme.badSoft, .border = theme.bad, .borderWidth = 3, .radius = side / 2.0});
        sign(Icon::TurnBack, 52, theme.bad, 2.6);
        break;
    }
}

} // namespace upgradedesk
