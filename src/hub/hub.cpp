#include "hub/hub.h"

#include "core/resourcepath.h"
#include "hub/schema.h"

#include <QFile>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

constexpr int secondsBetweenLooks = 2;

Result<std::shared_ptr<const RulesBook>> readBook(Session &session)
{
    const auto rows = session.run("SELECT version, body, ms(at) FROM published"
                                  " WHERE kind = 'rules' ORDER BY version");
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<RulesBook::Edition> editions;
    for (int row = 0; row < rows->size(); ++row) {
        auto rules = Rules::parse(rows->bytes(row, 1), u"published rules"_s);
        if (!rules)
            return tl::unexpected(rules.error());
        editions.push_back({rows->number(row, 0), rows->time(row, 2), std::move(*rules)});
    }
    if (editions.empty())
        return fail(ErrorCode::SchemaMissing, u"no rules are published"_s);
    return std::make_shared<const RulesBook>(std::move(editions));
}

} // namespace

RulesBook::RulesBook(std::vector<Edition> theEditions)
    : editions(std::move(theEditions))
{
    for (const Edition &edition : editions) {
        for (const Notice &notice : edition.rules.notices())
            m_hashes[&notice] = {notice.hash(Language::Chinese), notice.hash(Language::English)};
    }
}

QString RulesBook::noticeHash(const Notice &notice, Language language) const
{
    const auto known = m_hashes.find(&notice);
    if (known == m_hashes.end())
        return notice.hash(language);
    return language == Language::Chinese ? known->second.chinese : known->second.english;
}

const Rules *RulesBook::edition(const QString &version, const QDateTime &time) const
{
    // The last edition of that name: a correction may be published under it again.
    for (auto at = editions.rbegin(); at != editions.rend(); ++at) {
        if (at->rules.version() != version)
            continue;
        const bool replacedLongAgo =
            at != editions.rbegin() && std::prev(at)->from.addDays(graceDays) < time;
        return replacedLongAgo ? nullptr : &at->rules;
    }
    return nullptr;
}

const Notice *RulesBook::notice(const QString &version, QDate day) const
{
    const auto newest =
        std::find_if(editions.rbegin(), editions.rend(), [&version](const Edition &edition) {
            return edition.rules.notice(version) != nullptr;
        });
    if (newest == editions.rend())
        return nullptr;
    const Notice *found = newest->rules.notice(version);
    const bool endedLongAgo = found->until && found->until->addDays(graceDays) < day;
    return endedLongAgo ? nullptr : found;
}

Result<std::unique_ptr<Hub>> Hub::open(const Config &config, HubKeys keys, const Clock &clock)
{
    auto catalogue = Catalogue::load();
    if (!catalogue)
        return tl::unexpected(catalogue.error());
    auto documents = DocumentKinds::load();
    if (!documents)
        return tl::unexpected(documents.error());

    Database probe(config.database, 1);
    if (const auto good = checkSchema(probe); !good)
        return tl::unexpected(good.error());
    const auto hubId = setting(probe, u"hub"_s);
    const auto profile = setting(probe, u"profile"_s);
    const auto epoch = setting(probe, u"epoch"_s);
    for (const auto *value : {&hubId, &profile, &epoch}) {
        if (!*value)
            return tl::unexpected(value->error());
    }
    if (epoch->isEmpty())
        return fail(ErrorCode::SchemaMissing, u"init has not come to its end"_s);
    if (*hubId != config.hub || *profile != profileKey(keys.profile))
        return fail(ErrorCode::HubMismatch, u"another hub's database"_s);
    std::unique_ptr<Hub> hub(new Hub(config, std::move(keys), clock, std::move(*catalogue),
                                     std::move(*documents), *epoch));
    if (const auto book = hub->rules(); !book)
        return tl::unexpected(book.error());
    return hub;
}

Result<std::shared_ptr<const RulesBook>> Hub::rules()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_book && m_looked.secsTo(clock.now()) < secondsBetweenLooks && m_looked <= clock.now())
            return m_book;
    }
    // The database may have been restored while it was away, and with it this program's.
    const auto epoch = setting(database, u"epoch"_s);
    if (!epoch)
        return tl::unexpected(epoch.error());
    if (epoch->isEmpty())
        return fail(ErrorCode::DatabaseBusy, u"it is being restored"_s);
    auto book = readBook(database);
    if (!book)
        return book;
    const std::lock_guard lock(m_mutex);
    m_epoch = *epoch;
    m_book = *book;
    m_looked = clock.now();
    return m_book;
}

wire::HubStamp Hub::stamp() const
{
    const std::lock_guard lock(m_mutex);
    return {clock.now().toUTC(), m_epoch};
}

Result<qint64> Hub::tokenKeyNumber(bool fresh)
{
    if (const qint64 known = m_tokenKey; known != 0 && !fresh)
        return known;
    const auto value = setting(database, u"token-key"_s);
    if (!value)
        return tl::unexpected(value.error());
    m_tokenKey = value->toLongLong();
    return m_tokenKey.load();
}

Result<QString> setting(Session &session, const QString &name)
{
    return session.run("SELECT value FROM setting WHERE name = $1", Parameters().text(name))
        .map([](const Rows &rows) { return rows.isEmpty() ? QString() : rows.text(0, 0); });
}

Result<void> setSetting(Session &session, const QString &name, const QString &value)
{
    const auto done = session.run("INSERT INTO setting VALUES ($1, $2)"
                                  " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                                  Parameters().text(name).text(value));
    if (!done)
        return tl::unexpected(done.error());
    return {};
}

Result<void> fillDatabase(Session &session, const QString &hub, Profile profile,
                          const QDateTime &now)
{
    // Versions of snapshots are this and a number of a transaction: a thousand of those a second
    // for every second since would not reach what a restore begins with.
    const QString base = QString::number(now.toSecsSinceEpoch() * 1000);
    for (const auto &[name, value] :
         {std::pair{u"hub"_s, hub}, std::pair{u"profile"_s, profileKey(profile)},
          std::pair{u"epoch"_s, QUuid::createUuid().toString(QUuid::WithoutBraces)},
          std::pair{u"token-key"_s, u"1"_s}, std::pair{u"snapshot-base"_s, base},
          std::pair{u"snapshot-floor"_s, base}}) {
        if (const auto set = setSetting(session, name, value); !set)
            return set;
    }
    QFile file(resourcePath(u"rules/rules.json"));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::RulesUnreadable, file.fileName(), {file.fileName()});
    const QByteArray rules = file.readAll();
    if (const auto good = Rules::parse(rules, file.fileName()); !good)
        return tl::unexpected(good.error());
    const auto version = publish(session, u"rules"_s, {}, rules, now);
    if (!version)
        return tl::unexpected(version.error());
    return {};
}

Result<qint64> publish(Session &session, const QString &kind, const QString &scope,
                       const QByteArray &body, const QDateTime &now)
{
    // Two administrators at once: the primary key lets one of them try again.
    return session
        .run("INSERT INTO published SELECT $1::text, $2::text, greatest($3::bigint,"
             " (SELECT max(version) + 1 FROM published WHERE kind = $1 AND scope = $2)),"
             " $4::bytea, $5::timestamptz RETURNING version",
             Parameters()
                 .text(kind)
                 .text(scope)
                 .number(now.toSecsSinceEpoch())
                 .bytes(body)
                 .time(now))
        .map([](const Rows &rows) { return rows.number(0, 0); });
}

Result<void> publishRoster(Session &session, const QString &station, const QDateTime &now)
{
    // One after the other for a station, or the later roster could be made of older rows.
    const auto lock =
        session.run("SELECT id FROM station WHERE id = $1 FOR UPDATE", Parameters().text(station));
    if (!lock)
        return tl::unexpected(lock.error());
    const auto rows = session.run("SELECT id, name, role, verifier FROM operators"
                                  " WHERE station = $1 AND disabled IS NULL ORDER BY id",
                                  Parameters().text(station));
    if (!rows)
        return tl::unexpected(rows.error());
    QList<wire::RosterOperator> operators;
    for (int row = 0; row < rows->size(); ++row)
        operators << wire::RosterOperator{rows->text(row, 0), rows->text(row, 1),
                                          rows->text(row, 2), rows->text(row, 3)};
    const auto version = publish(session, u"roster"_s, station, wire::encodeRoster(operators), now);
    if (!version)
        return tl::unexpected(version.error());
    return {};
}

Result<wire::SignedDocument> newestDocument(Hub &hub, const QString &kind, const QString &scope)
{
    const auto rows = hub.database.run("SELECT version, body FROM published"
                                       " WHERE kind = $1 AND scope = $2"
                                       " ORDER BY version DESC LIMIT 1",
                                       Parameters().text(kind).text(scope));
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::DatabaseFailed, u"nothing of this kind is published"_s);
    wire::SignedDocument document;
    document.kind = kind;
    document.hub = hub.config.hub;
    document.scope = scope;
    document.version = rows->number(0, 0);
    document.body = rows->bytes(0, 1);
    document.certificate = hub.keys.hub.pem();
    auto signature = hub.keys.hubKey.sign(wire::signedBytes(document));
    if (!signature)
        return tl::unexpected(signature.error());
    document.signature = std::move(*signature);
    return document;
}

QByteArray databaseMetrics(Hub &hub)
{
    QString out = u"# HELP upgradehub_database_connections Connections of the pool in use.\n"
                  "# TYPE upgradehub_database_connections gauge\n"
                  "upgradehub_database_connections{state=\"busy\"} %1\n"
                  "upgradehub_database_connections{state=\"most\"} %2\n"_s.arg(hub.database.busy())
                      .arg(hub.database.largest());
    // How old the newest record of a desk was when it came in: what its queue had waited.
    const auto rows = hub.database.run(
        "SELECT d.id, r.waited FROM desk d CROSS JOIN LATERAL (SELECT"
        " greatest(0, extract(epoch FROM k.at - k.trusted))::bigint AS waited FROM records k"
        " WHERE k.desk = d.id ORDER BY k.id DESC LIMIT 1) r WHERE d.revoked IS NULL");
    if (!rows)
        return out.toUtf8();
    out += u"# HELP upgradehub_queue_age_seconds Age of a desk's newest record when it came in.\n"
           "# TYPE upgradehub_queue_age_seconds gauge\n"_s;
    for (int row = 0; row < rows->size(); ++row)
        out += u"upgradehub_queue_age_seconds{desk=\"%1\"} %2\n"_s.arg(rows->text(row, 0),
                                                                       rows->text(row, 1));
    return out.toUtf8();
}

} // namespace upgradedesk::hub
