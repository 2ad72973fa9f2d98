#include "sim/virtualreaderworker.h"

#include <algorithm>
#include <utility>

namespace upgradedesk
{

VirtualReaderWorker::VirtualReaderWorker(QString link, bool airTime)
    : m_link{std::move(link)}
    , m_chip{airTime}
    , m_next{this}
    , m_stall{this}
{
    m_next.setSingleShot(true);
    m_next.setTimerType(Qt::PreciseTimer);
    connect(&m_next, &QTimer::timeout, this, [this] {
        if (m_terminal && !m_queue.isEmpty())
            write(m_queue.takeFirst().bytes);
        send();
    });
    m_stall.setSingleShot(true);
    connect(&m_stall, &QTimer::timeout, this, [this] {
        if (m_notifier)
            m_notifier->setEnabled(true);
        send();
    });
}

Result<void> VirtualReaderWorker::plug()
{
    if (m_terminal)
        return {};
    Result<PseudoTerminal> terminal = PseudoTerminal::open(m_link);
    if (!terminal)
        return tl::unexpected(terminal.error());
    m_terminal.emplace(std::move(*terminal));
    m_chip.powerCycle();
    m_notifier = std::make_unique<QSocketNotifier>(m_terminal->descriptor(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &VirtualReaderWorker::take);
    m_notifier->setEnabled(!m_stall.isActive());
    return {};
}

void VirtualReaderWorker::unplug()
{
    m_next.stop();
    m_queue.clear();
    m_notifier.reset();
    m_terminal.reset();
}

void VirtualReaderWorker::place(const VirtualCard &card)
{
    follow(m_chip.place(card));
}

void VirtualReaderWorker::add(const VirtualCard &card)
{
    follow(m_chip.add(card));
}

void VirtualReaderWorker::noise(int bytes)
{
    m_noise += bytes;
}

void VirtualReaderWorker::stall(int milliseconds)
{
    m_next.stop();
    if (m_notifier)
        m_notifier->setEnabled(false);
    m_stall.start(milliseconds);
}

void VirtualReaderWorker::take()
{
    const QByteArray bytes = m_terminal->read();
    if (!m_chip.hears(m_terminal->speed()))
        return;
    follow(m_chip.receive(bytes));
    if (m_chip.takeTrap() && m_chip.card())
        emit trapSprung(m_chip.card()->name);
}

void VirtualReaderWorker::follow(const VirtualPn532::Reaction &reaction)
{
    if (reaction.cancels) {
        m_next.stop();
        m_queue.clear();
    }
    m_queue += reaction.emissions;
    send();
}

void VirtualReaderWorker::send()
{
    if (!m_terminal || m_next.isActive() || m_stall.isActive())
        return;
    QByteArray now;
    while (!m_queue.isEmpty() && m_queue.first().after.count() == 0)
        now += m_queue.takeFirst().bytes;
    if (!now.isEmpty())
        write(now);
    if (!m_queue.isEmpty())
        m_next.start(std::chrono::ceil<std::chrono::milliseconds>(m_queue.first().after));
}

void VirtualReaderWorker::write(const QByteArray &bytes)
{
    QByteArray noise(std::exchange(m_noise, 0), '\0');
    std::uniform_int_distribution<int> byte{0, 0xFF};
    std::generate(noise.begin(), noise.end(), [&] { return char(byte(m_random)); });
    m_terminal->write(noise + bytes);
}

} // namespace upgradedesk
