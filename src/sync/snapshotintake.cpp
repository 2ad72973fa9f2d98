#include "sync/snapshotintake.h"

#include "core/programlock.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace upgradedesk::sync
{
namespace
{

/// Five times the cards of the city: a stream must not fill the disk.
constexpr quint64 mostCards = 100'000'000;
constexpr qint64 pieceSize = 64 * 1024;

Result<void> nothingToDo(std::span<const CardChange>)
{
    return {};
}

tl::unexpected<Error> unwritable(const QFile &file)
{
    const bool full = file.error() == QFile::ResourceError || file.error() == QFile::WriteError;
    return fail(full ? ErrorCode::StoreFull : ErrorCode::StoreFailed,
                u"snapshot.part: "_s + file.errorString());
}

storage::SnapshotStand standOf(const wire::SnapshotHeader &header)
{
    return {header.to, header.asOf, header.tokenKeyId};
}

} // namespace

QString SnapshotRequest::query() const
{
    QString text = u"since=%1"_s.arg(since);
    if (to > 0)
        text += u"&to=%1&block=%2"_s.arg(to).arg(block);
    return text;
}

struct SnapshotIntake::Parts {
    Parts(QString inFolder, QString keyId, wire::SnapshotDecoder::Verify check)
        : folder(std::move(inFolder))
        , tokenKeyId(std::move(keyId))
        , verify(std::move(check))
        , lock(QDir(folder).filePath(u"snapshot.lock"_s))
        , spool(QDir(folder).filePath(u"snapshot.part"_s))
        , decoder(verify, nothingToDo)
    {
    }

    [[nodiscard]] Result<void> fits(const wire::SnapshotHeader &header) const;
    [[nodiscard]] Result<QByteArrayView> takeHeader(QByteArrayView bytes);
    [[nodiscard]] Result<void> keep(QByteArrayView bytes);
    [[nodiscard]] Result<void> recall();
    void lookHere();
    void discard();

    QString folder;
    QString tokenKeyId;
    wire::SnapshotDecoder::Verify verify;
    ProgramLock lock;
    QFile spool;
    std::optional<storage::SnapshotStand> here; ///< of the desk's own key
    quint64 lowest = 0;                         ///< version below which nothing is taken
    wire::SnapshotDecoder decoder;              ///< has seen what is in the spool
    QByteArray head;                            ///< of an answer whose header is not whole yet
    bool awaitsHeader = true;
};

void SnapshotIntake::Parts::lookHere()
{
    storage::CardSnapshot states(folder);
    const auto stand = states.stand();
    here.reset();
    lowest = 0;
    if (!stand || !*stand)
        return;
    lowest = (*stand)->version;
    if ((*stand)->tokenKeyId == tokenKeyId)
        here = **stand;
}

void SnapshotIntake::Parts::discard()
{
    spool.resize(0);
    spool.seek(0);
    decoder = wire::SnapshotDecoder(verify, nothingToDo);
    head.clear();
    awaitsHeader = true;
}

/// Whether a stream with this header is of any use here.
Result<void> SnapshotIntake::Parts::fits(const wire::SnapshotHeader &header) const
{
    if (header.tokenKeyId != tokenKeyId)
        return fail(ErrorCode::SnapshotInvalid, u"snapshot: tokens of another key"_s);
    if (header.count > mostCards)
        return fail(ErrorCode::SnapshotInvalid, u"snapshot: more cards than there can be"_s);
    if (header.to < lowest)
        return fail(ErrorCode::SnapshotOld, u"snapshot: a lower version"_s);
    if (header.from != 0 && (!here || here->version != header.from))
        return fail(ErrorCode::SnapshotInvalid, u"snapshot: changes from another version"_s);
    return {};
}

/// Reads the spool that an earlier run has left, as far as it is good.
Result<void> SnapshotIntake::Parts::recall()
{
    if (!spool.open(QIODevice::ReadWrite))
        return unwritable(spool);
    spool.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    bool good = true;
    while (good && !spool.atEnd()) {
        const QByteArray piece = spool.read(pieceSize);
        good = !piece.isEmpty() && decoder.feed(piece);
    }
    // What counts already was applied by a run that did not come to clearing up.
    const auto &header = decoder.header();
    if (!good || (header && (!fits(*header) || here == standOf(*header)))) {
        discard();
        return {};
    }
    decoder.dropPartial();
    if (!spool.resize(decoder.consumed()) || !spool.seek(decoder.consumed()))
        return unwritable(spool);
    return {};
}

/// What of the answer belongs into the spool, once its header is whole.
Result<QByteArrayView> SnapshotIntake::Parts::takeHeader(QByteArrayView bytes)
{
    head.append(bytes);
    const auto header = wire::SnapshotHeader::read(head);
    if (!header)
        return tl::unexpected(header.error());
    if (!*header)
        return QByteArrayView();
    if (const auto useful = fits(**header); !useful)
        return tl::unexpected(useful.error());
    awaitsHeader = false;
    if ((*header)->firstBlock == 0) {
        const QByteArray whole = head;
        discard();
        awaitsHeader = false;
        head = whole;
        return QByteArrayView(head);
    }
    if (!decoder.header() || (*header)->firstBlock != decoder.blocks() ||
        !(*header)->goesOnWith(*decoder.header()))
        return fail(ErrorCode::SnapshotInvalid, u"snapshot: goes on with another one"_s);
    return QByteArrayView(head).sliced((*header)->bytes().size());
}

Result<void> SnapshotIntake::Parts::keep(QByteArrayView bytes)
{
    if (const auto good = decoder.feed(bytes); !good)
        return good;
    if (spool.write(bytes.data(), bytes.size()) != bytes.size() || !spool.flush())
        return unwritable(spool);
    return {};
}

SnapshotIntake::SnapshotIntake(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts))
{
}

SnapshotIntake::SnapshotIntake(SnapshotIntake &&) noexcept = default;
SnapshotIntake &SnapshotIntake::operator=(SnapshotIntake &&) noexcept = default;
SnapshotIntake::~SnapshotIntake() = default;

Result<SnapshotIntake> SnapshotIntake::open(const QString &folder, const QString &tokenKeyId,
                                            wire::SnapshotDecoder::Verify verify)
{
    auto parts = std::make_unique<Parts>(folder, tokenKeyId, std::move(verify));
    if (!parts->lock.tryLock(0)) {
        if (parts->lock.error() == QLockFile::LockFailedError)
            return fail(ErrorCode::SnapshotBusy, u"snapshot.lock is held"_s);
        return fail(ErrorCode::StoreReadOnly, u"snapshot.lock cannot be made"_s, {folder});
    }
    parts->lookHere();
    if (const auto recalled = parts->recall(); !recalled)
        return tl::unexpected(recalled.error());
    return SnapshotIntake(std::move(parts));
}

bool SnapshotIntake::isComplete() const
{
    return m_parts->decoder.finished();
}

SnapshotRequest SnapshotIntake::request() const
{
    SnapshotRequest request;
    request.since = m_parts->here ? m_parts->here->version : 0;
    const auto &header = m_parts->decoder.header();
    if (header && m_parts->decoder.blocks() > 0) {
        request.since = header->from;
        request.to = header->to;
        request.block = m_parts->decoder.blocks();
    }
    return request;
}

Result<void> SnapshotIntake::begin()
{
    Parts &parts = *m_parts;
    parts.head.clear();
    parts.awaitsHeader = true;
    parts.decoder.dropPartial();
    const qint64 good = parts.decoder.consumed();
    if (!parts.spool.resize(good) || !parts.spool.seek(good))
        return unwritable(parts.spool);
    return {};
}

Result<void> SnapshotIntake::feed(QByteArrayView bytes)
{
    Parts &parts = *m_parts;
    const auto taken = [&]() -> Result<void> {
        if (!parts.awaitsHeader)
            return parts.keep(bytes);
        const auto rest = parts.takeHeader(bytes);
        if (!rest)
            return tl::unexpected(rest.error());
        const auto kept = parts.keep(*rest);
        if (!parts.awaitsHeader)
            parts.head.clear();
        return kept;
    }();
    if (!taken && (taken.error().code == ErrorCode::SnapshotInvalid ||
                   taken.error().code == ErrorCode::SnapshotOld))
        parts.discard();
    return taken;
}

Result<std::optional<storage::SnapshotStand>> SnapshotIntake::apply(const std::atomic_bool &stop)
{
    Parts &parts = *m_parts;
    const wire::SnapshotHeader header = *parts.decoder.header();
    // The states may have changed since the download began.
    parts.lookHere();
    std::optional<storage::SnapshotLoad> load;
    std::optional<storage::SnapshotDelta> delta;
    const auto applied = [&]() -> Result<bool> {
        if (const auto useful = parts.fits(header); !useful)
            return tl::unexpected(useful.error());
        if (header.from == 0) {
            auto begun = storage::SnapshotLoad::begin(parts.folder, standOf(header));
            if (!begun)
                return tl::unexpected(begun.error());
            load = std::move(*begun);
        } else {
            const QByteArray id =
                QCryptographicHash::hash(header.bytes(), QCryptographicHash::Sha256);
            auto begun =
                storage::SnapshotDelta::begin(parts.folder, header.from, standOf(header), id);
            if (!begun)
                return tl::unexpected(begun.error());
            delta = std::move(*begun);
        }
        // The signature is proved once more: the version counts only with what was read just now.
        wire::SnapshotDecoder decoder(parts.verify, [&](std::span<const CardChange> rows) {
            return load ? load->add(rows) : delta->add(rows);
        });
        parts.spool.seek(0);
        while (!parts.spool.atEnd()) {
            if (stop)
                return false;
            const QByteArray piece = parts.spool.read(pieceSize);
            if (piece.isEmpty())
                return unwritable(parts.spool);
            if (const auto good = decoder.feed(piece); !good)
                return tl::unexpected(good.error());
        }
        if (!decoder.finished())
            return fail(ErrorCode::SnapshotInvalid, u"snapshot.part has changed"_s);
        const auto done = load ? load->finish() : delta->finish();
        if (!done)
            return tl::unexpected(done.error());
        return true;
    }();
    load.reset();
    delta.reset();
    if (applied && !*applied) {
        parts.spool.seek(parts.decoder.consumed());
        return std::nullopt;
    }
    if (!applied && applied.error().code == ErrorCode::StoreDamaged)
        storage::CardSnapshot::remove(parts.folder);
    const bool useless = !applied && (applied.error().code == ErrorCode::StoreDamaged ||
                                      applied.error().code == ErrorCode::SnapshotInvalid ||
                                      applied.error().code == ErrorCode::SnapshotOld);
    if (applied || useless)
        parts.discard();
    parts.lookHere();
    if (!applied)
        return tl::unexpected(applied.error());
    return standOf(header);
}

} // namespace upgradedesk::sync
