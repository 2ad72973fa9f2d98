#include "gui/starttrouble.h"

#include "gui/pages/words.h"
#include "gui/theme/theme.h"
#include "gui/widgets/iconlabel.h"
#include "gui/widgets/keybutton.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

StartTrouble::StartTrouble(const Error &error)
    : m_error(error)
    , m_heading(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_end(new KeyButton(this))
{
    auto *sign = new IconLabel(this);
    sign->setIcon(Icon::Alert);
    sign->setSizes(96, 15);
    sign->setTone(Tone::Bad);
    m_heading->setProperty("type", u"headline"_s);
    m_heading->setAlignment(Qt::AlignCenter);
    m_sentence->setObjectName(u"sub"_s);
    m_sentence->setProperty("type", u"sub"_s);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_end->setRole(KeyButton::Role::primary);
    m_end->setShortcut(Qt::Key_Escape);
    connect(m_end, &QPushButton::clicked, this, &StartTrouble::ended);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(24);
    column->addStretch();
    column->addWidget(sign, 0, Qt::AlignHCenter);
    column->addWidget(m_heading);
    column->addWidget(m_sentence);
    column->addStretch();
    column->addWidget(m_end, 0, Qt::AlignRight);
    retranslateUi();
}

void StartTrouble::retranslateUi()
{
    //: app.title
    setWindowTitle(tr("票务升级服务台"));
    m_heading->setText(tr("现在不能开始"));
    m_sentence->setText(errorText(m_error));
    //: btn.end
    m_end->setText(tr("结束"));
}

void StartTrouble::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    QWidget::changeEvent(event);
}

void StartTrouble::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), currentTheme().badSoft);
}

} // namespace upgradedesk
