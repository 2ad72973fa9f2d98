#include "gui/widgets/shelftile.h"

#include "gui/widgets/painting.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace upgradedesk
{
namespace
{

constexpr int padding = 8;
constexpr int symbolSize = 20;
constexpr int textLeft = padding + symbolSize + 6;

} // namespace

ShelfTile::ShelfTile(QWidget *parent)
    : QToolButton(parent)
    , m_key(new ButtonKey(this))
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_key, &ButtonKey::pressed, this, &QToolButton::click);
}

QKeySequence ShelfTile::shortcut() const
{
    return m_key->sequence();
}

void ShelfTile::setShortcut(const QKeySequence &key)
{
    m_key->setSequence(key);
    setAccessibleDescription(keyText(key));
    update();
}

void ShelfTile::setFace(const QString &name, Icon symbol)
{
    setText(name);
    m_symbol = symbol;
    update();
}

void ShelfTile::setLit(bool lit)
{
    if (std::exchange(m_lit, lit) == lit)
        return;
    update();
}

QSize ShelfTile::sizeHint() const
{
    const Theme theme = currentTheme();
    return {148, std::max(44, theme.px(15) + theme.px(13) + 16)};
}

QSize ShelfTile::minimumSizeHint() const
{
    return {96, sizeHint().height()};
}

void ShelfTile::changeEvent(QEvent *event)
{
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        updateGeometry();
        update();
    }
}

void ShelfTile::keyPressEvent(QKeyEvent *event)
{
    // A key that is held puts one card on the reader, not thirty.
    if (event->isAutoRepeat())
        event->accept();
    else
        QToolButton::keyPressEvent(event);
}

void ShelfTile::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    BoxStyle box{.fill = theme.surface, .border = theme.lineStrong};
    if (m_lit)
        box = {.fill = theme.accentSoft, .border = theme.accent, .borderWidth = 2};
    else if (isDown())
        box.fill = theme.sunken;
    else if (underMouse())
        box.border = theme.ink2;
    drawBox(painter, rect(), box);
    paintIcon(painter, QRectF(padding, (height() - symbolSize) / 2.0, symbolSize, symbolSize),
              m_symbol, theme.ink2);

    const int room = width() - textLeft - padding;
    const int nameSize = textWidth(theme, 15, false, text()) > room ? 13 : 15;
    const double middle = height() / 2.0;
    drawText(painter, QRectF(textLeft, 3, room, middle - 2), theme.font(nameSize), theme.ink,
             text());
    drawText(painter, QRectF(textLeft, middle, room, middle - 4), theme.font(13), theme.ink3,
             keyText(shortcut()));
}

} // namespace upgradedesk
