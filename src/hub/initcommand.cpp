#include "hub/commands.h"
#include "hub/desks.h"
#include "hub/ledger.h"
#include "hub/schema.h"

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

/// A new database; one that is there already has to be this hub's.
Result<void> fill(Session &session, const Config &config, const HubKeys &keys, const Clock &clock)
{
    const auto known = setting(session, u"hub"_s);
    if (!known)
        return tl::unexpected(known.error());
    if (!known->isEmpty()) {
        const auto profile = setting(session, u"profile"_s);
        if (!profile)
            return tl::unexpected(profile.error());
        if (*known != config.hub || *profile != profileKey(keys.profile))
            return fail(ErrorCode::HubMismatch, u"another hub's database"_s);
        return {};
    }
    return fillDatabase(session, config.hub, keys.profile, clock.now());
}

} // namespace

int init(const Console &console, const QStringList &arguments)
{
    const Arguments line = Arguments::parse(arguments, {}, {u"practice"_s});
    if (line.wrong || !line.words.isEmpty())
        return console.usage({u"init 只有 --practice"_s, u"init takes --practice only"_s});
    const SystemClock clock;
    const auto config = Config::load(console.configFile());
    if (!config)
        return console.report(config.error());
    const Profile profile = line.has(u"practice"_s) ? Profile::Practice : Profile::Production;

    // The database first: keys that belong to nothing would only be in the way of the next try.
    Database database(config->database, 1);
    if (const auto migrated = migrate(database); !migrated)
        return console.report(migrated.error());
    const bool newKeys = !HubKeys::arePresent(*config);
    const auto keys =
        newKeys ? HubKeys::make(*config, profile, clock) : HubKeys::load(*config, clock);
    if (!keys)
        return console.report(keys.error());
    if (keys->profile != profile)
        return console.report(Error{ErrorCode::AlreadyInitialised, {}, {config->keys}});
    const auto filled =
        database.transact([&](Session &session) { return fill(session, *config, *keys, clock); });
    if (!filled)
        return console.report(filled.error());
    // A restore that was cut off before its end.
    if (const auto finished = finishRestore(database, *config, clock.now()); !finished)
        return console.report(finished.error());
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    // The backup's token key may be a stolen desk's.
    if (const auto retokened = Desks(*opened.hub).finishRetokening(); !retokened)
        return console.report(retokened.error());
    const QString fingerprint = QString::fromLatin1(keys->authority.fingerprint().toHex(':'));
    console.result(
        {{u"hub"_s, config->hub},
         {u"profile"_s, profileKey(profile)},
         {u"schema"_s, newestSchema()},
         {u"newKeys"_s, newKeys},
         {u"authority"_s, fingerprint}},
        {u"中心 %1 已就绪，CA 指纹 %2"_s.arg(config->hub, fingerprint),
         u"Hub %1 is ready; fingerprint of its authority: %2"_s.arg(config->hub, fingerprint)});
    return int(ExitCode::Done);
}

} // namespace upgradedesk::hub
