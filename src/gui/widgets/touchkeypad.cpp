#include "gui/widgets/touchkeypad.h"

#include "gui/theme/theme.h"
#include "gui/widgets/painting.h"

#include <QEvent>
#include <QGridLayout>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int keyWidth = 104;
constexpr int keyHeight = 72;
constexpr int keypadGap = 12;

} // namespace

KeypadKey::KeypadKey(const QString &text, const QString &keyHint, QWidget *parent)
    : QToolButton(parent)
{
    setText(text);
    setProperty("keyHint", keyHint);
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize KeypadKey::sizeHint() const
{
    return QSize(keyWidth, keyHeight) * currentTheme().scale;
}

void KeypadKey::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    const bool hover = isEnabled() && underMouse();
    drawBox(painter, rect(),
            {.fill = isDown() || !isEnabled() ? theme.sunken : theme.surface,
             .border = hover ? theme.ink2 : theme.lineStrong});
    const bool digit = text().size() == 1;
    drawText(painter, rect(), theme.font(digit ? 26 : 17, digit),
             isEnabled() ? theme.ink : theme.ink3, text(), Qt::AlignCenter);
}

TouchKeypad::TouchKeypad(QWidget *parent)
    : QWidget(parent)
    , m_clear(new KeypadKey({}, u"Esc"_s, this))
    , m_backspace(new KeypadKey({}, u"Backspace"_s, this))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(keypadGap);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    for (int value = 1; value <= 10; ++value) {
        const QChar shown(u'0' + value % 10);
        auto *key = new KeypadKey(shown, shown, this);
        connect(key, &KeypadKey::pressed, this, [this, shown] { emit digit(shown); });
        grid->addWidget(key, (value - 1) / 3, value == 10 ? 1 : (value - 1) % 3);
    }
    grid->addWidget(m_clear, 3, 0);
    grid->addWidget(m_backspace, 3, 2);
    connect(m_clear, &KeypadKey::pressed, this, &TouchKeypad::cleared);
    connect(m_backspace, &KeypadKey::pressed, this, &TouchKeypad::backspace);
    retranslateUi();
}

void TouchKeypad::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
}

void TouchKeypad::retranslateUi()
{
    //: lk.clear
    m_clear->setText(tr("清空"));
    //: keypad: deletes the last digit
    m_backspace->setText(tr("退格"));
}

} // namespace upgradedesk
