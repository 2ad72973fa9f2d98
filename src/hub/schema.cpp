#include "hub/schema.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

static void loadMigrations()
{
    Q_INIT_RESOURCE(migrations);
}

namespace upgradedesk::hub
{
namespace
{

QStringList migrationFiles()
{
    loadMigrations();
    return QDir(u":/migrations"_s).entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
}

/// 0 for a database without a schema.
Result<int> versionOf(Session &session)
{
    const auto there = session.run("SELECT to_regclass('migration') IS NOT NULL");
    if (!there)
        return tl::unexpected(there.error());
    if (!there->flag(0, 0))
        return 0;
    return session.run("SELECT coalesce(max(number), 0) FROM migration").map([](const Rows &rows) {
        return int(rows.number(0, 0));
    });
}

tl::unexpected<Error> tooNew()
{
    return fail(ErrorCode::SchemaTooNew, u"a newer program was here"_s);
}

} // namespace

int newestSchema()
{
    return int(migrationFiles().size());
}

Result<void> migrate(Database &database)
{
    const QStringList files = migrationFiles();
    return database.transact([&files](Session &session) -> Result<void> {
        // An index of a city's cards takes longer than anything the service asks.
        const QByteArray first = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;"
                                 "SELECT pg_advisory_xact_lock(7300, 1);"
                                 "CREATE TABLE IF NOT EXISTS migration (number integer PRIMARY KEY,"
                                 " at timestamptz NOT NULL DEFAULT now());";
        if (const auto made = session.script(first); !made)
            return made;
        const auto version = versionOf(session);
        if (!version)
            return tl::unexpected(version.error());
        if (*version > files.size())
            return tooNew();
        for (int number = *version + 1; number <= files.size(); ++number) {
            QFile file(u":/migrations/"_s + files[number - 1]);
            if (!file.open(QIODevice::ReadOnly))
                return fail(ErrorCode::DatabaseFailed, files[number - 1]);
            if (const auto done = session.script(file.readAll()); !done)
                return fail(done.error().code, files[number - 1] + u' ' + done.error().detail);
            if (const auto noted =
                    session.run("INSERT INTO migration (number) VALUES ($1::integer)",
                                Parameters().number(number));
                !noted)
                return tl::unexpected(noted.error());
        }
        return {};
    });
}

Result<void> checkSchema(Session &database)
{
    const auto version = versionOf(database);
    if (!version)
        return tl::unexpected(version.error());
    if (*version == 0)
        return fail(ErrorCode::SchemaMissing, u"no migration"_s);
    if (*version > newestSchema())
        return tooNew();
    if (*version < newestSchema())
        return fail(ErrorCode::SchemaOld, u"older than this program"_s);
    return {};
}

} // namespace upgradedesk::hub
