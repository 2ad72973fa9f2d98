#include "gui/deskstatus.h"

#include "core/clock.h"
#include "gui/pages/words.h"
#include "gui/widgets/statusstrip.h"

#include <QLocale>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

using Mood = StatusItem::Mood;
using Side = StatusItem::Side;

StatusItem item(const QString &id, Icon icon, const QString &label, const QString &value, Mood mood,
                Side place = Side::Left)
{
    return {id, icon, label, value, mood, place, {}, {}};
}

} // namespace

DeskStatus::DeskStatus(StatusStrip &strip, const Clock &clock, const DeskFacts &facts,
                       QObject *parent)
    : QObject(parent)
    , m_strip(strip)
    , m_clock(clock)
    , m_facts(facts)
{
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &DeskStatus::showClock);
    m_second.start();
    showAll();
}

void DeskStatus::showReader(ReaderState state)
{
    m_reader = state;
    showAll();
}

void DeskStatus::showIdReader(IdReaderState::Link link)
{
    m_idReader = link;
    showIdReaderChip();
}

void DeskStatus::showQueue(int waiting)
{
    m_waiting = waiting;
    showAll();
}

void DeskStatus::showHub(const HubState &hub)
{
    m_hub = hub;
    showHubChip();
}

void DeskStatus::showOperator(const QString &name)
{
    m_operator = name;
    showAll();
}

void DeskStatus::showAll()
{
    showProfile();
    const bool lost = m_reader == ReaderState::Lost;
    const QString reader = lost
                               //: st.reader.off
                               ? tr("未连接")
                               : m_reader == ReaderState::Ok
                                     //: st.reader.ok
                                     ? tr("正常")
                                     //: st.reader.starting
                                     : tr("正在启动");
    //: dv.names
    m_strip.setItem(item(u"reader"_s, lost ? Icon::CrossCircle : Icon::CheckCircle, tr("读卡器"),
                         reader, lost ? Mood::Bad : Mood::Calm));
    showIdReaderChip();
    showHubChip();
    //: st.queue
    const QString waiting = m_waiting == 0 ? u"0"_s : tr("%n 条待传", nullptr, m_waiting);
    //: st.queue.label
    const StatusItem queue = item(u"queue"_s, Icon::Queue, tr("队列"), waiting,
                                  m_waiting == 0 ? Mood::Calm : Mood::Waiting);
    m_strip.setItem(openingQueue(queue));
    m_strip.setItem(item(u"operator"_s, Icon::User, {}, m_operator.isEmpty() ? u"—"_s : m_operator,
                         Mood::Calm, Side::Right));
    showClock();
}

/// A click opens the queue, for whoever is logged in.
StatusItem DeskStatus::openingQueue(StatusItem item) const
{
    if (m_operator.isEmpty())
        return item;
    //: st.opens: what a click on the chip opens
    item.hint = tr("按 F9 看队列 / 同步");
    item.key = Qt::Key_F9;
    return item;
}

/// A profile that is not the real one is named on every page.
void DeskStatus::showProfile()
{
    if (m_facts.training)
        //: st.training / st.training.sub
        m_strip.setItem(
            item(u"training"_s, Icon::Info, tr("培训"), tr("不联网，虚拟卡"), Mood::Waiting));
    else if (m_facts.practice)
        //: st.practice / st.practice.sub
        m_strip.setItem(
            item(u"practice"_s, Icon::Info, tr("演练"), tr("练习用的中心，不作数"), Mood::Waiting));
}

void DeskStatus::showIdReaderChip()
{
    using Link = IdReaderState::Link;
    QString value;
    Icon icon = Icon::CheckCircle;
    Mood mood = Mood::Calm;
    switch (m_idReader) {
    case Link::Absent:
        // A desk may well have none; documents are typed there.
        //: st.id.off
        value = tr("未连接");
        icon = Icon::Slash;
        break;
    case Link::Starting:
        //: st.reader.starting
        value = tr("正在启动");
        break;
    case Link::Ok:
        //: st.id.ok
        value = tr("正常");
        break;
    case Link::Lost:
        value = tr("未连接");
        icon = Icon::CrossCircle;
        mood = Mood::Bad;
        break;
    }
    //: dv.names
    m_strip.setItem(item(u"idreader"_s, icon, tr("证件机"), value, mood));
}

void DeskStatus::showHubChip()
{
    using Link = HubState::Link;
    QString value;
    Icon icon = Icon::HubOff;
    Mood mood = Mood::Waiting;
    switch (m_hub.link) {
    case Link::Absent:
        //: st.hub.off
        value = tr("离线");
        break;
    case Link::Starting:
        //: st.hub.starting
        value = tr("正在连接");
        icon = Icon::Hub;
        break;
    case Link::Reachable:
        //: st.hub.uploading / st.hub.on
        value = m_hub.uploading ? tr("正在上传") : tr("在线");
        icon = Icon::CheckCircle;
        mood = Mood::Calm;
        break;
    case Link::Unreachable: {
        const auto gone = m_clock.sinceBoot() - m_hub.since;
        const QDateTime since = m_clock.now().addMSecs(-std::max<qint64>(0, gone.count()));
        //: st.hub.since: from that time on
        value = tr("离线，%1 起").arg(clockTime(since));
        break;
    }
    }
    //: dv.names
    const StatusItem hub = item(u"hub"_s, icon, tr("中心"), value, mood);
    m_strip.setItem(openingQueue(hub));
}

void DeskStatus::showClock()
{
    const QDateTime now = toBeijing(m_clock.now());
    const bool chinese = pageLanguage() == Language::Chinese;
    const QLocale locale = chinese ? QLocale(QLocale::Chinese, QLocale::China)
                                   : QLocale(QLocale::English, QLocale::UnitedKingdom);
    const QString time =
        locale.toString(now, chinese ? u"M月d日 ddd HH:mm"_s : u"ddd d MMM HH:mm"_s);
    m_strip.setItem(item(u"clock"_s, Icon::Clock, {}, time, Mood::Calm, Side::Right));
}

} // namespace upgradedesk
