#include "wire/snapshotstream.h"

#include <QTimeZone>
#include <QtEndian>

#include <zlib.h>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace upgradedesk::wire
{
namespace
{

constexpr QByteArrayView magic("UDSNAP1\n", 8);
constexpr QByteArrayView hashPurpose("upgradedesk snapshot 1\n");
constexpr QByteArrayView signPurpose("upgradedesk snapshot end 1\n");
constexpr qsizetype fixedHeader = 8 + 4 * 8 + 4 + 1;
constexpr qsizetype longestKeyId = 64;
constexpr qsizetype largestSignature = 256;
constexpr qsizetype columns = 9; ///< eight of the token, one of the state
/// Random bytes do not shrink; zlib then adds a few of its own.
constexpr qsizetype largestPacked = rowsPerSnapshotBlock * columns + 256;
/// More cards than there are people on earth: a count above it is a lie.
constexpr quint64 mostRows = 10'000'000'000;
/// In the year 9999; keeps QDateTime inside what it can show.
constexpr quint64 latestTime = 253'370'764'800'000;

tl::unexpected<Error> bad(const QString &detail)
{
    return fail(ErrorCode::SnapshotInvalid, u"snapshot: "_s + detail);
}

template <typename Number>
void put(QByteArray &bytes, Number number)
{
    const Number value = qToBigEndian(number);
    bytes.append(reinterpret_cast<const char *>(&value), sizeof value);
}

template <typename Number>
Number get(QByteArrayView bytes, qsizetype at)
{
    return qFromBigEndian<Number>(bytes.data() + at);
}

QByteArray startHash(const SnapshotHeader &header)
{
    SnapshotHeader whole = header;
    whole.firstBlock = 0;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(hashPurpose.toByteArray());
    hash.addData(whole.bytes());
    return hash.result();
}

QByteArray nextHash(const QByteArray &before, const QByteArray &rows)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(before);
    hash.addData(rows);
    return hash.result();
}

QByteArray signedMessage(const QByteArray &hash)
{
    return signPurpose.toByteArray() + hash;
}

/// Rows as columns of bytes.
QByteArray transposed(std::span<const CardChange> rows)
{
    const auto count = qsizetype(rows.size());
    QByteArray bytes(count * columns, Qt::Uninitialized);
    char *to = bytes.data();
    for (int shift = 56; shift >= 0; shift -= 8) {
        for (const CardChange &row : rows)
            *to++ = char(row.token >> shift & 0xFF);
    }
    for (const CardChange &row : rows)
        *to++ = char(row.state);
    return bytes;
}

QByteArray packed(const QByteArray &bytes)
{
    auto size = compressBound(uLong(bytes.size()));
    QByteArray out(qsizetype(size), Qt::Uninitialized);
    // Cannot fail with a buffer of compressBound(), short of memory that is not there.
    const int done = compress2(reinterpret_cast<Bytef *>(out.data()), &size,
                               reinterpret_cast<const Bytef *>(bytes.constData()),
                               uLong(bytes.size()), Z_BEST_SPEED);
    Q_ASSERT(done == Z_OK);
    Q_UNUSED(done);
    out.truncate(qsizetype(size));
    return out;
}

bool isPlainAscii(QByteArrayView text)
{
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

} // namespace

Result<std::optional<SnapshotHeader>> SnapshotHeader::read(QByteArrayView bytes)
{
    // Told as soon as it can be: an error page must not be waited through.
    const qsizetype seen = std::min(bytes.size(), magic.size());
    if (bytes.first(seen) != magic.first(seen))
        return bad(u"not a snapshot"_s);
    if (bytes.size() < fixedHeader)
        return std::nullopt;
    const auto keyId = qsizetype(get<quint8>(bytes, fixedHeader - 1));
    if (keyId < 1 || keyId > longestKeyId)
        return bad(u"key id"_s);
    if (bytes.size() < fixedHeader + keyId)
        return std::nullopt;

    SnapshotHeader header;
    header.from = get<quint64>(bytes, 8);
    header.to = get<quint64>(bytes, 16);
    header.count = get<quint64>(bytes, 24);
    const auto asOf = get<quint64>(bytes, 32);
    header.firstBlock = get<quint32>(bytes, 40);
    const QByteArrayView id = bytes.sliced(fixedHeader, keyId);
    constexpr quint64 highest = std::numeric_limits<qint64>::max(); // SQL has no more
    if (header.to < 1 || header.to > highest || header.from > header.to)
        return bad(u"versions"_s);
    if (header.count > mostRows || (header.count > 0 && header.from == header.to))
        return bad(u"count"_s);
    if (asOf > latestTime || !isPlainAscii(id))
        return bad(u"time or key id"_s);
    header.asOf = QDateTime::fromMSecsSinceEpoch(qint64(asOf), Qt::UTC);
    header.tokenKeyId = QString::fromLatin1(id);
    return header;
}

QByteArray SnapshotHeader::bytes() const
{
    const QByteArray id = tokenKeyId.toLatin1();
    QByteArray bytes = magic.toByteArray();
    put(bytes, from);
    put(bytes, to);
    put(bytes, count);
    put(bytes, quint64(asOf.toMSecsSinceEpoch()));
    put(bytes, firstBlock);
    put(bytes, quint8(id.size()));
    return bytes + id;
}

bool SnapshotHeader::goesOnWith(const SnapshotHeader &other) const
{
    SnapshotHeader rest = other;
    rest.firstBlock = firstBlock;
    return rest == *this;
}

SnapshotEncoder::SnapshotEncoder(SnapshotHeader header, Sign sign)
    : m_header(std::move(header))
    , m_sign(std::move(sign))
    , m_hash(startHash(m_header))
{
    m_rows.reserve(size_t(rowsPerSnapshotBlock));
}

Result<QByteArray> SnapshotEncoder::add(const CardChange &change)
{
    if ((m_last && change.token <= *m_last) || m_count >= m_header.count)
        return bad(u"rows are not sorted, or more than counted"_s);
    m_last = change.token;
    ++m_count;
    m_rows.push_back(change);
    if (qsizetype(m_rows.size()) < rowsPerSnapshotBlock)
        return QByteArray();
    return closeBlock();
}

QByteArray SnapshotEncoder::closeBlock()
{
    const QByteArray rows = transposed(m_rows);
    m_hash = nextHash(m_hash, rows);
    QByteArray out;
    if (m_block++ >= m_header.firstBlock) {
        const QByteArray body = packed(rows);
        put(out, quint32(m_rows.size()));
        put(out, quint32(body.size()));
        out += body;
    }
    m_rows.clear();
    return out;
}

Result<QByteArray> SnapshotEncoder::finish()
{
    if (m_count != m_header.count)
        return bad(u"fewer rows than counted"_s);
    QByteArray out = m_rows.empty() ? QByteArray() : closeBlock();
    const auto signature = m_sign(signedMessage(m_hash));
    if (!signature)
        return tl::unexpected(signature.error());
    put(out, quint32(0));
    put(out, quint32(signature->size()));
    return out + *signature;
}

SnapshotDecoder::SnapshotDecoder(Verify verify, Take take)
    : m_verify(std::move(verify))
    , m_take(std::move(take))
{
}

Result<void> SnapshotDecoder::feed(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        if (m_finished)
            return bad(u"bytes after the end"_s);
        // A little at a time, however much has come.
        const qsizetype part = std::min(bytes.size(), largestPacked);
        m_buffer.append(bytes.first(part));
        bytes = bytes.sliced(part);
        qsizetype used = 0;
        while (!m_finished) {
            const auto taken = step(QByteArrayView(m_buffer).sliced(used));
            if (!taken)
                return tl::unexpected(taken.error());
            if (*taken == 0)
                break;
            used += *taken;
        }
        m_consumed += used;
        m_buffer.remove(0, used);
        if (m_finished && !m_buffer.isEmpty())
            return bad(u"bytes after the end"_s);
    }
    return {};
}

Result<qsizetype> SnapshotDecoder::step(QByteArrayView bytes)
{
    if (!m_header)
        return takeHeader(bytes);
    if (bytes.size() < 8)
        return 0;
    return get<quint32>(bytes, 0) == 0 ? takeEnd(bytes) : takeBlock(bytes);
}

Result<qsizetype> SnapshotDecoder::takeHeader(QByteArrayView bytes)
{
    const auto header = SnapshotHeader::read(bytes);
    if (!header)
        return tl::unexpected(header.error());
    if (!*header)
        return 0;
    if ((*header)->firstBlock != 0)
        return bad(u"starts in the middle"_s);
    m_header = **header;
    m_hash = startHash(*m_header);
    return fixedHeader + m_header->tokenKeyId.size();
}

Result<qsizetype> SnapshotDecoder::takeBlock(QByteArrayView bytes)
{
    const auto rows = get<quint32>(bytes, 0);
    const auto size = qsizetype(get<quint32>(bytes, 4));
    const quint64 left = m_header->count - m_count;
    // Every block but the last is full, so that its number tells where it stands.
    if (rows != std::min<quint64>(left, rowsPerSnapshotBlock) || size < 1 || size > largestPacked)
        return bad(u"size of a block"_s);
    if (bytes.size() < 8 + size)
        return 0;
    const auto unpacked = unpack(bytes.sliced(8, size), rows);
    if (!unpacked)
        return tl::unexpected(unpacked.error());
    m_count += rows;
    ++m_blocks;
    const auto taken = m_take(m_rows);
    if (!taken)
        return tl::unexpected(taken.error());
    return 8 + size;
}

Result<void> SnapshotDecoder::unpack(QByteArrayView bytes, quint32 rows)
{
    QByteArray plain(qsizetype(rows) * columns, Qt::Uninitialized);
    auto plainSize = uLongf(plain.size());
    auto packedSize = uLong(bytes.size());
    const int done = uncompress2(reinterpret_cast<Bytef *>(plain.data()), &plainSize,
                                 reinterpret_cast<const Bytef *>(bytes.data()), &packedSize);
    if (done != Z_OK || plainSize != uLongf(plain.size()) || packedSize != uLong(bytes.size()))
        return bad(u"a block does not unpack"_s);
    m_hash = nextHash(m_hash, plain);

    m_rows.resize(rows);
    for (quint32 row = 0; row < rows; ++row) {
        CardToken token = 0;
        for (quint32 column = 0; column < 8; ++column)
            token = token << 8 | quint8(plain[column * rows + row]);
        const auto state = quint8(plain[8 * rows + row]);
        if ((m_last && token <= *m_last) || state > highestCityCardState)
            return bad(u"order or state"_s);
        if (m_header->from == 0 && state == quint8(CityCardState::None))
            return bad(u"a card without a state among all that have one"_s);
        m_last = token;
        m_rows[row] = {token, CityCardState(state)};
    }
    return {};
}

Result<qsizetype> SnapshotDecoder::takeEnd(QByteArrayView bytes)
{
    const auto size = qsizetype(get<quint32>(bytes, 4));
    if (m_count != m_header->count || size < 1 || size > largestSignature)
        return bad(u"the end comes too early, or its size"_s);
    if (bytes.size() < 8 + size)
        return 0;
    if (!m_verify(signedMessage(m_hash), bytes.sliced(8, size)))
        return bad(u"signature"_s);
    m_finished = true;
    return 8 + size;
}

} // namespace upgradedesk::wire
