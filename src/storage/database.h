#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string_view>
#include <type_traits>
#include <unordered_map>

namespace upgradedesk::storage
{

/// The Error for what SQLite threw about a file of this name.
[[nodiscard]] Error storeError(const SQLite::Exception &exception, const QString &file);

/// One run of a prepared statement; it is reset when this goes, so that no read stays open.
/// Throws SQLite::Exception, as everything between here and Database::attempt does.
class Query
{
public:
    explicit Query(SQLite::Statement &statement)
        : m_statement(statement)
    {
    }
    ~Query();
    Query(const Query &) = delete;
    Query &operator=(const Query &) = delete;

    Query &bind(qint64 value);
    Query &bind(const QString &value);
    Query &bind(const QByteArray &value);
    Query &bindNull();

    /// Whether there is a (further) row.
    [[nodiscard]] bool step();
    /// For statements without rows; returns how many rows they changed.
    int run();

    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray blob(int column) const;
    [[nodiscard]] bool isNull(int column) const;

private:
    SQLite::Statement &m_statement;
    int m_bound = 0;
};

/// One connection with our settings. Lives in the thread that opened it.
class Database
{
public:
    /// `vfs` names another SQLite VFS; for tests.
    [[nodiscard]] static Result<std::unique_ptr<Database>> create(const QString &file,
                                                                  const QByteArray &vfs = {});
    /// Never makes or changes a file that is not a database of ours: StoreDamaged, StoreTooNew,
    /// StoreReadOnly …
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const QString &file,
                                                                const QByteArray &vfs = {});

    /// Prepared once for each text; `sql` is a literal.
    [[nodiscard]] Query query(const char *sql);

    [[nodiscard]] SQLite::Database &raw() { return m_database; }
    [[nodiscard]] const QString &file() const { return m_file; }

    /// Runs `work` and turns what SQLite throws into an Error.
    template <typename Work>
    [[nodiscard]] std::invoke_result_t<Work> attempt(Work &&work)
    {
        try {
            return work();
        } catch (const SQLite::Exception &exception) {
            return tl::unexpected(toError(exception));
        }
    }

    /// Runs `work` in one write transaction, committed when it returns a value.
    template <typename Work>
    [[nodiscard]] std::invoke_result_t<Work> write(Work &&work)
    {
        return attempt([&]() -> std::invoke_result_t<Work> {
            SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
            auto done = work();
            if (done)
                transaction.commit();
            return done;
        });
    }

    [[nodiscard]] Error toError(const SQLite::Exception &exception);

private:
    Database(const QString &file, int flags, const QByteArray &vfs);
    void configure();
    void migrate();
    static int waitBusy(void *self, int count);

    SQLite::Database m_database;
    QString m_file;
    std::unordered_map<std::string_view, std::unique_ptr<SQLite::Statement>> m_statements;
    std::chrono::steady_clock::time_point m_busyUntil;
};

} // namespace upgradedesk::storage
