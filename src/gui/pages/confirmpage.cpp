#include "gui/pages/confirmpage.h"

#include "card/catalogue.h"
#include "core/clock.h"
#include "core/masking.h"
#include "flow/rules.h"
#include "gui/pages/words.h"
#include "identity/documentkinds.h"
#include "ui_confirmpage.h"

#include <QEvent>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

ConfirmPage::ConfirmPage(LinkController &controller, const Catalogue &catalogue,
                         const DocumentKinds &kinds, const Rules &rules, const Clock &clock,
                         QWidget *parent)
    : StepPage(controller, parent)
    , m_catalogue(catalogue)
    , m_kinds(kinds)
    , m_rules(rules)
    , m_clock(clock)
    , m_ui(std::make_unique<Ui::ConfirmPage>())
{
    m_ui->setupUi(this);
    m_ui->holder->setIcon(Icon::User);
    m_ui->consent->setIcon(Icon::Document);
    m_ui->health->setIcon(Icon::Shield);
    m_ui->cards->setIcon(Icon::Card);
    present(controller.state());
}

ConfirmPage::~ConfirmPage() = default;

QString ConfirmPage::pageName() const
{
    return u"confirm"_s;
}

void ConfirmPage::present(const LinkState &state)
{
    //: confirm.holder
    m_ui->holder->setLabel(tr("乘客"));
    //: confirm.consent
    m_ui->consent->setLabel(tr("授权"));
    //: confirm.health
    m_ui->health->setLabel(tr("核酸"));
    //: confirm.cards
    m_ui->cards->setLabel(tr("名下卡片"));
    presentHealth(state);
    presentCards(state);
    if (!state.card || !state.holder || !state.consent)
        return;

    const CardProduct *product = m_catalogue.product(state.card->product);
    m_ui->number->setDigitSize(state.card->number.size() <= 16 ? 60 : 56);
    m_ui->number->setNumber(state.card->number, product ? product->groups : QList<int>());
    //: confirm.card: kind, what the passenger holds, digits
    m_ui->card->setText(tr("%1，%2，%n 位", nullptr, int(state.card->number.size()))
                            .arg(productName(m_catalogue, *state.card), mediumName(state.medium)));
    const QString holder = maskName(state.holder->name);
    m_ui->holder->setValue(state.guardian
                               //: confirm.guardian
                               ? tr("%1，监护人 %2").arg(holder, maskName(state.guardian->name))
                               : holder);
    m_ui->holder->setRight(maskDocumentNumber(state.holder->documentNumber));
    //: confirm.agreed
    m_ui->consent->setValue(tr("已同意 告知书第 %1 版").arg(state.consent->version));
    m_ui->consent->setRight(
        //: confirm.by
        tr("%1 工作人员记录").arg(clockTime(state.consent->at)), Tone::Ink2);
}

void ConfirmPage::presentHealth(const LinkState &state)
{
    const auto verdict = controller().healthVerdict();
    const bool told =
        !state.healthDeferred && verdict && verdict->entry != HealthVerdict::Entry::TimeNotTrusted;
    m_ui->health->setPending(!told);
    if (!told) {
        //: state.pend
        m_ui->health->setValue(tr("待补查"));
        if (controller().isHubReachable())
            //: health.later.hub
            m_ui->health->setRight(tr("由中心补查"), Tone::Pend, Icon::Hub);
        else
            //: health.off.short
            m_ui->health->setRight(tr("中心离线"), Tone::Pend, Icon::HubOff);
        return;
    }
    const bool enters = verdict->entry == HealthVerdict::Entry::MayEnter;
    m_ui->health->setValue(verdict->abnormal
                               //: health.abnormal
                               ? tr("健康码异常")
                               : !verdict->days
                                     //: health.none
                                     ? tr("没有结果")
                                     : enters
                                           //: confirm.health
                                           ? tr("阴性，%n 天", nullptr, *verdict->days)
                                           //: health.days
                                           : tr("%n 天", nullptr, *verdict->days));
    if (enters)
        //: health.enters
        m_ui->health->setRight(tr("可以进站"), Tone::Ok, Icon::Check);
    else
        //: health.stays
        m_ui->health->setRight(tr("今天不能进站"), Tone::Bad, Icon::TurnBack);
}

/// The three limits beside what the person has; a number of cards is nothing without its limit.
void ConfirmPage::presentCards(const LinkState &state)
{
    m_ui->cards->setPending(!state.personStatus);
    if (!state.personStatus) {
        //: confirm.cards.hub
        m_ui->cards->setValue(tr("待中心核对"));
        if (controller().isHubReachable())
            //: confirm.cards.upload
            m_ui->cards->setRight(tr("上传时核对"), Tone::Pend, Icon::Hub);
        else
            //: health.off.short
            m_ui->cards->setRight(tr("中心离线"), Tone::Pend, Icon::HubOff);
        return;
    }
    const PersonStatus &status = *state.personStatus;
    const Limits &limits = m_rules.limits(beijingDate(m_clock.now()));
    const auto of = [](int count, int limit) { return u"%1 / %2"_s.arg(count).arg(limit); };
    //: confirm.cards: physical, phone, made for others; each with its limit
    m_ui->cards->setValue(tr("实体卡 %1，手机卡 %2，代办 %3")
                              .arg(of(status.physical, limits.physicalPerPerson),
                                   of(status.phone, limits.phonePerPerson),
                                   of(status.asAgent, limits.cardsPerAgent)));
    QStringList endings;
    for (const CardOfPerson &card : status.cards)
        endings << card.lastFour;
    //: confirm.cards.ok / confirm.cards.endings: last four digits of the person's other cards
    m_ui->cards->setRight(endings.isEmpty() ? tr("可办这张")
                                            : tr("已有 %1").arg(endings.join(u' ')),
                          Tone::Ok, Icon::Check);
}

void ConfirmPage::forget()
{
    m_ui->number->clear();
    m_ui->card->clear();
    m_ui->holder->setValue({});
    m_ui->holder->setRight({});
    m_ui->cards->setValue({});
    m_ui->cards->setRight({});
    m_ui->health->setValue({});
    m_ui->health->setRight({});
}

QList<PageAction> ConfirmPage::secondaryActions()
{
    if (controller().state().step == LinkStep::Committing)
        return {};
    return {backAction(),
            //: btn.edit.card
            {tr("改卡片"), Qt::ALT | Qt::Key_1,
             [this] { controller().apply(GoToStep{LinkStep::Card}); }},
            //: btn.edit.id
            {tr("改证件"), Qt::ALT | Qt::Key_2,
             [this] { controller().apply(GoToStep{LinkStep::Document}); }}};
}

PageAction ConfirmPage::primaryAction()
{
    if (controller().state().step == LinkStep::Committing)
        //: confirm.saving
        return {tr("正在保存"), Qt::Key_Return, {}, false};
    //: confirm.go
    return {tr("确认升级"), Qt::Key_Return, [this] { controller().apply(ConfirmLink{}); }};
}

QString ConfirmPage::words() const
{
    //: say.confirm
    return tr("请看一下卡号和姓名，\n没问题我就确认了。");
}

int ConfirmPage::undoMinutes() const
{
    return m_rules.limits(beijingDate(m_clock.now())).undoMinutes;
}

Icon ConfirmPage::hintIcon() const
{
    return undoMinutes() > 0 ? Icon::Undo : Icon::Info;
}

QString ConfirmPage::hint() const
{
    if (const int minutes = undoMinutes(); minutes > 0)
        //: confirm.undo
        return tr("确认后 %n 分钟内可撤销", nullptr, minutes);
    //: confirm.saved
    return tr("确认后先存在本机，联网后自动上传");
}

void ConfirmPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        present(controller().state());
    StepPage::changeEvent(event);
}

} // namespace upgradedesk
