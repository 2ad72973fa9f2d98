#pragma once

#include <QByteArray>

#include <chrono>

namespace upgradedesk
{

/// How long things take on a serial line and at 106 kbit/s on the air. Everything is zero when
/// `enabled` is false.
struct AirTime {
    bool enabled = false;
    int speed = 115200; ///< of the serial line, in baud

    [[nodiscard]] std::chrono::microseconds serial(qsizetype bytes) const;
    [[nodiscard]] std::chrono::microseconds air(qsizetype bytes) const;

    /// The chip's own time for one command.
    [[nodiscard]] std::chrono::microseconds chip() const;

    /// A card answers a search and tells its identifier.
    [[nodiscard]] std::chrono::microseconds activation() const;

    /// One search in an empty field.
    [[nodiscard]] std::chrono::microseconds emptyTry() const;

    /// The chip waits for a silent card, repeats and gives up; the card's own waiting time is in
    /// its ATS.
    [[nodiscard]] std::chrono::microseconds silence(const QByteArray &ats) const;

    /// `rounds` rounds of InAutoPoll over `types` kinds of card, `period` in units of 150 ms.
    [[nodiscard]] std::chrono::microseconds poll(int rounds, int period, qsizetype types) const;
};

} // namespace upgradedesk
