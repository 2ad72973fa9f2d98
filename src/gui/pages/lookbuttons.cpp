#include "gui/pages/lookbuttons.h"

#include "gui/pages/words.h"
#include "gui/theme/theme.h"
#include "gui/widgets/keybutton.h"

#include <QEvent>
#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

LookButtons::LookButtons(QWidget *parent)
    : QWidget(parent)
    , m_language(new KeyButton(this))
    , m_theme(new KeyButton(this))
    , m_textSize(new KeyButton(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (KeyButton *button : {m_textSize, m_language, m_theme}) {
        button->setCompact(true);
        // The window owns the keys: they work on pages without these buttons, too.
        button->setKeyListening(false);
        // Who types a PIN or waits for a card does not pass here with Tab.
        button->setFocusPolicy(Qt::NoFocus);
        row->addWidget(button);
    }
    m_language->setSymbol(Icon::Globe);
    m_theme->setSymbol(Icon::Moon);
    m_language->setShortcut(Qt::CTRL | Qt::Key_L);
    m_theme->setShortcut(Qt::CTRL | Qt::Key_D);
    m_textSize->setShortcut(Qt::CTRL | Qt::Key_Plus);
    connect(m_language, &KeyButton::clicked, this, &LookButtons::languageChosen);
    connect(m_theme, &KeyButton::clicked, this, &LookButtons::themeChosen);
    connect(m_textSize, &KeyButton::clicked, this, &LookButtons::textSizeChosen);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    retranslateUi();
}

void LookButtons::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::StyleChange)
        retranslateUi();
}

void LookButtons::retranslateUi()
{
    const Theme theme = currentTheme();
    // The other language is named in itself, so that who reads only that one finds it.
    m_language->setText(pageLanguage() == Language::Chinese ? u"English"_s : u"中文"_s);
    //: look.dark and look.light: what the button changes to
    m_theme->setText(theme.isDark ? tr("浅色") : tr("深色"));
    //: look.text: text size in per cent
    m_textSize->setText(tr("字号 %1%").arg(qRound(theme.textFactor * 100)));
}

} // namespace upgradedesk
