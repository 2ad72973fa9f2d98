#include "storage/snapshotfile.h"

#include <QDir>
#include <QFileInfo>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace upgradedesk::storage
{
namespace
{

constexpr int snapshotId = 0x55445343; // UDSC
constexpr int snapshotSchema = 1;

constexpr auto schema = R"sql(
CREATE TABLE card (token INTEGER PRIMARY KEY NOT NULL, state INTEGER NOT NULL);
CREATE TABLE stand (
    only INTEGER PRIMARY KEY NOT NULL CHECK (only = 1),
    version INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    token_key TEXT NOT NULL,
    delta BLOB,
    applied INTEGER NOT NULL DEFAULT 0
) STRICT;
)sql";

int flagsOf(SnapshotFile::Mode mode)
{
    // A reader needs the right to write, too: the WAL's index is shared memory in a file.
    const int create = mode == SnapshotFile::Mode::Create ? SQLite::OPEN_CREATE : 0;
    return SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX | create;
}

} // namespace

SnapshotFile::SnapshotFile(const QString &path, Mode mode)
    : m_database(path.toStdString(), flagsOf(mode), 10'000)
    , m_path(path)
{
    sqlite3_extended_result_codes(m_database.getHandle(), 1);
    m_database.exec("PRAGMA trusted_schema = OFF");
    if (mode == Mode::Create) {
        // Nobody sees the file before it is whole and synced: no journal to come back by.
        m_database.exec("PRAGMA journal_mode = OFF");
        m_database.exec("PRAGMA synchronous = OFF");
        m_database.exec("PRAGMA locking_mode = EXCLUSIVE");
        m_database.exec("PRAGMA application_id = " + std::to_string(snapshotId));
        m_database.exec("PRAGMA user_version = " + std::to_string(snapshotSchema));
        m_database.exec(schema);
        return;
    }
    m_database.exec("PRAGMA journal_mode = WAL");
    // A power cut may take the last transactions, whole; the hub still has them.
    m_database.exec("PRAGMA synchronous = NORMAL");
    m_database.exec("PRAGMA journal_size_limit = 8388608");
}

Result<std::unique_ptr<SnapshotFile>> SnapshotFile::open(const QString &path, Mode mode)
{
    try {
        std::unique_ptr<SnapshotFile> file(new SnapshotFile(path, mode));
        if (file->m_database.execAndGet("PRAGMA application_id").getInt() != snapshotId ||
            file->m_database.execAndGet("PRAGMA user_version").getInt() != snapshotSchema)
            return fail(ErrorCode::StoreDamaged, u"not a snapshot of this program"_s);
        return file;
    } catch (const SQLite::Exception &exception) {
        return tl::unexpected(storeError(exception, path));
    }
}

Query SnapshotFile::query(const char *sql)
{
    auto &statement = m_statements[sql];
    if (!statement)
        statement = std::make_unique<SQLite::Statement>(m_database, sql);
    return Query(*statement);
}

std::optional<SnapshotStand> SnapshotFile::stand()
{
    Query row = query("SELECT version, as_of, token_key FROM stand");
    if (!row.step())
        return std::nullopt;
    return SnapshotStand{quint64(row.integer(0)),
                         QDateTime::fromMSecsSinceEpoch(row.integer(1), Qt::UTC), row.text(2)};
}

void SnapshotFile::setStand(const SnapshotStand &stand)
{
    query("INSERT INTO stand (only, version, as_of, token_key) VALUES (1, ?, ?, ?)"
          " ON CONFLICT (only) DO UPDATE SET version = excluded.version, as_of = excluded.as_of,"
          " token_key = excluded.token_key, delta = NULL, applied = 0")
        .bind(qint64(stand.version))
        .bind(stand.asOf.toMSecsSinceEpoch())
        .bind(stand.tokenKeyId)
        .run();
}

QString snapshotPath(const QString &folder)
{
    const QDir dir(folder);
    const QStringList names =
        dir.entryList({u"cards-????????????.sqlite"_s}, QDir::Files, QDir::Name);
    return names.isEmpty() ? QString() : dir.filePath(names.last());
}

QString nextSnapshotPath(const QString &folder)
{
    const QString last = QFileInfo(snapshotPath(folder)).completeBaseName();
    const qint64 number = last.mid(6).toLongLong() + 1;
    return QDir(folder).filePath(u"cards-%1.sqlite"_s.arg(number, 12, 10, QChar(u'0')));
}

void removeOtherSnapshots(const QString &folder, const QString &path)
{
    const QDir dir(folder);
    const QString keep = QFileInfo(path).fileName();
    for (const QString &name : dir.entryList({u"cards-*.sqlite*"_s}, QDir::Files)) {
        if (keep.isEmpty() || !name.startsWith(keep) || name.endsWith(u".part"))
            QFile::remove(dir.filePath(name));
    }
}

} // namespace upgradedesk::storage
