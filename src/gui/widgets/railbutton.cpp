#include "gui/widgets/railbutton.h"

#include "gui/theme/theme.h"
#include "gui/widgets/painting.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace upgradedesk
{

RailButton::RailButton(Icon symbol, const QString &text, const QKeySequence &key, QWidget *parent)
    : QToolButton(parent)
    , m_key(new ButtonKey(this))
    , m_symbol(symbol)
{
    setCheckable(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setLabel(text);
    setShortcut(key);
    connect(m_key, &ButtonKey::pressed, this, &QToolButton::click);
}

QKeySequence RailButton::shortcut() const
{
    return m_key->sequence();
}

void RailButton::setShortcut(const QKeySequence &key)
{
    m_key->setSequence(key);
    setAccessibleDescription(keyText(key));
    update();
}

void RailButton::setLabel(const QString &label)
{
    setText(label);
    renewNames();
}

void RailButton::setCount(int count)
{
    m_count = std::max(0, count);
    renewNames();
    update();
}

int RailButton::count() const
{
    return m_count;
}

QSize RailButton::sizeHint() const
{
    return {168, currentTheme().len(44)};
}

void RailButton::renewNames()
{
    //: a11y: a task and how many things wait there
    setAccessibleName(m_count > 0 ? tr("%1，%n 条", nullptr, m_count).arg(text()) : text());
}

void RailButton::changeEvent(QEvent *event)
{
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        renewNames();
    if (event->type() == QEvent::StyleChange)
        update();
}

void RailButton::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    const QColor ink =
        isChecked() || (underMouse() && isEnabled()) ? theme.railInk : theme.railInk2;
    if (isChecked())
        drawBox(painter, rect(), {.fill = theme.railSel});
    else if (isDown())
        drawBox(painter, rect(), {.fill = theme.railLine});
    const int side = theme.len(20);
    paintIcon(painter, QRectF(8, (height() - side) / 2.0, side, side), m_symbol, ink);

    const QString key = keyText(shortcut());
    const int keyWidth = std::max(26, textWidth(theme, 13, isChecked(), key));
    double right = width() - 8 - keyWidth;
    drawText(painter, QRectF(right, 0, keyWidth, height()), theme.font(13, isChecked()), ink, key,
             Qt::AlignRight | Qt::AlignVCenter);
    right -= 8;
    if (m_count > 0) {
        const QString number = m_count > 99 ? QStringLiteral("99+") : QString::number(m_count);
        const double tall = std::max(20, theme.px(13) + 7);
        const double wide = std::max<double>(tall, textWidth(theme, 13, true, number) + 12);
        const QRectF pill(right - wide, (height() - tall) / 2, wide, tall);
        drawBox(painter, pill, {.fill = theme.countBg, .radius = tall / 2});
        drawText(painter, pill, theme.font(13, true), theme.countInk, number, Qt::AlignCenter);
        right = pill.left() - 4;
    }
    // The rail keeps its width at every text size: a label that would be cut gets smaller, down to
    // the normal size.
    const double left = 8 + side + 8;
    QFont font = theme.font(15, isChecked());
    while (font.pixelSize() > 15 && QFontMetricsF(font).horizontalAdvance(text()) > right - left)
        font.setPixelSize(font.pixelSize() - 1);
    drawText(painter, QRectF(left, 0, right - left, height()), font, ink, text());
}

} // namespace upgradedesk
