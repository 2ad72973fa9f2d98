#include "gui/idleguard.h"

#include <QCoreApplication>
#include <QEvent>
#include <QWindow>

#include <utility>

using namespace std::chrono_literals;

namespace upgradedesk
{
namespace
{

std::chrono::milliseconds steadyTime()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

bool isUse(QEvent::Type type)
{
    switch (type) {
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
    case QEvent::TabletPress:
        return true;
    default:
        return false;
    }
}

} // namespace

IdleGuard::IdleGuard(QObject *parent)
    : QObject(parent)
    , m_now(steadyTime)
{
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, &IdleGuard::check);
    QCoreApplication::instance()->installEventFilter(this);
}

void IdleGuard::setNow(const Now &now)
{
    m_now = now;
    m_used = m_now();
}

void IdleGuard::setLimit(std::chrono::milliseconds limit)
{
    m_limit = limit;
}

void IdleGuard::start()
{
    touch();
    m_second.start();
}

void IdleGuard::stop()
{
    m_second.stop();
    touch();
}

void IdleGuard::touch()
{
    m_used = m_now();
    if (std::exchange(m_warning, false))
        emit warned(0);
}

void IdleGuard::check()
{
    if (!m_second.isActive())
        return;
    const auto left = m_limit - (m_now() - m_used);
    if (left > warningTime)
        return;
    if (left <= 0ms) {
        stop();
        emit lapsed();
        return;
    }
    m_warning = true;
    emit warned(int(std::chrono::ceil<std::chrono::seconds>(left).count()));
}

bool IdleGuard::eventFilter(QObject *watched, QEvent *event)
{
    if (watched->isWindowType() && isUse(event->type()) && !watched->property(notStaff).toBool())
        touch();
    return false;
}

} // namespace upgradedesk
