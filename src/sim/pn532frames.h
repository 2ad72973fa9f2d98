#pragma once

#include <QByteArray>

#include <optional>

namespace upgradedesk
{

/// One thing the host sent over the serial line.
struct HostFrame {
    enum class Kind { Ack, Nack, Command };

    Kind kind = Kind::Command;
    QByteArray payload; ///< of a command: its code and data, without D4
};

/// Finds frames in what the host sends. Noise and damaged frames are skipped without a word, as the
/// chip does.
class HostFrameScanner final
{
public:
    void append(const QByteArray &bytes);

    /// The next whole frame, nothing when more bytes are needed.
    [[nodiscard]] std::optional<HostFrame> next();

    /// Drops everything up to and including the first `byte`; false when it has not come yet.
    [[nodiscard]] bool skipPast(char byte);

    void clear();

private:
    QByteArray m_bytes;
};

/// The most payload (code and data, without D5) that one frame of the chip carries.
constexpr qsizetype longestChipPayload = 264;

/// An answer; `payload` is its code and data, without D5. Extended when it is too long for a normal
/// frame.
[[nodiscard]] QByteArray chipFrame(const QByteArray &payload);
[[nodiscard]] QByteArray ackFrame();

/// What the chip says to an unknown command or to bad parameters.
[[nodiscard]] QByteArray errorFrame();

} // namespace upgradedesk
