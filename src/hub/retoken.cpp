#include "hub/evidence.h"
#include "hub/ledger.h"

#include "card/resolver.h"
#include "crypto/hmac.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

constexpr int cardsATime = 1000;

/// Linked cards that have no new token yet, with the envelope that says their number.
constexpr auto missingSql =
    "SELECT c.card, e.desk, e.sealed FROM card c JOIN envelope e ON e.id = c.record"
    " LEFT JOIN retoken t ON t.card = c.card WHERE c.person IS NOT NULL AND t.card IS NULL LIMIT "
    "$1";

class Retokening
{
public:
    Retokening(Hub &hub, Desks &desks, const Secret &key)
        : m_hub(hub)
        , m_evidence(hub, desks)
        , m_key(key)
    {
    }

    /// How many were made; fewer than asked for means that none is left.
    Result<int> some(Session &session)
    {
        const auto rows = session.run(missingSql, Parameters().number(cardsATime));
        if (!rows)
            return tl::unexpected(rows.error());
        Column cards(Column::Type::Bytea);
        Column tokens(Column::Type::Bytea);
        for (int row = 0; row < rows->size(); ++row) {
            const auto made = tokenOf(rows->text(row, 1), rows->bytes(row, 2));
            if (!made)
                return tl::unexpected(made.error());
            cards.bytes(rows->bytes(row, 0));
            tokens.bytes(*made);
        }
        const auto kept =
            session.run("INSERT INTO retoken SELECT * FROM unnest($1::bytea[], $2::bytea[])"
                        " ON CONFLICT DO NOTHING",
                        Parameters().column(cards).column(tokens));
        if (!kept)
            return tl::unexpected(kept.error());
        return rows->size();
    }

private:
    Result<QByteArray> tokenOf(const QString &desk, const QByteArray &sealed)
    {
        const auto record = m_evidence.open(desk, sealed);
        if (!record)
            return tl::unexpected(record.error());
        return token(m_key, "card", {explain(m_hub.catalogue, record->card).number.toUtf8()});
    }

    Hub &m_hub;
    Evidence m_evidence;
    const Secret &m_key;
};

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
    return retoken(revoked.tokenKey);
}

Result<Desks::Revoked> Desks::finishRetokening()
{
    const auto next = setting(m_hub.database, u"token-key-next"_s);
    if (!next)
        return tl::unexpected(next.error());
    return retoken(next->toLongLong());
}

Result<Desks::Revoked> Desks::retoken(qint64 tokenKey)
{
    Revoked revoked{tokenKey, 0};
    const auto current = m_hub.tokenKeyNumber(true);
    if (!current)
        return tl::unexpected(current.error());
    if (*current >= revoked.tokenKey)
        return revoked; // everything was done before

    const auto key = m_hub.keys.tokenKey(revoked.tokenKey);
    if (!key)
        return tl::unexpected(key.error());
    Retokening work(m_hub, *this, *key);
    // Most of it beside the running service; what comes in meanwhile is left for the end.
    int made = cardsATime;
    while (made == cardsATime) {
        const auto some = m_hub.database.transact([&](Session &session) -> Result<void> {
            const auto count = work.some(session);
            if (!count)
                return tl::unexpected(count.error());
            made = *count;
            return {};
        });
        if (!some)
            return tl::unexpected(some.error());
    }
    const auto ended = m_hub.database.transact([&](Session &session) -> Result<void> {
        if (const auto patient = session.script("SET LOCAL statement_timeout = 0;"
                                                "SELECT pg_advisory_xact_lock(7303, 0)");
            !patient)
            return patient;
        for (int count = cardsATime; count == cardsATime;) {
            const auto some = work.some(session);
            if (!some)
                return tl::unexpected(some.error());
            count = *some;
        }
        // A card without a link says nothing that a card nobody has heard of does not say.
        const auto dropped = session.run("DELETE FROM card WHERE person IS NULL");
        if (!dropped)
            return tl::unexpected(dropped.error());
        const auto changed =
            session.run("UPDATE card c SET token = t.token, changed = pg_current_xact_id()"
                        " FROM retoken t WHERE t.card = c.card");
        if (!changed)
            return tl::unexpected(changed.error());
        revoked.cards = changed->affected();
        if (const auto twins = session.run("SELECT find_twins()"); !twins)
            return tl::unexpected(twins.error());
        const auto emptied = session.run("DELETE FROM retoken");
        if (!emptied)
            return tl::unexpected(emptied.error());
        // Changes from before now are of tokens that are no longer known.
        const auto floor = session.run(
            "UPDATE setting SET value = (SELECT value::bigint FROM setting WHERE name ="
            " 'snapshot-base') + pg_current_xact_id()::text::bigint WHERE name = 'snapshot-floor'");
        if (!floor)
            return tl::unexpected(floor.error());
        return setSetting(session, u"token-key"_s, QString::number(revoked.tokenKey));
    });
    if (!ended)
        return tl::unexpected(ended.error());
    return revoked;
}

} // namespace upgradedesk::hub
