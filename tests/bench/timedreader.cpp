#include "timedreader.h"

#include "figure.h"

#include <array>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace upgradedesk::bench
{
namespace
{

using Clock = std::chrono::steady_clock;

constexpr quint8 listTargets = 0x4A;
constexpr quint8 dataExchange = 0x40;

/// An answer to a search that names one card: D5 4B 01 behind the start of a normal frame.
bool namesACard(const QByteArray &frame)
{
    return frame.size() > 7 && frame.mid(5, 3) == QByteArray::fromHex("D54B01");
}

} // namespace

TimedReader::TimedReader()
    : m_wake(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    auto terminal = PseudoTerminal::open(m_folder.filePath(u"reader"_s));
    if (!terminal || m_wake < 0)
        giveUp(u"no pseudo terminal"_s);
    m_terminal.emplace(std::move(*terminal));
    m_chip.powerCycle();
    m_thread = std::thread([this] { serve(); });
}

TimedReader::~TimedReader()
{
    m_running = false;
    wake();
    m_thread.join();
    ::close(m_wake);
}

QString TimedReader::connstring() const
{
    return u"pn532_uart:"_s + m_folder.filePath(u"reader"_s);
}

TimePoint TimedReader::place(const VirtualCard &card)
{
    const std::scoped_lock lock(m_mutex);
    const auto underWay = [](const Exchange &exchange) { return exchange.answered == TimePoint{}; };
    std::erase_if(m_exchanges, [&](const Exchange &exchange) { return !underWay(exchange); });
    const TimePoint now = Clock::now();
    schedule(m_chip.place(card), now);
    wake();
    return now;
}

void TimedReader::remove()
{
    const std::scoped_lock lock(m_mutex);
    m_chip.removeCard();
}

std::vector<Exchange> TimedReader::exchanges()
{
    const std::scoped_lock lock(m_mutex);
    return m_exchanges;
}

void TimedReader::wake() const
{
    const quint64 one = 1;
    if (::write(m_wake, &one, sizeof one) != sizeof one)
        giveUp(u"eventfd"_s);
}

void TimedReader::serve()
{
    // The kernel may otherwise let a wait last 50 us longer, six times in each tap.
    prctl(PR_SET_TIMERSLACK, 1UL);
    while (m_running) {
        std::array<pollfd, 2> waiting{{{m_terminal->descriptor(), POLLIN, 0}, {m_wake, POLLIN, 0}}};
        std::optional<TimePoint> next;
        {
            const std::scoped_lock lock(m_mutex);
            if (!m_due.empty())
                next = m_due.front().at;
        }
        timespec time{};
        if (next) {
            const auto left = std::max(std::chrono::nanoseconds{0},
                                       std::chrono::nanoseconds{*next - Clock::now()});
            time = {left.count() / 1'000'000'000, left.count() % 1'000'000'000};
        }
        ppoll(waiting.data(), waiting.size(), next ? &time : nullptr, nullptr);
        const std::scoped_lock lock(m_mutex);
        quint64 ignored = 0;
        if ((waiting[1].revents & POLLIN) != 0 &&
            ::read(m_wake, &ignored, sizeof ignored) != sizeof ignored)
            giveUp(u"eventfd"_s);
        const TimePoint now = Clock::now();
        writeDue(now);
        if ((waiting[0].revents & POLLIN) != 0)
            take(m_terminal->read(), now);
    }
}

void TimedReader::take(const QByteArray &bytes, TimePoint now)
{
    m_scanner.append(bytes);
    while (const auto frame = m_scanner.next()) {
        if (frame->kind != HostFrame::Kind::Command)
            continue;
        Exchange exchange;
        exchange.received = now;
        exchange.code = quint8(frame->payload.at(0));
        // Without data after the target's number it only asks for the rest of a long answer.
        exchange.toTheCard = exchange.code == dataExchange && frame->payload.size() > 2;
        m_exchanges.push_back(exchange);
    }
    schedule(m_chip.receive(bytes), now);
}

void TimedReader::schedule(const VirtualPn532::Reaction &reaction, TimePoint now)
{
    if (reaction.cancels)
        m_due.clear();
    TimePoint at = m_due.empty() ? now : m_due.back().at;
    for (const VirtualPn532::Emission &emission : reaction.emissions) {
        at += emission.after;
        const bool last = &emission == &reaction.emissions.back();
        m_due.push_back({emission.bytes, at, last});
        if (m_exchanges.empty())
            continue;
        Exchange &exchange = m_exchanges.back();
        exchange.modelled += emission.after;
        exchange.found = exchange.code == listTargets && namesACard(emission.bytes);
    }
}

void TimedReader::writeDue(TimePoint now)
{
    while (!m_due.empty() && m_due.front().at <= now) {
        m_terminal->write(m_due.front().bytes);
        if (m_due.front().last && !m_exchanges.empty())
            m_exchanges.back().answered = now;
        m_due.pop_front();
    }
}

} // namespace upgradedesk::bench
