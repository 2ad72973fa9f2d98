#include "gui/pages/idlepage.h"

#include "gui/pages/words.h"
#include "gui/undocontroller.h"
#include "gui/widgets/painting.h"
#include "ui_idlepage.h"

#include <QEvent>
#include <QShortcut>

#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk
{

IdlePage::IdlePage(const DeskFacts &facts, QWidget *parent)
    : DeskPage(parent)
    , m_facts(facts)
    , m_ui(std::make_unique<Ui::IdlePage>())
    , m_dismiss(new QShortcut(Qt::Key_Escape, this))
    , m_undoKey(new QShortcut(Qt::CTRL | Qt::Key_Z, this))
{
    m_ui->setupUi(this);
    m_ui->helpIcon->setIcon(Icon::Info);
    m_ui->helpIcon->setSizes(24, 15);
    m_ui->helpIcon->setTone(Tone::Ink);
    for (const auto &[label, medium] :
         {std::pair{m_ui->physical, u"physical"_s}, std::pair{m_ui->phone, u"phone"_s},
          std::pair{m_ui->wristband, u"wristband"_s},
          std::pair{m_ui->commemorative, u"commemorative"_s}}) {
        label->setIcon(mediumIcon(medium));
        label->setSizes(24, 17);
        label->setStroke(1.8);
        label->setTone(Tone::Ink2);
    }
    for (RowLine *line : {m_ui->lost1, m_ui->lost2, m_ui->lost3})
        line->setLook(RowLine::Look::Numbered);

    m_ui->type->setBorrowedKey(Qt::Key_F5);
    connect(m_ui->type, &QPushButton::clicked, this, &IdlePage::lookupRequested);
    m_dismiss->setAutoRepeat(false);
    connect(m_dismiss, &QShortcut::activated, this, &IdlePage::tornDismissed);
    m_undoKey->setAutoRepeat(false);
    m_undoKey->setEnabled(false);
    connect(m_undoKey, &QShortcut::activated, this, &IdlePage::undoRequested);
    connect(m_ui->recent, &RecentList::undoRequested, this, &IdlePage::undoRequested);
    connect(m_ui->notice, &NoticeStrip::actionTriggered, this, &IdlePage::redoRequested);
    retranslateUi();
}

IdlePage::~IdlePage() = default;

void IdlePage::showReader(ReaderState state, const QDateTime &since)
{
    m_reader = state;
    m_since = since;
    showFace();
}

void IdlePage::showTorn(const QString &reason)
{
    m_torn = reason;
    showFace();
}

void IdlePage::showDocument(bool waits)
{
    if (std::exchange(m_documentWaits, waits) == waits)
        return;
    showFace();
    announce(this, headline());
}

void IdlePage::showIdReader(const IdReaderState &reader)
{
    m_unread = reader.unread;
    showFace();
}

void IdlePage::showRecent(const QList<RecentRow> &rows, const ShiftFigures &figures)
{
    m_figures = figures;
    m_ui->recent->setRows(rows);
    retranslateUi();
}

void IdlePage::showHub(const HubState &hub)
{
    m_hub = hub;
    showHubLine();
}

/// A line only where there is something to say; being connected is the rule.
void IdlePage::showHubLine()
{
    using Link = HubState::Link;
    const bool starting = m_hub.link == Link::Starting;
    m_ui->hub->setVisible(m_hub.link != Link::Reachable);
    m_ui->hub->setIcon(starting ? Icon::Hub : Icon::HubOff);
    m_ui->hub->setTone(Tone::Pend);
    m_ui->hub->setText(starting
                           //: idle.starting.hub
                           ? tr("正在连接中心，可以照常办理")
                           //: idle.offline
                           : tr("中心离线，照常办理，联网后自动上传"));
}

void IdlePage::showTrouble(const std::optional<Error> &trouble)
{
    m_trouble = trouble;
    showFace();
}

void IdlePage::showUndo(const UndoController &undo)
{
    const auto &offer = undo.offer();
    const bool undoable = offer && !offer->revoked;
    m_ui->recent->setUndoable(undoable ? offer->passengerRecord : QString(), !undo.mayUndo());
    m_undoKey->setEnabled(undo.mayUndo());
    m_undoneLastFour = offer && offer->revoked ? offer->lastFour : QString();
    m_mayRedo = undo.mayRedo();
    m_undoProblem = undo.problem();
    showNotice();
    nameKeys();
}

QString IdlePage::pageName() const
{
    return m_reader == ReaderState::Lost ? u"reader-lost"_s : u"idle"_s;
}

QString IdlePage::headline() const
{
    return m_reader == ReaderState::Lost ? m_ui->lostTitle->text() : m_ui->title->text();
}

void IdlePage::showFace()
{
    const bool lost = m_reader == ReaderState::Lost;
    m_ui->faces->setCurrentWidget(lost ? m_ui->lost : m_ui->ready);
    m_ui->panel->setProperty("panel", lost ? u"bad"_s : u"work"_s);
    restyle(*m_ui->panel);
    //: err.reader.sub
    m_ui->lostSub->setText(tr("%1 起没有响应，插好后自动恢复").arg(clockTime(m_since, true)));
    m_dismiss->setEnabled(!m_torn.isEmpty());
    m_ui->helpTitle->setText(lost
                                 //: err.reader.go
                                 ? tr("现在就能继续：请乘客报卡号，手工输入")
                                 //: idle.type
                                 : tr("读不出？直接按数字键输入卡号"));
    m_ui->helpSub->setText(lost
                               //: err.reader.go.sub
                               ? tr("按数字键直接开始；卡已经读过的乘客不受影响")
                               //: idle.type.sub
                               : tr("位数不同没关系，边输边核对；手机请先亮屏再放一次"));

    if (m_torn == u"several-cards") {
        //: err.several
        m_ui->title->setText(tr("请只放一张卡"));
        //: err.several.sub
        m_ui->sub->setText(tr("读卡区有两张卡，请只放一张"));
    } else if (m_torn == u"kinds-disagree") {
        //: err.phones.title
        m_ui->title->setText(tr("请再放一次"));
        //: err.phones
        m_ui->sub->setText(tr("手机里有多张卡，请乘客在手机上选好再放"));
    } else if (!m_torn.isEmpty()) {
        //: err.read
        m_ui->title->setText(tr("没读完，请再放一次"));
        m_ui->sub->setText(m_torn == u"card-lost"
                               //: err.read.lost
                               ? tr("卡拿开得太早；放稳，等页面换了再拿")
                               //: err.read.data
                               : tr("卡里的数据读不完整；再放一次仍这样，请输入卡号"));
    } else if (m_reader == ReaderState::Starting) {
        //: idle.starting
        m_ui->title->setText(tr("请稍等"));
        //: idle.starting.sub
        m_ui->sub->setText(tr("读卡器正在启动"));
    } else if (m_documentWaits) {
        //: idle.idfirst
        m_ui->title->setText(tr("已读到证件，请刷卡"));
        //: idle.idfirst.sub
        m_ui->sub->setText(tr("60 秒内刷卡就直接开始，不用再放证件"));
    } else {
        //: idle.title
        m_ui->title->setText(tr("请刷卡"));
        //: idle.sub
        m_ui->sub->setText(m_unread ? errorText(*m_unread) : tr("放在读卡区，自动识别卡种和卡号"));
    }

    showNotice();
    nameKeys();
}

/// For the help: what works here without a button that prints it.
void IdlePage::nameKeys()
{
    //: help.digits: typing opens the look-up
    QStringList help{u"0 – 9"_s, tr("输入卡号")};
    if (m_dismiss->isEnabled())
        //: help.dismiss: what was said of a torn reading goes away
        help << keyText(m_dismiss->key()) << tr("知道了");
    if (m_undoKey->isEnabled())
        //: btn.undo
        help << keyText(m_undoKey->key()) << tr("撤销");
    if (help == property("keyHelp").toStringList())
        return;
    setProperty("keyHelp", help);
    emit keysChanged();
}

/// At most one notice: trouble of the store, then a taking back that failed, then one that worked.
void IdlePage::showNotice()
{
    NoticeStrip &notice = *m_ui->notice;
    notice.setAction({}, {});
    const bool undone = !m_undoneLastFour.isEmpty();
    notice.setVisible(m_trouble || m_undoProblem || undone);
    if (m_trouble) {
        notice.setKind(NoticeStrip::Kind::bad);
        notice.setText(errorText(*m_trouble));
        return;
    }
    if (m_undoProblem) {
        notice.setKind(NoticeStrip::Kind::warn);
        notice.setText(errorText(*m_undoProblem));
    } else if (undone) {
        notice.setKind(NoticeStrip::Kind::info);
        //: undo.done
        notice.setText(tr("已撤销，尾号 %1").arg(m_undoneLastFour));
    }
    if (undone && m_mayRedo)
        //: btn.redo
        notice.setAction(tr("恢复"), Qt::CTRL | Qt::Key_Y);
}

void IdlePage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
    DeskPage::changeEvent(event);
}

void IdlePage::retranslateUi()
{
    m_ui->retranslateUi(this);
    m_ui->place->setText(placeText({m_facts.stationName, m_facts.gateName}));
    showHubLine();
    m_ui->physical->setText(mediumName(u"physical"_s));
    m_ui->phone->setText(mediumName(u"phone"_s));
    m_ui->wristband->setText(mediumName(u"wristband"_s));
    m_ui->commemorative->setText(mediumName(u"commemorative"_s));
    m_ui->lost1->setNumber(1, Tone::Bad);
    m_ui->lost2->setNumber(2, Tone::Bad);
    m_ui->lost3->setNumber(3, Tone::Bad);
    //: err.reader.1
    m_ui->lost1->setValue(tr("看读卡器的灯；不亮就把 USB 线拔下再插紧"));
    //: err.reader.2
    m_ui->lost2->setValue(tr("还不行，换一个 USB 口"));
    //: err.reader.3
    m_ui->lost3->setValue(tr("2 分钟仍不恢复，换备用读卡器"));
    m_ui->since->setText(m_figures.since.isValid()
                             //: shift.since
                             ? tr("本班 %1 起").arg(clockTime(m_figures.since))
                             //: shift.this
                             : tr("本班"));
    m_ui->linked->setNum(m_figures.linked);
    m_ui->behalf->setNum(m_figures.behalf);
    m_ui->waiting->setNum(m_figures.waiting);
    m_ui->accepted->setNum(m_figures.accepted);
    showFace();
    if (!accessibleName().isEmpty())
        setAccessibleName(headline());
}

} // namespace upgradedesk
