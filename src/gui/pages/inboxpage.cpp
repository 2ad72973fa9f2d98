#include "gui/pages/inboxpage.h"

#include "core/clock.h"
#include "gui/desktasks.h"
#include "gui/pages/queuetable.h"
#include "gui/pages/rejections.h"
#include "gui/pages/words.h"
#include "ui_inboxpage.h"

#include <QEvent>
#include <QLayout>

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

constexpr auto inboxAnswerTime = 3s;

/// In fours, as most cards are printed; a masked number tells no kind.
const QList<int> &maskedGroups()
{
    static const QList<int> groups{4, 4, 4, 4, 4};
    return groups;
}

} // namespace

InboxPage::InboxPage(DeskTasks &tasks, const Clock &clock, QWidget *parent)
    : DeskPage(parent)
    , m_tasks(tasks)
    , m_clock(clock)
    , m_ui(std::make_unique<Ui::InboxPage>())
{
    m_ui->setupUi(this);
    m_ui->emptySign->setIcon(Icon::CheckCircle);
    m_ui->emptySign->setSizes(64, 15);
    m_ui->emptySign->setTone(Tone::Ok);
    m_ui->gateNow->setProperty("tone", u"warn"_s);
    for (RowLine *step : {m_ui->step1, m_ui->step2, m_ui->step3})
        step->setLook(RowLine::Look::Step);
    m_ui->back->setBorrowedKey(Qt::Key_F2);
    m_ui->drop->setShortcut(Qt::Key_Delete);
    m_ui->primary->setShortcut(Qt::Key_Return);
    connect(m_ui->back, &QPushButton::clicked, this, &InboxPage::left);
    connect(m_ui->drop, &QPushButton::clicked, this, [this] {
        if (const QueueEntry *entry = m_ui->list->chosen())
            setVoid(entry->record, true);
    });
    connect(m_ui->primary, &QPushButton::clicked, this, &InboxPage::fix);
    connect(m_ui->notice, &NoticeStrip::actionTriggered, this,
            [this] { setVoid(m_voided, false); });
    connect(m_ui->list, &InboxList::chosenChanged, this, [this] {
        m_ui->primary->rearm();
        showChosen();
    });
    connect(&m_tasks, &DeskTasks::inboxChanged, this, [this] {
        m_asked.stop();
        // Told as done only now that the store has answered.
        if (!m_voiding.isEmpty())
            m_voided = std::exchange(m_voiding, {});
        showEntries();
    });
    connect(&m_tasks, &DeskTasks::troubleTold, this, [this](const Error &error) {
        m_asked.stop();
        m_trouble = error;
        m_voided.clear();
        m_voiding.clear();
        showNotice();
        showActions();
        if (isVisible())
            announce(m_ui->notice, m_ui->notice->text());
    });
    m_asked.setSingleShot(true);
    m_asked.setInterval(inboxAnswerTime);
    connect(&m_asked, &QTimer::timeout, this, &InboxPage::showActions);
    retranslateUi();
}

InboxPage::~InboxPage() = default;

void InboxPage::focusFirst()
{
    m_trouble.reset();
    emit m_tasks.refreshWanted();
    showEntries();
    m_ui->primary->rearm();
    (m_tasks.inbox().isEmpty() ? static_cast<QWidget *>(m_ui->back) : m_ui->list)->setFocus();
}

QList<QWidget *> InboxPage::tabOrder() const
{
    return QList<QWidget *>{m_ui->list} + m_ui->notice->tabOrder() +
           QList<QWidget *>{m_ui->back, m_ui->drop, m_ui->primary};
}

void InboxPage::setArmingTime(int milliseconds)
{
    m_ui->primary->setArmingTime(milliseconds);
}

void InboxPage::forget()
{
    m_voided.clear();
    m_voiding.clear();
    m_voidedLastFour.clear();
    m_trouble.reset();
    showNotice();
}

void InboxPage::showEntries()
{
    const bool empty = m_tasks.inbox().isEmpty();
    const bool wasEmpty = !m_ui->list->chosen();
    m_ui->list->setVisible(!empty);
    m_ui->moves->setVisible(m_tasks.inbox().size() > 1);
    m_ui->detail->setVisible(!empty);
    m_ui->empty->setVisible(empty);
    m_ui->badge->setVisible(!empty);
    m_ui->badge->setState(StateBadge::State::Attention);
    //: ix.count
    m_ui->badge->setWord(tr("%n 条待处理", nullptr, int(m_tasks.inbox().size())));
    m_ui->list->setEntries(m_tasks.inbox(), m_clock.now());
    showNotice();
    showChosen();
    // The panel has its height only after it was shown.
    QMetaObject::invokeMethod(this, &InboxPage::fitDetail, Qt::QueuedConnection);
    // What had the focus may be gone with the last entry, and keys are for the first one that
    // comes.
    if (isVisible() && empty != wasEmpty)
        (empty ? static_cast<QWidget *>(m_ui->back) : m_ui->list)->setFocus();
}

void InboxPage::showChosen()
{
    showActions();
    const QueueEntry *entry = m_ui->list->chosen();
    if (!entry)
        return;
    m_ui->title->setText(rejectionTitle(entry->reason));
    // The word of the hub, for whoever is asked for help; never as markup.
    m_ui->when->setTextFormat(Qt::PlainText);
    const QString code = entry->reason.left(40);
    m_ui->when->setText(entry->judged.isValid()
                            //: ix.when: time, code
                            ? tr("中心退回 %1，%2").arg(clockTime(entry->judged), code)
                            //: ix.code
                            : tr("中心退回，%1").arg(code));
    m_ui->text->setText(rejectionText(entry->reason));
    m_ui->number->setNumber(entry->maskedNumber, maskedGroups());
    showFacts(*entry);
    showSteps(*entry);
    setAccessibleName(m_ui->title->text());
    fitDetail();
}

/// Large text needs more room than there is: first the number goes, whose end stands in the list
/// too, then the heading of the steps.
void InboxPage::fitDetail()
{
    m_ui->number->show();
    m_ui->how->show();
    QLayout &layout = *m_ui->detail->layout();
    for (QWidget *part : std::initializer_list<QWidget *>{m_ui->number, m_ui->how}) {
        layout.invalidate();
        if (layout.totalHeightForWidth(m_ui->detail->width()) <= m_ui->detail->height())
            return;
        part->hide();
    }
}

void InboxPage::resizeEvent(QResizeEvent *event)
{
    DeskPage::resizeEvent(event);
    // After the layouts have taken the new size.
    QMetaObject::invokeMethod(this, &InboxPage::fitDetail, Qt::QueuedConnection);
}

void InboxPage::showFacts(const QueueEntry &entry)
{
    m_ui->holder->setText(entry.maskedName.isEmpty() ? u"—"_s : entry.maskedName);
    //: ix.made: kind, operator, day and time, number of the slip
    m_ui->made->setText(tr("%1，%2，%3，第 %4 号")
                            .arg(kindWord(entry.kind), entry.operatorName,
                                 toBeijing(entry.at).toString(u"yyyy-MM-dd HH:mm"_s),
                                 QString::number(entry.slip)));
    m_ui->gateNow->setText(rejectionGate(entry.reason, entry.kind));
}

void InboxPage::showSteps(const QueueEntry &entry)
{
    const bool redo = fixOf(entry.reason) == Fix::Redo;
    m_ui->step2->setVisible(redo);
    m_ui->step1->setNumber(1, Tone::Accent);
    m_ui->step2->setNumber(2, Tone::Accent);
    m_ui->step3->setNumber(redo ? 3 : 2, Tone::Accent);
    m_ui->step1->setLabel(redo
                              //: ix.here
                              ? tr("乘客还在")
                              //: ix.do
                              : tr("怎么办"));
    m_ui->step1->setValue(rejectionFix(entry.reason));
    //: ix.gone
    m_ui->step2->setLabel(tr("乘客已走"));
    //: ix.gone.text
    m_ui->step2->setValue(tr("先留着，乘客再来刷卡时会提醒"));
    //: ix.drop
    m_ui->step3->setLabel(tr("不办了"));
    //: ix.drop.text
    m_ui->step3->setValue(tr("作废这条；卡片和关联都不变"));
}

void InboxPage::showNotice()
{
    NoticeStrip &notice = *m_ui->notice;
    notice.setAction({}, {});
    notice.setVisible(m_trouble || !m_voided.isEmpty());
    // Beside the empty page the column stands only for what was just done.
    m_ui->listBox->setVisible(!m_tasks.inbox().isEmpty() || m_trouble || !m_voided.isEmpty());
    if (m_trouble) {
        notice.setKind(NoticeStrip::Kind::warn);
        notice.setText(errorText(*m_trouble));
        return;
    }
    if (m_voided.isEmpty())
        return;
    notice.setKind(NoticeStrip::Kind::info);
    //: ix.dropped
    notice.setText(tr("已作废，尾号 %1").arg(m_voidedLastFour));
    //: btn.undo
    notice.setAction(tr("撤销"), Qt::CTRL | Qt::Key_Z);
}

void InboxPage::showActions()
{
    const QueueEntry *entry = m_ui->list->chosen();
    //: q.back
    m_ui->back->setText(tr("返回办理"));
    //: ix.drop.go
    m_ui->drop->setText(tr("作废，可撤销"));
    const Fix fix = entry ? fixOf(entry->reason) : Fix::Redo;
    m_ui->drop->setVisible(entry && (fix == Fix::Redo || fix == Fix::Retry));
    m_ui->primary->setVisible(entry);
    for (KeyButton *button : {m_ui->drop, m_ui->primary}) {
        // It would hand the focus on to something outside of the page.
        if (button->hasFocus() && isBusy())
            m_ui->list->setFocus();
        button->setEnabled(!isBusy());
    }
    switch (fix) {
    case Fix::Redo:
        //: ix.fix.redo
        m_ui->primary->setText(tr("重新办理"));
        break;
    case Fix::Retry:
        //: ix.again
        m_ui->primary->setText(tr("再传一次"));
        break;
    case Fix::Void:
        m_ui->primary->setText(tr("作废，可撤销"));
        break;
    case Fix::Acknowledge:
        //: ix.fix.known
        m_ui->primary->setText(tr("知道了"));
        break;
    }
}

void InboxPage::fix()
{
    const QueueEntry *entry = m_ui->list->chosen();
    if (!entry)
        return;
    switch (fixOf(entry->reason)) {
    case Fix::Redo:
        emit left();
        break;
    case Fix::Retry:
        retry();
        break;
    case Fix::Void:
    case Fix::Acknowledge:
        setVoid(entry->record, true);
        break;
    }
}

void InboxPage::retry()
{
    const QueueEntry *entry = m_ui->list->chosen();
    if (!entry || isBusy())
        return;
    m_trouble.reset();
    m_voided.clear();
    m_asked.start();
    const QString record = entry->record;
    showNotice();
    showActions();
    emit m_tasks.retryRequested(record);
}

void InboxPage::setVoid(const QString &shown, bool isVoid)
{
    if (shown.isEmpty() || isBusy())
        return;
    // What is shown changes below, so it is a copy.
    const QString record = shown; // NOLINT(performance-unnecessary-copy-initialization)
    m_trouble.reset();
    m_voided.clear();
    m_voiding = isVoid ? record : QString();
    if (const QueueEntry *entry = m_ui->list->chosen(); entry && isVoid)
        m_voidedLastFour = entry->maskedNumber.right(4);
    m_asked.start();
    showNotice();
    showActions();
    emit m_tasks.voidRequested(record, isVoid);
}

void InboxPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    if (event->type() == QEvent::StyleChange)
        QMetaObject::invokeMethod(this, &InboxPage::fitDetail, Qt::QueuedConnection);
    DeskPage::changeEvent(event);
}

void InboxPage::retranslateUi()
{
    m_ui->retranslateUi(this);
    //: help.entries
    m_ui->list->setProperty("keyHelp", QStringList{u"↑ ↓"_s, tr("换条目")});
    //: nav.inbox
    m_ui->list->setAccessibleName(tr("待处理"));
    showEntries();
}

} // namespace upgradedesk
