#include "gui/widgets/documentnumberedit.h"

#include "gui/theme/theme.h"
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

constexpr int fieldHeight = 72;
constexpr int digitSize = 34;
constexpr double sidePadding = 17;
constexpr int longest = 24;

} // namespace

DocumentNumberEdit::DocumentNumberEdit(QWidget *parent)
    : QLineEdit(parent)
{
    setProperty("ownFocus", true);
    setMaxLength(longest);
    setInputMethodHints(Qt::ImhPreferUppercase | Qt::ImhPreferLatin | Qt::ImhNoPredictiveText |
                        Qt::ImhSensitiveData);
    setContextMenuPolicy(Qt::NoContextMenu);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QLineEdit::textChanged, this, &DocumentNumberEdit::tidy);
    // QLineEdit repaints only where its own text would be; ours stands elsewhere.
    connect(this, &QLineEdit::cursorPositionChanged, this, [this] { update(); });
    connect(this, &QLineEdit::selectionChanged, this, [this] { update(); });
    retranslateUi();
}

QString DocumentNumberEdit::number() const
{
    return normalised(text());
}

void DocumentNumberEdit::setGroups(const QList<int> &groups)
{
    if (std::exchange(m_groups, groups) == groups)
        return;
    update();
}

void DocumentNumberEdit::setWrong(std::optional<int> position)
{
    if (std::exchange(m_wrong, position) == position)
        return;
    update();
}

std::optional<int> DocumentNumberEdit::wrong() const
{
    return m_wrong;
}

QString DocumentNumberEdit::normalised(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (const QChar character : text) {
        QChar plain = character;
        // The full-width forms stand in the order of ASCII.
        if (plain >= u'\uFF01' && plain <= u'\uFF5E')
            plain = QChar(char16_t(plain.unicode() - 0xFEE0));
        const bool separator = plain.isSpace() || plain == u'-' || plain == u'\u2010' ||
                               plain == u'\u2013' || plain == u'\u2014';
        if (!separator)
            result.append(plain.toUpper());
    }
    return result;
}

void DocumentNumberEdit::tidy(const QString &text)
{
    const QString plain = normalised(text);
    if (plain != text) {
        const auto cursor = normalised(text.left(cursorPosition())).size();
        setText(plain);
        setCursorPosition(int(cursor));
    }
    update();
}

QSize DocumentNumberEdit::sizeHint() const
{
    return {708, currentTheme().len(fieldHeight)};
}

QSize DocumentNumberEdit::minimumSizeHint() const
{
    return {320, currentTheme().len(fieldHeight)};
}

bool DocumentNumberEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride &&
        touchesClipboard(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::ShortcutOverride &&
        leavesUndoToPage(*this, *static_cast<QKeyEvent *>(event))) {
        event->ignore();
        return true;
    }
    return QLineEdit::event(event);
}

void DocumentNumberEdit::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    if (event->type() == QEvent::StyleChange)
        update();
}

void DocumentNumberEdit::contextMenuEvent(QContextMenuEvent *event)
{
    event->accept();
}

void DocumentNumberEdit::keyPressEvent(QKeyEvent *event)
{
    if (!touchesClipboard(*event))
        QLineEdit::keyPressEvent(event);
}

// The base class would place the cursor by its own layout of the text, and put a selection on the
// clipboard.
void DocumentNumberEdit::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        setCursorPosition(positionAt(event->position().x()));
}

void DocumentNumberEdit::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        cursorForward(true, positionAt(event->position().x()) - cursorPosition());
}

void DocumentNumberEdit::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept();
}

void DocumentNumberEdit::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        selectAll();
}

QList<double> DocumentNumberEdit::edges() const
{
    const QFont font = currentTheme().font(digitSize, true);
    const QFontMetricsF metrics(font);
    const double cell = metrics.horizontalAdvance(u'0');
    QList<double> result{sidePadding};
    int group = 0;
    int inGroup = 0;
    for (const QChar character : text()) {
        if (group < m_groups.size() && inGroup == m_groups.at(group)) {
            if (group + 1 < m_groups.size())
                result.last() += digitGroupGap * font.pixelSize();
            ++group;
            inGroup = 0;
        }
        ++inGroup;
        result.append(result.last() + std::max(cell, metrics.horizontalAdvance(character)));
    }
    return result;
}

int DocumentNumberEdit::positionAt(double x) const
{
    const QList<double> all = edges();
    int nearest = 0;
    for (int i = 1; i < all.size(); ++i) {
        if (x > (all.at(i - 1) + all.at(i)) / 2)
            nearest = i;
    }
    return nearest;
}

void DocumentNumberEdit::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    const bool wrong = m_wrong.has_value();
    BoxStyle box{.fill = isEnabled() ? theme.surface : theme.sunken,
                 .border = isEnabled() ? theme.lineStrong : theme.line};
    if (wrong)
        box.border = theme.bad;
    else if (hasFocus())
        box.border = theme.accent;
    box.borderWidth = wrong ? 3 : hasFocus() ? 2 : 1;
    drawBox(painter, rect(), box);

    const QFont font = theme.font(digitSize, true);
    const QFontMetricsF metrics(font);
    const double cell = metrics.horizontalAdvance(u'0');
    const double size = font.pixelSize();
    const QList<double> all = edges();
    const QString shown = text();
    const int from = selectionStart();
    const int to = from < 0 ? -1 : selectionEnd();
    painter.setFont(font);
    for (int i = 0; i < shown.size(); ++i) {
        const double wide = std::max(cell, metrics.horizontalAdvance(shown.at(i)));
        // The gap, if there is one, belongs to the character before.
        const QRectF place(all.at(i), 0, wide, height());
        const bool selected = i >= from && i < to;
        const bool marked = m_wrong == i;
        if (selected)
            painter.fillRect(QRectF(place.left(), height() / 2.0 - size * 0.62, wide, size * 1.24),
                             theme.accent);
        painter.setPen(selected      ? theme.onAccent
                       : marked      ? theme.bad
                       : isEnabled() ? theme.ink
                                     : theme.ink3);
        painter.drawText(place, Qt::AlignCenter | Qt::TextDontClip, QString(shown.at(i)));
        if (marked)
            painter.fillRect(QRectF(place.left(), height() / 2.0 + size * 0.66, wide, 4),
                             theme.bad);
    }
    if (hasFocus() && from < 0)
        painter.fillRect(
            QRectF(all.value(cursorPosition()) + 1, height() / 2.0 - size * 0.475, 3, size * 0.95),
            theme.accent);
}

void DocumentNumberEdit::retranslateUi()
{
    //: a11y name of the document number field
    setAccessibleName(tr("证件号"));
}

} // namespace upgradedesk
