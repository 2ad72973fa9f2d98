#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace upgradedesk::hub
{

/// A PostgreSQL array, for one parameter that stands for a column of many rows. In PostgreSQL's
/// binary form: reading sealed records from text took it longer than storing them.
class Column
{
public:
    /// What the statement declares the parameter as, without `[]`.
    enum class Type { Text, Bytea, Uuid, Integer, Bigint, Boolean, Timestamptz };
    explicit Column(Type type)
        : m_type(type)
    {
    }

    Column &text(const QString &value);
    Column &bytes(QByteArrayView value); ///< empty is NULL
    Column &uuid(const QString &value);  ///< empty is NULL
    Column &number(qint64 value);        ///< Integer or Bigint
    Column &flag(bool value);
    Column &time(const QDateTime &value); ///< invalid is NULL
    Column &none();

    [[nodiscard]] std::string binary() const;

private:
    Column &item(QByteArrayView value);

    Type m_type;
    qint32 m_count = 0;
    bool m_hasNone = false;
    std::string m_items;
};

/// The values of $1, $2, … in their order. Columns come after all others.
class Parameters
{
public:
    Parameters &text(const QString &value);
    Parameters &optionalText(const QString &value); ///< empty is NULL
    Parameters &bytes(QByteArrayView value);
    Parameters &number(qint64 value);
    Parameters &flag(bool value);
    Parameters &time(const QDateTime &value);
    Parameters &column(const Column &column);
    Parameters &none();

    struct Value {
        std::string text;
        bool null = false;
    };
    [[nodiscard]] const std::vector<Value> &values() const { return m_values; }
    [[nodiscard]] const std::vector<std::string> &columns() const { return m_columns; }

private:
    std::vector<Value> m_values;
    std::vector<std::string> m_columns;
};

/// What a statement gave back. Copies share it.
class Rows
{
public:
    struct Data;
    explicit Rows(std::shared_ptr<const Data> data)
        : m_data(std::move(data))
    {
    }

    [[nodiscard]] int size() const;
    [[nodiscard]] bool isEmpty() const { return size() == 0; }
    [[nodiscard]] int affected() const;
    [[nodiscard]] bool isNull(int row, int column) const;
    [[nodiscard]] QString text(int row, int column) const;
    [[nodiscard]] QByteArray bytes(int row, int column) const; ///< of a bytea
    [[nodiscard]] qint64 number(int row, int column) const;
    [[nodiscard]] bool flag(int row, int column) const;
    /// Of a bigint of milliseconds (SQL: `ms(column)`); invalid for NULL. UTC.
    [[nodiscard]] QDateTime time(int row, int column) const;

private:
    std::shared_ptr<const Data> m_data;
};

/// Whatever takes statements: a transaction, or the pool for single ones.
class Session
{
public:
    virtual ~Session() = default;
    /// Prepared at its first use on a connection. Fails with DatabaseUnreachable, DatabaseRefused
    /// (args: what to look at), DatabaseBusy or DatabaseFailed; a SQLSTATE is in the detail.
    [[nodiscard]] virtual Result<Rows> run(const char *sql, const Parameters &parameters = {}) = 0;
    /// Several statements without parameters, as a migration has.
    [[nodiscard]] virtual Result<void> script(const QByteArray &sql) = 0;
};

/// A pool of connections; every function may be called from several threads. No type of libpqxx
/// leaves database.cpp: versions 6 and 7 differ.
class Database final : public Session
{
public:
    /// `connection` is a libpq connection string. No connection is made before it is needed.
    Database(const QString &connection, int largest);
    ~Database() override;
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// One statement, committed when this returns: one round trip. It is tried again when the
    /// server says that nothing was done (deadlock, a connection that had died in the pool).
    [[nodiscard]] Result<Rows> run(const char *sql, const Parameters &parameters = {}) override;
    [[nodiscard]] Result<void> script(const QByteArray &sql) override;

    /// Everything `body` runs, or nothing of it; rolled back when it returns an error. It may be
    /// called again after a deadlock.
    [[nodiscard]] Result<void> transact(const std::function<Result<void>(Session &)> &body);

    /// The connection string as environment variables of PostgreSQL's own programs, so that no
    /// password stands in a command line.
    [[nodiscard]] static QList<std::pair<QString, QString>>
    environmentOf(const QString &connection);

    [[nodiscard]] int busy() const;
    [[nodiscard]] int largest() const;

    struct Pool;

private:
    [[nodiscard]] Result<Rows> once(const char *sql, const Parameters &parameters, bool &again);
    [[nodiscard]] Result<void> transactOnce(const std::function<Result<void>(Session &)> &body,
                                            bool &again);

    std::unique_ptr<Pool> m_pool;
};

} // namespace upgradedesk::hub
