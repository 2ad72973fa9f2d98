#include "snapshotlimits.h"

#include "figure.h"

#include <QFile>

#include <sqlite3.h>

#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace upgradedesk::bench
{
namespace
{

constexpr qint64 rowSize = 9;

qint64 keyOf(CardToken token)
{
    return qint64(token ^ (CardToken(1) << 63));
}

/// Rows to a new file, through a buffer, to the disk at the end.
class RowFile final
{
public:
    explicit RowFile(const QString &path)
        : m_file(std::fopen(QFile::encodeName(path).constData(), "wb"))
    {
        if (!m_file)
            giveUp(u"a file cannot be written"_s);
    }
    ~RowFile()
    {
        std::fflush(m_file);
        ::fsync(::fileno(m_file));
        std::fclose(m_file);
    }
    RowFile(const RowFile &) = delete;
    RowFile &operator=(const RowFile &) = delete;

    void put(const CardChange &card)
    {
        char row[rowSize];
        std::memcpy(row, &card.token, 8);
        row[8] = char(card.state);
        std::fwrite(row, 1, rowSize, m_file);
    }

private:
    std::FILE *m_file;
};

} // namespace

BareTable::BareTable(const QString &path)
{
    if (sqlite3_open(path.toUtf8().constData(), &m_database) != SQLITE_OK)
        giveUp(u"SQLite"_s);
}

BareTable::~BareTable()
{
    sqlite3_finalize(m_look);
    sqlite3_close(m_database);
}

void BareTable::run(const char *sql)
{
    if (sqlite3_exec(m_database, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        giveUp(QString::fromUtf8(sqlite3_errmsg(m_database)));
}

void BareTable::load(const NextCard &next)
{
    run("PRAGMA journal_mode = OFF");
    run("PRAGMA synchronous = OFF");
    run("CREATE TABLE card (token INTEGER PRIMARY KEY NOT NULL, state INTEGER NOT NULL)");
    run("BEGIN");
    sqlite3_stmt *insert = nullptr;
    sqlite3_prepare_v2(m_database, "INSERT INTO card VALUES (?, ?)", -1, &insert, nullptr);
    for (CardChange card; next(card);) {
        sqlite3_bind_int64(insert, 1, keyOf(card.token));
        sqlite3_bind_int64(insert, 2, int(card.state));
        if (sqlite3_step(insert) != SQLITE_DONE)
            giveUp(u"the bare table"_s);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run("COMMIT");
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = NORMAL");
    ::sync();
    prepareLook();
}

void BareTable::change(const NextCard &next)
{
    sqlite3_stmt *insert = nullptr;
    sqlite3_stmt *remove = nullptr;
    sqlite3_prepare_v2(m_database,
                       "INSERT INTO card VALUES (?, ?)"
                       " ON CONFLICT (token) DO UPDATE SET state = excluded.state",
                       -1, &insert, nullptr);
    sqlite3_prepare_v2(m_database, "DELETE FROM card WHERE token = ?", -1, &remove, nullptr);
    int open = 0;
    for (CardChange card; next(card);) {
        if (open++ == 0)
            run("BEGIN IMMEDIATE");
        sqlite3_stmt *statement = card.state == CityCardState::None ? remove : insert;
        sqlite3_bind_int64(statement, 1, keyOf(card.token));
        if (statement == insert)
            sqlite3_bind_int64(statement, 2, int(card.state));
        if (sqlite3_step(statement) != SQLITE_DONE)
            giveUp(u"the bare table"_s);
        sqlite3_reset(statement);
        if (open == 1000) {
            run("COMMIT");
            open = 0;
        }
    }
    if (open > 0)
        run("COMMIT");
    sqlite3_finalize(insert);
    sqlite3_finalize(remove);
}

void BareTable::prepareLook()
{
    sqlite3_prepare_v2(m_database, "SELECT state FROM card WHERE token = ?", -1, &m_look, nullptr);
}

int BareTable::look(CardToken token)
{
    sqlite3_bind_int64(m_look, 1, keyOf(token));
    const int state = sqlite3_step(m_look) == SQLITE_ROW ? sqlite3_column_int(m_look, 0) : 0;
    sqlite3_reset(m_look);
    return state;
}

MappedFile::~MappedFile()
{
    unmap();
}

void MappedFile::unmap()
{
    if (m_rows)
        ::munmap(const_cast<uchar *>(m_rows), size_t(m_count * rowSize));
    m_rows = nullptr;
}

void MappedFile::map()
{
    unmap();
    const int file = ::open(QFile::encodeName(m_path).constData(), O_RDONLY | O_CLOEXEC);
    struct stat status {
    };
    if (file < 0 || ::fstat(file, &status) != 0)
        giveUp(u"the mapped file"_s);
    m_count = status.st_size / rowSize;
    void *rows = ::mmap(nullptr, size_t(status.st_size), PROT_READ, MAP_SHARED, file, 0);
    ::close(file);
    if (rows == MAP_FAILED)
        giveUp(u"mapping"_s);
    ::madvise(rows, size_t(status.st_size), MADV_RANDOM);
    m_rows = static_cast<const uchar *>(rows);
}

void MappedFile::load(const NextCard &next)
{
    {
        RowFile file(m_path);
        for (CardChange card; next(card);)
            file.put(card);
    }
    map();
}

CardToken MappedFile::tokenAt(qint64 row) const
{
    CardToken token = 0;
    std::memcpy(&token, m_rows + row * rowSize, 8);
    return token;
}

void MappedFile::change(const NextCard &next)
{
    {
        RowFile file(m_path + u".new"_s);
        CardChange change;
        bool more = next(change);
        for (qint64 row = 0; row < m_count; ++row) {
            const CardToken token = tokenAt(row);
            for (; more && change.token < token; more = next(change)) {
                if (change.state != CityCardState::None)
                    file.put(change);
            }
            CardChange card{token, CityCardState(m_rows[row * rowSize + 8])};
            if (more && change.token == token) {
                card.state = change.state;
                more = next(change);
            }
            if (card.state != CityCardState::None)
                file.put(card);
        }
        for (; more; more = next(change))
            file.put(change);
    }
    std::rename(QFile::encodeName(m_path + u".new"_s).constData(),
                QFile::encodeName(m_path).constData());
    map();
}

int MappedFile::look(CardToken token) const
{
    qint64 low = 0;
    qint64 high = m_count - 1;
    while (low <= high) {
        const CardToken first = tokenAt(low);
        const CardToken last = tokenAt(high);
        if (token < first || token > last)
            return 0;
        const double share = last == first ? 0 : double(token - first) / double(last - first);
        const qint64 at = low + qint64(share * double(high - low));
        const CardToken found = tokenAt(at);
        if (found == token)
            return m_rows[at * rowSize + 8];
        if (found < token)
            low = at + 1;
        else
            high = at - 1;
    }
    return 0;
}

} // namespace upgradedesk::bench
