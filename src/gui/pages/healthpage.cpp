#include "gui/pages/healthpage.h"

#include "core/sentences.h"
#include "gui/pages/words.h"
#include "gui/theme/theme.h"
#include "ui_healthpage.h"

#include <QEvent>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{
namespace
{

constexpr int patience = 3000;
constexpr int longestScale = 3;

std::optional<DayScale::Cell> cellOf(const HealthVerdict &verdict)
{
    if (verdict.abnormal)
        return {};
    if (!verdict.days)
        return DayScale::Cell::NoResult;
    return DayScale::Cell(std::min(*verdict.days, longestScale));
}

/// The two words of our own hubs; another one's stays as it wrote it.
QString sourceText(const QString &source)
{
    if (source.isEmpty() || source == u"service")
        return HealthPage::tr("健康信息服务（中心）");
    if (source == u"file")
        return HealthPage::tr("检测结果导入（中心）");
    return source.left(40);
}

} // namespace

HealthPage::HealthPage(LinkController &controller, QWidget *parent)
    : StepPage(controller, parent)
    , m_ui(std::make_unique<Ui::HealthPage>())
{
    m_ui->setupUi(this);
    m_ui->calm->setSymbol(Icon::Queue);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_late = true;
        emit faceChanged();
    });
    retranslateUi();
}

HealthPage::~HealthPage() = default;

QString HealthPage::pageName() const
{
    return u"health"_s;
}

HealthPage::Face HealthPage::face() const
{
    const LinkState &state = controller().state();
    if (state.healthQuestion != 0)
        return Face::Asking;
    const auto verdict = controller().healthVerdict();
    if (verdict) {
        switch (verdict->entry) {
        case HealthVerdict::Entry::MayEnter:
            return Face::MayEnter;
        case HealthVerdict::Entry::TurnedBack:
            return Face::TurnedBack;
        case HealthVerdict::Entry::TimeNotTrusted:
            return Face::TimeNotTrusted;
        }
    }
    return state.healthTrouble ? Face::Unanswered : Face::Offline;
}

void HealthPage::present(const LinkState &state)
{
    if (std::exchange(m_asked, state.healthQuestion) != state.healthQuestion) {
        m_late = false;
        if (m_asked != 0)
            m_patience.start();
        else
            m_patience.stop();
    }
    const Face face = this->face();
    const bool told = face == Face::MayEnter || face == Face::TurnedBack;
    m_ui->onlineBox->setVisible(told);
    m_ui->offlineBox->setVisible(!told);
    presentHead();
    presentCalm();
    presentFacts();
    presentGate();
    tellOnce();
}

void HealthPage::enter()
{
    m_told = face();
}

/// An answer that arrives by itself is said once.
void HealthPage::tellOnce()
{
    const Face now = face();
    if (std::exchange(m_told, now) != now && isVisible())
        announce(this, m_ui->heading->text() + u' ' + m_ui->badge->word());
    else if (!accessibleName().isEmpty())
        setAccessibleName(m_ui->heading->text());
}

/// 1 天, or why there is no number of days.
QString HealthPage::dayWords() const
{
    const auto verdict = controller().healthVerdict();
    if (!verdict)
        return {};
    if (verdict->abnormal)
        //: health.abnormal
        return tr("健康码异常");
    return verdict->days
               //: health.days
               ? tr("%n 天", nullptr, *verdict->days)
               //: health.none
               : tr("没有结果");
}

void HealthPage::presentHead()
{
    using Result = ResultDisc::Result;
    using State = StateBadge::State;
    const Face face = this->face();
    const bool told = face == Face::MayEnter || face == Face::TurnedBack;
    m_ui->heading->setLargest(told ? u"hero"_s : u"headline"_s);
    m_ui->disc->setResult(face == Face::MayEnter     ? Result::Good
                          : face == Face::TurnedBack ? Result::Stop
                                                     : Result::Pending);
    m_ui->badge->setVisible(face != Face::Asking);
    m_ui->badge->setState(face == Face::MayEnter     ? State::MayEnter
                          : face == Face::TurnedBack ? State::MayNotEnter
                                                     : State::Pending);
    switch (face) {
    case Face::Offline:
    case Face::Unanswered:
        m_ui->sub->setText(face == Face::Offline
                               //: health.off
                               ? tr("中心离线，现在查不到")
                               //: health.silent
                               : tr("中心没有回答，现在查不到"));
        //: health.off.title
        m_ui->heading->setText(tr("先办升级，稍后补查"));
        return;
    case Face::Asking:
        //: health.asking.sub
        m_ui->sub->setText(tr("健康信息服务"));
        //: health.asking
        m_ui->heading->setText(tr("正在查询"));
        return;
    case Face::TimeNotTrusted:
        //: health.time.sub
        m_ui->sub->setText(tr("电脑时间还没有和中心核对过"));
        //: health.time
        m_ui->heading->setText(tr("现在判断不了天数"));
        return;
    case Face::MayEnter:
    case Face::TurnedBack:
        break;
    }
    const auto verdict = controller().healthVerdict();
    m_ui->sub->setText(verdict && verdict->abnormal
                           //: health.code.service
                           ? tr("健康信息服务")
                           : verdict && verdict->days && face == Face::MayEnter
                                 //: health.negative
                                 ? tr("核酸阴性")
                                 //: health.test
                                 : tr("核酸检测"));
    m_ui->heading->setText(dayWords());
}

void HealthPage::presentCalm()
{
    const Face face = this->face();
    m_ui->calm->setVisible(face != Face::Asking);
    m_ui->calm->setKind(face == Face::TimeNotTrusted ? NoticeStrip::Kind::warn
                                                     : NoticeStrip::Kind::pend);
    m_ui->calm->setSymbol(face == Face::TimeNotTrusted ? Icon::Clock : Icon::Queue);
    if (face == Face::TimeNotTrusted) {
        //: health.time.text
        m_ui->calm->setText(tr("结果已经查到，但这台电脑的日期不一定对，不能据此说能不能进站。升级"
                               "照常办，中心会再查一次。"));
        return;
    }
    //: health.off.sub
    QString text = tr("联网后自动上传、自动补查，<b>不用再叫乘客回来</b>。");
    if (m_waiting > 0)
        //: health.off.queue
        text += tr("前面 %n 条。", nullptr, m_waiting);
    m_ui->calm->setMarkup(text);
}

void HealthPage::presentFacts()
{
    const LinkState &state = controller().state();
    const auto verdict = controller().healthVerdict();
    if (!state.health || !verdict) {
        m_ui->scale->setCurrent({});
        return;
    }
    m_ui->scale->setCurrent(cellOf(*verdict));
    //: health.code.bad / health.code.ok
    m_ui->code->setText(verdict->abnormal ? tr("异常") : tr("正常"));
    m_ui->code->setProperty("tone", verdict->abnormal ? u"bad"_s : QString());
    restyle(*m_ui->code);
    m_ui->asked->setText(clockTime(state.healthToldAt, true));
    //: health.seconds
    m_ui->took->setText(tr("%1 秒").arg(double(state.healthTook.count()) / 1000, 0, 'f', 1));
    m_ui->source->setTextFormat(Qt::PlainText);
    m_ui->source->setText(sourceText(state.health->source));
}

void HealthPage::presentGate()
{
    GatePreview &gate = *m_ui->gate;
    const Face face = this->face();
    gate.setLed({});
    gate.setSentence({});
    const bool told = face == Face::MayEnter || face == Face::TurnedBack;
    gate.setGate(face == Face::MayEnter ? GatePreview::Gate::Open : GatePreview::Gate::Closed);
    if (!told) {
        //: gate.pending
        gate.setTitle(tr("上传之前，刷闸机还会提示"));
        gate.setLed(GatePreview::notLinkedSentence());
        //: health.off.walk
        gate.setNote(tr("请乘客这一次走人工通道，出示核酸结果"));
        return;
    }
    //: gate.after
    gate.setTitle(tr("办好以后刷闸机"));
    const auto verdict = controller().healthVerdict();
    if (face == Face::MayEnter) {
        //: gate.open
        gate.setSentence(tr("开闸，流程与以前一样"));
        //: gate.open.note
        gate.setNote(tr("设备自动查验核酸结果；0、1、2 天放行"));
        return;
    }
    const QString code = verdict->abnormal ? u"gate.health-abnormal"_s
                         : verdict->days   ? u"gate.days-exceeded"_s
                                           : u"gate.no-result"_s;
    gate.setSentence(word(code, pageLanguage()));
    //: health.no
    gate.setNote(tr("升级可以办，今天闸机不放行；请先做核酸"));
}

void HealthPage::forget()
{
    m_patience.stop();
    m_asked = 0;
    m_late = false;
    m_ui->scale->setCurrent({});
    for (QLabel *label : {m_ui->code, m_ui->asked, m_ui->took, m_ui->source})
        label->clear();
    setAccessibleName({});
}

void HealthPage::setWaiting(int records)
{
    m_waiting = records;
    present(controller().state());
}

QList<PageAction> HealthPage::secondaryActions()
{
    QList<PageAction> actions{backAction()};
    if (controller().isHubReachable() && face() != Face::Asking)
        //: btn.requery
        actions << PageAction{tr("重新查询"), Qt::ALT | Qt::Key_R,
                              [this] { controller().apply(AskHealthAgain{}); }};
    return actions;
}

PageAction HealthPage::primaryAction()
{
    const auto later = [this] { controller().apply(HealthDeferred{}); };
    switch (face()) {
    case Face::MayEnter:
    case Face::TurnedBack:
        //: btn.next
        return {tr("下一步"), Qt::Key_Return, [this] { controller().apply(HealthSeen{}); }};
    case Face::Asking:
        if (!m_late)
            //: health.asking
            return {tr("正在查询"), Qt::Key_Return, {}, false};
        break;
    case Face::Offline:
    case Face::Unanswered:
    case Face::TimeNotTrusted:
        break;
    }
    //: btn.later
    return {tr("下一步，稍后补查"), Qt::Key_Return, later};
}

bool HealthPage::leadsOn() const
{
    return face() == Face::MayEnter;
}

QString HealthPage::words() const
{
    const auto verdict = controller().healthVerdict();
    switch (face()) {
    case Face::Asking:
        //: say.asking
        return tr("请稍等，正在查您的核酸结果。");
    case Face::MayEnter:
        if (!verdict->days)
            break;
        //: say.health.ok
        return tr("您的核酸是 %n 天，可以进站。\n最后核对一下就办好了。", nullptr, *verdict->days);
    case Face::TurnedBack:
        if (verdict->abnormal)
            //: say.health.abnormal
            return tr("升级可以给您办。\n今天请听工作人员安排，先不进站。");
        return verdict->days
                   //: say.health.days
                   ? tr("您的核酸是 %n 天，升级可以给您办。\n今天请先做核酸再进站。", nullptr,
                        *verdict->days)
                   //: say.health.none
                   : tr("没有查到您的核酸结果，升级可以给您办。\n今天请先做核酸再进站。");
    case Face::Offline:
    case Face::Unanswered:
    case Face::TimeNotTrusted:
        break;
    }
    //: say.offline
    return tr("升级先给您办好。\n这次请走人工通道，下次直接刷卡。");
}

QString HealthPage::hint() const
{
    if (!controller().state().healthCode.isEmpty())
        //: health.code: scanned from the phone of the passenger
        return tr("已扫健康码，随记录交中心核对");
    if (face() != Face::TurnedBack)
        return {};
    return controller().healthVerdict()->abnormal
               //: health.abnormal.hint
               ? tr("健康码异常，请按站内规定劝返；升级照常办")
               //: health.no.hint
               : tr("今天不能进站，请按站内规定劝返；升级照常办");
}

Icon HealthPage::hintIcon() const
{
    return controller().state().healthCode.isEmpty() ? Icon::TurnBack : Icon::Scan;
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
    present(controller().state());
}

} // namespace upgradedesk
