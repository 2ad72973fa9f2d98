#include "gui/inputguards.h"

#include "gui/pages/words.h"
#include "gui/widgets/statusstrip.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

constexpr auto refusedTime = 10s;

StatusItem waiting(const QString &id, Icon icon, const QString &label, const QString &value)
{
    return {id, icon, label, value, StatusItem::Mood::Waiting, StatusItem::Side::Left, {}, {}};
}

} // namespace

InputGuards::InputGuards(StatusStrip &status, QObject *parent)
    : QObject(parent)
    , m_status(status)
    , m_bursts(this)
    , m_idle(this)
{
    m_refused.setSingleShot(true);
    m_refused.setInterval(refusedTime);
    connect(&m_bursts, &KeyBurstFilter::scanned, this, &InputGuards::refuseScan);
    connect(&m_idle, &IdleGuard::warned, this, &InputGuards::showLeft);
    connect(&m_idle, &IdleGuard::lapsed, this, &InputGuards::unused);
    connect(&m_refused, &QTimer::timeout, this, [this] { m_status.removeItem(u"scan"_s); });
}

void InputGuards::refuseScan()
{
    showRefused();
    announce(m_status.chip(u"scan"_s),
             //: st.scan.said: a scanner was used where nothing can be scanned
             tr("扫描的内容这里用不上，没有输入"));
    m_refused.start();
}

void InputGuards::showAgain()
{
    if (m_refused.isActive())
        showRefused();
    if (m_left > 0)
        showLeft(m_left);
}

void InputGuards::showRefused()
{
    //: st.scan / st.scan.unused
    m_status.setItem(waiting(u"scan"_s, Icon::Scan, tr("扫描"), tr("这里用不上，没有输入")));
}

void InputGuards::showLeft(int seconds)
{
    m_left = seconds;
    if (seconds == 0) {
        m_status.removeItem(u"idle"_s);
        return;
    }
    const bool first = !m_status.chip(u"idle"_s);
    //: st.idle: before the desk locks itself
    const QString left = tr("%n 秒后锁屏，按任意键继续", nullptr, seconds);
    m_status.setItem(waiting(u"idle"_s, Icon::Lock, {}, left));
    if (first)
        announce(m_status.chip(u"idle"_s), left);
}

} // namespace upgradedesk
