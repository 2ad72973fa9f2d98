#include "gui/widgets/pinedit.h"

#include "gui/theme/theme.h"
#include "gui/widgets/painting.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

#include <cmath>
#include <utility>

namespace upgradedesk
{
namespace
{

constexpr int boxWidth = 64;
constexpr int boxHeight = 72;
constexpr int dot = 16;

} // namespace

PinEdit::PinEdit(QWidget *parent)
    : PaintedWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setProperty("ownFocus", true);
    setAttribute(Qt::WA_InputMethodEnabled, false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    // Room for every digit from the start: a string that grows leaves copies behind.
    m_pin.reserve(length);
    PinEdit::retranslateUi();
}

PinEdit::~PinEdit()
{
    m_pin.fill(u'\0');
}

QString PinEdit::pin() const
{
    return QString(m_pin.constData(), m_pin.size());
}

int PinEdit::typed() const
{
    return int(m_pin.size());
}

void PinEdit::setWrong(bool wrong)
{
    if (std::exchange(m_wrong, wrong) == wrong)
        return;
    update();
}

QSize PinEdit::sizeHint() const
{
    return {424, currentTheme().len(boxHeight)};
}

QSize PinEdit::minimumSizeHint() const
{
    return {length * 40 + (length - 1) * 8, currentTheme().len(boxHeight)};
}

void PinEdit::type(QChar digit)
{
    if (digit < u'0' || digit > u'9' || typed() == length)
        return;
    m_pin.append(digit);
    noticeChange();
    if (typed() == length)
        emit completed();
}

void PinEdit::backspace()
{
    if (m_pin.isEmpty())
        return;
    m_pin.back() = u'\0';
    m_pin.chop(1);
    noticeChange();
}

void PinEdit::clear()
{
    m_pin.fill(u'\0');
    // Not clear(): that would give the memory back, and the next PIN would grow through new places.
    m_pin.resize(0);
    m_pin.reserve(length);
    noticeChange();
}

void PinEdit::noticeChange()
{
    m_wrong = false;
    retranslateUi();
    update();
    emit changed(typed());
}

bool PinEdit::event(QEvent *event)
{
    // Digits and Backspace are typed here even where a page has them as keys of its own.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool digit = key->text().size() == 1 && key->text().at(0).isDigit();
        const bool plain = (key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
        if (plain && (digit || key->key() == Qt::Key_Backspace)) {
            event->accept();
            return true;
        }
    }
    return PaintedWidget::event(event);
}

void PinEdit::focusInEvent(QFocusEvent *event)
{
    PaintedWidget::focusInEvent(event);
    update();
}

void PinEdit::focusOutEvent(QFocusEvent *event)
{
    PaintedWidget::focusOutEvent(event);
    update();
}

void PinEdit::keyPressEvent(QKeyEvent *event)
{
    if (event->isAutoRepeat())
        return;
    if (event->key() == Qt::Key_Backspace) {
        backspace();
    } else if (event->key() == Qt::Key_Escape && typed() > 0) {
        clear();
    } else if (event->text().size() == 1 && event->text().at(0) >= u'0' &&
               event->text().at(0) <= u'9' && !(event->modifiers() & Qt::ControlModifier)) {
        type(event->text().at(0));
    } else {
        PaintedWidget::keyPressEvent(event);
    }
}

void PinEdit::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int high = theme.len(boxHeight);
    const double wide =
        std::min<double>(theme.len(boxWidth), (width() - 8.0 * (length - 1)) / length);
    const double stride = (width() - wide) / (length - 1);
    for (int i = 0; i < length; ++i) {
        const QRectF box(qRound(i * stride), std::floor((height() - high) / 2.0), wide, high);
        const bool here = hasFocus() && isEnabled() && i == std::min(typed(), length - 1);
        BoxStyle style{.fill = isEnabled() ? theme.surface : theme.sunken,
                       .border = isEnabled() ? theme.lineStrong : theme.line};
        if (m_wrong)
            style.border = theme.bad;
        else if (here)
            style.border = theme.accent;
        style.borderWidth = here || m_wrong ? 3 : 1;
        drawBox(painter, box, style);
        painter.setPen(Qt::NoPen);
        if (i < typed()) {
            painter.setBrush(m_wrong ? theme.bad : theme.ink);
            painter.drawEllipse(box.center(), theme.len(dot) / 2.0, theme.len(dot) / 2.0);
        } else if (here) {
            const int caret = theme.len(28);
            painter.fillRect(
                QRectF(box.center().x() - 1.5, box.center().y() - caret / 2.0, 3, caret),
                theme.accent);
        }
    }
}

void PinEdit::retranslateUi()
{
    //: a11y: PIN field, how many of 6 digits are typed
    setAccessibleName(tr("PIN，已输 %1 位").arg(typed()));
}

} // namespace upgradedesk
