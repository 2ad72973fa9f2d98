#include "gui/widgets/keybutton.h"

#include "gui/widgets/painting.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

#include <cmath>
#include <utility>

namespace upgradedesk
{
namespace
{

constexpr int defaultArmingTime = 300;
constexpr int keyGap = 10;

} // namespace

KeyButton::KeyButton(QWidget *parent)
    : KeyButton({}, {}, parent)
{
}

KeyButton::KeyButton(const QString &text, const QKeySequence &key, QWidget *parent)
    : QPushButton(text, parent)
    , m_key(new ButtonKey(this))
{
    m_arming.setSingleShot(true);
    m_arming.setInterval(defaultArmingTime);
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setShortcut(key);
    connect(m_key, &ButtonKey::pressed, this, &KeyButton::press);
}

QKeySequence KeyButton::shortcut() const
{
    return m_key->sequence();
}

void KeyButton::setShortcut(const QKeySequence &key)
{
    // One that is only borrowed has the same name, and would stay deaf.
    const bool named = m_key->sequence() == key;
    m_key->setSequence(key);
    if (named)
        return;
    setAccessibleDescription(keyText(key));
    updateGeometry();
    update();
}

void KeyButton::setBorrowedKey(const QKeySequence &key)
{
    setShortcut(key);
    m_key->setBorrowed(key);
}

void KeyButton::setKeyListening(bool listening)
{
    m_key->setListening(listening);
}

KeyButton::Role KeyButton::role() const
{
    return m_role;
}

void KeyButton::setRole(Role role)
{
    if (std::exchange(m_role, role) == role)
        return;
    updateGeometry();
    update();
}

bool KeyButton::isCompact() const
{
    return m_compact;
}

void KeyButton::setCompact(bool compact)
{
    if (std::exchange(m_compact, compact) == compact)
        return;
    updateGeometry();
    update();
}

void KeyButton::setSymbol(Icon symbol)
{
    if (std::exchange(m_symbol, symbol) == symbol)
        return;
    updateGeometry();
    update();
}

void KeyButton::setArmingTime(int milliseconds)
{
    m_arming.setInterval(milliseconds);
}

bool KeyButton::isArmed() const
{
    return m_role != Role::primary || !m_arming.isActive();
}

void KeyButton::rearm()
{
    m_arming.start();
}

void KeyButton::arm()
{
    m_arming.stop();
}

void KeyButton::press()
{
    if (isArmed())
        click();
}

int KeyButton::textSize() const
{
    if (m_compact)
        return 15;
    return m_role == Role::primary ? 20 : 17;
}

int KeyButton::contentWidth(int textSize) const
{
    const Theme theme = currentTheme();
    int width = textWidth(theme, textSize, m_role == Role::primary, text());
    if (m_symbol != Icon::None)
        width += theme.len(m_compact ? 18 : 20) + keyGap;
    if (!shortcut().isEmpty())
        width += int(keyCapSize(theme, keyText(shortcut())).width()) + keyGap;
    return width;
}

QSize KeyButton::sizeHint() const
{
    const Theme theme = currentTheme();
    const int content = contentWidth(textSize());
    if (m_role == Role::primary)
        return {std::max(theme.len(336), content + 48), theme.len(56)};
    return {content + (m_compact ? 30 : 34), theme.len(m_compact ? 44 : 48)};
}

QSize KeyButton::minimumSizeHint() const
{
    return sizeHint();
}

void KeyButton::changeEvent(QEvent *event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::EnabledChange) {
        updateGeometry();
        update();
    }
}

void KeyButton::keyPressEvent(QKeyEvent *event)
{
    if (event->isAutoRepeat() || !isArmed()) {
        event->accept();
        return;
    }
    QPushButton::keyPressEvent(event);
}

void KeyButton::mousePressEvent(QMouseEvent *event)
{
    if (!isArmed())
        return;
    QPushButton::mousePressEvent(event);
}

void KeyButton::showEvent(QShowEvent *event)
{
    QPushButton::showEvent(event);
    // A window that comes back from being minimised shows the page the person has already read.
    if (!event->spontaneous())
        rearm();
}

void KeyButton::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    const bool primary = m_role == Role::primary;
    const bool hover = isEnabled() && underMouse() && !isDown();

    BoxStyle box{.fill = theme.surface, .border = theme.lineStrong};
    QColor ink = theme.ink;
    if (!isEnabled()) {
        box = {.fill = theme.sunken, .border = theme.line};
        ink = theme.ink3;
    } else if (primary) {
        const QColor fill = isDown() ? theme.accentPress : theme.accent;
        box = {.fill = fill, .border = fill};
        ink = theme.onAccent;
    } else if (m_role == Role::flat) {
        box = {.fill = isDown() || hover ? theme.accentSoft : QColor(Qt::transparent)};
        ink = theme.accent;
    } else if (isDown()) {
        box.fill = theme.sunken;
    } else if (hover) {
        box.border = theme.ink2;
    }
    drawBox(painter, rect(), box);

    // At the largest text size a long label gives way by one step rather than being cut.
    int size = textSize();
    int content = contentWidth(size);
    if (content > width() - 16 && size > 15) {
        size = size == 20 ? 17 : 15;
        content = contentWidth(size);
    }
    const bool centred = primary || width() > sizeHint().width();
    double x = centred ? std::max(8, (width() - content) / 2) : (m_compact ? 15 : 17);
    if (m_symbol != Icon::None) {
        const int side = theme.len(m_compact ? 18 : 20);
        paintIcon(painter, QRectF(x, std::floor((height() - side) / 2.0), side, side), m_symbol,
                  ink);
        x += side + keyGap;
    }
    const int label = textWidth(theme, size, primary, text());
    drawText(painter, QRectF(x, 0, label, height()), theme.font(size, primary), ink, text());
    if (!shortcut().isEmpty())
        drawKeyCap(painter, QRectF(x + label + keyGap, 0, 0, height()), theme, keyText(shortcut()),
                   ink);
}

} // namespace upgradedesk
