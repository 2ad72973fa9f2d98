#pragma once

#include "storage/records.h"

#include <QString>

#include <array>
#include <span>

struct sqlite3;
struct sqlite3_stmt;

namespace upgradedesk::bench
{

/// What SQLite alone does with the rows of a link: the same tables, indices and settings, prepared
/// statements, ready values; no check, no hash, no signature, no sealing.
class BareStore final
{
public:
    explicit BareStore(const QString &file);
    ~BareStore();
    BareStore(const BareStore &) = delete;
    BareStore &operator=(const BareStore &) = delete;

    /// All of them in one transaction.
    void commit(std::span<const storage::NewRecord> records);

private:
    enum Statement { Begin, Outbox, Journal, Head, Counter, Commit, StatementCount };

    void insert(const storage::NewRecord &record);
    void run(Statement statement);

    sqlite3 *m_database = nullptr;
    std::array<sqlite3_stmt *, StatementCount> m_statements{};
    qint64 m_slip = 0;
};

} // namespace upgradedesk::bench
