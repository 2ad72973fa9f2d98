#include "gui/pages/healthpage.h"

#include "ui_healthpage.h"

#include <QEvent>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

HealthPage::HealthPage(LinkController &controller, QWidget *parent)
    : StepPage(controller, parent)
    , m_ui(std::make_unique<Ui::HealthPage>())
{
    m_ui->setupUi(this);
    m_ui->disc->setResult(ResultDisc::Result::Pending);
    m_ui->badge->setState(StateBadge::State::Pending);
    m_ui->calm->setKind(NoticeStrip::Kind::pend);
    m_ui->calm->setSymbol(Icon::Queue);
    m_ui->gate->setGate(GatePreview::Gate::Closed);
    retranslateUi();
}

HealthPage::~HealthPage() = default;

QString HealthPage::pageName() const
{
    return u"health"_s;
}

void HealthPage::present(const LinkState &)
{
    //: health.off.sub
    QString text = tr("联网后自动上传、自动补查，<b>不用再叫乘客回来</b>。");
    if (m_waiting > 0)
        //: health.off.queue
        text += tr("前面 %n 条。", nullptr, m_waiting);
    m_ui->calm->setMarkup(text);
}

void HealthPage::forget() {}

void HealthPage::setWaiting(int records)
{
    m_waiting = records;
    present(controller().state());
}

QList<PageAction> HealthPage::secondaryActions()
{
    return {backAction()};
}

PageAction HealthPage::primaryAction()
{
    //: btn.later
    return {tr("下一步，稍后补查"), Qt::Key_Return,
            [this] { controller().apply(HealthDeferred{}); }};
}

QString HealthPage::words() const
{
    //: say.offline
    return tr("升级先给您办好。\n这次请走人工通道，下次直接刷卡。");
}

void HealthPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    StepPage::changeEvent(event);
}

void HealthPage::retranslateUi()
{
    m_ui->retranslateUi(this);
    //: gate.pending
    m_ui->gate->setTitle(tr("上传之前，刷闸机还会提示"));
    m_ui->gate->setLed(GatePreview::notLinkedSentence());
    //: health.off.walk
    m_ui->gate->setNote(tr("请乘客这一次走人工通道，出示核酸结果"));
    present(controller().state());
}

} // namespace upgradedesk
