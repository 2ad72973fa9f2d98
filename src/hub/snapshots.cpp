#include "hub/snapshots.h"

#include "crypto/privatefile.h"
#include "wire/snapshotstream.h"

#include <QDir>
#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

constexpr int secondsWhole = 3600; ///< the stream of everything is made this often at most
constexpr int secondsChanges = 10;
constexpr int secondsKept = 2 * 3600;
constexpr int rowsATime = 20000;
constexpr auto patience = std::chrono::seconds(5); ///< for a stream that another thread makes

tl::unexpected<Error> unwritable(const QFile &file)
{
    return fail(ErrorCode::FileUnwritable, file.fileName() + u": "_s + file.errorString(),
                {file.fileName()});
}

std::optional<quint64> numberOf(const QByteArray &text)
{
    bool good = false;
    const quint64 number = text.toULongLong(&good);
    return good && number <= 9007199254740991ULL ? std::optional(number) : std::nullopt;
}

/// The states of cards that share their token in snapshots, in its order; one for all of them: the
/// one they have in common, else that of a card nobody has linked, because a gate then sends them
/// to the manual lane. Those of which one has changed in the range.
constexpr auto twinsSql =
    "SELECT t.prefix, CASE WHEN min(c.state) = max(c.state) THEN min(c.state) ELSE 'none' END"
    " FROM twin t JOIN card c ON c.token >= t.prefix AND c.token <= t.prefix ||"
    " '\\xffffffffffffffffffffffffffffffffffffffffffffffffff'::bytea"
    " GROUP BY t.prefix HAVING bool_or(c.changed >= ($1::text)::xid8"
    " AND c.changed < ($2::text)::xid8) ORDER BY t.prefix";

CardChange changeOf(const Rows &rows, int row)
{
    return {qFromBigEndian<quint64>(rows.bytes(row, 0).constData()),
            cityCardStateFromKey(rows.text(row, 1)).value_or(CityCardState::None)};
}

/// Where block `block` of the stream begins; nothing when it has not so many.
std::optional<qint64> offsetOf(QFile &file, qint64 at, quint32 block)
{
    for (quint32 passed = 0; passed < block; ++passed) {
        char head[8];
        if (!file.seek(at) || file.read(head, sizeof head) != qint64(sizeof head) ||
            qFromBigEndian<quint32>(head) == 0)
            return std::nullopt;
        at += qint64(sizeof head) + qFromBigEndian<quint32>(head + 4);
    }
    return at;
}

} // namespace

Snapshots::Snapshots(Hub &hub)
    : m_hub(hub)
{
}

std::optional<Snapshots::Request> Snapshots::requestOf(const HttpRequest &request)
{
    const auto since = numberOf(request.query("since"));
    if (!since)
        return std::nullopt;
    Request asked{*since, std::nullopt, 0};
    if (!request.query("to").isNull() || !request.query("block").isNull()) {
        asked.to = numberOf(request.query("to"));
        const auto block = numberOf(request.query("block"));
        if (!asked.to || !block || *block > 0xFFFFFFFFULL)
            return std::nullopt;
        asked.block = quint32(*block);
    }
    return asked;
}

QString Snapshots::pathOf(quint64 since, quint64 to) const
{
    return m_hub.config.cache + u"/%1-%2.snapshot"_s.arg(since).arg(to);
}

Result<HttpResponse> Snapshots::answer(const Request &request)
{
    HttpResponse response;
    response.contentType = "application/octet-stream";
    // What is asked for may be there under 0, too: the whole instead of changes.
    for (const quint64 since : {request.since, quint64(0)}) {
        if (!request.to || request.block == 0)
            break;
        QFile file(pathOf(since, *request.to));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const auto header = wire::SnapshotHeader::read(file.read(1024));
        if (!header || !*header)
            continue;
        const auto offset = offsetOf(file, (*header)->bytes().size(), request.block);
        if (!offset)
            continue;
        wire::SnapshotHeader later = **header;
        later.firstBlock = request.block;
        response.body = later.bytes();
        response.file = file.fileName();
        response.fileFrom = *offset;
        return response;
    }
    const auto whole = made(request.since);
    if (!whole)
        return tl::unexpected(whole.error());
    response.file = whole->path;
    return response;
}

std::optional<Snapshots::Made> Snapshots::known(quint64 since, qint64 tokenKey, int seconds) const
{
    const QDateTime now = m_hub.clock.now();
    const auto found = m_made.constFind(since);
    // Tokens of a key that was replaced meanwhile would be refused by every desk.
    if (found == m_made.constEnd() || found->tokenKey != tokenKey || found->at > now ||
        found->at.addSecs(seconds) <= now || !QFile::exists(found->path))
        return std::nullopt;
    return *found;
}

Result<Snapshots::Made> Snapshots::made(quint64 since)
{
    const auto key = m_hub.tokenKeyNumber(true);
    if (!key)
        return tl::unexpected(key.error());
    const auto asked = m_hub.database.run(
        "SELECT value::bigint, EXISTS (SELECT FROM snapshot_version WHERE version = $1::bigint)"
        " FROM setting WHERE name = 'snapshot-floor'",
        Parameters().number(qint64(since)));
    if (!asked)
        return tl::unexpected(asked.error());
    if (asked->isEmpty())
        return fail(ErrorCode::DatabaseFailed, u"no snapshot-floor"_s);
    const auto floor = quint64(asked->number(0, 0));
    if (since < floor || !asked->flag(0, 1))
        since = 0;
    std::unique_lock lock(m_mutex);
    m_made.removeIf([floor](const auto &entry) { return entry.value().to < floor; });
    while (true) {
        if (const auto fresh = known(since, *key, since == 0 ? secondsWhole : secondsChanges))
            return *fresh;
        if (!m_making)
            break;
        // What is a little older is good, too: the next stream goes on from there.
        if (const auto older = known(since, *key, secondsKept / 2))
            return *older;
        // A few may wait; the other threads are there for records.
        if (m_waiting >= std::max(1, m_hub.config.workers / 4))
            return fail(ErrorCode::SnapshotBusy, u"another one is being made"_s);
        ++m_waiting;
        const bool over = m_done.wait_for(lock, patience, [this] { return !m_making; });
        --m_waiting;
        if (!over)
            return fail(ErrorCode::SnapshotBusy, u"another one is being made"_s);
    }
    m_making = true;
    lock.unlock();
    auto fresh = make(since);
    lock.lock();
    m_making = false;
    if (fresh)
        m_made.insert(since, *fresh);
    lock.unlock();
    m_done.notify_all();
    return fresh;
}

Result<Snapshots::Made> Snapshots::make(quint64 since)
{
    tidy();
    if (const auto folder = makePrivateFolder(m_hub.config.cache); !folder)
        return tl::unexpected(folder.error());
    // Before its state of the database is taken, so that nothing begins unseen in between.
    const auto asOf = newestWhole();
    if (!asOf)
        return tl::unexpected(asOf.error());
    Made fresh;
    const auto done = m_hub.database.transact(
        [&](Session &session) { return write(session, since, *asOf, fresh); });
    if (!done)
        return tl::unexpected(done.error());
    return fresh;
}

/// What was done since the oldest transaction began that still changes something is left out: a
/// long import makes a snapshot old. Told by the database's clock how long ago that was. Of other
/// roles' transactions, and of prepared ones, we may see that they are, but not since when.
Result<QDateTime> Snapshots::newestWhole()
{
    const QDateTime now = m_hub.clock.now().toUTC();
    const auto oldest = m_hub.database.run(
        "SELECT coalesce(ceil(extract(epoch FROM max(clock_timestamp() - since)) * 1000), 0)"
        "::bigint, coalesce(bool_or(since IS NULL), false) FROM (SELECT xact_start AS since FROM"
        " pg_stat_activity WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()"
        " UNION ALL SELECT NULL::timestamptz FROM pg_prepared_xacts) open");
    if (!oldest)
        return tl::unexpected(oldest.error());
    if (oldest->flag(0, 1))
        return fail(ErrorCode::SnapshotBusy, u"something runs, and we cannot see since when"_s);
    return now.addMSecs(-oldest->number(0, 0));
}

Result<void> Snapshots::write(Session &session, quint64 since, const QDateTime &asOf, Made &made)
{
    // One state of the database for the count and the rows, whose sorting may take minutes.
    if (const auto set = session.script("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;"
                                        "SET LOCAL statement_timeout = 0");
        !set)
        return set;
    const auto rows =
        session.run("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,"
                    " (SELECT value::bigint FROM setting WHERE name = 'snapshot-base'),"
                    " (SELECT value::bigint FROM setting WHERE name = 'snapshot-floor'),"
                    " (SELECT value FROM setting WHERE name = 'token-key'),"
                    " (SELECT value::bigint FROM setting WHERE name = 'token-key-next')");
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->number(0, 4) > rows->text(0, 3).toLongLong())
        return fail(ErrorCode::SnapshotBusy, u"cards are being given new tokens"_s);
    const qint64 base = rows->number(0, 1);
    const auto to = quint64(base + rows->number(0, 0));
    // Something older than the last restore or change of keys still runs: what is from since then
    // would be left out, and that is every card.
    if (to < quint64(rows->number(0, 2)))
        return fail(ErrorCode::SnapshotBusy, u"an older transaction is still running"_s);
    // From before a restore or of another token key: only the whole can help.
    const bool whole = since < quint64(rows->number(0, 2)) || since > to;
    const quint64 from = whole ? 0 : since;
    made = {pathOf(from, to), to, rows->text(0, 3).toLongLong(), m_hub.clock.now()};
    const auto given =
        session.run("INSERT INTO snapshot_version VALUES ($1::bigint, $2::timestamptz)"
                    " ON CONFLICT DO NOTHING",
                    Parameters().number(qint64(to)).time(made.at));
    if (!given)
        return tl::unexpected(given.error());
    if (QFile::exists(made.path))
        return {};
    return writeRows(session, from, to, base, rows->text(0, 3), asOf, made.path);
}

Result<void> Snapshots::writeRows(Session &session, quint64 since, quint64 to, qint64 base,
                                  const QString &tokenKey, const QDateTime &asOf,
                                  const QString &path)
{
    const Parameters range =
        Parameters().number(since == 0 ? 0 : qint64(since) - base).number(qint64(to) - base);
    const char *const filter = since == 0 ? "state <> 'none' AND changed >= ($1::text)::xid8"
                                            " AND changed < ($2::text)::xid8"
                                            " AND substr(token, 1, 8) NOT IN (TABLE twin)"
                                          : "changed >= ($1::text)::xid8"
                                            " AND changed < ($2::text)::xid8"
                                            " AND substr(token, 1, 8) NOT IN (TABLE twin)";
    const QByteArray countSql = QByteArray("SELECT count(*) FROM card WHERE ") + filter;
    const auto count = session.run(countSql.constData(), range);
    if (!count)
        return tl::unexpected(count.error());
    const auto shared = session.run(twinsSql, range);
    if (!shared)
        return tl::unexpected(shared.error());
    std::vector<CardChange> twins;
    for (int row = 0; row < shared->size(); ++row) {
        const CardChange twin = changeOf(*shared, row);
        if (since != 0 || twin.state != CityCardState::None)
            twins.push_back(twin);
    }
    const QByteArray cursorSql = QByteArray("DECLARE changes NO SCROLL CURSOR FOR"
                                            " SELECT substr(token, 1, 8), state FROM card WHERE ") +
                                 filter + " ORDER BY token";
    if (const auto cursor = session.run(cursorSql.constData(), range); !cursor)
        return tl::unexpected(cursor.error());

    wire::SnapshotHeader header;
    header.from = since;
    header.to = to;
    header.count = quint64(count->number(0, 0)) + twins.size();
    header.asOf = asOf;
    header.tokenKeyId = tokenKey;
    wire::SnapshotEncoder encoder(
        header, [this](QByteArrayView message) { return m_hub.keys.hubKey.sign(message); });
    QFile file(path + u".new"_s);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate,
                   QFile::ReadOwner | QFile::WriteOwner))
        return unwritable(file);
    const auto put = [&file](const QByteArray &bytes) { return file.write(bytes) == bytes.size(); };
    if (!put(encoder.begin()))
        return unwritable(file);
    static const QByteArray fetchSql = "FETCH " + QByteArray::number(rowsATime) + " FROM changes";
    auto twin = twins.cbegin();
    const auto add = [&](const CardChange &change) -> Result<void> {
        const auto bytes = encoder.add(change);
        if (!bytes)
            return tl::unexpected(bytes.error());
        return put(*bytes) ? Result<void>() : unwritable(file);
    };
    const auto addTwinsBefore = [&](std::optional<CardToken> token) -> Result<void> {
        for (; twin != twins.cend() && (!token || twin->token < *token); ++twin) {
            if (auto added = add(*twin); !added)
                return added;
        }
        return {};
    };
    for (int got = rowsATime; got == rowsATime;) {
        const auto rows = session.run(fetchSql.constData());
        if (!rows)
            return tl::unexpected(rows.error());
        got = rows->size();
        for (int row = 0; row < got; ++row) {
            const CardChange change = changeOf(*rows, row);
            const auto added = addTwinsBefore(change.token).and_then([&] { return add(change); });
            if (!added)
                return added;
        }
    }
    if (const auto added = addTwinsBefore(std::nullopt); !added)
        return added;
    const auto end = encoder.finish();
    if (!end)
        return tl::unexpected(end.error());
    if (!put(*end) || !file.flush())
        return unwritable(file);
    file.close();
    if (!QFile::rename(file.fileName(), path) && !QFile::exists(path))
        return unwritable(file);
    return {};
}

void Snapshots::tidy()
{
    const QDateTime old = m_hub.clock.now().addSecs(-secondsKept);
    const QFileInfoList files =
        QDir(m_hub.config.cache).entryInfoList({u"*.snapshot"_s, u"*.snapshot.new"_s}, QDir::Files);
    for (const QFileInfo &file : files) {
        if (file.lastModified() < old)
            QFile::remove(file.absoluteFilePath());
    }
    const std::lock_guard lock(m_mutex);
    m_made.removeIf([&old](const auto &entry) { return entry.value().at < old; });
}

} // namespace upgradedesk::hub
