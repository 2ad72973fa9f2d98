#include "storage/roster.h"

#include "crypto/pinhash.h"
#include "core/canonical.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace upgradedesk::storage
{
namespace
{

constexpr qint64 triesBeforeLock = 5;
constexpr qint64 minute = 60 * 1000;
constexpr qint64 firstLock = 5 * minute;
constexpr qint64 longestLock = 24 * 60 * minute;

qint64 lockAfter(qint64 failures)
{
    const qint64 rounds = qMin<qint64>(failures / triesBeforeLock - 1, 10);
    return qMin(firstLock << rounds, longestLock);
}

/// How long a block has lasted at least. After a reboot the clock starts again at zero.
qint64 elapsed(qint64 lockedAt, qint64 sinceBoot)
{
    return sinceBoot >= lockedAt ? sinceBoot - lockedAt : sinceBoot;
}

tl::unexpected<Error> locked(qint64 left)
{
    return fail(ErrorCode::PinLocked, u"too many wrong PINs"_s,
                {QString::number((left + minute - 1) / minute)});
}

} // namespace

Roster::Roster(Database &database, Journal &journal, Secret pepper)
    : m_database(database)
    , m_journal(journal)
    , m_pepper(std::move(pepper))
{
}

void Roster::add(const Operator &newOperator, const QString &verifier)
{
    m_database.query("INSERT INTO operator (id, name, role, verifier) VALUES (?, ?, ?, ?)")
        .bind(newOperator.id)
        .bind(newOperator.name)
        .bind(newOperator.role)
        .bind(verifier)
        .run();
}

void Roster::replaceAll(const QList<std::pair<Operator, QString>> &withVerifiers)
{
    QSet<QString> stay;
    for (const auto &[person, verifier] : withVerifiers) {
        stay.insert(person.id);
        m_database
            .query("INSERT INTO operator (id, name, role, verifier) VALUES (?, ?, ?, ?)"
                   " ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,"
                   " verifier = excluded.verifier")
            .bind(person.id)
            .bind(person.name)
            .bind(person.role)
            .bind(verifier)
            .run();
    }
    const QList<Operator> all = operators();
    for (const Operator &person : all) {
        if (!stay.contains(person.id))
            m_database.query("DELETE FROM operator WHERE id = ?").bind(person.id).run();
    }
}

QList<Operator> Roster::operators()
{
    QList<Operator> all;
    Query rows = m_database.query("SELECT id, name, role FROM operator ORDER BY id");
    while (rows.step())
        all << Operator{rows.text(0), rows.text(1), rows.text(2)};
    return all;
}

QByteArray Roster::hash(Database &database)
{
    Canonical all("upgradedesk roster 1");
    Query rows = database.query("SELECT id, name, role, verifier FROM operator ORDER BY id");
    while (rows.step())
        all.add(rows.text(0)).add(rows.text(1)).add(rows.text(2)).add(rows.text(3));
    return all.hash();
}

Result<Operator> Roster::login(const QString &operatorId, const QString &pin, const Clock &clock)
{
    const auto found = mayTry(operatorId, clock.sinceBoot().count());
    if (!found)
        return tl::unexpected(found.error());
    const auto good = pinMatches(pin, m_pepper, found->verifier);
    if (!good)
        return tl::unexpected(good.error());
    if (const auto counted = countTry(operatorId, *good, clock); !counted)
        return tl::unexpected(counted.error());
    return found->person;
}

Result<Roster::Account> Roster::mayTry(const QString &operatorId, qint64 sinceBoot)
{
    return m_database.attempt([&]() -> Result<Account> {
        const auto found = account(operatorId);
        if (!found)
            return fail(ErrorCode::OperatorUnknown, u"not in the roster"_s);
        if (const qint64 left = lockLeft(tries(operatorId), sinceBoot); left > 0)
            return locked(left);
        return *found;
    });
}

Result<void> Roster::countTry(const QString &operatorId, bool good, const Clock &clock)
{
    return m_database.attempt([&]() -> Result<void> {
        SQLite::Transaction transaction(m_database.raw(), SQLite::TransactionBehavior::IMMEDIATE);
        const qint64 sinceBoot = clock.sinceBoot().count();
        Tries now = tries(operatorId);
        // Another program may have used up the tries while we were computing.
        if (const qint64 left = lockLeft(now, sinceBoot); left > 0)
            return locked(left);

        JournalEntry entry;
        entry.at = clock.now();
        entry.kind = good ? u"login"_s : u"login-failed"_s;
        entry.operatorId = operatorId;
        if (const auto head = m_journal.append(entry); !head)
            return tl::unexpected(head.error());
        if (good) {
            m_database.query("DELETE FROM attempt WHERE operator = ?").bind(operatorId).run();
            transaction.commit();
            return {};
        }
        ++now.failures;
        now.lockedAt.reset();
        if (now.failures % triesBeforeLock == 0) {
            now.lockedAt = sinceBoot;
            now.lockedFor = lockAfter(now.failures);
        }
        store(operatorId, now);
        transaction.commit();
        if (now.lockedAt)
            return locked(now.lockedFor);
        return fail(ErrorCode::PinWrong, u"wrong PIN"_s,
                    {QString::number(triesBeforeLock - now.failures % triesBeforeLock)});
    });
}

qint64 Roster::lockLeft(const Tries &tries, qint64 sinceBoot)
{
    return tries.lockedAt ? tries.lockedFor - elapsed(*tries.lockedAt, sinceBoot) : 0;
}

std::optional<Roster::Account> Roster::account(const QString &operatorId)
{
    Query row = m_database.query("SELECT id, name, role, verifier FROM operator WHERE id = ?");
    if (!row.bind(operatorId).step())
        return std::nullopt;
    return Account{{row.text(0), row.text(1), row.text(2)}, row.text(3)};
}

Roster::Tries Roster::tries(const QString &operatorId)
{
    Query row =
        m_database.query("SELECT failures, locked_at, locked_for FROM attempt WHERE operator = ?");
    if (!row.bind(operatorId).step())
        return {};
    Tries tries;
    tries.failures = row.integer(0);
    if (!row.isNull(1)) {
        tries.lockedAt = row.integer(1);
        tries.lockedFor = row.integer(2);
    }
    return tries;
}

void Roster::store(const QString &operatorId, const Tries &tries)
{
    Query row = m_database.query("INSERT OR REPLACE INTO attempt (operator, failures, locked_at,"
                                 " locked_for) VALUES (?, ?, ?, ?)");
    row.bind(operatorId).bind(tries.failures);
    if (tries.lockedAt)
        row.bind(*tries.lockedAt).bind(tries.lockedFor).run();
    else
        row.bindNull().bindNull().run();
}

} // namespace upgradedesk::storage
