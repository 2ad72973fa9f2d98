#pragma once

#include <QByteArray>

#include <optional>

namespace upgradedesk
{

/// A frame of the GA 450 line protocol around this body: CMD, PARA and data to the reader, or SW1,
/// SW2, SW3 and data from it. At most 4095 bytes.
[[nodiscard]] QByteArray ga450Frame(QByteArrayView body);

/// What a Ga450Scanner found.
struct Ga450Frame {
    enum class Kind { Whole, BadChecksum, BadLength };

    Kind kind = Kind::Whole;
    QByteArrayView body; ///< of a whole frame, without its check; lives until the next call

    /// The status that counts: SW1 and SW2 only repeat what the card said. Of a whole reply.
    [[nodiscard]] quint8 status() const { return quint8(body[2]); }
    /// Of a whole reply.
    [[nodiscard]] QByteArrayView data() const { return body.sliced(3); }
};

/// Finds frames in what comes over the line, in pieces of any size. It hunts for the preamble AA AA
/// AA 96 69, also in a longer run of AA, and never looks for one inside a frame whose bytes are
/// still coming; a frame that turns out wrong is told once, and the hunt goes on behind its
/// preamble. Replies hold photo and address of a card: bytes are wiped once they were looked at.
class Ga450Scanner final
{
public:
    enum class Direction { Replies, Requests };

    explicit Ga450Scanner(Direction direction = Direction::Replies);
    Ga450Scanner(const Ga450Scanner &) = delete;
    Ga450Scanner &operator=(const Ga450Scanner &) = delete;
    ~Ga450Scanner();

    void append(QByteArrayView bytes);

    /// The next thing found; nothing when more bytes are needed.
    [[nodiscard]] std::optional<Ga450Frame> next();

    /// The caller has waited long enough for the rest of a frame: it is dropped, and next() looks
    /// behind its preamble. False when no frame had begun.
    bool expire();

    void clear();

private:
    void drop(qsizetype count);

    const qsizetype m_shortest; ///< that the length field may say
    QByteArray m_bytes;
    qsizetype m_told = 0; ///< bytes at the start that the caller may look at until the next call
};

} // namespace upgradedesk
