#include "hub/commands.h"
#include "hub/desks.h"
#include "hub/ledger.h"
#include "hub/schema.h"

#include "crypto/privatefile.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace upgradedesk::hub
{
namespace
{

constexpr int longestRun = 24 * 3600 * 1000; ///< milliseconds; a city's database is large

/// One of PostgreSQL's programs on our database; what it has to say goes to our stderr. Fails with
/// HubMismatch or SchemaTooNew when a script of ours said so, else with BackupFailed (args: the
/// program).
Result<void> run(const QString &program, const QStringList &arguments, const Config &config)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : Database::environmentOf(config.database))
        environment.insert(name, value);
    process.setProcessEnvironment(environment);
    process.setStandardOutputFile(QProcess::nullDevice());
    process.start(program, arguments);
    const bool finished = process.waitForFinished(longestRun);
    const QByteArray said = process.readAllStandardError();
    std::fwrite(said.constData(), 1, size_t(said.size()), stderr);
    if (finished && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return {};
    if (said.contains("UD011"))
        return fail(ErrorCode::HubMismatch, u"a backup of another hub"_s);
    if (said.contains("UD012"))
        return fail(ErrorCode::SchemaTooNew, u"a backup of a newer program"_s);
    return fail(ErrorCode::BackupFailed, program, {program});
}

/// Refuses the whole transaction when the dump is not of this hub, or of a newer program; then:
/// everything the hub has told since the backup is lost, so nothing may look as if it went on.
/// Versions begin beyond all that were given out, and snapshots begin anew. Without an epoch
/// nothing serves before finishRestore(), whose new one makes desks send again what they hold.
QByteArray afterwards(const Config &config, Profile profile)
{
    // The configuration has checked that an id is letters, digits and dashes only.
    return QByteArray(R"(SET search_path = public;
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM setting WHERE name = 'hub' AND value = '%HUB%')
        OR NOT EXISTS (SELECT FROM setting WHERE name = 'profile' AND value = '%PROFILE%') THEN
        RAISE EXCEPTION 'UD011: a backup of another hub or profile';
    ELSIF (SELECT max(number) FROM migration) > %SCHEMA% THEN
        RAISE EXCEPTION 'UD012: a backup of a newer program';
    END IF;
END $$;
UPDATE setting SET value = '' WHERE name = 'epoch';
UPDATE card SET changed = pg_current_xact_id();
UPDATE setting SET value = greatest(value::bigint, floor(extract(epoch FROM now()))::bigint * 1000)::text
    WHERE name = 'snapshot-base';
UPDATE setting SET value = (SELECT value::bigint FROM setting WHERE name = 'snapshot-base')
    + pg_current_xact_id()::text::bigint WHERE name = 'snapshot-floor';
INSERT INTO published SELECT p.kind, p.scope,
    greatest(p.version + 1, floor(extract(epoch FROM now()))::bigint), p.body, now()
    FROM published p WHERE p.version = (SELECT max(q.version) FROM published q
        WHERE q.kind = p.kind AND q.scope = p.scope);
INSERT INTO event (at, what) VALUES (now(), 'restored');
)")
        .replace("%HUB%", config.hub.toLatin1())
        .replace("%PROFILE%", profileKey(profile).toLatin1())
        .replace("%SCHEMA%", QByteArray::number(newestSchema()));
}

Result<bool> isServing(Database &database)
{
    return database
        .run("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
             " AND application_name = 'upgradehub' AND pid <> pg_backend_pid()")
        .map([](const Rows &rows) { return rows.number(0, 0) > 0; });
}

Result<void> restoreFrom(const QString &dump, const Config &config, Profile profile)
{
    Database database(config.database, 1);
    const auto serving = isServing(database);
    if (!serving)
        return tl::unexpected(serving.error());
    if (*serving)
        return fail(ErrorCode::HubRunning, u"other connections of the hub"_s);

    const QTemporaryDir folder;
    if (!folder.isValid())
        return fail(ErrorCode::FileUnwritable, folder.path(), {folder.path()});
    const QString before = folder.filePath(u"before.sql"_s);
    const QString content = folder.filePath(u"content.sql"_s);
    const QString after = folder.filePath(u"after.sql"_s);
    for (const auto &[path, sql] :
         {std::pair{before, QByteArray("SET client_min_messages = warning;\nDROP SCHEMA public "
                                       "CASCADE;\nCREATE SCHEMA public;\n")},
          std::pair{after, afterwards(config, profile)}}) {
        if (const auto written = writePrivateFile(path, sql); !written)
            return written;
    }
    if (const auto unpacked = run(u"pg_restore"_s,
                                  {u"--no-owner"_s, u"--no-privileges"_s, u"--schema=public"_s,
                                   u"--file"_s, content, dump},
                                  config);
        !unpacked)
        return unpacked;
    // All of it or nothing: a restore that breaks off leaves the database as it was.
    return run(u"psql"_s,
               {u"-X"_s, u"-q"_s, u"-1"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s, u"-f"_s, before, u"-f"_s,
                content, u"-f"_s, after},
               config);
}

} // namespace

int backup(const Console &console, const QStringList &arguments)
{
    if (arguments.size() != 1)
        return console.usage({u"backup 要一个文件"_s, u"backup takes one file"_s});
    const QString path = QFileInfo(arguments.first()).absoluteFilePath();
    const auto config = Config::load(console.configFile());
    if (!config)
        return console.report(config.error());
    if (QFileInfo::exists(path))
        return console.report(Error{ErrorCode::FileExists, path, {path}});
    Database database(config->database, 1);
    if (const auto good = checkSchema(database); !good)
        return console.report(good.error());
    // Its mode is there before its content.
    if (const auto made = writePrivateFile(path, {}); !made)
        return console.report(Error{ErrorCode::FileUnwritable, path, {path}});
    const auto dumped =
        run(u"pg_dump"_s, {u"--format=custom"_s, u"--schema=public"_s, u"--file"_s, path}, *config);
    if (!dumped) {
        QFile::remove(path);
        return console.report(dumped.error());
    }
    const qint64 bytes = QFileInfo(path).size();
    console.result({{u"file"_s, path}, {u"bytes"_s, bytes}},
                   {u"已备份到 %1；密钥文件夹要另外保存"_s.arg(path),
                    u"Saved to %1; keep the key folder, too, somewhere else"_s.arg(path)});
    return int(ExitCode::Done);
}

int restore(const Console &console, const QStringList &arguments)
{
    if (arguments.size() != 1)
        return console.usage({u"restore 要一个文件"_s, u"restore takes one file"_s});
    const QString path = QFileInfo(arguments.first()).absoluteFilePath();
    const auto config = Config::load(console.configFile());
    if (!config)
        return console.report(config.error());
    if (!QFileInfo(path).isReadable())
        return console.report(Error{ErrorCode::FileUnreadable, path, {path}});
    const SystemClock clock;
    const auto keys = HubKeys::load(*config, clock);
    if (!keys)
        return console.report(keys.error());
    if (const auto restored = restoreFrom(path, *config, keys->profile); !restored)
        return console.report(restored.error());
    Database database(config->database, 1);
    // A backup of an older release.
    if (const auto migrated = migrate(database); !migrated)
        return console.report(migrated.error());
    const auto lines = finishRestore(database, *config, clock.now());
    if (!lines)
        return console.report(lines.error());
    if (lines->missing)
        console.note(
            {u"密钥文件夹里没有 ledger.jsonl：备份之后停用的服务台、员工和删除的个人都没有补做，请手工再做"_s,
             u"There is no ledger.jsonl in the key folder: desks and operators that were"
             " disabled and people who were erased since the backup are as before; do it"
             " again by hand"_s});
    Opened opened;
    if (const auto done = opened.open(console.configFile()); !done)
        return console.report(done.error());
    if (const auto retokened = Desks(*opened.hub).finishRetokening(); !retokened)
        return console.report(retokened.error());
    console.result(
        {{u"epoch"_s, opened.hub->stamp().epoch},
         {u"doneAgain"_s, lines->done},
         {u"unreadable"_s, lines->unreadable}},
        {u"已恢复，按台账补做 %1 项（%2 行读不出）；各服务台会重新上传手里的记录"_s.arg(lines->done)
             .arg(lines->unreadable),
         u"Restored, %1 lines of the ledger done again (%2 unreadable); desks will send"
         " again what they still hold"_s.arg(lines->done)
             .arg(lines->unreadable)});
    return int(ExitCode::Done);
}

} // namespace upgradedesk::hub
