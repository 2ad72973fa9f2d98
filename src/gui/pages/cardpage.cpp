#include "gui/pages/cardpage.h"

#include "card/catalogue.h"
#include "core/masking.h"
#include "gui/pages/rejections.h"
#include "gui/pages/words.h"
#include "ui_cardpage.h"

#include <QEvent>
#include <QShortcut>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

/// In the order of the segment.
const QStringList &media()
{
    static const QStringList list{u"physical"_s, u"phone"_s, u"wristband"_s, u"commemorative"_s};
    return list;
}

StateBadge::State badgeOf(CardVerdict verdict)
{
    switch (verdict) {
    case CardVerdict::Linkable:
        return StateBadge::State::Pending;
    case CardVerdict::LinkedHere:
        return StateBadge::State::Queued;
    case CardVerdict::Upgraded:
        return StateBadge::State::Upgraded;
    case CardVerdict::Exempt:
        return StateBadge::State::Exempt;
    case CardVerdict::Foreign:
        return StateBadge::State::Foreign;
    case CardVerdict::AppOnly:
        return StateBadge::State::AppOnly;
    case CardVerdict::Refused:
        return StateBadge::State::Refused;
    case CardVerdict::NoNumber:
    case CardVerdict::ReadAgain:
        break;
    }
    return StateBadge::State::Attention;
}

} // namespace

CardPage::CardPage(LinkController &controller, const Catalogue &catalogue, QWidget *parent)
    : StepPage(controller, parent)
    , m_catalogue(catalogue)
    , m_ui(std::make_unique<Ui::CardPage>())
{
    m_ui->setupUi(this);
    m_ui->kindIcon->setSizes(32, 15);
    m_ui->kindIcon->setWell(56);
    m_ui->kindIcon->setStroke(1.8);
    m_ui->kindIcon->setTone(Tone::Ink2);
    m_ui->medium->setCompact(true);
    for (const QString &medium : media())
        m_ui->medium->addChoice(mediumName(medium), {}, mediumIcon(medium));
    connect(m_ui->medium, &Segment::currentChanged, this, &CardPage::chooseMedium);
    for (const auto &[key, by] : {std::pair{Qt::Key_Left, -1}, std::pair{Qt::Key_Right, 1}}) {
        auto *arrow = new QShortcut(key, this);
        arrow->setAutoRepeat(false);
        connect(arrow, &QShortcut::activated, this, [this, by = by] { moveMedium(by); });
        m_arrows.append(arrow);
    }
    retranslateUi();
}

CardPage::~CardPage() = default;

QString CardPage::pageName() const
{
    return u"card"_s;
}

void CardPage::present(const LinkState &state)
{
    if (!state.card)
        return;
    m_ui->kind->setText(productName(m_catalogue, *state.card));
    m_ui->detail->setText(detail(*state.card));
    const bool notYet = state.verdict == CardVerdict::Linkable && state.knowledge.city;
    m_ui->badge->setState(isForApp() ? StateBadge::State::AppOnly
                          : notYet   ? StateBadge::State::NotUpgraded
                                     : badgeOf(state.verdict));
    //: state.asking: the hub is asked now
    m_ui->badge->setWord(state.cardQuestion != 0 ? tr("正在查") : QString());
    presentNumber(*state.card);
    presentMedium(state.medium);
    presentCompare();
    presentGate();
    // What was announced when the card was read follows what is known of it by now.
    if (!accessibleName().isEmpty())
        setAccessibleName(headline());
}

void CardPage::enter()
{
    announce(this, headline());
}

QString CardPage::headline() const
{
    //: Read aloud once when a card was read: kind, state
    return tr("%1，%2").arg(m_ui->kind->text(), m_ui->badge->word());
}

void CardPage::forget()
{
    m_ui->number->clear();
    m_ui->kind->clear();
    m_ui->detail->clear();
    setAccessibleName({});
}

void CardPage::presentNumber(const CardSighting &card)
{
    const bool known = card.outcome == CardSighting::Outcome::Number;
    m_ui->numberLabel->setVisible(known);
    m_ui->number->setVisible(known);
    m_ui->noNumber->setVisible(!known);
    if (known) {
        const CardProduct *product = m_catalogue.product(card.product);
        m_ui->number->setDigitSize(card.number.size() <= 16 ? 60 : 56);
        m_ui->number->setNumber(card.number, product ? product->groups : QList<int>{4, 4, 4, 4, 4});
        return;
    }
    m_ui->number->clear();
    //: card.nonumber
    m_ui->noNumber->setText(controller().state().verdict == CardVerdict::Refused
                                //: card.notread
                                ? tr("没有读取卡里的内容")
                                : tr("认出了这种卡，但读不出卡号"));
}

/// A typed number is compared with the card group by group; the next group is marked.
void CardPage::presentCompare()
{
    const LinkState &state = controller().state();
    const CardProduct *kind = product();
    if (!comparesNow() || kind == nullptr) {
        m_ui->number->setMarks({});
        return;
    }
    int at = 0;
    for (int group = 0; group < state.groupsCompared; ++group)
        at += kind->groups.value(group);
    QList<int> marks;
    for (int i = 0; i < nextGroup().size(); ++i)
        marks << at + i;
    m_ui->number->setMarks(marks);
    //: card.compare
    m_ui->numberLabel->setText(tr("卡号是输入的，请与卡面逐组核对"));
}

/// A card that is not linked here needs no proof of its number.
bool CardPage::comparesNow() const
{
    return choosesMedium() && controller().state().mustCompare();
}

QString CardPage::nextGroup() const
{
    const LinkState &state = controller().state();
    const CardProduct *kind = product();
    int at = 0;
    for (int group = 0; kind && group < state.groupsCompared; ++group)
        at += kind->groups.value(group);
    const int length = kind ? kind->groups.value(state.groupsCompared, -1) : -1;
    return state.card->number.mid(at, length);
}

void CardPage::presentMedium(const QString &medium)
{
    const bool chooses = choosesMedium();
    m_ui->mediumRow->setVisible(chooses);
    for (QShortcut *arrow : std::as_const(m_arrows))
        arrow->setEnabled(chooses);
    const QSignalBlocker blocker(m_ui->medium);
    m_ui->medium->setCurrent(int(media().indexOf(medium)));
    m_ui->kindIcon->setIcon(chooses ? mediumIcon(medium) : Icon::Card);
    m_ui->numberLabel->setText(chooses && medium == u"wristband"
                                   //: card.band
                                   ? tr("手环上没有印卡号，以读到的为准")
                                   //: card.label
                                   : tr("卡号，请与卡面核对"));
}

void CardPage::presentGate()
{
    using Gate = GatePreview::Gate;
    GatePreview &gate = *m_ui->gate;
    const CardVerdict verdict = controller().state().verdict;
    m_ui->gateBox->setVisible(verdict != CardVerdict::NoNumber || isForApp());
    gate.setLed({});
    gate.setSentence({});
    switch (verdict) {
    case CardVerdict::Linkable:
        gate.setGate(Gate::Closed);
        //: gate.now
        gate.setTitle(tr("现在刷闸机，会听到并看到"));
        gate.setLed(GatePreview::notLinkedSentence());
        gate.setNote(notKnownNote());
        return;
    case CardVerdict::LinkedHere:
        gate.setGate(Gate::Closed);
        //: gate.pending
        gate.setTitle(tr("上传之前，刷闸机还会提示"));
        gate.setLed(GatePreview::notLinkedSentence());
        //: done.walk
        gate.setNote(tr("上传之前请走人工通道"));
        return;
    case CardVerdict::Upgraded:
        gate.setGate(Gate::Open);
        //: gate.when
        gate.setTitle(tr("刷闸机时"));
        //: gate.same
        gate.setSentence(tr("流程与以前一样，设备自动查验核酸结果"));
        //: gate.days
        gate.setNote(tr("0、1、2 天放行；其他情况闸门不开，请走人工通道"));
        return;
    case CardVerdict::Exempt:
        gate.setGate(Gate::Open);
        //: gate.when
        gate.setTitle(tr("刷闸机时"));
        //: gate.exempt
        gate.setSentence(tr("刷卡时同步查验核酸检测结果"));
        //: gate.exempt.note
        gate.setNote(tr("0、1、2 天放行；持卡人无需自行升级"));
        return;
    case CardVerdict::Foreign:
    case CardVerdict::AppOnly:
    case CardVerdict::Refused:
    case CardVerdict::NoNumber:
    case CardVerdict::ReadAgain:
        break;
    }
    gate.setGate(Gate::Closed);
    //: gate.when
    gate.setTitle(tr("刷闸机时"));
    //: gate.foreign
    gate.setSentence(tr("查不到健康码信息，不能走自动查验通道"));
    gate.setNote(isForApp()
                     //: card.app.note
                     ? tr("请先在手机上升级；这一次请走人工通道")
                     //: card.foreign.note
                     : tr("本台不能升级此卡；可改用已升级的乘车码，或走人工通道"));
}

/// Under the panel of a card that may be started.
QString CardPage::notKnownNote() const
{
    const LinkState &state = controller().state();
    if (state.knowledge.city)
        //: gate.closed
        return tr("闸门不开·不能走自动查验通道");
    if (state.cardQuestion != 0)
        //: card.asking
        return tr("正在向中心查这张卡，不用等，可以先开始");
    if (controller().isHubReachable())
        //: card.silent
        return tr("中心没有回答，按未升级办理；若已升级，中心会自动合并");
    //: card.unknown
    return tr("离线，按未升级办理；若已升级，中心会自动合并");
}

QString CardPage::detail(const CardSighting &card) const
{
    QStringList parts;
    if (!card.issuer.isEmpty() && card.issuer != m_ui->kind->text())
        parts << card.issuer;
    if (card.outcome == CardSighting::Outcome::Number)
        //: card.digits
        parts << tr("%n 位", nullptr, int(card.number.size()));
    if (controller().state().verdict == CardVerdict::Foreign)
        //: card.foreign.issuer
        parts << tr("发卡方不在本系统");
    //: Between facts of one line, such as issuer and number of digits
    return parts.join(tr("·"));
}

/// Why the card cannot be linked here, as the catalogue says it.
QString CardPage::reason() const
{
    const CardProduct *card = product();
    return card ? card->reason.in(pageLanguage()) : QString();
}

const CardProduct *CardPage::product() const
{
    const auto &card = controller().state().card;
    return card ? m_catalogue.product(card->product) : nullptr;
}

/// A kind without a readable number may still be upgraded in an app.
bool CardPage::isForApp() const
{
    const CardProduct *card = product();
    return card && card->service == CardService::AppOnly;
}

QString CardPage::words() const
{
    switch (controller().state().verdict) {
    case CardVerdict::Linkable:
        if (comparesNow())
            //: say.compare
            return tr("我一组一组念卡号，请您看着卡面，不一样就告诉我。");
        if (controller().state().knowledge.city)
            //: say.new
            return tr("您这张卡还没升级，请出示身份证，大约半分钟就好。");
        //: say.unknown: whether the card is upgraded already is not known here
        return tr("现在给您这张卡办升级，请出示身份证，大约半分钟就好。");
    case CardVerdict::LinkedHere:
        //: say.queued
        return tr("您这张卡已经办好，正等着上传。这次请走人工通道，下次直接刷卡。");
    case CardVerdict::Upgraded:
        //: say.upgraded
        return tr("您的卡已经升级过了，直接刷闸机进站就可以。");
    case CardVerdict::Exempt:
        //: say.exempt
        return tr("您的卡不用升级，直接刷卡进站就行。");
    case CardVerdict::NoNumber:
        if (isForApp())
            break;
        [[fallthrough]];
    case CardVerdict::ReadAgain:
        //: say.nonumber
        return tr("这张卡读不出卡号，这次请走人工通道，出示核酸结果。");
    case CardVerdict::Foreign:
    case CardVerdict::AppOnly:
    case CardVerdict::Refused:
        break;
    }
    return reason();
}

QString CardPage::hint() const
{
    const auto &card = controller().state().card;
    if (card && card->warning == u"application-blocked")
        //: card.blocked
        return tr("卡里的交通应用已停用，请乘客到卡务窗口处理");
    if (const QString returned = returnedNote(); !returned.isEmpty())
        return returned;
    if (comparesNow())
        //: card.compare.hint
        return tr("每组与卡面一样才按 Enter；卡能读了就放上读卡器，不用再核对");
    if (choosesMedium())
        //: card.check
        return tr("先核对卡号和卡的样式，再开始");
    return {};
}

void CardPage::setReturned(const QList<QueueEntry> &entries)
{
    m_returned = entries;
    if (controller().state().step == LinkStep::Card)
        emit faceChanged();
}

/// Only masked numbers are kept, so two cards may look alike: a reminder, no more.
QString CardPage::returnedNote() const
{
    const auto &card = controller().state().card;
    if (!card || card->number.isEmpty())
        return {};
    const QString masked = maskCardNumber(card->number);
    for (const QueueEntry &entry : m_returned) {
        if (entry.maskedNumber == masked)
            //: card.returned: why
            return tr("上次没办成：%1").arg(rejectionTitle(entry.reason));
    }
    return {};
}

bool CardPage::choosesMedium() const
{
    return controller().state().verdict == CardVerdict::Linkable;
}

void CardPage::chooseMedium(int index)
{
    controller().apply(MediumChosen{media().value(index)});
}

void CardPage::moveMedium(int by)
{
    const int index = m_ui->medium->current() + by;
    if (index >= 0 && index < media().size())
        m_ui->medium->setCurrent(index);
}

QList<PageAction> CardPage::secondaryActions()
{
    const LinkState &state = controller().state();
    if (!state.card || !state.card->typed)
        return {endAction()};
    // F5 is the rail's; the button only names it.
    //: card.mend
    PageAction mend{tr("不一样，改卡号"), Qt::Key_F5, [this] { emit numberDoubted(); }};
    mend.borrowsKey = true;
    return {endAction(), mend};
}

PageAction CardPage::primaryAction()
{
    if (controller().state().verdict != CardVerdict::Linkable)
        return nextPassengerAction();
    const LinkState &state = controller().state();
    if (state.mustCompare()) {
        const int group = state.groupsCompared;
        //: card.compare.go: this group of digits is the same on the card
        return {tr("%1 一样").arg(nextGroup()), Qt::Key_Return,
                [this, group] { controller().apply(GroupCompared{group}); }};
    }
    //: card.start
    return {tr("开始升级"), Qt::Key_Return, [this] { controller().apply(StartLink{}); }};
}

bool CardPage::returnsToIdle() const
{
    const CardVerdict verdict = controller().state().verdict;
    return verdict == CardVerdict::Upgraded || verdict == CardVerdict::LinkedHere ||
           verdict == CardVerdict::Exempt;
}

bool CardPage::mayReturnNow() const
{
    return !m_ui->gate->underMouse();
}

QList<QWidget *> CardPage::tabOrder()
{
    return {m_ui->medium};
}

void CardPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    StepPage::changeEvent(event);
}

void CardPage::retranslateUi()
{
    m_ui->retranslateUi(this);
    for (qsizetype i = 0; i < media().size(); ++i)
        m_ui->medium->setChoiceText(int(i), mediumName(media().at(i)));
    //: card.medium, with the keys that choose
    m_ui->mediumLabel->setText(tr("卡的样式　← →"));
    //: help.medium
    m_ui->mediumRow->setProperty("keyHelp", QStringList{u"← →"_s, tr("选卡的样式")});
    present(controller().state());
}

} // namespace upgradedesk
