#include "storage/database.h"

#include "storage/schema.h"

#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QStorageInfo>
#include <QtEndian>

#include <sqlite3.h>

#include <thread>

using namespace Qt::StringLiterals;

namespace upgradedesk::storage
{
namespace
{

using namespace std::chrono_literals;

constexpr auto busyTime = 10s;
/// Below this much room a failed write means a full disk, whatever SQLite calls it.
constexpr qint64 littleRoom = 64 * 1024;
/// Up to this size the structure of the whole file is checked at each start: some 10 ms.
constexpr qint64 smallDatabase = 4 * 1024 * 1024;
constexpr QByteArrayView magic("SQLite format 3\0", 16);

tl::unexpected<Error> damaged(const QString &detail)
{
    return fail(ErrorCode::StoreDamaged, detail);
}

/// Looks at the file before SQLite does, so that a damaged one is not touched at all.
Result<void> checkHeader(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return damaged(u"the database of a provisioned desk is missing"_s);
    if (!info.isWritable() || !QFileInfo(info.path()).isWritable())
        return fail(ErrorCode::StoreReadOnly, path, {info.path()});
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::StoreReadOnly, file.errorString(), {info.path()});
    const QByteArray header = file.read(100);
    if (header.size() != 100 || !header.startsWith(magic))
        return damaged(u"not a SQLite database"_s);
    if (qFromBigEndian<qint32>(header.constData() + 68) != applicationId)
        return damaged(u"not a database of this program"_s);
    if (qFromBigEndian<quint32>(header.constData() + 60) > migrations().size())
        return fail(ErrorCode::StoreTooNew, u"schema version above ours"_s);
    return {};
}

/// SQLite has a code of its own for ENOSPC only; a quota, a limit on file size or a dying disk look
/// like this. For staff they are one thing: nothing more can be stored here, stop and call the
/// supervisor.
bool cannotStore(int extendedCode)
{
    switch (extendedCode) {
    case SQLITE_IOERR_WRITE:
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
    case SQLITE_IOERR_TRUNCATE:
    case SQLITE_IOERR_SHMSIZE:
        return true;
    default:
        return false;
    }
}

qint64 pragma(SQLite::Database &database, const char *sql)
{
    return database.execAndGet(sql).getInt64();
}

} // namespace

Query::~Query()
{
    m_statement.tryReset();
    m_statement.clearBindings();
}

Query &Query::bind(qint64 value)
{
    m_statement.bind(++m_bound, int64_t(value));
    return *this;
}

Query &Query::bind(const QString &value)
{
    m_statement.bind(++m_bound, value.toStdString());
    return *this;
}

Query &Query::bind(const QByteArray &value)
{
    m_statement.bind(++m_bound, static_cast<const void *>(value.constData()), int(value.size()));
    return *this;
}

Query &Query::bindNull()
{
    m_statement.bind(++m_bound);
    return *this;
}

bool Query::step()
{
    return m_statement.executeStep();
}

int Query::run()
{
    return m_statement.exec();
}

qint64 Query::integer(int column) const
{
    return m_statement.getColumn(column).getInt64();
}

QString Query::text(int column) const
{
    return QString::fromStdString(m_statement.getColumn(column).getString());
}

QByteArray Query::blob(int column) const
{
    const SQLite::Column value = m_statement.getColumn(column);
    return QByteArray(static_cast<const char *>(value.getBlob()), value.getBytes());
}

bool Query::isNull(int column) const
{
    return m_statement.isColumnNull(column);
}

Database::Database(const QString &file, int flags, const QByteArray &vfs)
    : m_database(file.toStdString(), flags | SQLite::OPEN_NOMUTEX, 0, vfs.toStdString())
    , m_file(file)
{
    sqlite3_extended_result_codes(m_database.getHandle(), 1);
    sqlite3_busy_handler(m_database.getHandle(), waitBusy, this);
    // Until the file has proved sound, closing it must not write into it.
    sqlite3_db_config(m_database.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

/// SQLite's own handler sleeps up to 100 ms, in which a busy neighbour commits hundreds of rows;
/// short naps of different length share the database fairly.
int Database::waitBusy(void *self, int count)
{
    auto &database = *static_cast<Database *>(self);
    const auto now = std::chrono::steady_clock::now();
    if (count == 0)
        database.m_busyUntil = now + busyTime;
    if (now >= database.m_busyUntil)
        return 0;
    std::this_thread::sleep_for(
        std::chrono::microseconds(50 + QRandomGenerator::global()->bounded(350)));
    return 1;
}

void Database::configure()
{
    m_database.exec("PRAGMA trusted_schema = OFF");
    m_database.exec("PRAGMA cell_size_check = ON");
    m_database.exec("PRAGMA foreign_keys = ON");
    m_database.exec("PRAGMA synchronous = FULL");
    m_database.exec("PRAGMA temp_store = MEMORY");
    // Also kept in the file; asking for it again costs nothing.
    m_database.exec("PRAGMA journal_mode = WAL");
    // WAL and shared memory stay, emptied, when the last program closes: a full disk could not hold
    // new ones, and then the queue could not even be read. A WAL left full would be played over a
    // restored backup.
    m_database.exec("PRAGMA journal_size_limit = 67108864");
    int keep = 1;
    sqlite3_file_control(m_database.getHandle(), "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
}

void Database::migrate()
{
    const auto steps = migrations();
    if (size_t(pragma(m_database, "PRAGMA user_version")) == steps.size())
        return;
    SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
    // Asked again inside: another program may have done it by now.
    for (auto at = size_t(pragma(m_database, "PRAGMA user_version")); at < steps.size(); ++at)
        m_database.exec(steps[at]);
    m_database.exec("PRAGMA user_version = " + std::to_string(steps.size()));
    transaction.commit();
}

Result<std::unique_ptr<Database>> Database::create(const QString &file, const QByteArray &vfs)
{
    std::unique_ptr<Database> database;
    try {
        database.reset(new Database(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, vfs));
        database->m_database.exec("PRAGMA application_id = " + std::to_string(applicationId));
        database->configure();
        database->migrate();
        sqlite3_db_config(database->m_database.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0,
                          nullptr);
    } catch (const SQLite::Exception &exception) {
        if (database)
            return tl::unexpected(database->toError(exception));
        return fail(ErrorCode::StoreFailed, QString::fromLatin1(exception.getErrorStr()));
    }
    return database;
}

Result<std::unique_ptr<Database>> Database::open(const QString &file, const QByteArray &vfs)
{
    if (const auto header = checkHeader(file); !header)
        return tl::unexpected(header.error());

    std::unique_ptr<Database> database;
    try {
        database.reset(new Database(file, SQLite::OPEN_READWRITE, vfs));
        database->configure();
        const qint64 size = pragma(database->m_database, "PRAGMA page_count") *
                            pragma(database->m_database, "PRAGMA page_size");
        if (size <= smallDatabase) {
            const std::string answer =
                database->m_database.execAndGet("PRAGMA quick_check(1)").getString();
            if (answer != "ok")
                return damaged(u"quick_check: "_s + QString::fromStdString(answer));
        }
        database->migrate();
        sqlite3_db_config(database->m_database.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0,
                          nullptr);
    } catch (const SQLite::Exception &exception) {
        if (database)
            return tl::unexpected(database->toError(exception));
        return fail(ErrorCode::StoreFailed, QString::fromLatin1(exception.getErrorStr()));
    }
    return database;
}

Query Database::query(const char *sql)
{
    auto &statement = m_statements[sql];
    if (!statement)
        statement = std::make_unique<SQLite::Statement>(m_database, sql);
    return Query(*statement);
}

Error Database::toError(const SQLite::Exception &exception)
{
    Error error = storeError(exception, m_file);
    if (error.code == ErrorCode::StoreDamaged)
        sqlite3_db_config(m_database.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    return error;
}

Error storeError(const SQLite::Exception &exception, const QString &file)
{
    // Not SQLite's message: a constraint names values in some versions.
    const QString detail = u"SQLite %1 (%2)"_s.arg(QString::fromLatin1(exception.getErrorStr()))
                               .arg(exception.getExtendedErrorCode());
    const QString folder = QFileInfo(file).path();
    switch (exception.getErrorCode() & 0xFF) { // without what extended codes add
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::StoreLocked, detail, {}};
    case SQLITE_FULL:
        return {ErrorCode::StoreFull, detail, {}};
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return {ErrorCode::StoreReadOnly, detail, {folder}};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {ErrorCode::StoreDamaged, detail, {}};
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        if (cannotStore(exception.getExtendedErrorCode()) ||
            QStorageInfo(folder).bytesAvailable() < littleRoom)
            return {ErrorCode::StoreFull, detail, {}};
        if (!QFileInfo(folder).isWritable())
            return {ErrorCode::StoreReadOnly, detail, {folder}};
        return {ErrorCode::StoreFailed, detail, {}};
    default:
        return {ErrorCode::StoreFailed, detail, {}};
    }
}

} // namespace upgradedesk::storage
