#include "support/cluster.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QThread>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace upgradedesk::test
{
namespace
{

const QString script = QStringLiteral(UPGRADEDESK_SOURCE_DIR "/tests/support/cluster.sh");

QString contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed() : QString();
}

bool run(const QString &program, const QStringList &arguments, QByteArray *out = nullptr)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    const bool good = process.waitForFinished(120000) && process.exitCode() == 0;
    if (out)
        *out = process.readAllStandardOutput();
    return good;
}

} // namespace

const Cluster &Cluster::get()
{
    static const Cluster cluster = [] {
        Cluster made;
        QString file = qEnvironmentVariable("UPGRADEDESK_TEST_CLUSTER");
        if (file.isEmpty() || contentOf(file).isEmpty()) {
            // TestFolder stops it, also when this program is killed.
            file = QDir::tempPath() + u"/cluster"_s;
            if (!run(script, {u"start"_s, file}))
                qFatal("the test cluster does not start");
        }
        made.m_folder = contentOf(file);
        made.m_port = contentOf(made.m_folder + u"/port"_s).toInt();
        return made;
    }();
    return cluster;
}

QString Cluster::to(const QString &database) const
{
    return u"host=%1 port=%2 user=hub dbname=%3"_s.arg(m_folder).arg(m_port).arg(database);
}

ClusterDatabase::ClusterDatabase()
    : m_name(u"hub_"_s + QUuid::createUuid().toString(QUuid::Id128))
{
    (void)psql(u"postgres"_s, u"CREATE DATABASE "_s + m_name);
}

ClusterDatabase::~ClusterDatabase()
{
    (void)psql(u"postgres"_s, u"DROP DATABASE IF EXISTS %1 WITH (FORCE)"_s.arg(m_name));
}

QByteArray psql(const QString &database, const QString &sql)
{
    QByteArray out;
    run(u"psql"_s, {u"-XAtq"_s, u"-d"_s, Cluster::get().to(database), u"-c"_s, sql}, &out);
    return out.trimmed();
}

bool awaitEarlierTransactions(const QString &database)
{
    const QString now = QString::fromLatin1(psql(database, u"SELECT pg_current_xact_id()"_s));
    const QDeadlineTimer end(60000);
    while (!end.hasExpired()) {
        if (psql(database,
                 u"SELECT pg_snapshot_xmin(pg_current_snapshot()) > '%1'::xid8"_s.arg(now)) == "t")
            return true;
        QThread::msleep(50);
    }
    return false;
}

} // namespace upgradedesk::test
