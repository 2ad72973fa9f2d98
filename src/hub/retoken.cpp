#include "hub/evidence.h"
#include "hub/ledger.h"

#include "card/resolver.h"
#include "crypto/hmac.h"

#include <functional>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

constexpr int cardsATime = 1000;
constexpr qsizetype tokenSize = 32;

/// Every statement here may take its time, and reads a few rows by their keys, however many there
/// are: a plan made for any values, or one that joins whole tables, would go through all each time.
constexpr auto byKeySql = "SET LOCAL statement_timeout = 0; SET LOCAL enable_hashjoin = off;"
                          "SET LOCAL enable_mergejoin = off; SET LOCAL enable_seqscan = off;"
                          "SET LOCAL plan_cache_mode = force_custom_plan";

/// Cards that were ever linked, with the envelope that says their number: also those whose link has
/// ended, because an undo may restore it.
constexpr auto missingSql =
    "SELECT c.card, e.desk, e.sealed FROM card c JOIN envelope e ON e.id = c.record"
    " WHERE c.card > $1::bytea AND c.changed >= ($2::text)::xid8 AND NOT EXISTS (SELECT FROM"
    " old_token o WHERE o.card = c.card AND o.number = $3::bigint) ORDER BY c.card"
    " LIMIT $4::integer";

/// A card that no record tells of says nothing that one nobody has heard of does not say. One that
/// is linked at this moment stays.
constexpr auto dropSql =
    "WITH gone AS (DELETE FROM card WHERE record IS NULL AND card = ANY (ARRAY (SELECT k.card FROM"
    " card k WHERE k.record IS NULL AND k.card > $1::bytea ORDER BY k.card LIMIT $2::integer))"
    " RETURNING card), forgotten AS (DELETE FROM old_token o USING gone WHERE o.card = gone.card)"
    " SELECT card FROM gone ORDER BY card DESC LIMIT 1";

/// How far a walk through the cards has come, in the order of their tokens of the hub.
struct Walk {
    qint64 since = 0; ///< only those that this transaction or a later one has changed
    QByteArray last;
    qint64 cards = 0;
    qint64 unreadable = 0; ///< of those, whose evidence does not open
    bool over = false;
};

class Retokening
{
public:
    Retokening(Hub &hub, Desks &desks, const Secret &key, qint64 number,
               const Desks::Stopping &stopping)
        : m_hub(hub)
        , m_evidence(hub, desks)
        , m_key(key)
        , m_number(number)
        , m_stopping(stopping)
    {
    }

    /// The walk after the next cards; the same again when its transaction has to be tried again.
    Result<Walk> some(Session &session, Walk walk)
    {
        const auto rows = session.run(
            missingSql,
            Parameters().bytes(walk.last).number(walk.since).number(m_number).number(cardsATime));
        if (!rows)
            return tl::unexpected(rows.error());
        walk.over = rows->size() < cardsATime;
        if (rows->isEmpty())
            return walk;
        Column cards(Column::Type::Bytea);
        Column tokens(Column::Type::Bytea);
        for (int row = 0; row < rows->size(); ++row) {
            const auto made = tokenOf(rows->text(row, 1), rows->bytes(row, 2), walk);
            if (!made)
                return tl::unexpected(made.error());
            cards.bytes(rows->bytes(row, 0));
            tokens.bytes(*made);
        }
        const auto given = session.run("SELECT give_tokens($1::bigint, $2::bytea[], $3::bytea[])",
                                       Parameters().number(m_number).column(cards).column(tokens));
        if (!given)
            return tl::unexpected(given.error());
        walk.cards += given->number(0, 0);
        walk.last = rows->bytes(rows->size() - 1, 0);
        return walk;
    }

    /// True when the key is still the one before. Nobody else ends the work before `session` does.
    Result<bool> isWanted(Session &session) const
    {
        const auto key = session.run("SELECT value::bigint < $1::bigint FROM setting"
                                     " WHERE name = 'token-key' FOR SHARE",
                                     Parameters().number(m_number));
        if (!key)
            return tl::unexpected(key.error());
        return !key->isEmpty() && key->flag(0, 0);
    }

    /// Beside the running service, each few cards in a transaction of their own; what was changed
    /// meanwhile once more. Very little is left for end().
    Result<void> beside()
    {
        for (const bool first : {true, false}) {
            const auto now = oldestTransaction();
            if (!now)
                return tl::unexpected(now.error());
            Walk walk;
            walk.since = first ? 0 : m_since;
            if (const auto walked = through(walk); !walked)
                return walked;
            m_since = *now;
        }
        return {};
    }

    /// The rest while no record is decided, and the new key.
    Result<void> end()
    {
        Walk rest;
        const auto done = m_hub.database.transact([&](Session &session) -> Result<void> {
            const auto locked = session.script(
                QByteArray(byKeySql) + ";SELECT pg_advisory_xact_lock(7303, 0);"
                                       "SELECT FROM setting WHERE name = 'token-key' FOR UPDATE");
            if (!locked)
                return locked;
            const auto wanted = isWanted(session);
            if (!wanted || !*wanted)
                return wanted ? Result<void>() : tl::unexpected(wanted.error());
            rest = Walk();
            rest.since = m_since;
            while (!rest.over) {
                const auto next = some(session, rest);
                if (!next)
                    return tl::unexpected(next.error());
                rest = *next;
            }
            if (const auto dropped = dropAll(session); !dropped)
                return dropped;
            // Changes from before now are of tokens that are no longer known.
            const auto floor =
                session.run("UPDATE setting SET value = (SELECT value::bigint FROM setting WHERE"
                            " name = 'snapshot-base') + pg_current_xact_id()::text::bigint"
                            " WHERE name = 'snapshot-floor'");
            if (!floor)
                return tl::unexpected(floor.error());
            return setSetting(session, u"token-key"_s, QString::number(m_number));
        });
        if (!done)
            return done;
        count(rest);
        return {};
    }

    [[nodiscard]] Desks::Revoked result() const { return {m_number, m_cards, m_unreadable, true}; }

private:
    /// Whatever is changed from now on is changed by this transaction or a later one.
    Result<qint64> oldestTransaction()
    {
        return m_hub.database.run("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
            .map([](const Rows &rows) { return rows.number(0, 0); });
    }

    void count(const Walk &walk)
    {
        m_cards += walk.cards;
        m_unreadable += walk.unreadable;
    }

    /// One transaction beside the service; false, and nothing done, when the key is in force or
    /// the service stops.
    Result<bool> step(const std::function<Result<void>(Session &)> &body)
    {
        if (m_stopping())
            return false;
        bool wanted = false;
        const auto done = m_hub.database.transact([&](Session &session) -> Result<void> {
            if (const auto set = session.script(byKeySql); !set)
                return set;
            const auto asked = isWanted(session);
            if (!asked)
                return tl::unexpected(asked.error());
            wanted = *asked;
            return wanted ? body(session) : Result<void>();
        });
        if (!done)
            return tl::unexpected(done.error());
        return wanted;
    }

    Result<void> through(Walk walk)
    {
        while (!walk.over) {
            Walk next;
            const auto done = step([&](Session &session) -> Result<void> {
                const auto after = some(session, walk);
                if (!after)
                    return tl::unexpected(after.error());
                next = *after;
                return {};
            });
            if (!done)
                return tl::unexpected(done.error());
            if (!*done)
                return {};
            walk = next;
        }
        count(walk);
        Result<QByteArray> last;
        do {
            const auto done = step([&](Session &session) -> Result<void> {
                auto after = dropSome(session, *last);
                if (!after)
                    return tl::unexpected(after.error());
                last = std::move(after);
                return {};
            });
            if (!done)
                return tl::unexpected(done.error());
            if (!*done)
                return {};
        } while (!last->isEmpty());
        return {};
    }

    /// The last of the next cards without a record after `last`; empty when there are none.
    static Result<QByteArray> dropSome(Session &session, const QByteArray &last)
    {
        return session.run(dropSql, Parameters().bytes(last).number(cardsATime))
            .map([](const Rows &rows) { return rows.isEmpty() ? QByteArray() : rows.bytes(0, 0); });
    }

    static Result<void> dropAll(Session &session)
    {
        Result<QByteArray> last;
        do {
            last = dropSome(session, *last);
        } while (last && !last->isEmpty());
        return last ? Result<void>() : tl::unexpected(last.error());
    }

    Result<QByteArray> tokenOf(const QString &desk, const QByteArray &sealed, Walk &walk)
    {
        const auto record = m_evidence.open(desk, sealed);
        if (!record && (record.error().code == ErrorCode::SignatureInvalid ||
                        record.error().code == ErrorCode::InputInvalid)) {
            // One that cannot be opened any more must not keep the key from being replaced: gates
            // know its card no longer, which is told.
            ++walk.unreadable;
            return Secret::random(tokenSize).map(
                [](const Secret &bytes) { return bytes.view().toByteArray(); });
        }
        if (!record)
            return tl::unexpected(record.error());
        return token(m_key, "card", {explain(m_hub.catalogue, record->card).number.toUtf8()});
    }

    Hub &m_hub;
    Evidence m_evidence;
    const Secret &m_key;
    qint64 m_number;
    const Desks::Stopping &m_stopping;
    qint64 m_since = 0; ///< what was changed before that has its new token
    qint64 m_cards = 0;
    qint64 m_unreadable = 0;
};

} // namespace

namespace
{

const Desks::Stopping neverStopping = [] { return false; };
constexpr auto waitForLockSql = "SELECT true FROM pg_advisory_xact_lock(7305, 0)";
constexpr auto tryLockSql = "SELECT pg_try_advisory_xact_lock(7305, 0)";

/// What cards were known by before serves nobody now. Every question about a card queues up behind
/// this, so it does not wait for a backup that reads the table. Where it fails the next replacement
/// does not mind: it tells its own rows by their number.
void forgetOldTokens(Database &database)
{
    (void)database.transact([](Session &session) -> Result<void> {
        const auto over =
            session.run("SELECT FROM setting WHERE name = 'token-key' AND value::bigint >= (SELECT"
                        " n.value::bigint FROM setting n WHERE n.name = 'token-key-next')"
                        " AND EXISTS (SELECT FROM old_token) FOR UPDATE");
        if (!over)
            return tl::unexpected(over.error());
        return over->isEmpty() ? Result<void>()
                               : session.script("SET LOCAL lock_timeout = '100ms';"
                                                "TRUNCATE old_token");
    });
}

} // namespace

Result<Desks::Revoked> Desks::revoke(const QString &desk)
{
    // At once, and with the number of the next key: a run that was cut off finds it.
    Revoked revoked;
    bool wasRevoked = false;
    const auto begun = m_hub.database.transact([&](Session &session) -> Result<void> {
        const auto before = session.run("SELECT revoked IS NOT NULL FROM desk WHERE id = $1"
                                        " FOR UPDATE",
                                        Parameters().text(desk));
        if (!before)
            return tl::unexpected(before.error());
        if (before->isEmpty())
            return fail(ErrorCode::DeskUnknown, u"no such desk"_s);
        wasRevoked = before->flag(0, 0);
        // A replacement that comes to its end now was begun for another desk, and this one could
        // have its key: it waits for us, or we for it.
        if (const auto held =
                session.run("SELECT FROM setting WHERE name = 'token-key' FOR UPDATE");
            !held)
            return tl::unexpected(held.error());
        const auto now = setting(session, u"token-key"_s);
        const auto next = setting(session, u"token-key-next"_s);
        if (!now || !next)
            return tl::unexpected(now ? next.error() : now.error());
        const bool unfinished = next->toLongLong() > now->toLongLong();
        revoked.tokenKey = unfinished ? next->toLongLong() : now->toLongLong() + !wasRevoked;
        const auto marked = session.run("UPDATE desk SET revoked = coalesce(revoked,"
                                        " $2::timestamptz) WHERE id = $1",
                                        Parameters().text(desk).time(m_hub.clock.now()));
        if (!marked)
            return tl::unexpected(marked.error());
        if (const auto noted =
                noteInLedger(session, m_hub.config,
                             ledgerOfRevocation(desk, revoked.tokenKey, m_hub.clock.now()));
            !noted)
            return noted;
        return setSetting(session, u"token-key-next"_s, QString::number(revoked.tokenKey));
    });
    if (!begun)
        return tl::unexpected(begun.error());
    return retokenAlone(waitForLockSql, revoked.tokenKey, neverStopping);
}

Result<Desks::Revoked> Desks::finishRetokening()
{
    const auto next = setting(m_hub.database, u"token-key-next"_s);
    if (!next)
        return tl::unexpected(next.error());
    return retokenAlone(waitForLockSql, next->toLongLong(), neverStopping);
}

Result<Desks::Revoked> Desks::finishRetokeningBeside(const Stopping &stopping)
{
    const auto next = setting(m_hub.database, u"token-key-next"_s);
    const auto current = m_hub.tokenKeyNumber(true);
    const auto old = m_hub.database.run("SELECT EXISTS (SELECT FROM old_token)");
    if (!next || !current || !old)
        return tl::unexpected(!next ? next.error() : !current ? current.error() : old.error());
    if (*current >= next->toLongLong() && !old->flag(0, 0))
        return Revoked{*current};
    return retokenAlone(tryLockSql, next->toLongLong(), stopping);
}

Result<bool> Desks::mayServe()
{
    return m_hub.database
        .run("SELECT coalesce((SELECT value::bigint FROM setting WHERE name ="
             " 'token-key-first') <= (SELECT value::bigint FROM setting WHERE name ="
             " 'token-key'), true)")
        .map([](const Rows &rows) { return rows.flag(0, 0); });
}

/// The transaction that has the lock does nothing else: it holds nothing up while others go on.
Result<Desks::Revoked> Desks::retokenAlone(const char *lock, qint64 tokenKey,
                                           const Stopping &stopping)
{
    Database guard(m_hub.config.database, 1);
    Revoked revoked{tokenKey};
    const auto done = guard.transact([&](Session &session) -> Result<void> {
        const auto patient = session.script("SET LOCAL idle_in_transaction_session_timeout = 0;"
                                            "SET LOCAL lock_timeout = 0;"
                                            "SET LOCAL statement_timeout = 0");
        if (!patient)
            return patient;
        const auto mine = session.run(lock);
        if (!mine)
            return tl::unexpected(mine.error());
        if (!mine->flag(0, 0))
            return {};
        const auto made = retoken(tokenKey, stopping);
        if (!made)
            return tl::unexpected(made.error());
        revoked = *made;
        forgetOldTokens(m_hub.database);
        return {};
    });
    if (!done)
        return tl::unexpected(done.error());
    return revoked;
}

Result<Desks::Revoked> Desks::retoken(qint64 tokenKey, const Stopping &stopping)
{
    const auto current = m_hub.tokenKeyNumber(true);
    if (!current)
        return tl::unexpected(current.error());
    if (*current >= tokenKey)
        return Revoked{tokenKey}; // everything was done before

    const auto key = m_hub.keys.tokenKey(tokenKey);
    if (!key)
        return tl::unexpected(key.error());
    Retokening work(m_hub, *this, *key, tokenKey, stopping);
    auto done = work.beside();
    if (done && !stopping())
        done = work.end();
    if (!done)
        return tl::unexpected(done.error());
    return work.result();
}

} // namespace upgradedesk::hub
