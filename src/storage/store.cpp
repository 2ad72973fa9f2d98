#include "storage/store.h"

#include "crypto/privatefile.h"
#include "storage/database.h"
#include "storage/hubstore.h"
#include "storage/journal.h"
#include "storage/outbox.h"
#include "storage/readings.h"
#include "storage/roster.h"
#include "storage/verifier.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::storage
{

struct Store::Parts {
    Parts(std::unique_ptr<Database> opened, StoreKeys keys)
        : database(std::move(opened))
        , deskKey(keys.desk)
        , journal(*database, keys.desk)
        , outbox(*database, journal)
        , roster(*database, journal, std::move(keys.pepper))
        , readings(*database)
        , hub(*database, journal, roster)
    {
    }

    std::unique_ptr<Database> database;
    KeyPair deskKey;
    Journal journal;
    Outbox outbox;
    Roster roster;
    Readings readings;
    HubStore hub;
};

Store::Store(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts))
{
}
Store::Store(Store &&) noexcept = default;
Store &Store::operator=(Store &&) noexcept = default;
Store::~Store() = default;

QString Store::fileIn(const QString &folder)
{
    return folder + u"/desk.sqlite"_s;
}

Result<Store> Store::create(const QString &folder, StoreKeys keys, const QByteArray &vfs)
{
    // Made here first: SQLite gives its other files the mode of this one.
    if (const auto made = writePrivateFile(fileIn(folder), {}); !made)
        return tl::unexpected(made.error());
    auto database = Database::create(fileIn(folder), vfs);
    if (!database)
        return tl::unexpected(database.error());
    return Store(std::make_unique<Parts>(std::move(*database), std::move(keys)));
}

Result<Store> Store::open(const QString &folder, StoreKeys keys, const QByteArray &vfs)
{
    auto database = Database::open(fileIn(folder), vfs);
    if (!database)
        return tl::unexpected(database.error());
    return Store(std::make_unique<Parts>(std::move(*database), std::move(keys)));
}

HubStore &Store::hub()
{
    return m_parts->hub;
}

Result<Committed> Store::commit(const NewRecord &record)
{
    return m_parts->database->write([&] { return m_parts->outbox.add(record); });
}

Result<std::vector<Result<Committed>>> Store::commitAll(std::span<const NewRecord> records)
{
    using Results = std::vector<Result<Committed>>;
    return m_parts->database->write([&]() -> Result<Results> {
        Results results;
        results.reserve(records.size());
        for (const NewRecord &record : records) {
            results.push_back(m_parts->outbox.add(record));
            // A refusal left nothing behind; a failed signature may have left half a record.
            if (!results.back() && results.back().error().code == ErrorCode::CryptoFailed)
                return tl::unexpected(results.back().error());
        }
        return results;
    });
}

Result<Knowledge> Store::knowledge(const QByteArray &cardKey, const QByteArray &personKey)
{
    return m_parts->database->attempt(
        [&]() -> Result<Knowledge> { return m_parts->outbox.knowledge(cardKey, personKey); });
}

Result<QueueStatus> Store::queueStatus(const QDateTime &now)
{
    return m_parts->database->attempt(
        [&]() -> Result<QueueStatus> { return m_parts->outbox.status(now); });
}

Result<void> Store::eachRow(std::optional<RecordState> state,
                            const std::function<bool(const QueueRow &)> &visit)
{
    return m_parts->database->attempt([&]() -> Result<void> {
        m_parts->outbox.eachRow(state, visit);
        return {};
    });
}

Result<QList<QueueRow>> Store::listQueue(std::optional<RecordState> state)
{
    QList<QueueRow> rows;
    const auto read = eachRow(state, [&](const QueueRow &row) {
        rows << row;
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    return rows;
}

Result<QList<QueueRow>> Store::recent(int count)
{
    return m_parts->database->attempt(
        [&]() -> Result<QList<QueueRow>> { return m_parts->outbox.recent(count); });
}

Result<QueueRow> Store::row(const QString &record)
{
    return m_parts->database->attempt([&]() -> Result<QueueRow> {
        // One snapshot for the several reads.
        const SQLite::Transaction snapshot(m_parts->database->raw());
        auto row = m_parts->outbox.row(record);
        if (!row)
            return fail(ErrorCode::RecordNotFound, u"no such record"_s);
        return *std::move(row);
    });
}

Result<QString> Store::recordOf(qint64 slip)
{
    return m_parts->database->attempt([&]() -> Result<QString> {
        const QString record = m_parts->outbox.recordOf(slip);
        if (record.isEmpty())
            return fail(ErrorCode::RecordNotFound, u"no such slip"_s);
        return record;
    });
}

Result<std::optional<Undoable>>
Store::undoable(const QString &operatorId, std::chrono::milliseconds window, const Clock &clock)
{
    return m_parts->database->attempt([&]() -> Result<std::optional<Undoable>> {
        // One snapshot for the several reads.
        const SQLite::Transaction snapshot(m_parts->database->raw());
        return m_parts->outbox.undoable(operatorId, window, clock);
    });
}

Result<void>
Store::eachSealed(const std::function<bool(const QString &, const QByteArray &)> &visit)
{
    return m_parts->database->attempt([&]() -> Result<void> {
        m_parts->outbox.eachSealed(visit);
        return {};
    });
}

Result<QList<Figure>> Store::shiftFigures(const QString &operatorId, QDate day)
{
    return m_parts->database->attempt(
        [&]() -> Result<QList<Figure>> { return m_parts->outbox.figures(operatorId, day); });
}

Result<QList<ReportRow>> Store::report(QDate first, QDate last)
{
    return m_parts->database->attempt(
        [&]() -> Result<QList<ReportRow>> { return m_parts->outbox.report(first, last); });
}

Result<void> Store::rememberReading(const QByteArray &cardKey, const QDateTime &at)
{
    return m_parts->database->write([&]() -> Result<void> {
        m_parts->readings.add(cardKey, at);
        return {};
    });
}

Result<void> Store::forgetOtherDays(const QDateTime &now)
{
    return m_parts->database->write([&]() -> Result<void> {
        m_parts->readings.forgetOthers(beijingDate(now));
        return {};
    });
}

Result<QList<Reading>> Store::readToday(const QList<QByteArray> &cardKeys, const QDateTime &now)
{
    return m_parts->database->attempt([&]() -> Result<QList<Reading>> {
        // One snapshot: a lock for each of some hundred keys would cost more than the look itself.
        const SQLite::Transaction snapshot(m_parts->database->raw());
        return m_parts->readings.find(cardKeys, beijingDate(now));
    });
}

Result<JournalHead> Store::journalHead()
{
    return m_parts->database->attempt(
        [&]() -> Result<JournalHead> { return m_parts->journal.head(); });
}

Result<JournalHead> Store::note(const QString &kind, const QString &operatorId, const QDateTime &at)
{
    return m_parts->database->write([&] {
        JournalEntry entry;
        entry.at = at;
        entry.kind = kind;
        entry.operatorId = operatorId;
        return m_parts->journal.append(entry);
    });
}

Result<void> Store::checkpoint()
{
    return m_parts->database->write([&] { return m_parts->journal.checkpoint(); });
}

Result<void> Store::eachEntry(const std::function<bool(const JournalEntry &)> &visit)
{
    return m_parts->database->attempt([&]() -> Result<void> {
        Query rows = m_parts->database->query(Journal::selectAll);
        while (rows.step() && visit(Journal::entryOf(rows))) {
        }
        return {};
    });
}

Result<Verification> Store::verify()
{
    return m_parts->database->attempt([&]() -> Result<Verification> {
        Database &database = *m_parts->database;
        // One snapshot for all reads, while other programs go on writing.
        const SQLite::Transaction snapshot(database.raw());
        {
            Query check = database.query("PRAGMA integrity_check(1)");
            if (!check.step() || check.text(0) != u"ok")
                return fail(ErrorCode::StoreDamaged, u"integrity_check failed"_s);
        }
        return Verifier(database, m_parts->deskKey).run();
    });
}

Result<QList<Operator>> Store::operators()
{
    return m_parts->database->attempt(
        [&]() -> Result<QList<Operator>> { return m_parts->roster.operators(); });
}

Result<void> Store::addOperator(const Operator &newOperator, const QString &verifier,
                                const QDateTime &at)
{
    return m_parts->database->write([&]() -> Result<void> {
        m_parts->roster.add(newOperator, verifier);
        JournalEntry entry;
        entry.at = at;
        entry.kind = u"roster"_s;
        entry.contentHash = Roster::hash(*m_parts->database);
        if (const auto head = m_parts->journal.append(entry); !head)
            return tl::unexpected(head.error());
        return {};
    });
}

Result<Operator> Store::login(const QString &operatorId, const QString &pin, const Clock &clock)
{
    return m_parts->roster.login(operatorId, pin, clock);
}

} // namespace upgradedesk::storage
