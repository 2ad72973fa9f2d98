#pragma once

#include "sim/pseudoterminal.h"
#include "sim/virtualpn532.h"

#include <QTemporaryDir>

#include <atomic>
#include <chrono>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace upgradedesk::bench
{

using TimePoint = std::chrono::steady_clock::time_point;

/// One command of the host and how long line, chip and air take for it by the model.
struct Exchange {
    TimePoint received;
    std::chrono::microseconds modelled{0};
    TimePoint answered{}; ///< when the last byte was written; unset while it is under way
    quint8 code = 0;
    bool found = false;     ///< a search that a card answered
    bool toTheCard = false; ///< carries an APDU
};

/// The virtual PN532 with its air time, served to the microsecond instead of to Qt's millisecond,
/// and with a record of every command. place(), remove() and exchanges() belong to another thread
/// than the one that serves.
class TimedReader final
{
public:
    TimedReader();
    ~TimedReader();
    TimedReader(const TimedReader &) = delete;
    TimedReader &operator=(const TimedReader &) = delete;

    [[nodiscard]] QString connstring() const;

    /// Puts the card into the field; returns when that was.
    TimePoint place(const VirtualCard &card);
    void remove();

    /// Everything since the command that was under way when the last card was placed.
    [[nodiscard]] std::vector<Exchange> exchanges();

private:
    struct Due {
        QByteArray bytes;
        TimePoint at;
        bool last = false; ///< of its exchange
    };

    void serve();
    void wake() const;
    void take(const QByteArray &bytes, TimePoint now);
    void schedule(const VirtualPn532::Reaction &reaction, TimePoint now);
    void writeDue(TimePoint now);

    QTemporaryDir m_folder;
    std::optional<PseudoTerminal> m_terminal;
    int m_wake = -1;
    std::atomic<bool> m_running = true;
    std::mutex m_mutex; ///< guards all below
    VirtualPn532 m_chip{true};
    HostFrameScanner m_scanner;
    std::deque<Due> m_due;
    std::vector<Exchange> m_exchanges;
    std::thread m_thread;
};

} // namespace upgradedesk::bench
