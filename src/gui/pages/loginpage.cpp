#include "gui/pages/loginpage.h"

#include "gui/pages/words.h"
#include "ui_loginpage.h"

#include <QEvent>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

LoginPage::LoginPage(const DeskFacts &facts, QWidget *parent)
    : DeskPage(parent)
    , m_facts(facts)
    , m_ui(std::make_unique<Ui::LoginPage>())
{
    m_ui->setupUi(this);
    m_ui->notice->hide();
    for (IconLabel *icon : {m_ui->readerIcon, m_ui->hubIcon, m_ui->queueIcon}) {
        icon->setSizes(20, 15);
        icon->setStroke(2.4);
        icon->setOnRail(true);
    }
    m_ui->go->setShortcut(Qt::Key_Return);
    m_ui->pin->installEventFilter(this);

    connect(m_ui->keypad, &TouchKeypad::digit, m_ui->pin, &PinEdit::type);
    connect(m_ui->keypad, &TouchKeypad::backspace, m_ui->pin, &PinEdit::backspace);
    connect(m_ui->keypad, &TouchKeypad::cleared, m_ui->pin, &PinEdit::clear);
    connect(m_ui->pin, &PinEdit::changed, this, [this](int typed) {
        if (typed > 0)
            m_failure.reset();
        showHint();
    });
    connect(m_ui->pin, &PinEdit::completed, this, &LoginPage::send);
    connect(m_ui->go, &QPushButton::clicked, this, &LoginPage::send);
    retranslateUi();
}

LoginPage::~LoginPage() = default;

void LoginPage::setOperators(const QList<OperatorEntry> &operators)
{
    m_ui->operators->clear();
    for (const OperatorEntry &entry : operators)
        m_ui->operators->addItem(entry.id + u' ' + entry.name, entry.id);
    showHint();
}

void LoginPage::showReader(ReaderState state, const QString &name)
{
    m_reader = state;
    m_readerName = name;
    retranslateUi();
}

void LoginPage::showHub(const HubState &hub)
{
    m_hub = hub;
    showHubLine();
}

void LoginPage::showHubLine()
{
    using Link = HubState::Link;
    const bool reachable = m_hub.link == Link::Reachable;
    const bool starting = m_hub.link == Link::Starting;
    m_ui->hubIcon->setIcon(reachable ? Icon::CheckCircle : starting ? Icon::Minus : Icon::HubOff);
    m_ui->hubIcon->setTone(reachable ? Tone::Ok : Tone::Ink3);
    m_ui->hubValue->setText(reachable
                                //: st.hub.on
                                ? tr("在线")
                                : starting
                                      //: st.hub.starting
                                      ? tr("正在连接")
                                      //: login.hub.off
                                      : tr("离线，照常办理"));
}

void LoginPage::showQueue(int waiting)
{
    m_waiting = waiting;
    retranslateUi();
}

void LoginPage::reset()
{
    m_lockedItself.reset();
    renewEntry();
    showHeading();
}

void LoginPage::renewEntry()
{
    m_failure.reset();
    m_checking = false;
    m_ui->pin->setEnabled(true);
    m_ui->pin->clear();
    showHint();
}

void LoginPage::showFailure(const Error &error)
{
    renewEntry();
    m_failure = error;
    m_ui->pin->setWrong(true);
    showHint();
    announce(m_ui->hint, m_ui->hint->text());
    focusFirst();
}

void LoginPage::chooseOperator(const QString &id)
{
    const int index = m_ui->operators->findData(id);
    if (index >= 0)
        m_ui->operators->setCurrentIndex(index);
}

void LoginPage::showLocked(const QString &operatorName, int minutes, bool kept)
{
    m_lockedItself = Locked{operatorName, minutes, kept};
    showHeading();
}

QList<QWidget *> LoginPage::tabOrder() const
{
    return {m_ui->operators, m_ui->pin, m_ui->go};
}

void LoginPage::focusFirst()
{
    m_ui->pin->setFocus();
}

void LoginPage::send()
{
    if (m_checking || m_ui->pin->typed() < PinEdit::length || m_ui->operators->currentIndex() < 0)
        return;
    m_checking = true;
    m_ui->pin->setEnabled(false);
    QString pin = m_ui->pin->pin();
    showHint();
    emit loginRequested(m_ui->operators->currentData().toString(), pin);
    pin.fill(u'0');
}

void LoginPage::showHeading()
{
    if (!m_lockedItself) {
        //: login.title
        m_ui->heading->setText(tr("登录接班"));
        //: login.sub
        m_ui->offline->setText(tr("没有网络也能登录"));
        return;
    }
    const Locked &locked = *m_lockedItself;
    //: lock.title
    m_ui->heading->setText(tr("已锁屏"));
    m_ui->offline->setText(
        locked.kept
            //: lock.sub
            ? tr("%1，%n 分钟没有操作。办到一半的内容已保留。", nullptr, locked.minutes)
                  .arg(locked.operatorName)
            //: lock.sub with nothing half done
            : tr("%1，%n 分钟没有操作。", nullptr, locked.minutes).arg(locked.operatorName));
}

void LoginPage::showHint()
{
    const int missing = PinEdit::length - m_ui->pin->typed();
    m_ui->go->setEnabled(!m_checking && missing == 0 && m_ui->operators->count() > 0);
    QString text;
    if (m_failure)
        text = errorText(*m_failure);
    else if (m_checking)
        //: login.checking
        text = tr("正在核对");
    else if (m_ui->operators->count() == 0)
        //: login.none
        text = tr("这台电脑还没有人员，请找值班站长登记。");
    else
        //: login.more
        text = tr("还差 %n 位；满 6 位自动登录。忘记 PIN 请找值班站长。", nullptr, missing);
    m_ui->hint->setText(text);
    m_ui->hint->setAccessibleName(text);
    m_ui->hint->setProperty("tone", m_failure ? u"bad"_s : u"ink3"_s);
    restyle(*m_ui->hint);
}

bool LoginPage::eventFilter(QObject *watched, QEvent *event)
{
    // Up and down choose the operator without leaving the PIN.
    if (watched == m_ui->pin && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const int by = key == Qt::Key_Up ? -1 : key == Qt::Key_Down ? 1 : 0;
        const int index = m_ui->operators->currentIndex() + by;
        if (by != 0 && index >= 0 && index < m_ui->operators->count())
            m_ui->operators->setCurrentIndex(index);
        if (by != 0)
            return true;
    }
    return DeskPage::eventFilter(watched, event);
}

void LoginPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    DeskPage::changeEvent(event);
}

void LoginPage::retranslateUi()
{
    m_ui->retranslateUi(this);
    m_ui->place->setText(placeText({m_facts.stationName, m_facts.gateName, m_facts.deskName}));
    //: dv.names
    m_ui->readerName->setText(tr("读卡器"));
    m_ui->readerIcon->setTone(m_reader == ReaderState::Ok ? Tone::Ok : Tone::Ink3);
    switch (m_reader) {
    case ReaderState::Ok:
        m_ui->readerIcon->setIcon(Icon::CheckCircle);
        // libnfc names a virtual reader by its temporary path, which tells staff nothing.
        //: dv.states: simulated
        m_ui->readerValue->setText(m_facts.training ? tr("模拟") : m_readerName);
        break;
    case ReaderState::Starting:
        m_ui->readerIcon->setIcon(Icon::Minus);
        //: login.reader.starting
        m_ui->readerValue->setText(tr("正在启动"));
        break;
    case ReaderState::Lost:
        m_ui->readerIcon->setIcon(Icon::CrossCircle);
        //: login.reader.lost
        m_ui->readerValue->setText(tr("未连接，插好后自动恢复"));
        break;
    }
    showHubLine();
    m_ui->queueIcon->setIcon(m_waiting ? Icon::CheckCircle : Icon::Minus);
    m_ui->queueIcon->setTone(m_waiting ? Tone::Ok : Tone::Ink3);
    m_ui->queueValue->setText(m_waiting
                                  //: login.queue.waiting
                                  ? tr("%n 条待传", nullptr, *m_waiting)
                                  //: login.queue.checking
                                  : tr("正在核对"));
    m_ui->operators->setAccessibleName(m_ui->operatorLabel->text());
    //: help.login: how the operator and the PIN are entered
    setProperty("keyHelp", QStringList{u"↑ ↓"_s, tr("选工号"), u"0 – 9"_s, tr("输入 PIN")});
    showHeading();
    showHint();
}

} // namespace upgradedesk
