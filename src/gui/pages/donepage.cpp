#include "gui/pages/donepage.h"

#include "card/catalogue.h"
#include "core/masking.h"
#include "gui/pages/words.h"
#include "ui_donepage.h"

#include <QEvent>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

DonePage::DonePage(LinkController &controller, const Catalogue &catalogue, QWidget *parent)
    : StepPage(controller, parent)
    , m_catalogue(catalogue)
    , m_ui(std::make_unique<Ui::DonePage>())
{
    m_ui->setupUi(this);
    m_ui->declined->setIcon(Icon::Slash);
    m_ui->declined->setSizes(48, 15);
    m_ui->declined->setWell(96);
    m_ui->declined->setTone(Tone::Ink2);
    m_ui->disc->setResult(ResultDisc::Result::Done);
    m_ui->gate->setLarge(true);
    m_ui->gate->setGate(GatePreview::Gate::Closed);
}

DonePage::~DonePage() = default;

QString DonePage::pageName() const
{
    if (controller().state().step == LinkStep::Declined)
        return u"declined"_s;
    return controller().state().revoked ? u"undone"_s : u"done"_s;
}

void DonePage::present(const LinkState &state)
{
    if (!state.card)
        return;
    const CardProduct *product = m_catalogue.product(state.card->product);
    m_ui->number->setDigitSize(state.card->number.size() <= 16 ? 60 : 56);
    m_ui->number->setNumber(state.card->number, product ? product->groups : QList<int>());
    m_ui->gate->setLed(GatePreview::notLinkedSentence());
    // A refusal is the passenger's right, not an alarm: no red. Nor is taking back.
    const bool declined = state.step == LinkStep::Declined;
    m_ui->disc->setVisible(!declined && !state.revoked);
    m_ui->declined->setVisible(declined || state.revoked);
    m_ui->declined->setIcon(declined ? Icon::Slash : Icon::Undo);
    if (declined)
        presentDeclined();
    else if (state.revoked)
        presentUndone(state);
    else
        presentDone(state);
}

void DonePage::presentDone(const LinkState &state)
{
    //: done.title
    m_ui->heading->setText(tr("升级完成"));
    //: done.queued
    m_ui->sub->setText(tr("已保存，联网后自动上传"));
    m_ui->badge->setState(StateBadge::State::Queued);
    showSlip(state);
    //: gate.pending
    m_ui->gate->setTitle(tr("上传之前，刷闸机还会提示"));
    //: done.walk
    m_ui->gate->setNote(tr("上传之前请走人工通道"));
}

void DonePage::showSlip(const LinkState &state)
{
    //: confirm.card: kind, what the passenger holds, digits
    m_ui->card->setText(tr("%1，%2，%n 位", nullptr, int(state.card->number.size()))
                            .arg(productName(m_catalogue, *state.card), mediumName(state.medium)));
    if (state.committed && state.holder) {
        m_ui->slip->setText(
            //: done.slip: masked name, time, number of the slip
            tr("%1，%2，第 %3 号")
                .arg(maskName(state.holder->name), clockTime(state.committed->at, true),
                     QString::number(state.committed->slip)));
    }
}

/// The link was never with the hub as far as this desk knows, so the gate says what it said before.
void DonePage::presentUndone(const LinkState &state)
{
    //: undone.title
    m_ui->heading->setText(tr("已撤销"));
    //: undone.sub
    m_ui->sub->setText(tr("这次升级不算，联网后自动告知中心"));
    m_ui->badge->setState(StateBadge::State::NotUpgraded);
    showSlip(state);
    //: gate.now
    m_ui->gate->setTitle(tr("现在刷闸机，会听到并看到"));
    //: gate.closed
    m_ui->gate->setNote(tr("闸门不开·不能走自动查验通道"));
}

void DonePage::presentDeclined()
{
    //: declined.title
    m_ui->heading->setText(tr("没有关联"));
    //: consent.declined
    m_ui->sub->setText(tr("不关联，卡片保持未升级。可以走人工通道。"));
    m_ui->badge->setState(StateBadge::State::NotUpgraded);
    m_ui->card->setText(productName(m_catalogue, *controller().state().card));
    //: declined.nothing
    m_ui->slip->setText(tr("没有保存任何信息"));
    //: gate.now
    m_ui->gate->setTitle(tr("现在刷闸机，会听到并看到"));
    //: gate.closed
    m_ui->gate->setNote(tr("闸门不开·不能走自动查验通道"));
}

void DonePage::enter()
{
    announce(this, m_ui->heading->text());
}

void DonePage::forget()
{
    m_ui->number->clear();
    m_ui->card->clear();
    m_ui->slip->clear();
}

bool DonePage::mayReturnNow() const
{
    return !m_ui->gate->underMouse();
}

QList<PageAction> DonePage::secondaryActions()
{
    return {};
}

PageAction DonePage::primaryAction()
{
    return nextPassengerAction();
}

QString DonePage::words() const
{
    if (controller().state().step == LinkStep::Declined)
        //: say.declined
        return tr("没关系，您的卡和以前一样。\n请走人工通道，出示核酸结果。");
    if (controller().state().revoked)
        //: say.undone
        return tr("刚才的升级已经撤销，您的卡和以前一样。\n请走人工通道，出示核酸结果。");
    //: say.done.queued
    return tr("好了，已经保存。\n这次请走人工通道，下次直接刷卡。");
}

void DonePage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        present(controller().state());
        if (!accessibleName().isEmpty())
            setAccessibleName(m_ui->heading->text());
    }
    StepPage::changeEvent(event);
}

} // namespace upgradedesk
