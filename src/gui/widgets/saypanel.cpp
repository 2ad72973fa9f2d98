#include "gui/widgets/saypanel.h"

#include "gui/theme/theme.h"
#include "gui/widgets/iconlabel.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

SayPanel::SayPanel(QWidget *parent)
    : QFrame(parent)
    , m_title(new IconLabel(this))
    , m_text(new QLabel(this))
{
    setProperty("panel", u"side"_s);
    m_title->setIcon(Icon::Speaker);
    m_text->setProperty("type", u"body"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setIndent(0);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(21, 17, 21, 17);
    column->setSpacing(10);
    column->addWidget(m_title);
    auto *indented = new QVBoxLayout;
    // Room for the bar at the left, and for the two pixels it stands out above and below.
    indented->setContentsMargins(18, 2, 0, 2);
    indented->addWidget(m_text);
    column->addLayout(indented);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    retranslateUi();
}

void SayPanel::setText(const QString &text)
{
    m_text->setText(text);
    setAccessibleDescription(text);
    update();
}

QString SayPanel::text() const
{
    return m_text->text();
}

void SayPanel::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
}

void SayPanel::paintEvent(QPaintEvent *event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    const QRect text = m_text->geometry();
    painter.fillRect(QRect(text.left() - 18, text.top() - 2, 4, text.height() + 4),
                     currentTheme().accent);
}

void SayPanel::retranslateUi()
{
    //: side.say
    m_title->setText(tr("对乘客说"));
    setAccessibleName(m_title->text());
}

} // namespace upgradedesk
