#include "barestore.h"

#include "figure.h"
#include "storage/schema.h"

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace upgradedesk::bench
{
namespace
{

constexpr qsizetype hashSize = 32;

void bind(sqlite3_stmt *statement, int at, qint64 value)
{
    sqlite3_bind_int64(statement, at, value);
}

void bind(sqlite3_stmt *statement, int at, const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    sqlite3_bind_text(statement, at, utf8.constData(), int(utf8.size()), SQLITE_TRANSIENT);
}

void bind(sqlite3_stmt *statement, int at, const QByteArray &bytes)
{
    sqlite3_bind_blob(statement, at, bytes.constData(), int(bytes.size()), SQLITE_STATIC);
}

template <typename... Values>
void bindAll(sqlite3_stmt *statement, const Values &...values)
{
    int at = 0;
    (bind(statement, ++at, values), ...);
}

} // namespace

BareStore::BareStore(const QString &file)
{
    if (sqlite3_open(file.toUtf8().constData(), &m_database) != SQLITE_OK)
        giveUp(u"SQLite does not open the file of the bare loop"_s);
    QByteArray setUp("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                     " PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;");
    for (const char *migration : storage::migrations())
        setUp += migration;
    if (sqlite3_exec(m_database, setUp.constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
        giveUp(u"the tables of the bare loop: "_s + QString::fromUtf8(sqlite3_errmsg(m_database)));

    constexpr std::array<const char *, StatementCount> texts{
        "BEGIN IMMEDIATE",
        "INSERT INTO outbox (record, slip, kind, queued_at, operator, medium, slot, masked_name,"
        " masked_number, card_key, person_key, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "INSERT INTO journal (seq, at, kind, record, slip, operator, medium, content_hash,"
        " row_hash, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "UPDATE head SET seq = ?, hash = ?, slip = max(slip, ?) WHERE only = 1",
        "INSERT INTO counter (day, operator, kind, count) VALUES (?, ?, ?, 1)"
        " ON CONFLICT (day, operator, kind) DO UPDATE SET count = count + 1",
        "COMMIT"};
    for (size_t i = 0; i < texts.size(); ++i) {
        if (sqlite3_prepare_v2(m_database, texts.at(i), -1, &m_statements.at(i), nullptr) !=
            SQLITE_OK)
            giveUp(u"a statement of the bare loop: "_s +
                   QString::fromUtf8(sqlite3_errmsg(m_database)));
    }
}

BareStore::~BareStore()
{
    for (sqlite3_stmt *statement : m_statements)
        sqlite3_finalize(statement);
    sqlite3_close(m_database);
}

void BareStore::run(Statement statement)
{
    sqlite3_stmt *const prepared = m_statements.at(statement);
    if (sqlite3_step(prepared) != SQLITE_DONE)
        giveUp(u"the bare loop: "_s + QString::fromUtf8(sqlite3_errmsg(m_database)));
    sqlite3_reset(prepared);
}

void BareStore::commit(std::span<const storage::NewRecord> records)
{
    run(Begin);
    for (const storage::NewRecord &record : records)
        insert(record);
    run(Commit);
}

void BareStore::insert(const storage::NewRecord &record)
{
    const qint64 slip = ++m_slip;
    const qint64 at = record.at.toMSecsSinceEpoch();
    const QByteArray hash(hashSize, 'h');
    bindAll(m_statements[Outbox], record.id, slip, record.kind, at, record.operatorId,
            record.medium, u"physical"_s, record.maskedName, record.maskedNumber, record.cardKey,
            record.personKey, record.sealed);
    run(Outbox);
    bindAll(m_statements[Journal], slip, at, record.kind, record.id, slip, record.operatorId,
            record.medium, hash, hash, hash, hash);
    run(Journal);
    bindAll(m_statements[Head], slip, hash, slip);
    run(Head);
    bindAll(m_statements[Counter], qint64{20220601}, record.operatorId, record.kind);
    run(Counter);
}

} // namespace upgradedesk::bench
