#include "gui/widgets/iconlabel.h"

#include "gui/widgets/painting.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace upgradedesk
{
namespace
{

constexpr int iconGap = 8;

} // namespace

IconLabel::IconLabel(QWidget *parent)
    : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

IconLabel::IconLabel(Icon icon, const QString &text, QWidget *parent)
    : IconLabel(parent)
{
    m_icon = icon;
    setText(text);
}

void IconLabel::setIcon(Icon icon)
{
    if (std::exchange(m_icon, icon) == icon)
        return;
    renew();
}

void IconLabel::setText(const QString &text)
{
    if (std::exchange(m_text, text) == text)
        return;
    setAccessibleName(text);
    renew();
}

QString IconLabel::text() const
{
    return m_text;
}

void IconLabel::setSizes(int icon, int text)
{
    m_iconSize = icon;
    m_textSize = text;
    renew();
}

void IconLabel::setBold(bool bold)
{
    if (std::exchange(m_bold, bold) == bold)
        return;
    renew();
}

void IconLabel::setTone(Tone tone)
{
    if (std::exchange(m_tone, tone) == tone)
        return;
    renew();
}

void IconLabel::setOnRail(bool onRail)
{
    if (std::exchange(m_onRail, onRail) == onRail)
        return;
    renew();
}

void IconLabel::setStroke(double stroke)
{
    if (std::exchange(m_stroke, stroke) == stroke)
        return;
    renew();
}

void IconLabel::setWell(int side)
{
    m_well = side;
    setSizePolicy(side > 0 ? QSizePolicy::Fixed : QSizePolicy::Preferred, QSizePolicy::Fixed);
    renew();
}

void IconLabel::renew()
{
    updateGeometry();
    update();
}

QSize IconLabel::sizeHint() const
{
    const Theme theme = currentTheme();
    const int sign = theme.len(m_iconSize);
    if (m_well > 0)
        return {theme.len(m_well), theme.len(m_well)};
    if (m_text.isEmpty())
        return {sign, sign};
    const int icon = m_icon == Icon::None ? 0 : sign + iconGap;
    return {icon + textWidth(theme, m_textSize, m_bold, m_text),
            std::max(sign, theme.px(m_textSize * 7 / 5))};
}

QSize IconLabel::minimumSizeHint() const
{
    const QSize hint = sizeHint();
    return {m_text.isEmpty() ? hint.width() : currentTheme().len(m_iconSize), hint.height()};
}

void IconLabel::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    const QColor colour =
        m_onRail ? (m_tone == Tone::Ok ? theme.railOk : theme.railInk) : theme.tone(m_tone);
    const int sign = theme.len(m_iconSize);
    double x = 0;
    if (m_well > 0) {
        const int well = theme.len(m_well);
        drawBox(painter, QRectF(0, 0, well, well), {.fill = theme.sunken, .radius = 12});
        x = (well - sign) / 2.0;
    }
    const QRectF icon(x, (height() - sign) / 2.0, sign, sign);
    paintIcon(painter, icon, m_icon, colour, m_stroke);
    if (m_text.isEmpty() || m_well > 0)
        return;
    const double left = m_icon == Icon::None ? 0 : sign + iconGap;
    drawText(painter, QRectF(left, 0, width() - left, height()), theme.font(m_textSize, m_bold),
             m_onRail ? theme.railInk : colour, m_text);
}

} // namespace upgradedesk
