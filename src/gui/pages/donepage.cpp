#include "gui/pages/donepage.h"

#include "card/catalogue.h"
#include "core/masking.h"
#include "core/sentences.h"
#include "flow/gatedecision.h"
#include "gui/pages/rejections.h"
#include "gui/pages/words.h"
#include "gui/receipttasks.h"
#include "gui/theme/theme.h"
#include "ui_donepage.h"

#include <QEvent>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr double largeText = 1.2;

} // namespace

DonePage::DonePage(LinkController &controller, ReceiptTasks &receipts, const Catalogue &catalogue,
                   QWidget *parent)
    : StepPage(controller, parent)
    , m_receipts(receipts)
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
    const LinkState &state = controller().state();
    if (state.revoked)
        return u"undone"_s;
    if (state.trial)
        return u"trial"_s;
    if (state.judged)
        return state.judged->accepted ? u"confirmed"_s : u"returned"_s;
    return u"done"_s;
}

void DonePage::present(const LinkState &state)
{
    if (!state.card)
        return;
    const CardProduct *product = m_catalogue.product(state.card->product);
    m_ui->number->setDigitSize(state.card->number.size() <= 16 ? 60 : 56);
    m_ui->number->setNumber(state.card->number, product ? product->groups : QList<int>());
    m_ui->gate->setGate(GatePreview::Gate::Closed);
    m_ui->gate->setSentence({});
    m_ui->gate->setLed(GatePreview::notLinkedSentence());
    // A refusal is the passenger's right, not an alarm: no red. Nor is taking back.
    const bool declined = state.step == LinkStep::Declined;
    const bool returned = !declined && !state.revoked && state.judged && !state.judged->accepted;
    m_ui->disc->setVisible(!declined && !state.revoked && !returned);
    m_ui->declined->setVisible(declined || state.revoked || returned);
    m_ui->declined->setIcon(declined ? Icon::Slash : returned ? Icon::Alert : Icon::Undo);
    m_ui->declined->setTone(returned ? Tone::Warn : Tone::Ink2);
    if (declined)
        presentDeclined();
    else if (state.revoked)
        presentUndone(state);
    else if (state.judged && state.judged->accepted)
        presentConfirmed(state);
    else if (state.judged)
        presentReturned(state);
    else
        presentDone(state);
    if (state.trial)
        presentTrial(*state.trial);
}

/// 试刷: what a gate does with this card now, in its own words and no others.
void DonePage::presentTrial(const TrialTap &trial)
{
    const bool notLinked = trial.answer.code == u"not-linked";
    GatePreview &gate = *m_ui->gate;
    gate.setGate(trial.answer.decision == GateAnswer::Decision::Pass ? GatePreview::Gate::Open
                                                                     : GatePreview::Gate::Closed);
    gate.setLed(notLinked ? GatePreview::notLinkedSentence() : QString());
    gate.setSentence(notLinked ? QString() : gateMessage(trial.answer.code).in(pageLanguage()));
    //: done.trial
    gate.setTitle(tr("试刷：现在刷闸机，就是这样"));
    if (trial.question != 0)
        //: done.trial.asking
        gate.setNote(tr("按本台所知；正在问中心"));
    else if (trial.fromHub)
        //: done.trial.hub
        gate.setNote(tr("中心刚刚的回答"));
    else
        //: done.trial.here
        gate.setNote(tr("按本台所知"));
}

/// The hub has the link: from now on the gate knows the card.
void DonePage::presentConfirmed(const LinkState &state)
{
    //: done.title
    m_ui->heading->setText(tr("升级完成"));
    //: done.hub: masked name, time
    m_ui->sub->setText(tr("%1，%2 中心已确认")
                           .arg(maskName(state.holder->name), clockTime(state.judged->at, true)));
    m_ui->badge->setState(StateBadge::State::Upgraded);
    showSlip(state);
    GatePreview &gate = *m_ui->gate;
    gate.setLed({});
    const auto verdict = controller().healthVerdict();
    const bool turnedBack =
        !state.healthDeferred && verdict && verdict->entry == HealthVerdict::Entry::TurnedBack;
    //: gate.now.short
    gate.setTitle(tr("现在刷闸机"));
    if (turnedBack) {
        const QString code = verdict->abnormal ? u"gate.health-abnormal"_s
                             : verdict->days   ? u"gate.days-exceeded"_s
                                               : u"gate.no-result"_s;
        gate.setSentence(word(code, pageLanguage()));
        //: gate.nomore
        gate.setNote(noMoreSentence());
        return;
    }
    gate.setGate(GatePreview::Gate::Open);
    const bool enters =
        !state.healthDeferred && verdict && verdict->entry == HealthVerdict::Entry::MayEnter;
    gate.setSentence(enters
                         //: gate.open
                         ? tr("开闸，流程与以前一样")
                         //: gate.same
                         : tr("流程与以前一样，设备自动查验核酸结果"));
    const QString days = enters
                             //: gate.open.note
                             ? tr("设备自动查验核酸结果；0、1、2 天放行")
                             //: gate.days
                             : tr("0、1、2 天放行；其他情况闸门不开，请走人工通道");
    // At the largest text there is room for one of the two.
    const bool roomy = currentTheme().textFactor < largeText;
    gate.setNote(roomy ? days + u'\n' + noMoreSentence() : days);
}

QString DonePage::noMoreSentence()
{
    //: gate.nomore: the sentence on the gate, always in Chinese
    return tr("不会再提示「%1」").arg(GatePreview::notLinkedSentence());
}

/// The hub refused it while the passenger still stands here.
void DonePage::presentReturned(const LinkState &state)
{
    //: returned.title
    m_ui->heading->setText(tr("中心退回了"));
    const QString &reason = state.judged->reason;
    m_ui->sub->setText(rejectionTitle(reason));
    m_ui->badge->setState(StateBadge::State::Attention);
    showSlip(state);
    //: gate.now
    m_ui->gate->setTitle(tr("现在刷闸机，会听到并看到"));
    if (reason == u"card-linked-to-other" || reason == u"product-exempt") {
        // The gate knows this card, by somebody else or by its kind.
        m_ui->gate->setTitle(tr("现在刷闸机"));
        m_ui->gate->setLed({});
        m_ui->gate->setSentence(rejectionGate(reason, u"link"_s));
    }
    //: returned.note
    m_ui->gate->setNote(tr("已转到待处理（F8），按那里的步骤改；这一次请走人工通道"));
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
    const bool trial = controller().state().trial.has_value();
    announce(this, trial ? m_ui->gate->accessibleDescription() : m_ui->heading->text());
}

void DonePage::forget()
{
    m_ui->number->clear();
    m_ui->card->clear();
    m_ui->slip->clear();
}

/// What was refused needs somebody to look at it.
bool DonePage::returnsToIdle() const
{
    const LinkState &state = controller().state();
    // Whoever waits for the paper reads on; a card starts the next passenger all the same.
    if (isPrinting())
        return false;
    return state.revoked || !state.judged || state.judged->accepted;
}

bool DonePage::mayReturnNow() const
{
    return !m_ui->gate->underMouse();
}

QList<PageAction> DonePage::secondaryActions()
{
    if (!m_receipts.hasPrinter() || !controller().state().committed)
        return {};
    return {receiptAction()};
}

bool DonePage::isPrinting() const
{
    const auto &committed = controller().state().committed;
    return committed && m_receipts.standOf(committed->record) == ReceiptTasks::Stand::Printing;
}

PageAction DonePage::receiptAction() const
{
    const LinkState &state = controller().state();
    const QString record = state.committed->record;
    PageAction action;
    action.key = Qt::ALT | Qt::Key_P;
    // Another passenger's slip may still be on its way out.
    action.enabled = !m_receipts.isPrinting();
    switch (m_receipts.standOf(record)) {
    case ReceiptTasks::Stand::None:
        //: btn.receipt
        action.text = tr("打印回执");
        break;
    case ReceiptTasks::Stand::Printing:
        //: btn.receipt.printing
        action.text = tr("正在打印回执");
        break;
    case ReceiptTasks::Stand::Printed:
    case ReceiptTasks::Stand::Failed:
        //: btn.receipt.again
        action.text = tr("重新打印");
        break;
    }
    // In the language in which the passenger was asked.
    const bool english = state.consent && state.consent->language == u"en";
    action.run = [this, record, english] {
        m_receipts.print(record, english ? Language::English : Language::Chinese);
    };
    return action;
}

QString DonePage::hint() const
{
    const LinkState &state = controller().state();
    if (state.step == LinkStep::Declined || state.revoked || state.trial)
        return {};
    //: done.try
    return tr("请乘客把这张卡再放一次，就能看到闸机会怎样（试刷）");
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
    const auto &judged = controller().state().judged;
    if (judged && judged->accepted) {
        const auto verdict = controller().healthVerdict();
        if (verdict && verdict->entry == HealthVerdict::Entry::TurnedBack)
            //: say.done.no
            return tr("升级办好了。\n今天闸机还不放行，请先做核酸。");
        //: say.done
        return tr("好了，现在就可以刷卡进站，\n和以前一样刷。");
    }
    if (judged)
        //: say.returned
        return tr("刚才这一笔中心没有收下，\n请再核对一下，我给您重办。");
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
