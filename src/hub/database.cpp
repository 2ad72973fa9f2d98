#include "hub/database.h"

#include <QUuid>
#include <QtEndian>

#include <libpq-fe.h>
#include <pqxx/pqxx>

#include <condition_variable>
#include <mutex>
#include <unordered_set>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{

struct Rows::Data {
    pqxx::result result;
};

namespace
{

constexpr int mostTries = 5;
constexpr auto patience = std::chrono::seconds(10);

std::string hex(QByteArrayView bytes)
{
    return "\\x" + QByteArray::fromRawData(bytes.data(), bytes.size()).toHex().toStdString();
}

std::string timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs).toStdString();
}

constexpr size_t arrayHeader = 20;
constexpr qint64 epochMs = 946684800000; ///< PostgreSQL counts from 2000-01-01T00:00:00Z

template <typename Number>
void append(std::string &bytes, Number number)
{
    const Number value = qToBigEndian(number);
    bytes.append(reinterpret_cast<const char *>(&value), sizeof value);
}

/// PostgreSQL's number of the type, fixed in its pg_type.dat.
qint32 oidOf(Column::Type type)
{
    switch (type) {
    case Column::Type::Text:
        return 25;
    case Column::Type::Bytea:
        return 17;
    case Column::Type::Uuid:
        return 2950;
    case Column::Type::Integer:
        return 23;
    case Column::Type::Bigint:
        return 20;
    case Column::Type::Boolean:
        return 16;
    case Column::Type::Timestamptz:
        return 1184;
    }
    Q_UNREACHABLE();
}

using ConnectionOptions = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

ConnectionOptions optionsOf(const QString &connection)
{
    return {PQconninfoParse(connection.toUtf8().constData(), nullptr), PQconninfoFree};
}

struct Link {
    explicit Link(const std::string &how)
        : connection(how)
    {
    }
    pqxx::connection connection;
    std::unordered_set<std::string> prepared;
};

/// A statement is known to its connection by a name made of its own text.
std::string nameOf(Link &link, const char *sql)
{
    std::string name = 's' + std::to_string(std::hash<std::string_view>{}(sql));
    if (!link.prepared.contains(name)) {
        link.connection.prepare(name, sql);
        link.prepared.insert(name);
    }
    return name;
}

template <typename Transaction>
pqxx::result execute(Link &link, Transaction &transaction, const char *sql,
                     const Parameters &parameters)
{
    const std::string name = nameOf(link, sql);
#if PQXX_VERSION_MAJOR >= 7
    pqxx::params given;
    given.reserve(parameters.values().size() + parameters.columns().size());
    for (const Parameters::Value &value : parameters.values()) {
        if (value.null)
            given.append();
        else
            given.append(value.text);
    }
    for (const std::string &column : parameters.columns())
        given.append(pqxx::binary_cast(column));
#if PQXX_VERSION_MAJOR > 7 || PQXX_VERSION_MINOR >= 9
    return transaction.exec(pqxx::prepped{name}, given);
#else
    return transaction.exec_prepared(name, given);
#endif
#else
    std::vector<const char *> given;
    given.reserve(parameters.values().size());
    for (const Parameters::Value &value : parameters.values())
        given.push_back(value.null ? nullptr : value.text.c_str());
    std::vector<pqxx::binarystring> columns;
    columns.reserve(parameters.columns().size());
    for (const std::string &column : parameters.columns())
        columns.emplace_back(column);
    return transaction.exec_prepared(name, pqxx::prepare::make_dynamic_params(given),
                                     pqxx::prepare::make_dynamic_params(columns));
#endif
}

/// What went wrong, and whether it may be tried again because surely nothing was done. PostgreSQL
/// may quote values in the message, so the message itself is never kept.
tl::unexpected<Error> failure(const std::exception &thrown, bool &again)
{
    again = false;
    if (dynamic_cast<const pqxx::broken_connection *>(&thrown) != nullptr)
        return fail(ErrorCode::DatabaseUnreachable, u"the connection is gone"_s);
    if (dynamic_cast<const pqxx::in_doubt_error *>(&thrown) != nullptr)
        return fail(ErrorCode::DatabaseUnreachable, u"a commit was not answered"_s);
    if (const auto *sql = dynamic_cast<const pqxx::sql_error *>(&thrown)) {
        const QString state = QString::fromStdString(sql->sqlstate());
        // deadlock_detected, serialization_failure, and a race that a constraint decided
        again = state == u"40P01" || state == u"40001" || state == u"23505";
        if (state == u"UD001")
            return fail(ErrorCode::DeskRevoked, u"the desk is revoked"_s);
        if (state.startsWith(u"57P0") || state.startsWith(u"08"))
            return fail(ErrorCode::DatabaseUnreachable, state);
        if (state == u"57014" || state == u"55P03")
            return fail(ErrorCode::DatabaseBusy, state);
        return fail(ErrorCode::DatabaseFailed, state);
    }
    // libpqxx 6 has deadlocks and serialisation failures outside sql_error
    if (dynamic_cast<const pqxx::transaction_rollback *>(&thrown) != nullptr) {
        again = true;
        return fail(ErrorCode::DatabaseFailed, u"rolled back"_s);
    }
    return fail(ErrorCode::DatabaseFailed, u"libpqxx"_s);
}

tl::unexpected<Error> connectFailure(const std::exception &thrown)
{
    // The server's words are in its own language; only its SQLSTATE would tell, and libpq hides it
    // here: what can be told apart is told by words that all of them share.
    const QString words = QString::fromUtf8(thrown.what());
    if (words.contains(u"28P01") || words.contains(u"password", Qt::CaseInsensitive) ||
        words.contains(u"authentication", Qt::CaseInsensitive) || words.contains(u"pg_hba"))
        return fail(ErrorCode::DatabaseRefused, u"authentication failed"_s);
    if (words.contains(u"does not exist"))
        return fail(ErrorCode::DatabaseMissing, u"no such database or role"_s);
    return fail(ErrorCode::DatabaseUnreachable, u"no connection"_s);
}

} // namespace

namespace
{

/// The connection string, which may as well be a URI, with what the hub needs of a connection.
std::string withOurs(const QString &connection)
{
    // A statement that waits for ever would outlast every deadline of the service.
    static const QByteArray options =
        "-c statement_timeout=20000 -c lock_timeout=15000"
        " -c idle_in_transaction_session_timeout=30000 -c client_min_messages=error";
    const auto read = optionsOf(connection);
    if (!read) // libpq will say what is wrong with it
        return connection.toStdString();
    QByteArray how;
    const auto add = [&how](const QByteArray &name, QByteArray value) {
        value.replace('\\', "\\\\").replace('\'', "\\'");
        how += name + "='" + value + "' ";
    };
    QByteArray theirs;
    for (const PQconninfoOption *option = read.get(); option->keyword; ++option) {
        const QByteArray name = option->keyword;
        if (!option->val || name == "application_name" || name == "client_encoding")
            continue;
        if (name == "options")
            theirs = QByteArray(option->val) + ' ';
        else
            add(name, option->val);
    }
    if (!how.contains("connect_timeout="))
        add("connect_timeout", "5");
    add("application_name", "upgradehub");
    add("client_encoding", "UTF8");
    add("options", theirs + options);
    return how.toStdString();
}

} // namespace

struct Database::Pool {
    std::string how;
    int largest = 0;
    mutable std::mutex mutex;
    std::condition_variable freed;
    std::vector<std::unique_ptr<Link>> idle;
    int out = 0;

    Result<std::unique_ptr<Link>> take()
    {
        {
            std::unique_lock lock(mutex);
            if (!freed.wait_for(lock, patience, [this] { return out < largest; }))
                return fail(ErrorCode::DatabaseBusy, u"every connection is in use"_s);
            ++out;
            if (!idle.empty()) {
                auto link = std::move(idle.back());
                idle.pop_back();
                return link;
            }
        }
        try {
            return std::make_unique<Link>(how);
        } catch (const std::exception &thrown) {
            give(nullptr);
            return connectFailure(thrown);
        }
    }

    /// Takes a connection back; null when it is not fit for use any more.
    void give(std::unique_ptr<Link> link)
    {
        {
            const std::lock_guard lock(mutex);
            --out;
            if (link)
                idle.push_back(std::move(link));
        }
        freed.notify_one();
    }

    /// Connections that were idle when one of them turned out dead are most likely dead, too.
    void forget()
    {
        const std::lock_guard lock(mutex);
        idle.clear();
    }
};

namespace
{

class Lease
{
public:
    Lease(Database::Pool &pool, std::unique_ptr<Link> link)
        : m_pool(pool)
        , m_link(std::move(link))
    {
    }
    ~Lease() { m_pool.give(std::move(m_link)); }
    Lease(const Lease &) = delete;
    Lease &operator=(const Lease &) = delete;

    [[nodiscard]] Link &link() { return *m_link; }
    void drop()
    {
        m_link.reset();
        m_pool.forget();
    }

private:
    Database::Pool &m_pool;
    std::unique_ptr<Link> m_link;
};

class OpenTransaction final : public Session
{
public:
    OpenTransaction(Link &link, pqxx::work &work)
        : m_link(link)
        , m_work(work)
    {
    }

    Result<Rows> run(const char *sql, const Parameters &parameters) override
    {
        try {
            return Rows(std::make_shared<const Rows::Data>(
                Rows::Data{execute(m_link, m_work, sql, parameters)}));
        } catch (const std::exception &thrown) {
            return keep(failure(thrown, again));
        }
    }
    Result<void> script(const QByteArray &sql) override
    {
        try {
            m_work.exec(sql.toStdString());
            return {};
        } catch (const std::exception &thrown) {
            return keep(failure(thrown, again));
        }
    }

    bool again = false;
    bool broken = false;

private:
    tl::unexpected<Error> keep(tl::unexpected<Error> error)
    {
        broken = broken || error.value().code == ErrorCode::DatabaseUnreachable;
        return error;
    }

    Link &m_link;
    pqxx::work &m_work;
};

} // namespace

Column &Column::item(QByteArrayView value)
{
    ++m_count;
    append(m_items, qint32(value.size()));
    m_items.append(value.data(), size_t(value.size()));
    return *this;
}

Column &Column::text(const QString &value)
{
    return item(value.toUtf8());
}

Column &Column::bytes(QByteArrayView value)
{
    return value.isEmpty() ? none() : item(value);
}

Column &Column::uuid(const QString &value)
{
    return value.isEmpty() ? none() : item(QUuid::fromString(value).toRfc4122());
}

Column &Column::number(qint64 value)
{
    std::string bytes;
    if (m_type == Type::Integer)
        append(bytes, qint32(value));
    else
        append(bytes, value);
    return item(bytes);
}

Column &Column::flag(bool value)
{
    const char byte = value ? 1 : 0;
    return item({&byte, 1});
}

Column &Column::time(const QDateTime &value)
{
    if (!value.isValid())
        return none();
    std::string bytes;
    append(bytes, (value.toMSecsSinceEpoch() - epochMs) * 1000);
    return item(bytes);
}

Column &Column::none()
{
    ++m_count;
    m_hasNone = true;
    append(m_items, qint32(-1));
    return *this;
}

std::string Column::binary() const
{
    std::string array;
    array.reserve(arrayHeader + m_items.size());
    append(array, qint32(m_count > 0 ? 1 : 0)); // dimensions
    append(array, qint32(m_hasNone ? 1 : 0));
    append(array, oidOf(m_type));
    if (m_count > 0) {
        append(array, m_count);
        append(array, qint32(1)); // the first subscript
    }
    return array + m_items;
}

Parameters &Parameters::text(const QString &value)
{
    m_values.push_back({value.toStdString(), false});
    return *this;
}

Parameters &Parameters::optionalText(const QString &value)
{
    return value.isEmpty() ? none() : text(value);
}

Parameters &Parameters::bytes(QByteArrayView value)
{
    m_values.push_back({hex(value), false});
    return *this;
}

Parameters &Parameters::number(qint64 value)
{
    m_values.push_back({std::to_string(value), false});
    return *this;
}

Parameters &Parameters::flag(bool value)
{
    m_values.push_back({value ? "t" : "f", false});
    return *this;
}

Parameters &Parameters::time(const QDateTime &value)
{
    if (!value.isValid())
        return none();
    m_values.push_back({timeText(value), false});
    return *this;
}

Parameters &Parameters::column(const Column &column)
{
    m_columns.push_back(column.binary());
    return *this;
}

Parameters &Parameters::none()
{
    m_values.push_back({{}, true});
    return *this;
}

int Rows::size() const
{
    return int(m_data->result.size());
}

int Rows::affected() const
{
    return int(m_data->result.affected_rows());
}

namespace
{

template <typename Result>
auto fieldOf(const Result &result, int row, int column)
{
    return result[typename Result::size_type(row)][pqxx::row::size_type(column)];
}

} // namespace

bool Rows::isNull(int row, int column) const
{
    return fieldOf(m_data->result, row, column).is_null();
}

QString Rows::text(int row, int column) const
{
    const auto field = fieldOf(m_data->result, row, column);
    return QString::fromUtf8(field.c_str(), qsizetype(field.size()));
}

QByteArray Rows::bytes(int row, int column) const
{
    const auto field = fieldOf(m_data->result, row, column);
    const QByteArrayView text(field.c_str(), qsizetype(field.size()));
    return text.startsWith("\\x") ? QByteArray::fromHex(text.sliced(2).toByteArray())
                                  : QByteArray();
}

qint64 Rows::number(int row, int column) const
{
    return text(row, column).toLongLong();
}

bool Rows::flag(int row, int column) const
{
    return text(row, column) == u"t";
}

QDateTime Rows::time(int row, int column) const
{
    if (isNull(row, column))
        return {};
    return QDateTime::fromMSecsSinceEpoch(number(row, column), Qt::UTC);
}

Database::Database(const QString &connection, int largest)
    : m_pool(std::make_unique<Pool>())
{
    m_pool->how = withOurs(connection);
    m_pool->largest = largest;
}

Database::~Database() = default;

QList<std::pair<QString, QString>> Database::environmentOf(const QString &connection)
{
    QList<std::pair<QString, QString>> variables;
    const auto options = optionsOf(connection);
    for (const PQconninfoOption *option = options.get(); option && option->keyword; ++option) {
        if (option->val && option->envvar)
            variables << std::pair{QString::fromLatin1(option->envvar),
                                   QString::fromUtf8(option->val)};
    }
    return variables;
}

int Database::busy() const
{
    const std::lock_guard lock(m_pool->mutex);
    return m_pool->out;
}

int Database::largest() const
{
    return m_pool->largest;
}

Result<Rows> Database::once(const char *sql, const Parameters &parameters, bool &again)
{
    auto link = m_pool->take();
    if (!link)
        return tl::unexpected(link.error());
    Lease lease(*m_pool, std::move(*link));
    const bool first = lease.link().prepared.empty();
    try {
        pqxx::nontransaction transaction(lease.link().connection);
        return Rows(std::make_shared<const Rows::Data>(
            Rows::Data{execute(lease.link(), transaction, sql, parameters)}));
    } catch (const std::exception &thrown) {
        auto error = failure(thrown, again);
        if (error.value().code == ErrorCode::DatabaseUnreachable) {
            lease.drop();
            // A connection that had waited in the pool may have died there long ago. Every
            // statement of ours may be run twice: records are known by their ids.
            again = !first;
        }
        return error;
    }
}

Result<Rows> Database::run(const char *sql, const Parameters &parameters)
{
    for (int left = mostTries;; --left) {
        bool again = false;
        auto rows = once(sql, parameters, again);
        if (rows || !again || left == 1)
            return rows;
    }
}

Result<void> Database::script(const QByteArray &sql)
{
    return transact([&sql](Session &session) { return session.script(sql); });
}

Result<void> Database::transactOnce(const std::function<Result<void>(Session &)> &body, bool &again)
{
    auto link = m_pool->take();
    if (!link)
        return tl::unexpected(link.error());
    Lease lease(*m_pool, std::move(*link));
    bool committing = false;
    try {
        pqxx::work work(lease.link().connection);
        OpenTransaction session(lease.link(), work);
        auto done = body(session);
        if (done) {
            committing = true;
            work.commit();
            return {};
        }
        again = session.again || session.broken;
        if (session.broken) {
            work.abort();
            lease.drop();
        }
        return done;
    } catch (const std::exception &thrown) {
        auto error = failure(thrown, again);
        if (error.value().code == ErrorCode::DatabaseUnreachable) {
            lease.drop();
            again = !committing;
        }
        return error;
    }
}

Result<void> Database::transact(const std::function<Result<void>(Session &)> &body)
{
    for (int left = mostTries;; --left) {
        bool again = false;
        auto done = transactOnce(body, again);
        if (done || !again || left == 1)
            return done;
    }
}

} // namespace upgradedesk::hub
