#include "gui/widgets/segment.h"

#include "gui/theme/theme.h"
#include "gui/widgets/painting.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <utility>

namespace upgradedesk
{
namespace
{

constexpr int gap = 10;
constexpr double radius = 8;

/// A rectangle rounded at the ends of the row only.
QPainterPath endsPath(const QRectF &rect, double round, bool first, bool last)
{
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    path.addRoundedRect(rect, round, round);
    if (!first)
        path.addRect(QRectF(rect.topLeft(), QSizeF(rect.width() / 2, rect.height())));
    if (!last)
        path.addRect(QRectF(rect.center().x(), rect.top(), rect.width() / 2, rect.height()));
    return path.simplified();
}

} // namespace

SegmentButton::SegmentButton(QWidget *parent)
    : QToolButton(parent)
    , m_key(new ButtonKey(this))
{
    setCheckable(true);
    connect(m_key, &ButtonKey::pressed, this, &QToolButton::click);
}

QKeySequence SegmentButton::shortcut() const
{
    return m_key->sequence();
}

void SegmentButton::setShortcut(const QKeySequence &key)
{
    m_key->setSequence(key);
    setAccessibleDescription(keyText(key));
    updateGeometry();
    update();
}

void SegmentButton::setSymbol(Icon symbol)
{
    if (std::exchange(m_symbol, symbol) == symbol)
        return;
    updateGeometry();
    update();
}

void SegmentButton::setCompact(bool compact)
{
    if (std::exchange(m_compact, compact) == compact)
        return;
    updateGeometry();
    update();
}

void SegmentButton::setEnds(bool first, bool last)
{
    m_first = first;
    m_last = last;
    update();
}

int SegmentButton::contentWidth() const
{
    const Theme theme = currentTheme();
    // Bold even when not chosen: the row must not move when the choice does.
    int width = textWidth(theme, m_compact ? 15 : 17, true, text());
    if (m_symbol != Icon::None)
        width += theme.len(20) + gap;
    if (!shortcut().isEmpty())
        width += gap + int(keyCapSize(theme, keyText(shortcut())).width());
    return width;
}

QSize SegmentButton::sizeHint() const
{
    return {contentWidth() + (m_compact ? 25 : 33), currentTheme().len(m_compact ? 44 : 48)};
}

QSize SegmentButton::minimumSizeHint() const
{
    return sizeHint();
}

void SegmentButton::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor fill = theme.surface;
    QColor ink = theme.ink2;
    if (isChecked()) {
        fill = isEnabled() ? theme.accent : theme.sunken;
        ink = isEnabled() ? theme.onAccent : theme.ink3;
    } else if (!isEnabled()) {
        fill = theme.sunken;
        ink = theme.ink3;
    } else if (isDown() || underMouse()) {
        fill = theme.sunken;
    }
    // Neighbours share one line: each but the last leaves its right edge to the next.
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, m_last ? -0.5 : 0.5, -0.5);
    painter.setPen(theme.lineStrong);
    painter.setBrush(fill);
    painter.drawPath(endsPath(frame, radius - 0.5, m_first, m_last));

    const int size = m_compact ? 15 : 17;
    const int label = textWidth(theme, size, isChecked(), text());
    const QString key = keyText(shortcut());
    const double cap = key.isEmpty() ? 0 : gap + keyCapSize(theme, key).width();
    const int side = theme.len(20);
    const double symbol = m_symbol == Icon::None ? 0 : side + gap;
    double x = std::max(6.0, (width() - symbol - label - cap) / 2);
    if (m_symbol != Icon::None) {
        paintIcon(painter, QRectF(x, (height() - side) / 2.0, side, side), m_symbol, ink);
        x += symbol;
    }
    drawText(painter, QRectF(x, 0, label, height()), theme.font(size, isChecked()), ink, text());
    if (cap > 0)
        drawKeyCap(painter, QRectF(x + label + gap, 0, 0, height()), theme, key, ink);
}

Segment::Segment(QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_group->setExclusive(true);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int index, bool checked) {
        SegmentButton *button = choice(index);
        // Only the current choice is in the tab order, as with radio buttons.
        button->setFocusPolicy(checked ? Qt::StrongFocus : Qt::ClickFocus);
        if (checked)
            emit currentChanged(index);
    });
}

void Segment::addChoice(const QString &text, const QKeySequence &key, Icon symbol)
{
    const int index = count();
    auto *button = new SegmentButton(this);
    button->setText(text);
    button->setShortcut(key);
    button->setSymbol(symbol);
    button->setCompact(m_compact);
    button->setFocusPolicy(Qt::ClickFocus);
    const bool full = sizePolicy().horizontalPolicy() == QSizePolicy::Expanding;
    button->setSizePolicy(full ? QSizePolicy::Expanding : QSizePolicy::Fixed, QSizePolicy::Fixed);
    layout()->addWidget(button);
    m_group->addButton(button, index);
    for (int i = 0; i <= index; ++i)
        choice(i)->setEnds(i == 0, i == index);
    if (index == 0)
        button->setChecked(true);
}

void Segment::setChoiceText(int index, const QString &text)
{
    choice(index)->setText(text);
    choice(index)->updateGeometry();
}

void Segment::setChoiceEnabled(int index, bool enabled)
{
    choice(index)->setEnabled(enabled);
}

void Segment::setCurrent(int index)
{
    if (SegmentButton *button = choice(index))
        button->setChecked(true);
}

int Segment::current() const
{
    return m_group->checkedId();
}

int Segment::count() const
{
    return int(m_group->buttons().size());
}

void Segment::setCompact(bool compact)
{
    m_compact = compact;
    for (int i = 0; i < count(); ++i)
        choice(i)->setCompact(compact);
}

void Segment::setFull(bool full)
{
    const auto policy = full ? QSizePolicy::Expanding : QSizePolicy::Fixed;
    setSizePolicy(policy, QSizePolicy::Fixed);
    for (int i = 0; i < count(); ++i)
        choice(i)->setSizePolicy(policy, QSizePolicy::Fixed);
}

SegmentButton *Segment::choice(int index) const
{
    return qobject_cast<SegmentButton *>(m_group->button(index));
}

void Segment::keyPressEvent(QKeyEvent *event)
{
    int step = 0;
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Up)
        step = -1;
    if (event->key() == Qt::Key_Right || event->key() == Qt::Key_Down)
        step = 1;
    for (int next = current() + step; step != 0 && next >= 0 && next < count(); next += step) {
        if (!choice(next)->isEnabled())
            continue;
        choice(next)->setChecked(true);
        choice(next)->setFocus(Qt::OtherFocusReason);
        break;
    }
    if (step == 0)
        QWidget::keyPressEvent(event);
}

} // namespace upgradedesk
