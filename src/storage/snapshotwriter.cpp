// How a snapshot comes into being and changes; reading is in cardsnapshot.cpp.
#include "crypto/privatefile.h"
#include "storage/cardsnapshot.h"
#include "storage/snapshotfile.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace upgradedesk::storage
{
namespace
{

constexpr int rowsPerTransaction = 1000;

/// What is here now; a file that cannot be read is none.
std::optional<SnapshotStand> standHere(const QString &folder)
{
    CardSnapshot here(folder);
    const auto stand = here.stand();
    return stand ? *stand : std::nullopt;
}

} // namespace

struct SnapshotLoad::Parts {
    QString folder;
    QString path;
    SnapshotStand stand;
    std::unique_ptr<SnapshotFile> file;

    [[nodiscard]] QString part() const { return path + u".part"_s; }
    ~Parts()
    {
        file.reset();
        QFile::remove(part());
    }
};

SnapshotLoad::SnapshotLoad(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts))
{
}

SnapshotLoad::SnapshotLoad(SnapshotLoad &&) noexcept = default;
SnapshotLoad &SnapshotLoad::operator=(SnapshotLoad &&) noexcept = default;
SnapshotLoad::~SnapshotLoad() = default;

Result<SnapshotLoad> SnapshotLoad::begin(const QString &folder, const SnapshotStand &stand)
{
    const auto here = standHere(folder);
    if (here && here->version > stand.version)
        return fail(ErrorCode::SnapshotOld, u"full snapshot below the version here"_s);

    auto parts = std::make_unique<Parts>();
    parts->folder = folder;
    parts->path = nextSnapshotPath(folder);
    parts->stand = stand;
    removeOtherSnapshots(folder, snapshotPath(folder)); // what a broken-off load left
    auto file = SnapshotFile::open(parts->part(), SnapshotFile::Mode::Create);
    if (!file)
        return tl::unexpected(file.error());
    parts->file = std::move(*file);
    QFile::setPermissions(parts->part(), QFile::ReadOwner | QFile::WriteOwner);
    const auto begun = parts->file->attempt([&]() -> Result<void> {
        parts->file->raw().exec("BEGIN");
        return {};
    });
    if (!begun)
        return tl::unexpected(begun.error());
    return SnapshotLoad(std::move(parts));
}

Result<void> SnapshotLoad::add(std::span<const CardChange> rows)
{
    SnapshotFile &file = *m_parts->file;
    return file.attempt([&]() -> Result<void> {
        for (const CardChange &row : rows)
            file.query("INSERT INTO card (token, state) VALUES (?, ?)")
                .bind(keyOf(row.token))
                .bind(qint64(row.state))
                .run();
        return {};
    });
}

Result<void> SnapshotLoad::finish()
{
    const auto written = m_parts->file->attempt([this]() -> Result<void> {
        m_parts->file->setStand(m_parts->stand);
        m_parts->file->raw().exec("COMMIT");
        m_parts->file->raw().exec("PRAGMA journal_mode = WAL"); // for those to come
        return {};
    });
    if (!written)
        return written;
    m_parts->file.reset();
    if (const auto synced = syncFile(m_parts->part()); !synced)
        return synced;
    if (!QFile::rename(m_parts->part(), m_parts->path))
        return fail(ErrorCode::StoreFailed, u"a snapshot cannot be given its name"_s);
    if (const auto synced = syncFolder(m_parts->folder); !synced)
        return synced;
    removeOtherSnapshots(m_parts->folder, m_parts->path);
    return {};
}

struct SnapshotDelta::Parts {
    std::unique_ptr<SnapshotFile> file;
    SnapshotStand stand;
    QByteArray id;
    quint64 applied = 0; ///< before this run
    quint64 seen = 0;    ///< rows that were handed in
    int open = 0;        ///< of those, in the transaction under way

    void put(const CardChange &row);
    void commit();
};

void SnapshotDelta::Parts::put(const CardChange &row)
{
    if (open++ == 0)
        file->raw().exec("BEGIN IMMEDIATE");
    if (row.state == CityCardState::None) {
        file->query("DELETE FROM card WHERE token = ?").bind(keyOf(row.token)).run();
        return;
    }
    file->query("INSERT INTO card (token, state) VALUES (?, ?)"
                " ON CONFLICT (token) DO UPDATE SET state = excluded.state")
        .bind(keyOf(row.token))
        .bind(qint64(row.state))
        .run();
}

void SnapshotDelta::Parts::commit()
{
    file->query("UPDATE stand SET delta = ?, applied = ?").bind(id).bind(qint64(seen)).run();
    file->raw().exec("COMMIT");
    open = 0;
}

SnapshotDelta::SnapshotDelta(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts))
{
}

SnapshotDelta::SnapshotDelta(SnapshotDelta &&) noexcept = default;
SnapshotDelta &SnapshotDelta::operator=(SnapshotDelta &&) noexcept = default;
SnapshotDelta::~SnapshotDelta() = default;

Result<SnapshotDelta> SnapshotDelta::begin(const QString &folder, quint64 from,
                                           const SnapshotStand &stand, const QByteArray &id)
{
    const QString path = snapshotPath(folder);
    if (path.isEmpty())
        return fail(ErrorCode::SnapshotInvalid, u"changes, but nothing to change"_s);
    auto parts = std::make_unique<Parts>();
    auto file = SnapshotFile::open(path, SnapshotFile::Mode::Write);
    if (!file)
        return tl::unexpected(file.error());
    parts->file = std::move(*file);
    parts->stand = stand;
    parts->id = id;
    const auto begun = parts->file->attempt([&]() -> Result<void> {
        const auto here = parts->file->stand();
        if (!here)
            return fail(ErrorCode::StoreDamaged, u"snapshot without a version"_s);
        if (here->version > stand.version)
            return fail(ErrorCode::SnapshotOld, u"changes to a version below the one here"_s);
        if (here->version != from || here->tokenKeyId != stand.tokenKeyId)
            return fail(ErrorCode::SnapshotInvalid, u"changes from another version or key"_s);
        Query row = parts->file->query("SELECT applied FROM stand WHERE delta = ?");
        if (row.bind(id).step())
            parts->applied = quint64(row.integer(0));
        return {};
    });
    if (!begun)
        return tl::unexpected(begun.error());
    return SnapshotDelta(std::move(parts));
}

quint64 SnapshotDelta::applied() const
{
    return m_parts->applied;
}

Result<void> SnapshotDelta::add(std::span<const CardChange> rows)
{
    return m_parts->file->attempt([&]() -> Result<void> {
        for (const CardChange &row : rows) {
            if (m_parts->seen++ < m_parts->applied)
                continue;
            m_parts->put(row);
            if (m_parts->open == rowsPerTransaction)
                m_parts->commit();
        }
        return {};
    });
}

Result<void> SnapshotDelta::finish()
{
    return m_parts->file->attempt([this]() -> Result<void> {
        if (m_parts->open == 0)
            m_parts->file->raw().exec("BEGIN IMMEDIATE");
        m_parts->file->setStand(m_parts->stand);
        m_parts->file->raw().exec("COMMIT");
        m_parts->open = 0;
        return {};
    });
}

} // namespace upgradedesk::storage
