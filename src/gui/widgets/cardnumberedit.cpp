#include "gui/widgets/cardnumberedit.h"

#include "card/resolver.h"
#include "gui/widgets/painting.h"
#include "gui/widgets/personaledit.h"

#include <QContextMenuEvent>
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int cardFieldHeight = 88;
constexpr int largestDigits = 52;
constexpr int smallestDigits = 20;
constexpr double cardFieldPadding = 20;
/// More than any kind has: a number with a few digits too many is still shown and explained.
constexpr int longestTyped = 24;

QFont cardDigits(int px)
{
    QFont font = currentTheme().font(20, true);
    font.setPixelSize(px);
    return font;
}

} // namespace

CardNumberEdit::CardNumberEdit(QWidget *parent)
    : QLineEdit(parent)
{
    setProperty("ownFocus", true);
    setInputMethodHints(Qt::ImhDigitsOnly | Qt::ImhNoPredictiveText | Qt::ImhSensitiveData);
    setContextMenuPolicy(Qt::NoContextMenu);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QLineEdit::textChanged, this, &CardNumberEdit::tidy);
    // QLineEdit repaints only where its own text would be; ours stands elsewhere.
    connect(this, &QLineEdit::cursorPositionChanged, this, [this] { update(); });
    connect(this, &QLineEdit::selectionChanged, this, [this] { update(); });
    retranslateUi();
}

void CardNumberEdit::setGroups(const QList<int> &groups)
{
    if (std::exchange(m_groups, groups) == groups)
        return;
    renew();
}

void CardNumberEdit::setMissing(int digits)
{
    m_missing = std::max(0, digits);
    renew();
}

void CardNumberEdit::setMark(int position)
{
    if (std::exchange(m_mark, position) == position)
        return;
    update();
}

void CardNumberEdit::setTone(Tone tone)
{
    if (std::exchange(m_tone, tone) == tone)
        return;
    update();
}

void CardNumberEdit::renew()
{
    retranslateUi();
    update();
}

/// Keeps the text a number; what is refused leaves it as it was before the key or the paste.
void CardNumberEdit::tidy(const QString &text)
{
    const QString folded = foldCardNumber(text).value_or(QString());
    const bool onlySeparators =
        folded.isEmpty() && !text.isEmpty() && foldCardNumber(text + u'0').has_value();
    const bool fits = !folded.isEmpty() && folded.size() <= longestTyped;
    if (text.isEmpty() || onlySeparators || fits) {
        m_good = folded;
        if (folded != text) {
            const QString before = text.left(cursorPosition());
            const auto cursor = foldCardNumber(before).value_or(QString()).size();
            setText(folded);
            setCursorPosition(int(cursor));
        }
        update();
        return;
    }
    const auto cursor = cursorPosition() - (text.size() - m_good.size());
    setText(m_good);
    setCursorPosition(int(std::clamp<qsizetype>(cursor, 0, m_good.size())));
    emit refused();
}

QSize CardNumberEdit::sizeHint() const
{
    return {708, cardFieldHeight};
}

QSize CardNumberEdit::minimumSizeHint() const
{
    return {320, cardFieldHeight};
}

bool CardNumberEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride &&
        touchesClipboard(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QLineEdit::event(event);
}

void CardNumberEdit::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    if (event->type() == QEvent::StyleChange)
        update();
}

void CardNumberEdit::contextMenuEvent(QContextMenuEvent *event)
{
    event->accept();
}

void CardNumberEdit::keyPressEvent(QKeyEvent *event)
{
    if (!touchesClipboard(*event))
        QLineEdit::keyPressEvent(event);
}

// The base class would place the cursor by its own layout of the text, and put a selection on the
// clipboard.
void CardNumberEdit::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        setCursorPosition(positionAt(event->position().x()));
}

void CardNumberEdit::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        cursorForward(true, positionAt(event->position().x()) - cursorPosition());
}

void CardNumberEdit::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept();
}

void CardNumberEdit::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        selectAll();
}

QList<double> CardNumberEdit::edges(int px) const
{
    const double cell = QFontMetricsF(cardDigits(px)).horizontalAdvance(u'0');
    QList<double> result{cardFieldPadding};
    qsizetype group = 0;
    int inGroup = 0;
    for (qsizetype i = 0; i < text().size() + m_missing; ++i) {
        if (inGroup == m_groups.value(group, -1) && group + 1 < m_groups.size()) {
            result.last() += digitGroupGap * px;
            ++group;
            inGroup = 0;
        }
        ++inGroup;
        result.append(result.last() + cell);
    }
    return result;
}

int CardNumberEdit::digitSize() const
{
    int px = currentTheme().px(largestDigits);
    while (px > smallestDigits && edges(px).last() > width() - cardFieldPadding)
        px -= 2;
    return px;
}

int CardNumberEdit::positionAt(double x) const
{
    const QList<double> all = edges(digitSize());
    int nearest = 0;
    for (int i = 1; i <= text().size(); ++i) {
        if (x > (all.at(i - 1) + all.at(i)) / 2)
            nearest = i;
    }
    return nearest;
}

void CardNumberEdit::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool plain = m_tone == Tone::Accent;
    const QColor frame = plain && !hasFocus() ? theme.lineStrong : theme.tone(m_tone);
    drawBox(painter, rect(),
            {.fill = theme.surface, .border = frame, .borderWidth = plain ? 2.0 : 3.0});

    const int px = digitSize();
    const QList<double> all = edges(px);
    const QString shown = text();
    const int from = selectionStart();
    const int to = from < 0 ? -1 : selectionEnd();
    const double middle = height() / 2.0;
    const double cell = QFontMetricsF(cardDigits(px)).horizontalAdvance(u'0');
    painter.setFont(cardDigits(px));
    for (int i = 0; i + 1 < all.size(); ++i) {
        const QRectF place(all.at(i), 0, cell, height());
        if (i >= shown.size()) {
            drawBox(painter,
                    QRectF(place.left() + cell * 0.06, middle - px * 0.37, cell * 0.88, px * 0.74),
                    {.fill = theme.warnSoft,
                     .border = theme.warn,
                     .borderWidth = std::max(1.5, px / 18.0),
                     .radius = px / 9.0,
                     .dashed = true});
            continue;
        }
        const bool selected = i >= from && i < to;
        const QRectF back(place.left(), middle - px * 0.62, cell, px * 1.24);
        if (selected)
            painter.fillRect(back, theme.accent);
        else if (i == m_mark)
            painter.fillRect(back, theme.warnSoft);
        painter.setPen(selected ? theme.onAccent : theme.ink);
        painter.drawText(place, Qt::AlignCenter | Qt::TextDontClip, shown.mid(i, 1));
        if (i == m_mark)
            painter.fillRect(QRectF(place.left(), middle + px * 0.58, cell, 4), theme.warn);
    }
    if (hasFocus() && from < 0) {
        const double x = all.value(cursorPosition());
        painter.fillRect(QRectF(x - 1, middle - px * 0.5, 3, px), theme.accent);
    }
}

void CardNumberEdit::retranslateUi()
{
    //: lk.input
    setAccessibleName(tr("输入的卡号"));
    //: a11y: digits typed so far; digits still missing
    setAccessibleDescription(tr("已输 %1 位，少 %2 位").arg(text().size()).arg(m_missing));
}

} // namespace upgradedesk
