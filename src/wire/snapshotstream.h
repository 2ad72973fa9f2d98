#pragma once

#include "core/cardstate.h"
#include "core/result.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QDateTime>
#include <QString>

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace upgradedesk::wire
{

// The body of `GET /v1/snapshot?since=N[&to=M&block=K]`: how the states of cards changed between
// two versions. All numbers are big-endian.
//
//   header  magic "UDSNAP1\n", from u64, to u64, count u64, asOf u64 (ms since 1970), firstBlock
//           u32, u8 and as many bytes of tokenKeyId
//   block   rows u32 (4096, fewer in the last one), size u32 and as many bytes of zlib: all first
//           bytes of the tokens, all second ones …, then all states. Sorted, tokens share their
//           first bytes, so that a row takes about 5 bytes.
//   end     u32 0, size u32 and as many bytes of signature
//
// `since=0` asks for everything; then `from` is 0 and no state is `none`. Nothing new: `to` equals
// `from` and there is no block, but asOf is newer. A download that broke off after K whole blocks
// goes on with `to=M&block=K`: header with firstBlock K, then the rest. A hub that cannot go on
// with M any more answers as if `to` and `block` were not there, with firstBlock 0.
//
// Each block is hashed together with the hash before it, beginning with the header's, and the
// signature is over the last hash: what was left out, doubled or moved shows at the end.

struct SnapshotHeader {
    quint64 from = 0; ///< changes after this version; 0: everything
    quint64 to = 0;   ///< version after them
    quint64 count = 0;
    QDateTime asOf;     ///< UTC
    QString tokenKeyId; ///< of the key the tokens were made with; 1 to 64 characters of ASCII
    quint32 firstBlock = 0;

    /// The header at the start of the bytes; nothing when more have to come; SnapshotInvalid.
    [[nodiscard]] static Result<std::optional<SnapshotHeader>> read(QByteArrayView bytes);
    [[nodiscard]] QByteArray bytes() const;
    /// The same apart from where it starts.
    [[nodiscard]] bool goesOnWith(const SnapshotHeader &other) const;

    bool operator==(const SnapshotHeader &) const = default;
};

constexpr qsizetype rowsPerSnapshotBlock = 4096;

/// For the hub: makes the stream piece by piece, from changes sorted by token. Of blocks before
/// header.firstBlock only the hash is kept.
class SnapshotEncoder
{
public:
    using Sign = std::function<Result<QByteArray>(QByteArrayView message)>;

    SnapshotEncoder(SnapshotHeader header, Sign sign);

    [[nodiscard]] QByteArray begin() const { return m_header.bytes(); }
    /// What is ready to be sent, mostly nothing. SnapshotInvalid when the rows are not sorted or
    /// more than the header says.
    [[nodiscard]] Result<QByteArray> add(const CardChange &change);
    /// The rest. Also fails with what Sign fails with.
    [[nodiscard]] Result<QByteArray> finish();

private:
    [[nodiscard]] QByteArray closeBlock();

    SnapshotHeader m_header;
    Sign m_sign;
    QByteArray m_hash;
    std::vector<CardChange> m_rows;
    std::optional<CardToken> m_last;
    quint64 m_count = 0;
    quint32 m_block = 0;
};

/// For the desk: takes a stream that starts at block 0 in pieces of any size and believes nothing.
/// Keeps at most one block in memory. After a failure it must not be used again.
class SnapshotDecoder
{
public:
    using Verify = std::function<bool(QByteArrayView message, QByteArrayView signature)>;
    /// Gets each block in order; what it fails with, feed() fails with.
    using Take = std::function<Result<void>(std::span<const CardChange> rows)>;

    SnapshotDecoder(Verify verify, Take take);

    /// SnapshotInvalid for anything that is not as it should be, the signature included, and for
    /// bytes after the end.
    [[nodiscard]] Result<void> feed(QByteArrayView bytes);

    /// Forgets the beginning of a piece that was cut off: consumed() is where to go on.
    void dropPartial() { m_buffer.clear(); }

    [[nodiscard]] const std::optional<SnapshotHeader> &header() const { return m_header; }
    /// The stream is whole and its signature right.
    [[nodiscard]] bool finished() const { return m_finished; }
    [[nodiscard]] quint32 blocks() const { return m_blocks; }
    /// Bytes of the header and of all whole blocks, and of the end.
    [[nodiscard]] qint64 consumed() const { return m_consumed; }

private:
    /// How many bytes were used up; 0 when more have to come.
    [[nodiscard]] Result<qsizetype> step(QByteArrayView bytes);
    [[nodiscard]] Result<qsizetype> takeHeader(QByteArrayView bytes);
    [[nodiscard]] Result<qsizetype> takeBlock(QByteArrayView bytes);
    [[nodiscard]] Result<qsizetype> takeEnd(QByteArrayView bytes);
    [[nodiscard]] Result<void> unpack(QByteArrayView packed, quint32 rows);

    Verify m_verify;
    Take m_take;
    QByteArray m_buffer;
    QByteArray m_hash;
    std::optional<SnapshotHeader> m_header;
    std::vector<CardChange> m_rows;
    std::optional<CardToken> m_last;
    quint64 m_count = 0;
    quint32 m_blocks = 0;
    qint64 m_consumed = 0;
    bool m_finished = false;
};

} // namespace upgradedesk::wire
