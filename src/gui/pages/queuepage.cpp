#include "gui/pages/queuepage.h"

#include "core/clock.h"
#include "gui/desktasks.h"
#include "gui/pages/words.h"
#include "gui/theme/theme.h"
#include "ui_queuepage.h"

#include <QEvent>
#include <QLayout>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

using Link = HubState::Link;

constexpr auto answerTime = 3s;
constexpr auto clockLimit = 60s;
/// Of the room for records.
constexpr double fullPart = 0.8;

/// Two of the five causes need a person; the others go away by themselves.
bool needsAdministrator(const HubState &hub)
{
    return hub.link == Link::Unreachable && hub.trouble &&
           (hub.trouble->code == ErrorCode::HubNotTrusted ||
            hub.trouble->code == ErrorCode::HubRefusesDesk);
}

/// 49 988: groups of three, in both languages.
QString grouped(qint64 number)
{
    QString digits = QString::number(number);
    for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
        digits.insert(at, u' ');
    return digits;
}

} // namespace

QueuePage::QueuePage(DeskTasks &tasks, const Clock &clock, QWidget *parent)
    : DeskPage(parent)
    , m_tasks(tasks)
    , m_clock(clock)
    , m_ui(std::make_unique<Ui::QueuePage>())
{
    m_ui->setupUi(this);
    m_ui->sign->setSizes(32, 15);
    for (RowLine *row : {m_ui->waiting, m_ui->oldest, m_ui->next, m_ui->last, m_ui->room})
        row->setLook(RowLine::Look::Short);
    m_ui->back->setBorrowedKey(Qt::Key_F2);
    m_ui->exportAll->setShortcut(Qt::ALT | Qt::Key_E);
    m_ui->receipts->setShortcut(Qt::ALT | Qt::Key_I);
    m_ui->primary->setShortcut(Qt::Key_Return);
    connect(m_ui->back, &QPushButton::clicked, this, &QueuePage::left);
    connect(m_ui->exportAll, &QPushButton::clicked, this,
            [this] { askUsb(UsbOutcome::Way::Export); });
    connect(m_ui->receipts, &QPushButton::clicked, this,
            [this] { askUsb(UsbOutcome::Way::Receipts); });
    connect(m_ui->primary, &QPushButton::clicked, this, [this] {
        m_usb.reset();
        m_asked.start();
        emit m_tasks.syncRequested();
        showAll();
    });
    connect(m_ui->notice, &NoticeStrip::actionTriggered, this, &QueuePage::inboxWanted);
    connect(&m_tasks, &DeskTasks::hubChanged, this, [this] {
        m_asked.stop();
        note();
        if (isVisible())
            showAll();
    });
    connect(&m_tasks, &DeskTasks::queueChanged, this, [this] {
        note();
        // Each commit tells it; who waits for a passenger's page waits for nothing here.
        if (isVisible())
            showAll();
    });
    connect(&m_tasks, &DeskTasks::usbTold, this, &QueuePage::takeUsb);
    connect(m_ui->table, &QueueTable::printRequested, this, &QueuePage::print);
    connect(&m_tasks.receipts(), &ReceiptTasks::changed, this, &QueuePage::showReceipt);
    showReceipt();
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &QueuePage::tick);
    m_asked.setSingleShot(true);
    m_asked.setInterval(answerTime);
    connect(&m_asked, &QTimer::timeout, this, &QueuePage::showActions);
    note();
    retranslateUi();
}

QueuePage::~QueuePage() = default;

void QueuePage::focusFirst()
{
    m_usb.reset();
    m_printed.clear();
    emit m_tasks.refreshWanted();
    m_second.start();
    showAll();
    m_ui->primary->rearm();
    (m_ui->primary->isVisibleTo(this) && m_ui->primary->isEnabled()
         ? static_cast<QWidget *>(m_ui->primary)
         : m_ui->back)
        ->setFocus();
}

QList<QWidget *> QueuePage::tabOrder() const
{
    QList<QWidget *> order = m_ui->notice->tabOrder();
    if (m_tasks.receipts().hasPrinter())
        order << m_ui->table;
    return order + QList<QWidget *>{m_ui->back, m_ui->exportAll, m_ui->receipts, m_ui->primary};
}

void QueuePage::setSupervisor(bool supervisor)
{
    m_supervisor = supervisor;
    showActions();
}

void QueuePage::setArmingTime(int milliseconds)
{
    m_ui->primary->setArmingTime(milliseconds);
}

bool QueuePage::isReachable() const
{
    return m_tasks.hub().link == Link::Reachable;
}

qint64 QueuePage::secondsSince(std::chrono::milliseconds boot) const
{
    return std::chrono::duration_cast<std::chrono::seconds>(m_clock.sinceBoot() - boot).count();
}

/// The chart goes on while the page is not shown.
void QueuePage::note()
{
    m_history.note(m_clock.now(), int(m_tasks.queue().waiting),
                   m_tasks.hub().link == Link::Unreachable);
}

void QueuePage::tick()
{
    if (!isVisible()) {
        m_second.stop();
        return;
    }
    showBadge();
    showFacts();
}

void QueuePage::showAll()
{
    showBadge();
    showHead();
    showFacts();
    showNotice();
    showActions();
    m_ui->table->setRows(m_tasks.queue().rows);
}

void QueuePage::showBadge()
{
    using State = StateBadge::State;
    const HubState &hub = m_tasks.hub();
    switch (hub.link) {
    case Link::Absent:
        m_ui->badge->setState(State::Pending);
        //: q.badge.training
        m_ui->badge->setWord(tr("培训，不联网"));
        return;
    case Link::Starting:
        m_ui->badge->setState(State::Pending);
        //: q.badge.starting
        m_ui->badge->setWord(tr("正在连接中心"));
        return;
    case Link::Reachable:
        m_ui->badge->setState(hub.uploading ? State::Queued : State::Upgraded);
        m_ui->badge->setWord(hub.uploading
                                 //: q.state.sending
                                 ? tr("正在上传")
                                 //: q.badge.online
                                 : tr("中心在线"));
        return;
    case Link::Unreachable:
        break;
    }
    m_ui->badge->setState(needsAdministrator(hub) ? State::Attention : State::Pending);
    //: q.badge.offline: for how long
    m_ui->badge->setWord(tr("中心离线 %1").arg(spanWords(secondsSince(hub.since))));
}

/// What there is to do, in one line, and why.
void QueuePage::showHead()
{
    const HubState &hub = m_tasks.hub();
    const bool empty = m_tasks.queue().waiting == 0;
    Icon icon = Icon::HubOff;
    Tone tone = Tone::Pend;
    //: q.calm
    QString title = tr("不用操作");
    QString text;
    switch (hub.link) {
    case Link::Absent:
        //: q.text.training
        text = tr("培训模式不联网，记录只留在本机。");
        break;
    case Link::Starting:
        icon = Icon::Hub;
        //: q.text.starting
        text = tr("正在连接中心，连上后自动上传。");
        break;
    case Link::Reachable:
        icon = empty ? Icon::CheckCircle : Icon::Up;
        tone = empty ? Tone::Ok : Tone::Pend;
        if (empty)
            //: q.empty
            title = tr("全部已上传");
        else if (hub.uploading)
            //: q.state.sending
            title = tr("正在上传");
        text = empty
                   //: q.text.empty
                   ? tr("中心在线，新办的会自动上传。")
                   //: q.text.uploading
                   : tr("照常办理，每条由中心逐条确认。");
        break;
    case Link::Unreachable:
        if (needsAdministrator(hub)) {
            icon = Icon::Alert;
            tone = Tone::Warn;
            //: q.administrator
            title = tr("请通知管理员");
        }
        text = hub.trouble ? errorText(*hub.trouble)
                           //: q.calm.text
                           : tr("照常办理，联网后自动上传。");
        break;
    }
    m_ui->sign->setIcon(icon);
    m_ui->sign->setTone(tone);
    m_ui->title->setText(title);
    m_ui->title->setProperty("tone", tone == Tone::Ok     ? u"ok"_s
                                     : tone == Tone::Warn ? u"warn"_s
                                                          : u"pend"_s);
    restyle(*m_ui->title);
    m_ui->text->setText(text);
    fitSide();
}

/// The panel about long outages gives way to large text. Without a hub there is nobody to bring a
/// stick to.
void QueuePage::fitSide()
{
    // Some pixels of air: a label asks for more once it stands.
    constexpr int air = 24;
    const int width = m_ui->side->width();
    const int needed = m_ui->factsPanel->layout()->totalHeightForWidth(width) +
                       m_ui->side->layout()->spacing() +
                       m_ui->away->layout()->totalHeightForWidth(width);
    m_ui->away->setVisible(m_tasks.hub().link != Link::Absent &&
                           needed + air <= m_ui->side->height());
}

void QueuePage::resizeEvent(QResizeEvent *event)
{
    DeskPage::resizeEvent(event);
    // After the layouts have taken the new size.
    QMetaObject::invokeMethod(this, &QueuePage::fitSide, Qt::QueuedConnection);
}

void QueuePage::showFacts()
{
    const HubState &hub = m_tasks.hub();
    const QueueFacts &queue = m_tasks.queue();
    //: q.waiting
    m_ui->waiting->setLabel(tr("待上传"));
    //: q.records
    m_ui->waiting->setValue(tr("%n 条", nullptr, int(queue.waiting)));
    //: q.oldest
    m_ui->oldest->setLabel(tr("最早一条"));
    m_ui->oldest->setValue(queue.oldestSeconds ? agoWords(*queue.oldestSeconds) : u"—"_s);
    //: q.next
    m_ui->next->setLabel(tr("下次自动重试"));
    QString next = u"—"_s;
    if (hub.nextTry && hub.link != Link::Reachable) {
        const qint64 left = -secondsSince(*hub.nextTry);
        next = left > 0
                   //: q.in: after a span of time
                   ? tr("%1后").arg(spanWords(left))
                   //: q.now
                   : tr("现在");
    }
    m_ui->next->setValue(next);
    //: q.last
    m_ui->last->setLabel(tr("上次成功"));
    m_ui->last->setValue(hub.lastSuccess.isValid() ? clockTime(hub.lastSuccess, true) : u"—"_s);
    //: q.room
    m_ui->room->setLabel(tr("本机可存"));
    m_ui->room->setValue(
        queue.capacity > 0
            //: q.room.left
            ? tr("还能存 %1 条").arg(grouped(std::max<qint64>(0, queue.capacity - queue.waiting)))
            : u"—"_s);
    m_ui->chart->setPoints(m_history.points(), m_clock.now());
}

/// At most one: what was just asked for, then what staff should do about, then what they should
/// know.
void QueuePage::showNotice()
{
    using Kind = NoticeStrip::Kind;
    NoticeStrip &notice = *m_ui->notice;
    const HubState &hub = m_tasks.hub();
    const QueueFacts &queue = m_tasks.queue();
    notice.setAction({}, {});
    notice.show();
    if (m_usb) {
        const bool out = m_usb->way == UsbOutcome::Way::Export;
        notice.setKind(m_usb->error ? Kind::warn : Kind::ok);
        notice.setText(m_usb->error ? errorText(*m_usb->error)
                       : out
                           //: q.exported: a file name
                           ? tr("已写到 U 盘，%n 条：%1。请交给中心补录，回执拿回来再导入。",
                                nullptr, int(m_usb->records))
                                 .arg(m_usb->file)
                           //: q.received
                           : tr("已按回执结清 %n 条。", nullptr, int(m_usb->records)));
        return;
    }
    if (showReceiptNotice())
        return;
    if (queue.attention > 0) {
        notice.setKind(Kind::warn);
        //: q.attention
        notice.setText(tr("有 %n 条被中心退回，在待处理里。", nullptr, int(queue.attention)));
        //: nav.inbox
        notice.setAction(tr("看待处理"), Qt::ALT | Qt::Key_Y);
        return;
    }
    if (hub.timeTrusted && std::chrono::abs(hub.clockAhead) > clockLimit) {
        notice.setKind(Kind::warn);
        const qint64 seconds = std::chrono::abs(hub.clockAhead).count();
        //: q.clock: how far the clock of this machine is off
        notice.setText(
            tr("电脑时间不准，差 %1；记录按中心的时间算，请管理员校准。").arg(spanWords(seconds)));
        return;
    }
    if (queue.capacity > 0 && double(queue.waiting) > fullPart * double(queue.capacity)) {
        notice.setKind(Kind::warn);
        //: q.full
        notice.setText(tr("本机快存满了，请值班站长把队列导出到 U 盘。"));
        return;
    }
    notice.hide();
}

void QueuePage::showActions()
{
    const HubState &hub = m_tasks.hub();
    const bool empty = m_tasks.queue().waiting == 0;
    //: q.back
    m_ui->back->setText(tr("返回办理"));
    const bool stick = hub.link != Link::Absent;
    m_ui->exportAll->setVisible(stick);
    m_ui->receipts->setVisible(stick);
    //: q.export: only a supervisor may
    m_ui->exportAll->setText(m_usbBusy ? tr("正在写 U 盘") : tr("导出到 U 盘（站长）"));
    //: q.receipts
    m_ui->receipts->setText(tr("导入回执"));
    m_ui->exportAll->setEnabled(m_supervisor && !m_usbBusy && !empty);
    m_ui->receipts->setEnabled(m_supervisor && !m_usbBusy);

    // With nothing to send there is nothing to try.
    const bool tries = stick && !(isReachable() && empty);
    const bool asked = m_asked.isActive() || (isReachable() && hub.uploading);
    // What has the focus and goes would hand it on to something outside of the page.
    if (m_ui->primary->hasFocus() && (!tries || asked))
        m_ui->back->setFocus();
    m_ui->primary->setVisible(tries);
    m_ui->primary->setEnabled(!asked);
    m_ui->primary->setText(isReachable() && (asked || hub.uploading)
                               //: q.state.sending
                               ? tr("正在上传")
                               : asked
                                     //: q.retrying
                                     ? tr("正在重试")
                                     : isReachable()
                                           //: q.send
                                           ? tr("现在上传")
                                           //: q.retry
                                           : tr("现在重试"));
}

void QueuePage::print(const QString &record)
{
    m_usb.reset();
    m_printed = record;
    // Whose language the passenger's was is not kept.
    m_tasks.receipts().print(record, pageLanguage());
}

void QueuePage::showReceipt()
{
    const ReceiptTasks &receipts = m_tasks.receipts();
    m_ui->table->setPrinter(receipts.hasPrinter(), receipts.isPrinting());
    if (!isVisible())
        return;
    showNotice();
    if (!m_printed.isEmpty() && m_ui->notice->isVisible())
        announce(m_ui->notice, m_ui->notice->text());
}

bool QueuePage::showReceiptNotice()
{
    const ReceiptTasks &receipts = m_tasks.receipts();
    NoticeStrip &notice = *m_ui->notice;
    switch (receipts.standOf(m_printed)) {
    case ReceiptTasks::Stand::None:
        return false;
    case ReceiptTasks::Stand::Printing:
        notice.setKind(NoticeStrip::Kind::info);
        //: btn.receipt.printing
        notice.setText(tr("正在打印回执"));
        return true;
    case ReceiptTasks::Stand::Printed:
        notice.setKind(NoticeStrip::Kind::ok);
        //: q.printed
        notice.setText(tr("回执已打印。"));
        return true;
    case ReceiptTasks::Stand::Failed:
        break;
    }
    notice.setKind(NoticeStrip::Kind::warn);
    notice.setText(receiptTrouble(receipts, false));
    return true;
}

void QueuePage::askUsb(UsbOutcome::Way way)
{
    m_usb.reset();
    m_usbBusy = true;
    showAll();
    if (way == UsbOutcome::Way::Export)
        emit m_tasks.exportRequested();
    else
        emit m_tasks.receiptsRequested();
}

void QueuePage::takeUsb(const UsbOutcome &outcome)
{
    m_usbBusy = false;
    m_usb = outcome;
    showAll();
    if (isVisible())
        announce(m_ui->notice, m_ui->notice->text());
}

void QueuePage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    if (event->type() == QEvent::StyleChange)
        QMetaObject::invokeMethod(this, &QueuePage::fitSide, Qt::QueuedConnection);
    DeskPage::changeEvent(event);
}

void QueuePage::retranslateUi()
{
    m_ui->retranslateUi(this);
    showAll();
}

} // namespace upgradedesk
