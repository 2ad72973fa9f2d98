#include "gui/deskstatus.h"

#include "core/clock.h"
#include "gui/pages/words.h"
#include "gui/widgets/statusstrip.h"

#include <QLocale>

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

DeskStatus::DeskStatus(StatusStrip &strip, const Clock &clock, bool training, QObject *parent)
    : QObject(parent)
    , m_strip(strip)
    , m_clock(clock)
    , m_training(training)
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

void DeskStatus::showQueue(int waiting)
{
    m_waiting = waiting;
    showAll();
}

void DeskStatus::showOperator(const QString &name)
{
    m_operator = name;
    showAll();
}

void DeskStatus::showAll()
{
    if (m_training)
        //: st.training / st.training.sub
        m_strip.setItem(
            item(u"training"_s, Icon::Info, tr("培训"), tr("不联网，虚拟卡"), Mood::Waiting));
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
    //: dv.names / st.hub.off
    m_strip.setItem(item(u"hub"_s, Icon::HubOff, tr("中心"), tr("离线"), Mood::Waiting));
    //: st.queue
    const QString waiting = m_waiting == 0 ? u"0"_s : tr("%n 条待传", nullptr, m_waiting);
    //: st.queue.label
    m_strip.setItem(item(u"queue"_s, Icon::Queue, tr("队列"), waiting,
                         m_waiting == 0 ? Mood::Calm : Mood::Waiting));
    m_strip.setItem(item(u"operator"_s, Icon::User, {}, m_operator.isEmpty() ? u"—"_s : m_operator,
                         Mood::Calm, Side::Right));
    showClock();
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
