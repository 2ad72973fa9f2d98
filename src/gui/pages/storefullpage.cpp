#include "gui/pages/storefullpage.h"

#include "gui/pages/words.h"
#include "gui/theme/theme.h"
#include "ui_storefullpage.h"

#include <QEvent>
#include <QPainter>

namespace upgradedesk
{

StoreFullPage::StoreFullPage(QWidget *parent)
    : DeskPage(parent)
    , m_ui(std::make_unique<Ui::StoreFullPage>())
{
    m_ui->setupUi(this);
    m_ui->sign->setIcon(Icon::Alert);
    m_ui->sign->setSizes(96, 15);
    m_ui->sign->setTone(Tone::Bad);
    m_ui->again->setShortcut(Qt::Key_Return);
    connect(m_ui->again, &QPushButton::clicked, this, &StoreFullPage::againRequested);
    retranslateUi();
}

StoreFullPage::~StoreFullPage() = default;

void StoreFullPage::focusFirst()
{
    m_ui->again->rearm();
    m_ui->again->setFocus();
}

void StoreFullPage::setArmingTime(int milliseconds)
{
    m_ui->again->setArmingTime(milliseconds);
}

void StoreFullPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    DeskPage::changeEvent(event);
}

void StoreFullPage::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), currentTheme().badSoft);
}

void StoreFullPage::retranslateUi()
{
    m_ui->retranslateUi(this);
    //: err.disk.title
    m_ui->heading->setText(tr("请先停下"));
    m_ui->sub->setText(errorText(Error{ErrorCode::StoreFull, {}, {}}));
}

} // namespace upgradedesk
