#include "hub/ledger.h"

#include "crypto/certificate.h"
#include "crypto/privatefile.h"
#include "hub/hub.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QUuid>

#include <algorithm>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

QString pathOf(const Config &config)
{
    return config.keys + u"/ledger.jsonl"_s;
}

/// Between two line ends, so that a line that a power cut tore does not spoil the next one.
Result<void> append(const QString &path, const QByteArray &line)
{
    const auto unwritable = [&] { return fail(ErrorCode::FileUnwritable, path, {path}); };
    const bool fresh = !QFile::exists(path);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered,
                   QFile::ReadOwner | QFile::WriteOwner))
        return unwritable();
    const QByteArray bytes = '\n' + line + '\n';
    if (file.write(bytes) != bytes.size())
        return unwritable();
    file.close();
    if (!syncFile(path) || (fresh && !syncFolder(QFileInfo(path).path())))
        return unwritable();
    return {};
}

QJsonObject entryOf(const QString &what, const QDateTime &at)
{
    return {{u"id"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)},
            {u"what"_s, what},
            {u"at"_s, at.toUTC().toString(Qt::ISODateWithMs)}};
}

QDateTime timeOf(const QJsonObject &entry)
{
    return QDateTime::fromString(entry.value(u"at"_s).toString(), Qt::ISODateWithMs);
}

/// Does lines again.
class Replay
{
public:
    Replay(Session &session, const QDateTime &now)
        : m_session(session)
        , m_now(now)
    {
    }

    /// False for a line that is none of ours.
    Result<bool> apply(const QJsonObject &entry, const QDateTime &at)
    {
        const QString what = entry.value(u"what"_s).toString();
        if (what == u"desk")
            return desk(entry, at);
        if (what == u"desk-revoked")
            return revoked(entry, at);
        if (what == u"operator")
            return operatorAdded(entry, at);
        if (what == u"operator-disabled")
            return operatorChanged(disableOperatorSql,
                                   Parameters().text(operatorOf(entry)).time(at));
        if (what == u"operator-enabled")
            return operatorChanged(enableOperatorSql,
                                   Parameters().text(operatorOf(entry)).time(at));
        if (what == u"operator-pin")
            return operatorChanged(
                setVerifierSql,
                Parameters().text(operatorOf(entry)).text(entry.value(u"verifier"_s).toString()));
        if (what == u"rules")
            return rulesPublished(entry, at);
        if (what == u"erased")
            return erased(entry);
        return false;
    }

    /// What all of them together have changed.
    Result<void> finish()
    {
        for (const QString &station : std::as_const(m_stations)) {
            if (const auto done = publishRoster(m_session, station, m_now); !done)
                return done;
        }
        const auto now = setting(m_session, u"token-key"_s);
        const auto next = setting(m_session, u"token-key-next"_s);
        if (!now || !next)
            return tl::unexpected(now ? next.error() : now.error());
        // A replacement that was under way when the backup was made came to its end since.
        if (m_tokenKey == 0 && next->toLongLong() <= now->toLongLong())
            return {};
        // One that no desk has ever had.
        const qint64 fresh =
            std::max({m_tokenKey + 1, now->toLongLong() + 1, next->toLongLong() + 1});
        if (const auto first = setSetting(m_session, u"token-key-first"_s, QString::number(fresh));
            !first)
            return first;
        return setSetting(m_session, u"token-key-next"_s, QString::number(fresh));
    }

private:
    Result<bool> run(const char *sql, const Parameters &parameters)
    {
        const auto done = m_session.run(sql, parameters);
        if (!done)
            return tl::unexpected(done.error());
        return true;
    }

    /// Desks work by them since, and records say so.
    Result<bool> rulesPublished(const QJsonObject &entry, const QDateTime &at)
    {
        const QByteArray body =
            QByteArray::fromBase64(entry.value(u"body"_s).toString().toLatin1());
        if (!Rules::parse(body, u"rules of the ledger"_s))
            return false;
        return publish(m_session, u"rules"_s, {}, body, at).map([](qint64) { return true; });
    }

    Result<bool> station(const QString &id, const QString &name)
    {
        m_stations << id;
        return run("INSERT INTO station VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
                   Parameters().text(id).text(name));
    }

    Result<bool> desk(const QJsonObject &entry, const QDateTime &at)
    {
        const QByteArray pem = entry.value(u"certificate"_s).toString().toLatin1();
        const auto certificate = Certificate::fromPem(pem);
        const QString id = entry.value(u"desk"_s).toString();
        const QString home = entry.value(u"station"_s).toString();
        if (!certificate || certificate->commonName() != id || certificate->unit() != home)
            return false;
        if (const auto there = station(home, entry.value(u"stationName"_s).toString()); !there)
            return there;
        const auto there =
            run("INSERT INTO desk AS d (id, name, station, invited, enrolled)"
                " VALUES ($1, $2, $3, $4::timestamptz, $4::timestamptz) ON CONFLICT (id)"
                " DO UPDATE SET enrolled = coalesce(d.enrolled, excluded.enrolled)",
                Parameters().text(id).text(entry.value(u"name"_s).toString()).text(home).time(at));
        if (!there)
            return there;
        // Its code is used up, as it was.
        if (const auto used = run("UPDATE invitation SET request_key = $2::bytea WHERE desk = $1"
                                  " AND request_key IS NULL",
                                  Parameters().text(id).bytes(certificate->keyHash()));
            !used)
            return used;
        return run("INSERT INTO desk_certificate VALUES ($1::bytea, $2, $3, $4::timestamptz)"
                   " ON CONFLICT DO NOTHING",
                   Parameters()
                       .bytes(certificate->fingerprint())
                       .text(id)
                       .text(QString::fromLatin1(pem))
                       .time(at));
    }

    Result<bool> revoked(const QJsonObject &entry, const QDateTime &at)
    {
        m_tokenKey = std::max(m_tokenKey, entry.value(u"tokenKey"_s).toInteger());
        return run("UPDATE desk SET revoked = coalesce(revoked, $2::timestamptz) WHERE id = $1",
                   Parameters().text(entry.value(u"desk"_s).toString()).time(at));
    }

    Result<bool> operatorAdded(const QJsonObject &entry, const QDateTime &at)
    {
        const QString home = entry.value(u"station"_s).toString();
        if (const auto there = station(home, home); !there)
            return there;
        return run("INSERT INTO operators (id, name, role, station, verifier, added)"
                   " VALUES ($1, $2, $3, $4, $5, $6::timestamptz) ON CONFLICT (id) DO NOTHING",
                   Parameters()
                       .text(operatorOf(entry))
                       .text(entry.value(u"name"_s).toString())
                       .text(entry.value(u"role"_s).toString())
                       .text(home)
                       .text(entry.value(u"verifier"_s).toString())
                       .time(at));
    }

    static QString operatorOf(const QJsonObject &entry)
    {
        return entry.value(u"operator"_s).toString();
    }

    /// `sql` returns the station.
    Result<bool> operatorChanged(const char *sql, const Parameters &parameters)
    {
        const auto rows = m_session.run(sql, parameters);
        if (!rows)
            return tl::unexpected(rows.error());
        if (!rows->isEmpty())
            m_stations << rows->text(0, 0);
        return true;
    }

    Result<bool> erased(const QJsonObject &entry)
    {
        const QByteArray person =
            QByteArray::fromHex(entry.value(u"person"_s).toString().toLatin1());
        if (person.isEmpty())
            return false;
        if (const auto done = run("SELECT erase_person($1::bytea)", Parameters().bytes(person));
            !done)
            return done;
        const auto rows = [&entry](const QString &name) {
            return QString::fromUtf8(
                QJsonDocument(entry.value(name).toArray()).toJson(QJsonDocument::Compact));
        };
        // Records since the backup: a desk that sends them again is answered as before.
        if (const auto kept =
                run("INSERT INTO envelope (id, desk, sha256, received, sealed) SELECT id,"
                    " desk, sha256, received, '' FROM"
                    " jsonb_populate_recordset(NULL::envelope, $1::jsonb)"
                    " ON CONFLICT (id) DO UPDATE SET sealed = ''",
                    Parameters().text(rows(u"envelopes"_s)));
            !kept)
            return kept;
        return run("INSERT INTO records (id, desk, kind, operator, at, reason, live, trusted,"
                   " time_trusted, ticks, seq, journal_head, of, depth) SELECT id, desk, kind,"
                   " operator, at, reason, false, trusted, time_trusted, ticks, seq, journal_head,"
                   " of, depth FROM jsonb_populate_recordset(NULL::records, $1::jsonb)"
                   " ON CONFLICT DO NOTHING",
                   Parameters().text(rows(u"records"_s)));
    }

    Session &m_session;
    QDateTime m_now;
    QSet<QString> m_stations; ///< whose rosters are others now
    qint64 m_tokenKey = 0;    ///< the newest that a revocation has brought
};

} // namespace

Result<void> noteInLedger(Session &session, const Config &config, const QJsonObject &entry)
{
    const auto known = session.run("INSERT INTO ledger VALUES ($1::uuid)",
                                   Parameters().text(entry.value(u"id"_s).toString()));
    if (!known)
        return tl::unexpected(known.error());
    return append(pathOf(config), QJsonDocument(entry).toJson(QJsonDocument::Compact));
}

QJsonObject ledgerOfDesk(const QString &desk, const QString &name, const QString &station,
                         const QString &stationName, const QByteArray &certificate,
                         const QDateTime &at)
{
    QJsonObject entry = entryOf(u"desk"_s, at);
    entry.insert(u"desk"_s, desk);
    entry.insert(u"name"_s, name);
    entry.insert(u"station"_s, station);
    entry.insert(u"stationName"_s, stationName);
    entry.insert(u"certificate"_s, QString::fromLatin1(certificate));
    return entry;
}

QJsonObject ledgerOfRevocation(const QString &desk, qint64 tokenKey, const QDateTime &at)
{
    QJsonObject entry = entryOf(u"desk-revoked"_s, at);
    entry.insert(u"desk"_s, desk);
    entry.insert(u"tokenKey"_s, tokenKey);
    return entry;
}

QJsonObject ledgerOfOperator(const QString &id, const QString &name, const QString &role,
                             const QString &station, const QString &verifier, const QDateTime &at)
{
    QJsonObject entry = entryOf(u"operator"_s, at);
    entry.insert(u"operator"_s, id);
    entry.insert(u"name"_s, name);
    entry.insert(u"role"_s, role);
    entry.insert(u"station"_s, station);
    entry.insert(u"verifier"_s, verifier);
    return entry;
}

QJsonObject ledgerOfRules(const QByteArray &body, const QDateTime &at)
{
    QJsonObject entry = entryOf(u"rules"_s, at);
    entry.insert(u"body"_s, QString::fromLatin1(body.toBase64()));
    return entry;
}

QJsonObject ledgerOfDisabled(const QString &id, const QDateTime &at)
{
    QJsonObject entry = entryOf(u"operator-disabled"_s, at);
    entry.insert(u"operator"_s, id);
    return entry;
}

QJsonObject ledgerOfEnabled(const QString &id, const QDateTime &at)
{
    QJsonObject entry = entryOf(u"operator-enabled"_s, at);
    entry.insert(u"operator"_s, id);
    return entry;
}

QJsonObject ledgerOfPin(const QString &id, const QString &verifier, const QDateTime &at)
{
    QJsonObject entry = entryOf(u"operator-pin"_s, at);
    entry.insert(u"operator"_s, id);
    entry.insert(u"verifier"_s, verifier);
    return entry;
}

Result<qint64> erasePerson(Database &database, const Config &config, const QByteArray &personToken,
                           const QDateTime &at)
{
    // One id however often the transaction is tried: a line that no database knows would erase
    // after a restore what the person may have linked since.
    const QJsonObject begun = entryOf(u"erased"_s, at);
    qint64 erased = 0;
    const auto done = database.transact([&](Session &session) -> Result<void> {
        // Which records they are nobody can tell afterwards; none comes in meanwhile.
        if (const auto locked = session.script("SET LOCAL statement_timeout = 0;"
                                               "SELECT pg_advisory_xact_lock(7303, 0)");
            !locked)
            return locked;
        const auto ids = session.run("SELECT id::text FROM records WHERE person = $1::bytea",
                                     Parameters().bytes(personToken));
        if (!ids)
            return tl::unexpected(ids.error());
        Column known(Column::Type::Uuid);
        for (int row = 0; row < ids->size(); ++row)
            known.uuid(ids->text(row, 0));
        const auto count =
            session.run("SELECT erase_person($1::bytea)", Parameters().bytes(personToken));
        if (!count)
            return tl::unexpected(count.error());
        erased = count->number(0, 0);
        const auto left = session.run(
            "SELECT (SELECT coalesce(json_agg(e), '[]')::text FROM envelope e WHERE e.id = ANY"
            " ($1::uuid[])), (SELECT coalesce(json_agg(r), '[]')::text FROM records r WHERE r.id"
            " = ANY ($1::uuid[]))",
            Parameters().column(known));
        if (!left)
            return tl::unexpected(left.error());
        QJsonObject entry = begun;
        entry.insert(u"person"_s, QString::fromLatin1(personToken.toHex()));
        entry.insert(u"envelopes"_s, QJsonDocument::fromJson(left->text(0, 0).toUtf8()).array());
        entry.insert(u"records"_s, QJsonDocument::fromJson(left->text(0, 1).toUtf8()).array());
        return noteInLedger(session, config, entry);
    });
    if (!done)
        return tl::unexpected(done.error());
    return erased;
}

namespace
{

Result<Replayed> replayed(Session &session, const Config &config, const QDateTime &now)
{
    Replayed lines;
    QFile file(pathOf(config));
    lines.missing = !file.exists();
    if (lines.missing)
        return lines;
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, file.fileName(), {file.fileName()});
    std::vector<std::pair<QDateTime, QJsonObject>> entries;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine().trimmed();
        if (line.isEmpty())
            continue;
        QJsonObject entry = QJsonDocument::fromJson(line).object();
        const QDateTime at = timeOf(entry);
        if (QUuid(entry.value(u"id"_s).toString()).isNull() || !at.isValid())
            ++lines.unreadable;
        else
            entries.emplace_back(at, std::move(entry));
    }
    // Of several machines: a desk enrols with one and is revoked at another.
    std::ranges::stable_sort(entries, {}, [](const auto &entry) { return entry.first; });
    Replay replay(session, now);
    for (const auto &[at, entry] : entries) {
        const auto fresh =
            session.run("INSERT INTO ledger VALUES ($1::uuid) ON CONFLICT DO NOTHING",
                        Parameters().text(entry.value(u"id"_s).toString()));
        if (!fresh)
            return tl::unexpected(fresh.error());
        if (fresh->affected() == 0)
            continue;
        const auto done = replay.apply(entry, at);
        if (!done)
            return tl::unexpected(done.error());
        ++(*done ? lines.done : lines.unreadable);
    }
    if (const auto finished = replay.finish(); !finished)
        return tl::unexpected(finished.error());
    return lines;
}

} // namespace

Result<Replayed> finishRestore(Database &database, const Config &config, const QDateTime &now)
{
    Replayed lines;
    const auto done = database.transact([&](Session &session) -> Result<void> {
        if (const auto patient = session.script("SET LOCAL statement_timeout = 0"); !patient)
            return patient;
        const auto epoch = setting(session, u"epoch"_s);
        if (!epoch)
            return tl::unexpected(epoch.error());
        if (!epoch->isEmpty())
            return {};
        const auto again = replayed(session, config, now);
        if (!again)
            return tl::unexpected(again.error());
        lines = *again;
        return setSetting(session, u"epoch"_s, QUuid::createUuid().toString(QUuid::WithoutBraces));
    });
    if (!done)
        return tl::unexpected(done.error());
    return lines;
}

} // namespace upgradedesk::hub
