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
    , m_typed(this)
    , m_idle(this)
{
    m_refused.setSingleShot(true);
    m_refused.setInterval(refusedTime);
    connect(&m_bursts, &KeyBurstFilter::scanned, &m_typed, &TypedScans::take);
    connect(&m_typed, &TypedScans::scanned, this, &InputGuards::scanned);
    connect(&m_idle, &IdleGuard::warned, this, &InputGuards::showLeft);
    connect(&m_idle, &IdleGuard::lapsed, this, &InputGuards::unused);
    connect(&m_refused, &QTimer::timeout, this, [this] { m_status.removeItem(u"scan"_s); });
}

void InputGuards::refuseScan(ScanPayload::Reason reason)
{
    m_reason = reason;
    showRefused();
    announce(m_status.chip(u"scan"_s), refusal());
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
    //: st.scan
    m_status.setItem(waiting(u"scan"_s, Icon::Scan, tr("扫描"), refusal()));
}

QString InputGuards::refusal() const
{
    switch (m_reason) {
    case ScanPayload::Reason::Document:
        //: st.scan.document: a number of a person, without a name
        return tr("证件号要出示证件，没有输入");
    case ScanPayload::Reason::Certificate:
        //: st.scan.certificate: an international health certificate
        return tr("不支持的码");
    case ScanPayload::Reason::NotText:
    case ScanPayload::Reason::TooLong:
        //: st.scan.garbled
        return tr("没读清，请再扫一次");
    default:
        break;
    }
    //: st.scan.unused
    return tr("这里用不上，没有输入");
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
